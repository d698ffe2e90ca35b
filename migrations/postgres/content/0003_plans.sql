-- Plans of approach: a joint document per case, made from a template, sealed under the case's key.

-- Templates are data: a version never changes, a change is a new version. Sections are JSON.
CREATE TABLE plan_templates (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    sections TEXT NOT NULL,
    PRIMARY KEY (code, version)
);
INSERT INTO plan_templates (code, version, name, sections) VALUES ('standard', 1, 'Plan van aanpak',
    '[{"id":"situation","title":"Situatie"},{"id":"goal","title":"Doel"},{"id":"barriers","title":"Barrières"},{"id":"approach","title":"Aanpak","perDepartment":true},{"id":"agreements","title":"Afspraken"}]');

CREATE TABLE plans (
    case_id UUID PRIMARY KEY REFERENCES cases (id),
    template TEXT NOT NULL,
    template_version BIGINT NOT NULL,
    begun_by UUID NOT NULL REFERENCES people (id),
    begun_at BIGINT NOT NULL,
    -- The whole document as of the update `folded`. Later updates stand in plan_updates.
    state BYTEA NOT NULL,
    folded BIGINT NOT NULL
);

CREATE TABLE plan_updates (
    case_id UUID NOT NULL REFERENCES plans (case_id),
    sequence BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (case_id, sequence)
);

-- Which section was changed last by whom.
CREATE TABLE plan_sections (
    case_id UUID NOT NULL REFERENCES plans (case_id),
    section TEXT NOT NULL,
    changed_by UUID NOT NULL REFERENCES people (id),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, section)
);

-- Whose the numbers are under which text was written in the document: for good.
CREATE TABLE plan_clients (
    case_id UUID NOT NULL REFERENCES plans (case_id),
    client BIGINT NOT NULL,
    person UUID NOT NULL REFERENCES people (id),
    PRIMARY KEY (case_id, client)
);
