-- A term that is no number of months (for ever, by the selection list) is kept in the register's own words.
ALTER TABLE purposes ADD COLUMN months INTEGER;
UPDATE purposes SET months = retention_months;
ALTER TABLE purposes DROP COLUMN retention_months;
ALTER TABLE purposes RENAME COLUMN months TO retention_months;

-- What else the register says of an entry (GDPR art. 30(1)), in its own words.
ALTER TABLE purposes ADD COLUMN words TEXT NOT NULL DEFAULT '{}';

-- What a file that is given becomes: signals, or a version of the register.
ALTER TABLE imports ADD COLUMN kind TEXT NOT NULL DEFAULT 'signals';

-- The versions of the register, each made of one file.
CREATE TABLE register_versions (
    number INTEGER PRIMARY KEY,
    import BLOB NOT NULL UNIQUE,
    taken_in_by BLOB NOT NULL REFERENCES people (id),
    at INTEGER NOT NULL,
    file BLOB NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    left_out INTEGER NOT NULL
);

-- What a version changed, old and new whole: what an entry said on any day can be told.
CREATE TABLE register_changes (
    version INTEGER NOT NULL REFERENCES register_versions (number),
    position INTEGER NOT NULL,
    purpose BLOB NOT NULL REFERENCES purposes (id),
    kind TEXT NOT NULL,
    was TEXT,
    became TEXT NOT NULL,
    PRIMARY KEY (version, position)
);
CREATE INDEX register_changes_by_purpose ON register_changes (purpose);
