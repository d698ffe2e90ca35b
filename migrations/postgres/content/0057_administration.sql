-- Administration: whose word a place is, what happened to it, and what somebody else has to confirm. Who was let in by the provider so
-- far has their place by its word.
ALTER TABLE people ADD COLUMN word TEXT NOT NULL DEFAULT 'administrator';
ALTER TABLE people ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN signed_in_at BIGINT;
UPDATE people SET word = 'provider' WHERE id IN (SELECT person FROM identities);
CREATE INDEX identities_by_person ON identities (person);

-- Who somebody is at the provider, in its own words: by this an administrator can find them there.
ALTER TABLE identities ADD COLUMN identifier BYTEA;

-- About somebody who waits: under the id of the identity, which becomes that of the person.
CREATE TABLE place_changes (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    by_person UUID REFERENCES people (id),
    account BYTEA,
    before_department UUID REFERENCES departments (id),
    before_roles TEXT NOT NULL,
    after_department UUID REFERENCES departments (id),
    after_roles TEXT NOT NULL
);
CREATE INDEX place_changes_by_person ON place_changes (person, at DESC, id);

CREATE TABLE place_proposals (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    seen_version BIGINT NOT NULL,
    department UUID REFERENCES departments (id),
    roles TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES people (id),
    proposed_at BIGINT NOT NULL,
    lapses_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided_by UUID REFERENCES people (id),
    decided_at BIGINT
);
CREATE UNIQUE INDEX place_proposals_open ON place_proposals (person) WHERE state = 'open';
CREATE INDEX place_proposals_waiting ON place_proposals (proposed_at, id) WHERE state = 'open';

-- On what a session is, coarsely, and the sessions of a person.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_person ON sessions (person, begun_at);
