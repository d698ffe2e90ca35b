-- Notes on cases. What one said before stays as a version; the one that counts is the note's `version`.
CREATE TABLE case_notes (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    author BLOB NOT NULL REFERENCES people (id),
    department BLOB NOT NULL REFERENCES departments (id),
    written_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    withdrawn_at INTEGER
);
CREATE INDEX case_notes_by_case ON case_notes (case_id, written_at DESC, id);

CREATE TABLE case_note_texts (
    id BLOB PRIMARY KEY,
    note BLOB NOT NULL REFERENCES case_notes (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    text BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    UNIQUE (note, version)
);
