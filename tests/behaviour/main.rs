//! The behaviour of the whole, through the web, on both engines: one municipality, one browser per person.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../vault/tests/common/mod.rs"]
mod common;

mod administration;
mod at_rest;
mod bad_input;
mod break_glass;
mod configured;
mod connections;
mod demo;
mod drafting;
mod edge;
mod fail_closed;
mod faults;
mod fresh;
mod history;
mod imports;
mod lists;
mod main_job;
mod narrowed;
mod notes;
mod notices;
mod permission;
mod plan_rights;
mod plans;
mod recorded;
mod register;
mod second_person;
mod sign_in;
mod signals;
mod streams;
mod subjects;
mod supervision;
mod sweeping;
mod versions;
mod views;
mod visibility;
mod ways;
mod world;
