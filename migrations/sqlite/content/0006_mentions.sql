-- Who is mentioned in open comments on plans, as far as it can be told without words: for the work list of whoever is
-- mentioned. A row goes when its thread is dealt with. The words stand in the plan alone.
CREATE TABLE plan_mentions (
    case_id BLOB NOT NULL REFERENCES plans (case_id),
    thread BLOB NOT NULL,
    comment BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES people (id),
    mentioned_by BLOB NOT NULL REFERENCES people (id),
    mentioned_at INTEGER NOT NULL,
    -- When that person opened the plan after it.
    seen_at INTEGER,
    PRIMARY KEY (case_id, comment, person)
);
CREATE INDEX plan_mentions_by_person ON plan_mentions (person, seen_at);
