-- What happened in a case, written with the change itself: ids, codes and moments, no words. `things` are ids of signals or of
-- people, as the kind says, joined by commas. `place` orders what one change did.
CREATE TABLE case_changes (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor BLOB NOT NULL REFERENCES people (id),
    department BLOB NOT NULL REFERENCES departments (id),
    things TEXT NOT NULL,
    number INTEGER
);
CREATE INDEX case_changes_by_case ON case_changes (case_id, at DESC, place DESC, id);

-- When somebody of a team last looked at the case, as far as it mattered: for what changed since.
CREATE TABLE case_looks (
    case_id BLOB NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    person BLOB NOT NULL REFERENCES people (id),
    looked_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, person)
);

-- What can still be told of before: who was taken off a team cannot.
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), c.id, c.opened_at, 0, 'opened', c.coordinator, p.department, '', NULL
FROM cases c JOIN people p ON p.id = c.coordinator;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), l.case_id, l.linked_at, 1, 'linked', l.linked_by, p.department, hex(l.signal), NULL
FROM links l JOIN people p ON p.id = l.linked_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), l.case_id, l.unlinked_at, 1, 'unlinked', l.unlinked_by, p.department, hex(l.signal), NULL
FROM links l JOIN people p ON p.id = l.unlinked_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), t.case_id, t.since, 2, 'joined', c.coordinator, p.department, hex(t.person), NULL
FROM case_team t JOIN cases c ON c.id = t.case_id JOIN people p ON p.id = c.coordinator WHERE t.person <> c.coordinator;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), n.case_id, n.begun_at, 0, 'plan-begun', n.begun_by, p.department, '', NULL
FROM plans n JOIN people p ON p.id = n.begun_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), v.case_id, v.at, 0, 'version-kept', v.kept_by, p.department, '', v.number
FROM plan_versions v JOIN people p ON p.id = v.kept_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), v.case_id, v.proposed_at, 0, 'version-proposed', v.proposed_by, p.department, '', v.number
FROM plan_versions v JOIN people p ON p.id = v.proposed_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), v.case_id, v.adopted_at, 0, 'version-adopted', v.adopted_by, p.department, '', v.number
FROM plan_versions v JOIN people p ON p.id = v.adopted_by;
INSERT INTO case_changes (id, case_id, at, place, kind, actor, department, things, number)
SELECT randomblob(16), v.case_id, o.given_at, 0, 'answered', o.given_by, o.department, '', v.number
FROM plan_positions o JOIN plan_versions v ON v.id = o.version WHERE o.given_by IS NOT NULL;
