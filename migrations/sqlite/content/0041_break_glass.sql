-- Break-glass: who read which record in an emergency, why, and what a reviewer thought of it. The record is named by its reference
-- and has no foreign key, so that what somebody has to answer for outlives it.
CREATE TABLE break_glass (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES people (id),
    department BLOB NOT NULL REFERENCES departments (id),
    -- Whether the person was a data protection officer then.
    by_fg BOOLEAN NOT NULL,
    record_kind TEXT NOT NULL,
    record BLOB NOT NULL,
    reference TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    stopped_by BLOB REFERENCES people (id),
    stopped_at INTEGER,
    motive BLOB NOT NULL,
    reviewed_by BLOB REFERENCES people (id),
    reviewed_at INTEGER,
    verdict TEXT,
    words BLOB
);
CREATE INDEX break_glass_by_person ON break_glass (person, begun_at DESC, id);
CREATE INDEX break_glass_waiting ON break_glass (begun_at, id) WHERE reviewed_at IS NULL;
CREATE INDEX break_glass_reviewed ON break_glass (reviewed_at DESC, id) WHERE reviewed_at IS NOT NULL;

-- Who reviews what a data protection officer did: one person, or nobody.
CREATE TABLE review_of_fg (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    person BLOB NOT NULL REFERENCES people (id)
);
