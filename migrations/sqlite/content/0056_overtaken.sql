-- Who was signed out by the provider since when, by its own clock: a sign-in that began before that and ends after it begins no session.

ALTER TABLE logout_tokens ADD COLUMN subject BLOB;
ALTER TABLE logout_tokens ADD COLUMN provider_session BLOB;
ALTER TABLE logout_tokens ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;

-- Beginning sessions and ending those of the provider take turns at this one row.
CREATE TABLE session_turns (one INTEGER PRIMARY KEY);
INSERT INTO session_turns (one) VALUES (1);
