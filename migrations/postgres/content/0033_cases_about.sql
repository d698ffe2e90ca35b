-- What the list of cases is narrowed by, beside each link that stands: the phenomenon of its signal. It changes with the signal,
-- in the same transaction.
ALTER TABLE links ADD COLUMN phenomenon TEXT NOT NULL DEFAULT '';
UPDATE links SET phenomenon = (SELECT s.phenomenon FROM signals s WHERE s.id = links.signal);
CREATE INDEX links_about ON links (phenomenon, case_id) WHERE unlinked_at IS NULL;
