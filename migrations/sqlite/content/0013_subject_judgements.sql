-- What the team thinks of subjects that share an identifier in several linked signals of a case. `occurrences` says where they
-- stand (link and place), never who they are. The newest one that was not undone counts.
CREATE TABLE subject_judgements (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    occurrences TEXT NOT NULL,
    verdict TEXT NOT NULL,
    judged_by BLOB NOT NULL REFERENCES people (id),
    department BLOB NOT NULL REFERENCES departments (id),
    judged_at INTEGER NOT NULL,
    undone_by BLOB REFERENCES people (id),
    undone_at INTEGER,
    UNIQUE (case_id, number)
);
