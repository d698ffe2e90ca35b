-- Content: what people logged and decided. Sealed columns are BLOB and named in docs/sealed-columns.md.
-- Times are microseconds since 1970 (UTC); days are ISO text; lists of codes are joined by commas.

CREATE TABLE departments (id BLOB PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE phenomena (code TEXT PRIMARY KEY, nl TEXT NOT NULL, en TEXT NOT NULL, position INTEGER NOT NULL);

CREATE TABLE people (
    id BLOB PRIMARY KEY,
    department BLOB NOT NULL REFERENCES departments (id),
    roles TEXT NOT NULL,
    name BLOB NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE purposes (
    id BLOB PRIMARY KEY,
    main_process TEXT NOT NULL,
    sub_process TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    legal_reference TEXT NOT NULL,
    retention_months INTEGER NOT NULL,
    categories TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    for_cases BOOLEAN NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE sessions (
    token BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES people (id),
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
);
CREATE TABLE session_purposes (
    session BLOB NOT NULL REFERENCES sessions (token) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    stated_at INTEGER NOT NULL,
    PRIMARY KEY (session, purpose)
);

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);

CREATE TABLE signals (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    department BLOB NOT NULL REFERENCES departments (id),
    state TEXT NOT NULL,
    phenomenon TEXT NOT NULL REFERENCES phenomena (code),
    received_on TEXT NOT NULL,
    original_purpose BLOB NOT NULL REFERENCES purposes (id),
    offered TEXT NOT NULL,
    logged_by BLOB NOT NULL REFERENCES people (id),
    logged_at INTEGER NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX signals_by_department ON signals (department, logged_at DESC, id);
CREATE INDEX signals_by_state ON signals (state, logged_at DESC, id);

CREATE TABLE signal_versions (
    signal BLOB NOT NULL REFERENCES signals (id),
    version INTEGER NOT NULL,
    content BLOB NOT NULL,
    reporter BLOB,
    edited_by BLOB NOT NULL REFERENCES people (id),
    edited_at INTEGER NOT NULL,
    PRIMARY KEY (signal, version)
);

CREATE TABLE cases (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    purpose BLOB NOT NULL REFERENCES purposes (id),
    coordinator BLOB NOT NULL REFERENCES people (id),
    title BLOB NOT NULL,
    summary BLOB NOT NULL,
    opened_at INTEGER NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE case_team (
    case_id BLOB NOT NULL REFERENCES cases (id),
    person BLOB NOT NULL REFERENCES people (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (case_id, person)
);
CREATE INDEX case_team_by_person ON case_team (person, case_id);

CREATE TABLE links (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (id),
    signal BLOB NOT NULL REFERENCES signals (id),
    signal_version INTEGER NOT NULL,
    shared TEXT NOT NULL,
    test BLOB NOT NULL,
    linked_by BLOB NOT NULL REFERENCES people (id),
    linked_at INTEGER NOT NULL,
    unlinked_by BLOB REFERENCES people (id),
    unlinked_at INTEGER,
    unlink_reason BLOB
);
CREATE UNIQUE INDEX links_that_stand ON links (case_id, signal) WHERE unlinked_at IS NULL;
CREATE INDEX links_by_signal ON links (signal);

CREATE TABLE decisions (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    signed_by BLOB NOT NULL REFERENCES people (id),
    signed_at INTEGER NOT NULL,
    reasons BLOB NOT NULL
);

CREATE TABLE drafts (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    object BLOB NOT NULL,
    part BLOB,
    base_version INTEGER NOT NULL,
    typed BLOB,
    begun_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    finished_at INTEGER
);
CREATE INDEX drafts_by_author ON drafts (author, saved_at DESC);

-- Outcomes of committed writes, waiting for their place in the ledger.
CREATE TABLE outbox (event BLOB PRIMARY KEY, line BLOB NOT NULL, committed_at INTEGER NOT NULL);
