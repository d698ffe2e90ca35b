-- Versions of plans: whole states of the text, sealed under the case's key. A version's text never changes.
CREATE TABLE plan_versions (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES plans (case_id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The last update that is in it.
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kept_by UUID REFERENCES people (id),
    proposed_by UUID REFERENCES people (id),
    proposed_at BIGINT,
    adopted_by UUID REFERENCES people (id),
    adopted_at BIGINT,
    head BYTEA NOT NULL,
    text BYTEA NOT NULL,
    UNIQUE (case_id, number)
);
-- One version at a time is before the departments.
CREATE UNIQUE INDEX plan_versions_proposed ON plan_versions (case_id) WHERE state = 'proposed';

-- What each department said of a version that was put before it.
CREATE TABLE plan_positions (
    version UUID NOT NULL REFERENCES plan_versions (id) ON DELETE CASCADE,
    department UUID NOT NULL REFERENCES departments (id),
    stance TEXT NOT NULL,
    given_by UUID REFERENCES people (id),
    given_at BIGINT NOT NULL,
    dissent BYTEA NOT NULL,
    PRIMARY KEY (version, department)
);

-- What was adopted stays as it is.
CREATE FUNCTION refuse_adopted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'an adopted version does not change';
END $$;

CREATE FUNCTION refuse_position_on_adopted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plan_versions WHERE id = OLD.version AND state = 'adopted') THEN
        RAISE EXCEPTION 'positions on an adopted version do not change';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_versions_stay BEFORE UPDATE ON plan_versions
FOR EACH ROW WHEN (OLD.state = 'adopted') EXECUTE FUNCTION refuse_adopted();

CREATE TRIGGER plan_versions_keep_text BEFORE UPDATE OF text, head, number, sequence, at ON plan_versions
FOR EACH ROW EXECUTE FUNCTION refuse_adopted();

CREATE TRIGGER plan_positions_stay BEFORE UPDATE ON plan_positions
FOR EACH ROW EXECUTE FUNCTION refuse_position_on_adopted();
