-- What plans say is to be done, as far as it can be told without words: for the work list of whoever is to do it. The text
-- stands in the plan alone.
CREATE TABLE plan_interventions (
    case_id UUID NOT NULL REFERENCES plans (case_id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    person UUID,
    due TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (case_id, id)
);
CREATE INDEX plan_interventions_by_person ON plan_interventions (person, status, due);
