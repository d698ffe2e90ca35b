-- Who saw this person: what a data protection officer asked, and which signals hold it, for a working day. Not the identifier.
CREATE TABLE lookups (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    made_at BIGINT NOT NULL,
    answer BYTEA NOT NULL
);
CREATE INDEX lookups_by_time ON lookups (made_at);
