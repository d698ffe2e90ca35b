-- What the list of cases is narrowed by, beside each link that stands: the phenomenon of its signal. It changes with the signal,
-- in the same transaction.
ALTER TABLE links ADD COLUMN phenomenon TEXT NOT NULL DEFAULT '';
UPDATE links SET phenomenon = (SELECT s.phenomenon FROM signals s WHERE s.id = links.signal);
CREATE INDEX links_about ON links (phenomenon, case_id) WHERE unlinked_at IS NULL;

-- What a case page asks for: the links of a case, those that ended too, and its decisions.
CREATE INDEX links_by_case ON links (case_id, linked_at, id);
CREATE INDEX decisions_by_case ON decisions (case_id, signed_at);
