-- The ledger: one line per viewing, append-only. A file of its own.

-- The envelopes: everything a leaf hash is made of, and nothing personal. Never changed, never deleted.
CREATE TABLE lines (
    sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence >= 0),
    event BLOB NOT NULL UNIQUE CHECK (length(event) = 16),
    at INTEGER NOT NULL,
    trace BLOB NOT NULL CHECK (length(trace) = 16),
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

CREATE INDEX lines_by_kind ON lines (kind, sequence);

-- The personal half of a line, which has its own retention term: what supervision searches by, and a sealed rest.
CREATE TABLE payloads (
    sequence INTEGER NOT NULL PRIMARY KEY REFERENCES lines (sequence),
    actor BLOB NOT NULL,
    department BLOB NOT NULL,
    purpose TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX payloads_by_actor ON payloads (actor, sequence);

-- Which objects a line is about: "Wie heeft dit ingezien".
CREATE TABLE payload_objects (
    object_kind TEXT NOT NULL,
    object_id BLOB NOT NULL,
    sequence INTEGER NOT NULL REFERENCES payloads (sequence),
    PRIMARY KEY (object_kind, object_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX payload_objects_by_sequence ON payload_objects (sequence);

-- The next place in the log, and which log this is.
CREATE TABLE head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    next INTEGER NOT NULL CHECK (next >= 0),
    installation BLOB NOT NULL CHECK (length(installation) = 16)
) STRICT;

-- Holds a row only inside a transaction of the pruning command: payloads can be deleted then, and at no other time.
CREATE TABLE pruning (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
) STRICT;

CREATE TRIGGER lines_never_change BEFORE UPDATE ON lines
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER lines_never_go BEFORE DELETE ON lines
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE deletes without firing a DELETE trigger; a line also takes no place but the next.
CREATE TRIGGER lines_are_never_replaced BEFORE INSERT ON lines
WHEN NEW.sequence <> (SELECT coalesce(max(sequence) + 1, 0) FROM lines)
  OR EXISTS (SELECT 1 FROM lines WHERE event = NEW.event)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER payloads_never_change BEFORE UPDATE ON payloads
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER payloads_go_by_pruning_only BEFORE DELETE ON payloads
WHEN NOT EXISTS (SELECT 1 FROM pruning)
BEGIN SELECT RAISE(ABORT, 'payloads go by pruning only'); END;

CREATE TRIGGER payloads_are_never_replaced BEFORE INSERT ON payloads
WHEN EXISTS (SELECT 1 FROM payloads WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER payload_objects_never_change BEFORE UPDATE ON payload_objects
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER payload_objects_go_by_pruning_only BEFORE DELETE ON payload_objects
WHEN NOT EXISTS (SELECT 1 FROM pruning)
BEGIN SELECT RAISE(ABORT, 'payloads go by pruning only'); END;

-- The head moves forward only, by exactly the lines that were added.
CREATE TRIGGER head_moves_forward BEFORE UPDATE ON head
WHEN NEW.one <> OLD.one OR NEW.installation <> OLD.installation OR NEW.next <= OLD.next
  OR (SELECT count(*) FROM lines WHERE sequence >= OLD.next) <> NEW.next - OLD.next
BEGIN SELECT RAISE(ABORT, 'the head moves forward only, with its lines'); END;

CREATE TRIGGER head_never_goes BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER head_is_never_replaced BEFORE INSERT ON head
WHEN EXISTS (SELECT 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
