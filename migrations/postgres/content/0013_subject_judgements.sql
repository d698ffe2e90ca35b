-- What the team thinks of subjects that share an identifier in several linked signals of a case. `occurrences` says where they
-- stand (link and place), never who they are. The newest one that was not undone counts.
CREATE TABLE subject_judgements (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    occurrences TEXT NOT NULL,
    verdict TEXT NOT NULL,
    judged_by UUID NOT NULL REFERENCES people (id),
    department UUID NOT NULL REFERENCES departments (id),
    judged_at BIGINT NOT NULL,
    undone_by UUID REFERENCES people (id),
    undone_at BIGINT,
    UNIQUE (case_id, number)
);
