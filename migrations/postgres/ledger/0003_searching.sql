-- Each way in which the log is searched has an index that ends in the sequence, so that the newest lines are found without
-- reading the others. The purpose of a case counts by its kind alone, which its first five letters tell.

CREATE INDEX payloads_by_department ON payloads (department, sequence);
CREATE INDEX payloads_by_purpose ON payloads (substr(purpose, 1, 5), sequence);

-- Where the lines of a period begin and end. Times are nearly in the order of the log, but not quite.
CREATE INDEX lines_by_time ON lines (at, sequence);
