-- Lists that a municipality kept by hand, on their way to becoming signals. They belong to their maker alone and are
-- removed after a while, with their key.
CREATE TABLE imports (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    inside BLOB NOT NULL,
    book BLOB
);
CREATE INDEX imports_by_author ON imports (author, begun_at DESC);

-- One row of a list: what it is judged to be, whether it was chosen, and the signal it becomes.
CREATE TABLE import_rows (
    import BLOB NOT NULL REFERENCES imports (id),
    number INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    chosen BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    signal BLOB NOT NULL,
    print BLOB NOT NULL,
    made BLOB NOT NULL,
    PRIMARY KEY (import, number)
);
CREATE INDEX import_rows_by_signal ON import_rows (signal);

-- Rows that are signals: none is taken in twice. The hash is keyed, and its key is in the keyring.
CREATE TABLE imported_rows (
    print BLOB PRIMARY KEY,
    signal BLOB NOT NULL REFERENCES signals (id)
);

-- What somebody chose for the columns of a list last time.
CREATE TABLE import_habits (
    person BLOB PRIMARY KEY REFERENCES people (id),
    habits BLOB NOT NULL
);
