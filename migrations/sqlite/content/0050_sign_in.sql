-- Sign-in with an identity provider: which browser was sent there, who is known there, where a session came from.

CREATE TABLE sign_ins (
    id BLOB PRIMARY KEY,
    state BLOB NOT NULL UNIQUE,
    binding BLOB NOT NULL,
    kept BLOB NOT NULL,
    begun_at INTEGER NOT NULL
);
CREATE INDEX sign_ins_by_age ON sign_ins (begun_at);

CREATE TABLE identities (
    id BLOB PRIMARY KEY,
    subject BLOB NOT NULL UNIQUE,
    person BLOB REFERENCES people (id),
    name BLOB NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
);

CREATE TABLE session_origins (
    session BLOB PRIMARY KEY REFERENCES sessions (token) ON DELETE CASCADE,
    subject BLOB NOT NULL,
    provider_session BLOB
);
CREATE INDEX session_origins_by_subject ON session_origins (subject);
CREATE INDEX session_origins_by_provider_session ON session_origins (provider_session);

CREATE TABLE logout_tokens (token BLOB PRIMARY KEY, taken_at INTEGER NOT NULL);

-- Whether this is a demonstration, with which no real municipality's data may ever be mixed.
CREATE TABLE installation (one INTEGER PRIMARY KEY, kind TEXT NOT NULL);
