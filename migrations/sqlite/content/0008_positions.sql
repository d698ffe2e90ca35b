-- How often departments said something of a version: what somebody adopts is what they saw.
ALTER TABLE plan_versions ADD COLUMN said INTEGER NOT NULL DEFAULT 0;

-- What was said of an adopted version stays: none is added, and none goes but with the version.
CREATE TRIGGER plan_positions_none_added BEFORE INSERT ON plan_positions
WHEN (SELECT state FROM plan_versions WHERE id = NEW.version) = 'adopted'
BEGIN SELECT RAISE(ABORT, 'positions on an adopted version do not change'); END;
CREATE TRIGGER plan_positions_none_gone BEFORE DELETE ON plan_positions
WHEN (SELECT state FROM plan_versions WHERE id = OLD.version) = 'adopted'
BEGIN SELECT RAISE(ABORT, 'positions on an adopted version do not change'); END;
