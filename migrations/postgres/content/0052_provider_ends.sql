-- When the provider last said that somebody is signed out there, or one of its sessions is: a token of before lets nobody in after.
CREATE TABLE provider_ends (subject BYTEA PRIMARY KEY, ended_at BIGINT NOT NULL);
CREATE INDEX provider_ends_by_age ON provider_ends (ended_at);
