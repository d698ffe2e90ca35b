//! From what the provider says of somebody to what they may do here. Pure; nobody gets in by default.

use super::{ClaimNames, GroupMeans};
use plein_domain::people::Role;
use plein_vault::store::{Placed, Said};
use serde_json::{Map, Value};

/// Somebody in more groups than this was given to Plein with groups that are none of its business.
const GROUPS: usize = 1_000;
/// The longest name, in characters.
const NAME: usize = 200;

/// Who it is, by the provider's word.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Who {
    pub subject: String,
    pub name: String,
}

/// Why somebody is not let in, for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotPlaced {
    NoGroups,
    Overage,
    TooMany,
    NoneKnown,
    NoDepartment,
    NoRole,
    Departments,
    Fg,
}

impl NotPlaced {
    /// In codes, for the access log.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::NoGroups => "no-groups",
            Self::Overage => "groups-left-out",
            Self::TooMany => "too-many-groups",
            Self::NoneKnown => "unknown-groups",
            Self::NoDepartment => "no-department",
            Self::NoRole => "no-role",
            Self::Departments => "several-departments",
            Self::Fg => "fg-and-another-role",
        }
    }

    /// In words, for the operator.
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::NoGroups => {
                "the provider names no groups: let it put them into the ID token, or correct oidc.claims.groups"
            }
            Self::Overage => {
                "the provider leaves the groups out because there are too many: let it send only those of Plein"
            }
            Self::TooMany => "the provider names more than 1,000 groups: let it send only those of Plein",
            Self::NoneKnown => "none of the groups is explained in an [[oidc.group]]",
            Self::NoDepartment => "the groups give no department",
            Self::NoRole => "the groups give no role",
            Self::Departments => "the groups give more than one department",
            Self::Fg => "the groups make them FG and something else (GDPR art. 38(6))",
        }
    }
}

/// A claim by its name; a dot leads into its parts, unless the name itself has one.
fn claim<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    claims.get(name).or_else(|| {
        let (first, rest) = name.split_once('.')?;
        claim(claims.get(first)?.as_object()?, rest)
    })
}

/// Who it is.
pub(super) fn who(claims: &Map<String, Value>, names: &ClaimNames) -> Result<Who, String> {
    let text = |name: &str| claim(claims, name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let subject = text(&names.subject).filter(|subject| subject.len() <= 255);
    let Some(subject) = subject else {
        return Err(format!("the claim {:?}, by which people are known again, is not there", names.subject));
    };
    let Some(name) = text(&names.name) else {
        return Err(format!("the claim {:?}, by which colleagues know people, is not there", names.name));
    };
    let name: String = name.chars().filter(|sign| !sign.is_control()).take(NAME).collect();
    Ok(Who { subject: subject.to_owned(), name })
}

/// The groups that are explained.
fn known<'a>(
    claims: &Map<String, Value>,
    names: &ClaimNames,
    means: &'a [GroupMeans],
) -> Result<Vec<&'a GroupMeans>, NotPlaced> {
    let given = claim(claims, &names.groups);
    let groups: Vec<&str> = match given {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if groups.is_empty() {
        // Entra ID names where they could be asked for instead.
        let elsewhere = claims.get("_claim_names").is_some_and(|left_out| left_out.get(&names.groups).is_some());
        return Err(if elsewhere { NotPlaced::Overage } else { NotPlaced::NoGroups });
    }
    if groups.len() > GROUPS {
        return Err(NotPlaced::TooMany);
    }
    let known: Vec<&GroupMeans> = means.iter().filter(|one| groups.contains(&one.group.as_str())).collect();
    if known.is_empty() { Err(NotPlaced::NoneKnown) } else { Ok(known) }
}

fn department(known: &[&GroupMeans]) -> Result<String, NotPlaced> {
    let mut departments: Vec<&str> = known.iter().filter_map(|one| one.department.as_deref()).collect();
    departments.sort_unstable();
    departments.dedup();
    match departments.as_slice() {
        [] => Err(NotPlaced::NoDepartment),
        [one] => Ok((*one).to_owned()),
        _ => Err(NotPlaced::Departments),
    }
}

/// Department and roles, or why there are none.
pub(super) fn place(
    claims: &Map<String, Value>,
    names: &ClaimNames,
    means: &[GroupMeans],
) -> Result<Placed, NotPlaced> {
    let known = known(claims, names, means)?;
    let department = department(&known)?;
    let has = |role: &&Role| known.iter().any(|one| one.roles.contains(role));
    let roles: Vec<Role> = Role::ALL.iter().filter(has).copied().collect();
    if roles.is_empty() {
        return Err(NotPlaced::NoRole);
    }
    if roles.contains(&Role::Fg) && roles.len() > 1 {
        return Err(NotPlaced::Fg);
    }
    Ok(Placed { department, roles })
}

/// What groups that give no place say all the same, against a place that an administrator gave. What cannot be read could say
/// anything, so it is not taken for silence.
pub(super) fn said(why: NotPlaced, claims: &Map<String, Value>, names: &ClaimNames, means: &[GroupMeans]) -> Said {
    match why {
        NotPlaced::NoGroups | NotPlaced::NoneKnown => Said::Nothing,
        NotPlaced::NoRole => {
            known(claims, names, means).and_then(|known| department(&known)).map_or(Said::Otherwise, Said::Department)
        }
        NotPlaced::NoDepartment | NotPlaced::Overage | NotPlaced::TooMany | NotPlaced::Departments | NotPlaced::Fg => {
            Said::Otherwise
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn means() -> Vec<GroupMeans> {
        let one = |group: &str, department: Option<&str>, roles: &[Role]| GroupMeans {
            group: group.into(),
            department: department.map(str::to_owned),
            roles: roles.to_vec(),
        };
        vec![
            one("permits", Some("Vergunningen"), &[Role::Member]),
            one("taxes", Some("Belastingen"), &[Role::Member]),
            one("lead", None, &[Role::Coordinator]),
            one("fg", Some("Control"), &[Role::Fg]),
            one("hall", Some("Vergunningen"), &[]),
        ]
    }

    fn placed(groups: &Value) -> Result<Placed, NotPlaced> {
        let claims = json!({ "groups": groups });
        place(claims.as_object().unwrap_or(&Map::new()), &ClaimNames::default(), &means())
    }

    #[test]
    fn groups_give_a_department_and_roles() {
        let both = placed(&json!(["permits", "lead", "canteen"])).expect("a place");
        assert_eq!((both.department.as_str(), both.roles), ("Vergunningen", vec![Role::Member, Role::Coordinator]));
        assert_eq!(placed(&json!("taxes")).expect("a place").department, "Belastingen", "one group can be a text");
    }

    #[test]
    fn whoever_no_group_lets_in_is_out() {
        let many: Vec<String> = (0..10_000).map(|number| format!("group-{number}")).chain(["permits".into()]).collect();
        for (groups, why) in [
            (Value::Null, NotPlaced::NoGroups),
            (json!([]), NotPlaced::NoGroups),
            (json!([1, {"group": "permits"}]), NotPlaced::NoGroups),
            (json!(["canteen", "Permits", "permits "]), NotPlaced::NoneKnown),
            (json!(["lead"]), NotPlaced::NoDepartment),
            (json!(["hall"]), NotPlaced::NoRole),
            (json!(["permits", "taxes"]), NotPlaced::Departments),
            (json!(["fg", "lead"]), NotPlaced::Fg),
            (json!(many), NotPlaced::TooMany),
        ] {
            assert_eq!(placed(&groups), Err(why), "{}", why.told());
        }
    }

    #[test]
    fn groups_that_the_provider_leaves_out_are_told_apart_from_none() {
        let claims = json!({ "_claim_names": { "groups": "src1" }, "_claim_sources": { "src1": {} } });
        let claims = claims.as_object().cloned().unwrap_or_default();
        assert_eq!(place(&claims, &ClaimNames::default(), &means()), Err(NotPlaced::Overage));
    }

    #[test]
    fn claims_can_be_called_otherwise_and_stand_deeper() {
        let claims = json!({ "oid": "7", "who": { "called": " Anna\u{7} " }, "realm_access": { "roles": ["permits"] }, "a.b": "c" });
        let claims = claims.as_object().cloned().unwrap_or_default();
        let names =
            ClaimNames { subject: "oid".into(), name: "who.called".into(), groups: "realm_access.roles".into() };
        assert_eq!(who(&claims, &names), Ok(Who { subject: "7".into(), name: "Anna".into() }));
        assert!(place(&claims, &names, &means()).is_ok());
        assert_eq!(claim(&claims, "a.b"), Some(&json!("c")));
        assert!(who(&claims, &ClaimNames::default()).is_err());
    }

    #[test]
    fn what_gives_no_place_is_silence_half_a_word_or_another_one() {
        for (groups, said) in [
            (Value::Null, Said::Nothing),
            (json!(["canteen"]), Said::Nothing),
            (json!(["hall"]), Said::Department("Vergunningen".into())),
            // A role without a department: the provider is asked to say the other half, and nobody else fills it in.
            (json!(["lead"]), Said::Otherwise),
            (json!(["permits", "taxes"]), Said::Otherwise),
            (json!(["fg", "lead"]), Said::Otherwise),
        ] {
            let claims = json!({ "groups": groups });
            let claims = claims.as_object().cloned().unwrap_or_default();
            let names = ClaimNames::default();
            let why = place(&claims, &names, &means()).expect_err("no place");
            assert_eq!(super::said(why, &claims, &names, &means()), said, "{groups}");
        }
    }
}
