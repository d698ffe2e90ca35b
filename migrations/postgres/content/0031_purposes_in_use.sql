-- Under which entries of the register a signal or a case stands, without going through all of them.
CREATE INDEX signals_by_purpose ON signals (original_purpose);
CREATE INDEX cases_by_purpose ON cases (purpose);
