-- A session keeps its id when its secret is exchanged for a new one, as it is when somebody signs in anew in it: what is open in it stays open.
-- proved_at is when its person last proved who they are. Nothing is known of that for sessions from before.

ALTER TABLE sessions ADD COLUMN secret BYTEA;
ALTER TABLE sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
UPDATE sessions SET secret = token;
CREATE UNIQUE INDEX sessions_by_secret ON sessions (secret);
