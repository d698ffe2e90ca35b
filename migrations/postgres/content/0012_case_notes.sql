-- Notes on cases. What one said before stays as a version; the one that counts is the note's `version`.
CREATE TABLE case_notes (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    author UUID NOT NULL REFERENCES people (id),
    department UUID NOT NULL REFERENCES departments (id),
    written_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX case_notes_by_case ON case_notes (case_id, written_at DESC, id);

CREATE TABLE case_note_texts (
    id UUID PRIMARY KEY,
    note UUID NOT NULL REFERENCES case_notes (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    text BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    UNIQUE (note, version)
);
