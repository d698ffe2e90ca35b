-- Notices without words: written with the change that causes them. What they are about is shown only to whoever may know of it when
-- they are read.
CREATE TABLE notices (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    caused_by UUID REFERENCES people (id),
    case_id UUID REFERENCES cases (id) ON DELETE CASCADE,
    signal UUID REFERENCES signals (id) ON DELETE CASCADE,
    -- A thread of comments, or an intervention.
    part UUID,
    -- A version of the plan.
    number BIGINT,
    -- The day on which an intervention is due.
    day TEXT,
    read_at BIGINT
);
CREATE INDEX notices_by_person ON notices (person, at DESC, id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;
CREATE UNIQUE INDEX notices_due ON notices (person, part, day) WHERE kind = 'due';
