-- Who is mentioned in open comments on plans, as far as it can be told without words: for the work list of whoever is
-- mentioned. A row goes when its thread is dealt with. The words stand in the plan alone.
CREATE TABLE plan_mentions (
    case_id UUID NOT NULL REFERENCES plans (case_id),
    thread UUID NOT NULL,
    comment UUID NOT NULL,
    person UUID NOT NULL REFERENCES people (id),
    mentioned_by UUID NOT NULL REFERENCES people (id),
    mentioned_at BIGINT NOT NULL,
    -- When that person opened the plan after it.
    seen_at BIGINT,
    PRIMARY KEY (case_id, comment, person)
);
CREATE INDEX plan_mentions_by_person ON plan_mentions (person, seen_at);
