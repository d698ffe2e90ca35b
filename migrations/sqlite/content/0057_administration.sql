-- Administration: whose word a place is, what happened to it, and what somebody else has to confirm. Who was let in by the provider so
-- far has their place by its word.
ALTER TABLE people ADD COLUMN word TEXT NOT NULL DEFAULT 'administrator';
ALTER TABLE people ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN signed_in_at INTEGER;
UPDATE people SET word = 'provider' WHERE id IN (SELECT person FROM identities);
CREATE INDEX identities_by_person ON identities (person);

-- Who somebody is at the provider, in its own words: by this an administrator can find them there.
ALTER TABLE identities ADD COLUMN identifier BLOB;

-- About somebody who waits: under the id of the identity, which becomes that of the person.
CREATE TABLE place_changes (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    by_person BLOB REFERENCES people (id),
    account BLOB,
    before_department BLOB REFERENCES departments (id),
    before_roles TEXT NOT NULL,
    after_department BLOB REFERENCES departments (id),
    after_roles TEXT NOT NULL
);
CREATE INDEX place_changes_by_person ON place_changes (person, at DESC, id);

CREATE TABLE place_proposals (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    seen_version INTEGER NOT NULL,
    department BLOB REFERENCES departments (id),
    roles TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES people (id),
    proposed_at INTEGER NOT NULL,
    lapses_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by BLOB REFERENCES people (id),
    decided_at INTEGER
);
CREATE UNIQUE INDEX place_proposals_open ON place_proposals (person) WHERE state = 'open';
CREATE INDEX place_proposals_waiting ON place_proposals (proposed_at, id) WHERE state = 'open';

-- On what a session is, coarsely, and the sessions of a person.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_person ON sessions (person, begun_at);
