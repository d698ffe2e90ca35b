-- What the list of cases is narrowed by: for each member of a team, the departments of all its members and the phenomena of its
-- links that stand. A narrowed list is then one range of an index, in its order. Who is not in a team has no row of its case, and
-- who leaves it loses theirs with their place. Written with the change to the team, the links or the case.
CREATE TABLE cases_with_department (
    case_id BLOB NOT NULL,
    person BLOB NOT NULL,
    department BLOB NOT NULL REFERENCES departments (id),
    opened_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    purpose BLOB NOT NULL,
    leads BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, person, department),
    FOREIGN KEY (case_id, person) REFERENCES case_team (case_id, person) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO cases_with_department (case_id, person, department, opened_at, state, purpose, leads)
SELECT DISTINCT t.case_id, t.person, p.department, t.opened_at, t.state, t.purpose, t.leads
FROM case_team t JOIN case_team o ON o.case_id = t.case_id JOIN people p ON p.id = o.person
ORDER BY t.case_id, t.person, p.department;
CREATE INDEX cases_with_department_listed
    ON cases_with_department (person, department, opened_at, case_id, state, purpose, leads);

CREATE TABLE cases_about_phenomenon (
    case_id BLOB NOT NULL,
    person BLOB NOT NULL,
    phenomenon TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    purpose BLOB NOT NULL,
    leads BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, person, phenomenon),
    FOREIGN KEY (case_id, person) REFERENCES case_team (case_id, person) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO cases_about_phenomenon (case_id, person, phenomenon, opened_at, state, purpose, leads)
SELECT DISTINCT t.case_id, t.person, l.phenomenon, t.opened_at, t.state, t.purpose, t.leads
FROM case_team t JOIN links l ON l.case_id = t.case_id AND l.unlinked_at IS NULL
ORDER BY t.case_id, t.person, l.phenomenon;
CREATE INDEX cases_about_phenomenon_listed
    ON cases_about_phenomenon (person, phenomenon, opened_at, case_id, state, purpose, leads);

-- Nothing is looked for by it any more.
DROP INDEX links_about;
