-- Notices without words: written with the change that causes them. What they are about is shown only to whoever may know of it when
-- they are read.
CREATE TABLE notices (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    caused_by BLOB REFERENCES people (id),
    case_id BLOB REFERENCES cases (id) ON DELETE CASCADE,
    signal BLOB REFERENCES signals (id) ON DELETE CASCADE,
    -- A thread of comments, or an intervention.
    part BLOB,
    -- A version of the plan.
    number INTEGER,
    -- The day on which an intervention is due.
    day TEXT,
    read_at INTEGER
);
CREATE INDEX notices_by_person ON notices (person, at DESC, id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;
CREATE UNIQUE INDEX notices_due ON notices (person, part, day) WHERE kind = 'due';
