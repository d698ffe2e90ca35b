-- Checkpoints: how large the log was and the root of its tree, signed under a key that no database holds.

CREATE TABLE checkpoints (
    size INTEGER NOT NULL PRIMARY KEY CHECK (size > 0),
    at INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER checkpoints_never_go BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Each stands over more lines than the one before it, and over no more than there are.
CREATE TRIGGER checkpoints_follow_the_lines BEFORE INSERT ON checkpoints
WHEN NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints)
  OR NEW.size > (SELECT coalesce(max(next), 0) FROM head)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
