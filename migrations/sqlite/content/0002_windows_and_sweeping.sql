-- One draft in several windows: the revision counts the savings; which window saved last, and which of its savings
-- that was.
ALTER TABLE drafts ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drafts ADD COLUMN saved_in BLOB;
ALTER TABLE drafts ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

-- Records whose keys or blind index rows are being made or unmade in the keyring, another database: what a crash
-- leaves here is looked at again.
CREATE TABLE sweeping (
    event BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    begun_at INTEGER NOT NULL
);
