-- Lists that a municipality kept by hand, on their way to becoming signals. They belong to their maker alone and are
-- removed after a while, with their key.
CREATE TABLE imports (
    id UUID PRIMARY KEY,
    author UUID NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    inside BYTEA NOT NULL,
    book BYTEA
);
CREATE INDEX imports_by_author ON imports (author, begun_at DESC);

-- One row of a list: what it is judged to be, whether it was chosen, and the signal it becomes.
CREATE TABLE import_rows (
    import UUID NOT NULL REFERENCES imports (id),
    number BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    chosen BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    signal UUID NOT NULL,
    print BYTEA NOT NULL,
    made BYTEA NOT NULL,
    PRIMARY KEY (import, number)
);
CREATE INDEX import_rows_by_signal ON import_rows (signal);

-- Rows that are signals: none is taken in twice. The hash is keyed, and its key is in the keyring.
CREATE TABLE imported_rows (
    print BYTEA PRIMARY KEY,
    signal UUID NOT NULL REFERENCES signals (id)
);

-- What somebody chose for the columns of a list last time.
CREATE TABLE import_habits (
    person UUID PRIMARY KEY REFERENCES people (id),
    habits BYTEA NOT NULL
);
