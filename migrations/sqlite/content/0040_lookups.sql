-- Who saw this person: what a data protection officer asked, and which signals hold it, for a working day. Not the identifier.
CREATE TABLE lookups (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES people (id),
    made_at INTEGER NOT NULL,
    answer BLOB NOT NULL
);
CREATE INDEX lookups_by_time ON lookups (made_at);
