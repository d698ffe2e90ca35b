-- Sign-in with an identity provider: which browser was sent there, who is known there, where a session came from.

CREATE TABLE sign_ins (
    id UUID PRIMARY KEY,
    state BYTEA NOT NULL UNIQUE,
    binding BYTEA NOT NULL,
    kept BYTEA NOT NULL,
    begun_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_by_age ON sign_ins (begun_at);

CREATE TABLE identities (
    id UUID PRIMARY KEY,
    subject BYTEA NOT NULL UNIQUE,
    person UUID REFERENCES people (id),
    name BYTEA NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE session_origins (
    session BYTEA PRIMARY KEY REFERENCES sessions (token) ON DELETE CASCADE,
    subject BYTEA NOT NULL,
    provider_session BYTEA
);
CREATE INDEX session_origins_by_subject ON session_origins (subject);
CREATE INDEX session_origins_by_provider_session ON session_origins (provider_session);

CREATE TABLE logout_tokens (token BYTEA PRIMARY KEY, taken_at BIGINT NOT NULL);

-- Whether this is a demonstration, with which no real municipality's data may ever be mixed.
CREATE TABLE installation (one INTEGER PRIMARY KEY, kind TEXT NOT NULL);
