-- What the list of cases is narrowed by: for each member of a team, the departments of all its members and the phenomena of its
-- links that stand. A narrowed list is then one range of an index, in its order. Who is not in a team has no row of its case, and
-- who leaves it loses theirs with their place. Written with the change to the team, the links or the case.
-- However many there are, they may take their time.
SET LOCAL statement_timeout = 0;

CREATE TABLE cases_with_department (
    case_id UUID NOT NULL,
    person UUID NOT NULL,
    department UUID NOT NULL,
    opened_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    purpose UUID NOT NULL,
    leads BOOLEAN NOT NULL
);
INSERT INTO cases_with_department (case_id, person, department, opened_at, state, purpose, leads)
SELECT DISTINCT t.case_id, t.person, p.department, t.opened_at, t.state, t.purpose, t.leads
FROM case_team t JOIN case_team o ON o.case_id = t.case_id JOIN people p ON p.id = o.person;
ALTER TABLE cases_with_department
    ADD PRIMARY KEY (case_id, person, department),
    ADD FOREIGN KEY (department) REFERENCES departments (id),
    ADD FOREIGN KEY (case_id, person) REFERENCES case_team (case_id, person) ON DELETE CASCADE;
CREATE INDEX cases_with_department_listed
    ON cases_with_department (person, department, opened_at, case_id, state, purpose, leads);

CREATE TABLE cases_about_phenomenon (
    case_id UUID NOT NULL,
    person UUID NOT NULL,
    phenomenon TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    purpose UUID NOT NULL,
    leads BOOLEAN NOT NULL
);
INSERT INTO cases_about_phenomenon (case_id, person, phenomenon, opened_at, state, purpose, leads)
SELECT DISTINCT t.case_id, t.person, l.phenomenon, t.opened_at, t.state, t.purpose, t.leads
FROM case_team t JOIN links l ON l.case_id = t.case_id AND l.unlinked_at IS NULL;
ALTER TABLE cases_about_phenomenon
    ADD PRIMARY KEY (case_id, person, phenomenon),
    ADD FOREIGN KEY (case_id, person) REFERENCES case_team (case_id, person) ON DELETE CASCADE;
CREATE INDEX cases_about_phenomenon_listed
    ON cases_about_phenomenon (person, phenomenon, opened_at, case_id, state, purpose, leads);

-- Nothing is looked for by it any more.
DROP INDEX links_about;
