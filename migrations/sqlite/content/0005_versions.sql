-- Versions of plans: whole states of the text, sealed under the case's key. A version's text never changes.
CREATE TABLE plan_versions (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES plans (case_id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The last update that is in it.
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kept_by BLOB REFERENCES people (id),
    proposed_by BLOB REFERENCES people (id),
    proposed_at INTEGER,
    adopted_by BLOB REFERENCES people (id),
    adopted_at INTEGER,
    head BLOB NOT NULL,
    text BLOB NOT NULL,
    UNIQUE (case_id, number)
);
-- One version at a time is before the departments.
CREATE UNIQUE INDEX plan_versions_proposed ON plan_versions (case_id) WHERE state = 'proposed';

-- What each department said of a version that was put before it.
CREATE TABLE plan_positions (
    version BLOB NOT NULL REFERENCES plan_versions (id) ON DELETE CASCADE,
    department BLOB NOT NULL REFERENCES departments (id),
    stance TEXT NOT NULL,
    given_by BLOB REFERENCES people (id),
    given_at INTEGER NOT NULL,
    dissent BLOB NOT NULL,
    PRIMARY KEY (version, department)
);

-- What was adopted stays as it is.
CREATE TRIGGER plan_versions_stay BEFORE UPDATE ON plan_versions WHEN OLD.state = 'adopted'
BEGIN SELECT RAISE(ABORT, 'an adopted version does not change'); END;
CREATE TRIGGER plan_versions_keep_text BEFORE UPDATE OF text, head, number, sequence, at ON plan_versions
BEGIN SELECT RAISE(ABORT, 'the text of a version does not change'); END;
CREATE TRIGGER plan_positions_stay BEFORE UPDATE ON plan_positions
WHEN (SELECT state FROM plan_versions WHERE id = OLD.version) = 'adopted'
BEGIN SELECT RAISE(ABORT, 'positions on an adopted version do not change'); END;
