-- Content: what people logged and decided. Sealed columns are BYTEA and named in docs/sealed-columns.md.
-- Times are microseconds since 1970 (UTC); days are ISO text; lists of codes are joined by commas.

CREATE TABLE departments (id UUID PRIMARY KEY, name TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE phenomena (code TEXT PRIMARY KEY, nl TEXT NOT NULL, en TEXT NOT NULL, position BIGINT NOT NULL);

CREATE TABLE people (
    id UUID PRIMARY KEY,
    department UUID NOT NULL REFERENCES departments (id),
    roles TEXT NOT NULL,
    name BYTEA NOT NULL,
    position BIGINT NOT NULL
);

CREATE TABLE purposes (
    id UUID PRIMARY KEY,
    main_process TEXT NOT NULL,
    sub_process TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    legal_reference TEXT NOT NULL,
    retention_months BIGINT NOT NULL,
    categories TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    for_cases BOOLEAN NOT NULL,
    position BIGINT NOT NULL
);

CREATE TABLE sessions (
    token BYTEA PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    begun_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE TABLE session_purposes (
    session BYTEA NOT NULL REFERENCES sessions (token) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    stated_at BIGINT NOT NULL,
    PRIMARY KEY (session, purpose)
);

CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE signals (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    department UUID NOT NULL REFERENCES departments (id),
    state TEXT NOT NULL,
    phenomenon TEXT NOT NULL REFERENCES phenomena (code),
    received_on TEXT NOT NULL,
    original_purpose UUID NOT NULL REFERENCES purposes (id),
    offered TEXT NOT NULL,
    logged_by UUID NOT NULL REFERENCES people (id),
    logged_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX signals_by_department ON signals (department, logged_at DESC, id);
CREATE INDEX signals_by_state ON signals (state, logged_at DESC, id);

CREATE TABLE signal_versions (
    signal UUID NOT NULL REFERENCES signals (id),
    version BIGINT NOT NULL,
    content BYTEA NOT NULL,
    reporter BYTEA,
    edited_by UUID NOT NULL REFERENCES people (id),
    edited_at BIGINT NOT NULL,
    PRIMARY KEY (signal, version)
);

CREATE TABLE cases (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    purpose UUID NOT NULL REFERENCES purposes (id),
    coordinator UUID NOT NULL REFERENCES people (id),
    title BYTEA NOT NULL,
    summary BYTEA NOT NULL,
    opened_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE case_team (
    case_id UUID NOT NULL REFERENCES cases (id),
    person UUID NOT NULL REFERENCES people (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (case_id, person)
);
CREATE INDEX case_team_by_person ON case_team (person, case_id);

CREATE TABLE links (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES cases (id),
    signal UUID NOT NULL REFERENCES signals (id),
    signal_version BIGINT NOT NULL,
    shared TEXT NOT NULL,
    test BYTEA NOT NULL,
    linked_by UUID NOT NULL REFERENCES people (id),
    linked_at BIGINT NOT NULL,
    unlinked_by UUID REFERENCES people (id),
    unlinked_at BIGINT,
    unlink_reason BYTEA
);
CREATE UNIQUE INDEX links_that_stand ON links (case_id, signal) WHERE unlinked_at IS NULL;
CREATE INDEX links_by_signal ON links (signal);

CREATE TABLE decisions (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    signed_by UUID NOT NULL REFERENCES people (id),
    signed_at BIGINT NOT NULL,
    reasons BYTEA NOT NULL
);

CREATE TABLE drafts (
    id UUID PRIMARY KEY,
    author UUID NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    object UUID NOT NULL,
    part UUID,
    base_version BIGINT NOT NULL,
    typed BYTEA,
    begun_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX drafts_by_author ON drafts (author, saved_at DESC);

-- Outcomes of committed writes, waiting for their place in the ledger.
CREATE TABLE outbox (event UUID PRIMARY KEY, line BYTEA NOT NULL, committed_at BIGINT NOT NULL);
