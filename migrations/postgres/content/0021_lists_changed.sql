-- The one way through the lists that 0010 left without an index of its own: what a department logged about a phenomenon, by
-- when it was changed.
CREATE INDEX signals_own_about_changed ON signals (department, phenomenon, changed_at, id, state);
