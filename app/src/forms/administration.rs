//! The form of a place: where, and what somebody may do there.

use super::{Choice, Input, Question, Section};
use crate::texts::{Named, administration::*, t};
use plein_domain::people::{Department, Role};

/// A department, and roles in it.
pub(crate) fn place(has_one: bool, departments: &[Department]) -> Section {
    let departments = departments.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect();
    let roles = Role::ALL.iter().map(|role| {
        let choice = Choice::new(role.code(), t(role.text()));
        match role {
            Role::Fg => choice.hint(t(H_FG)),
            Role::Administrator => choice.hint(t(H_ADMINISTRATOR)),
            Role::PrivacyOfficer => choice.hint(t(H_PRIVACY_OFFICER)),
            Role::Member | Role::Coordinator => choice,
        }
    });
    Section::new("plaats", t(if has_one { CHANGE } else { GIVE })).intro(t(FORM_INTRO)).ask([
        Question::new("department", t(Q_DEPARTMENT), Input::Select(departments)),
        Question::new("roles", t(Q_ROLES), Input::Boxes(roles.collect())),
    ])
}
