-- Checkpoints: how large the log was and the root of its tree, signed under a key that no database holds.

CREATE TABLE checkpoints (
    size BIGINT NOT NULL PRIMARY KEY CHECK (size > 0),
    at BIGINT NOT NULL,
    note TEXT NOT NULL
);

-- Each stands over more lines than the one before it, and over no more than there are.
CREATE FUNCTION checkpoints_follow_the_lines() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints)
        OR NEW.size > (SELECT coalesce(max(next), 0) FROM head) THEN
        RAISE EXCEPTION 'the ledger is append-only';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER checkpoints_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoints_follow_the_lines BEFORE INSERT ON checkpoints
FOR EACH ROW EXECUTE FUNCTION checkpoints_follow_the_lines();
