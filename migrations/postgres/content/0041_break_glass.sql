-- Break-glass: who read which record in an emergency, why, and what a reviewer thought of it. The record is named by its reference
-- and has no foreign key, so that what somebody has to answer for outlives it.
CREATE TABLE break_glass (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    department UUID NOT NULL REFERENCES departments (id),
    -- Whether the person was a data protection officer then.
    by_fg BOOLEAN NOT NULL,
    record_kind TEXT NOT NULL,
    record UUID NOT NULL,
    reference TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    stopped_by UUID REFERENCES people (id),
    stopped_at BIGINT,
    motive BYTEA NOT NULL,
    reviewed_by UUID REFERENCES people (id),
    reviewed_at BIGINT,
    verdict TEXT,
    words BYTEA
);
CREATE INDEX break_glass_by_person ON break_glass (person, begun_at DESC, id);
CREATE INDEX break_glass_waiting ON break_glass (begun_at, id) WHERE reviewed_at IS NULL;
CREATE INDEX break_glass_reviewed ON break_glass (reviewed_at DESC, id) WHERE reviewed_at IS NOT NULL;

-- Who reviews what a data protection officer did: one person, or nobody.
CREATE TABLE review_of_fg (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    person UUID NOT NULL REFERENCES people (id)
);
