-- The keyring: a database of its own, so that the content database and its backups open nothing by themselves.

-- Tells whether the master key is the one that wrapped the keys below; not the key.
CREATE TABLE master (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    fingerprint BLOB NOT NULL
) STRICT;

-- One key per record. A destroyed key leaves its row as a tombstone, so that it is never made anew.
CREATE TABLE record_keys (
    kind TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL,
    wrapped BLOB,
    created_at INTEGER NOT NULL,
    destroyed_at INTEGER,
    PRIMARY KEY (kind, id),
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- One key per kind of identifier, for the blind index.
CREATE TABLE index_keys (
    identifier_kind TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which records hold an identifier. Stands here and not in the content database, because BSNs are few enough to try.
CREATE TABLE blind_index (
    identifier_kind TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    record_kind TEXT NOT NULL,
    record_id BLOB NOT NULL,
    PRIMARY KEY (identifier_kind, hash, record_kind, record_id),
    FOREIGN KEY (record_kind, record_id) REFERENCES record_keys (kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX blind_index_by_record ON blind_index (record_kind, record_id);
