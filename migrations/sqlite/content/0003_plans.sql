-- Plans of approach: a joint document per case, made from a template, sealed under the case's key.

-- Templates are data: a version never changes, a change is a new version. Sections are JSON.
CREATE TABLE plan_templates (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (code, version)
);
INSERT INTO plan_templates (code, version, name, sections) VALUES ('standard', 1, 'Plan van aanpak',
    '[{"id":"situation","title":"Situatie"},{"id":"goal","title":"Doel"},{"id":"barriers","title":"Barrières"},{"id":"approach","title":"Aanpak","perDepartment":true},{"id":"agreements","title":"Afspraken"}]');

CREATE TABLE plans (
    case_id BLOB PRIMARY KEY REFERENCES cases (id),
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    begun_by BLOB NOT NULL REFERENCES people (id),
    begun_at INTEGER NOT NULL,
    -- The whole document as of the update `folded`. Later updates stand in plan_updates.
    state BLOB NOT NULL,
    folded INTEGER NOT NULL
);

CREATE TABLE plan_updates (
    case_id BLOB NOT NULL REFERENCES plans (case_id),
    sequence INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (case_id, sequence)
);

-- Which section was changed last by whom.
CREATE TABLE plan_sections (
    case_id BLOB NOT NULL REFERENCES plans (case_id),
    section TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES people (id),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, section)
);

-- Whose the numbers are under which text was written in the document: for good.
CREATE TABLE plan_clients (
    case_id BLOB NOT NULL REFERENCES plans (case_id),
    client INTEGER NOT NULL,
    person BLOB NOT NULL REFERENCES people (id),
    PRIMARY KEY (case_id, client)
);
