-- The lines of one request: what the Logboek Dataverwerkingen is asked for first.

CREATE INDEX lines_by_trace ON lines (trace, sequence);
