-- When the provider last said that somebody is signed out there, or one of its sessions is: a token of before lets nobody in after.
CREATE TABLE provider_ends (subject BLOB PRIMARY KEY, ended_at INTEGER NOT NULL);
CREATE INDEX provider_ends_by_age ON provider_ends (ended_at);
