-- What an update changed and when stands with it, so that a keystroke is one row; plan_sections is brought up to date when
-- updates are folded into the whole document. JSON: pairs of a section's code and the id of who changed it.
ALTER TABLE plan_updates ADD COLUMN sections TEXT NOT NULL DEFAULT '[]';
ALTER TABLE plan_updates ADD COLUMN written_at BIGINT NOT NULL DEFAULT 0;
