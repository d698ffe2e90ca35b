-- The ledger: one line per viewing, append-only. A schema of its own, with roles of its own (docs/ledger.md).

-- The envelopes: everything a leaf hash is made of, and nothing personal. Never changed, never deleted.
CREATE TABLE lines (
    sequence BIGINT NOT NULL PRIMARY KEY CHECK (sequence >= 0),
    event UUID NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    trace UUID NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    commitment BYTEA NOT NULL CHECK (length(commitment) = 32),
    leaf BYTEA NOT NULL CHECK (length(leaf) = 32)
);

CREATE INDEX lines_by_kind ON lines (kind, sequence);

-- The personal half of a line, which has its own retention term: what supervision searches by, and a sealed rest.
CREATE TABLE payloads (
    sequence BIGINT NOT NULL PRIMARY KEY REFERENCES lines (sequence),
    actor UUID NOT NULL,
    department UUID NOT NULL,
    purpose TEXT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE INDEX payloads_by_actor ON payloads (actor, sequence);

-- Which objects a line is about: "Wie heeft dit ingezien".
CREATE TABLE payload_objects (
    object_kind TEXT NOT NULL,
    object_id UUID NOT NULL,
    sequence BIGINT NOT NULL REFERENCES payloads (sequence),
    PRIMARY KEY (object_kind, object_id, sequence)
);

CREATE INDEX payload_objects_by_sequence ON payload_objects (sequence);

-- The next place in the log, and which log this is.
CREATE TABLE head (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    next BIGINT NOT NULL CHECK (next >= 0),
    installation UUID NOT NULL
);

-- Holds a row only inside a transaction of the pruning command: payloads can be deleted then, and at no other time.
-- The running role may not write it.
CREATE TABLE pruning (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $$;

CREATE FUNCTION refuse_unless_pruning() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pruning) THEN
        RAISE EXCEPTION 'payloads go by pruning only';
    END IF;
    RETURN NULL;
END $$;

-- The head moves forward only, by exactly the lines that were added.
CREATE FUNCTION head_moves_forward() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.one <> OLD.one OR NEW.installation <> OLD.installation OR NEW.next <= OLD.next
        OR (SELECT count(*) FROM lines WHERE sequence >= OLD.next) <> NEW.next - OLD.next THEN
        RAISE EXCEPTION 'the head moves forward only, with its lines';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER lines_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON lines
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER payloads_never_change BEFORE UPDATE OR TRUNCATE ON payloads
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER payloads_go_by_pruning_only BEFORE DELETE ON payloads
FOR EACH STATEMENT EXECUTE FUNCTION refuse_unless_pruning();

CREATE TRIGGER payload_objects_never_change BEFORE UPDATE OR TRUNCATE ON payload_objects
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER payload_objects_go_by_pruning_only BEFORE DELETE ON payload_objects
FOR EACH STATEMENT EXECUTE FUNCTION refuse_unless_pruning();

CREATE TRIGGER head_moves_forward BEFORE UPDATE ON head
FOR EACH ROW EXECUTE FUNCTION head_moves_forward();

CREATE TRIGGER head_never_goes BEFORE DELETE OR TRUNCATE ON head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
