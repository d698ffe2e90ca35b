-- Lists at a million rows: an index for each way through them, in both directions, from any row on. What an index
-- holds beyond its order is looked at on the way, without going to the row.

ALTER TABLE signals ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE signals SET changed_at = (
    SELECT v.edited_at FROM signal_versions v WHERE v.signal = signals.id AND v.version = signals.version
);

DROP INDEX signals_by_department;
DROP INDEX signals_by_state;

-- What a department logged.
CREATE INDEX signals_own ON signals (department, logged_at, id);
CREATE INDEX signals_own_in_state ON signals (department, state, logged_at, id, phenomenon);
CREATE INDEX signals_own_about ON signals (department, phenomenon, logged_at, id, state);
CREATE INDEX signals_own_changed ON signals (department, changed_at, id, state, phenomenon);

-- What a coordinator may know of.
CREATE INDEX signals_offered ON signals (logged_at, id, department)
    WHERE state = 'received' AND offered <> '';
CREATE INDEX signals_offered_by ON signals (department, logged_at, id, phenomenon)
    WHERE state = 'received' AND offered <> '';
CREATE INDEX signals_offered_about ON signals (phenomenon, logged_at, id, department)
    WHERE state = 'received' AND offered <> '';
CREATE INDEX signals_offered_changed ON signals (changed_at, id, department, phenomenon)
    WHERE state = 'received' AND offered <> '';

-- What a person logged: few enough to be looked through.
CREATE INDEX signals_logged_by ON signals (logged_by, logged_at, id, department, state, phenomenon);

-- What the list of cases needs of a case, beside each member of its team: who is in many cases does not wait for each of
-- them to be looked up. Only the state ever changes, in the transaction that changes the case's.
ALTER TABLE case_team ADD COLUMN opened_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_team ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE case_team ADD COLUMN purpose UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE case_team ADD COLUMN leads BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE case_team SET
    opened_at = (SELECT c.opened_at FROM cases c WHERE c.id = case_team.case_id),
    state = (SELECT c.state FROM cases c WHERE c.id = case_team.case_id),
    purpose = (SELECT c.purpose FROM cases c WHERE c.id = case_team.case_id),
    leads = (SELECT c.coordinator FROM cases c WHERE c.id = case_team.case_id) = person;

DROP INDEX case_team_by_person;
CREATE INDEX case_team_by_person ON case_team (person, opened_at, case_id, purpose, leads);
CREATE INDEX case_team_by_state ON case_team (person, state, opened_at, case_id, purpose, leads);
