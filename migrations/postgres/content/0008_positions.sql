-- How often departments said something of a version: what somebody adopts is what they saw.
ALTER TABLE plan_versions ADD COLUMN said BIGINT NOT NULL DEFAULT 0;

-- What was said of an adopted version stays: none is added, and none goes but with the version.
CREATE FUNCTION refuse_position_added() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plan_versions WHERE id = NEW.version AND state = 'adopted') THEN
        RAISE EXCEPTION 'positions on an adopted version do not change';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_position_gone() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plan_versions WHERE id = OLD.version AND state = 'adopted') THEN
        RAISE EXCEPTION 'positions on an adopted version do not change';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER plan_positions_none_added BEFORE INSERT ON plan_positions
FOR EACH ROW EXECUTE FUNCTION refuse_position_added();

CREATE TRIGGER plan_positions_none_gone BEFORE DELETE ON plan_positions
FOR EACH ROW EXECUTE FUNCTION refuse_position_gone();
