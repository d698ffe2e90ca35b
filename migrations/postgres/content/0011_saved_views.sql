-- Filters of lists that people keep under a name, each for themselves. A filter is codes, days and ids. Its name is their own
-- words, and sealed.
CREATE TABLE saved_views (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    list TEXT NOT NULL,
    filter TEXT NOT NULL,
    name BYTEA NOT NULL,
    kept_at BIGINT NOT NULL
);
CREATE INDEX saved_views_by_person ON saved_views (person, kept_at, id);
