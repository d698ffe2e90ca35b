//! Administration (*beheer*): who has a place in Plein, which one, and on whose word. No content of any record.
//!
//! A place is a department with what somebody may do there. The provider's word gives one at each sign-in; where it says nothing, an
//! administrator does (decision 11). What must never happen here: somebody who changes their own place, or a role of supervision or
//! of administration that one person alone gave or took.

use crate::{
    form::{Fault, FieldProblem, FormValues, Reader},
    ids::*,
    list::Numbered,
    moment::Moment,
    people::{Department, Role},
    session::OpenSession,
};

/// How long a proposal can be confirmed, in seconds: two weeks.
pub const PROPOSAL_LASTS: i64 = 14 * 24 * 60 * 60;

/// The roles that two people give and take: those that supervise, and that say who may do what.
pub const WEIGHTY: [Role; 2] = [Role::Fg, Role::Administrator];

/// The role that makes a second person. Two people take and give it too, or one administrator would choose whoever agrees with them;
/// but somebody must be the first, so one person alone gives it as long as there is nobody who could confirm it.
pub const SECOND: Role = Role::PrivacyOfficer;

codes! {
    /// Whose word a place is.
    Word {
        /// The provider's groups say so.
        Provider = "provider",
        /// An administrator said so, here.
        Administrator = "administrator",
    }
}

codes! {
    /// What happened to a place, or was to happen.
    PlaceEvent {
        /// An administrator gave one.
        Given = "given",
        /// An administrator changed it.
        Changed = "changed",
        /// An administrator took it away.
        TakenAway = "taken-away",
        /// A change was proposed that somebody else has to confirm.
        Proposed = "proposed",
        /// It was confirmed, and done.
        Confirmed = "confirmed",
        /// Somebody else declined it.
        Declined = "declined",
        /// Who proposed it withdrew it.
        Withdrawn = "withdrawn",
        /// A proposal lapsed, as the place or what its proposer may do had become another one.
        Lapsed = "lapsed",
        /// The provider's groups said something else than the place, and its person was not let in; the place stands.
        Contradicted = "contradicted",
        /// The provider's word gave or changed it.
        ByProvider = "by-provider",
        /// The provider's groups say nothing any more.
        ProviderSilent = "provider-silent",
        /// A command on the machine of the program made the person administrator.
        ByCommand = "by-command",
    }
}

codes! {
    /// How a proposal stands.
    ProposalState {
        /// It waits for somebody to confirm it.
        Open = "open",
        /// It was confirmed, and done.
        Confirmed = "confirmed",
        /// Somebody declined it.
        Declined = "declined",
        /// Who proposed it withdrew it.
        Withdrawn = "withdrawn",
        /// Nobody decided in time, or the place was changed meanwhile.
        Lapsed = "lapsed",
    }
}

codes! {
    /// What is done with a proposal.
    ProposalVerb {
        /// Confirm it: it takes effect.
        Confirm = "confirm",
        /// Decline it: it does not.
        Decline = "decline",
        /// Withdraw one's own.
        Withdraw = "withdraw",
    }
}

/// A department with what somebody may do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub department: Department,
    /// What; nothing once it was taken away.
    pub roles: Vec<Role>,
}

impl Place {
    /// In codes, as it stands in the access log.
    pub fn said(place: Option<&Self>) -> String {
        match place {
            Some(place) if !place.roles.is_empty() => {
                let roles: Vec<&str> = place.roles.iter().map(|role| role.code()).collect();
                format!("{}: {}", place.department.name, roles.join(","))
            }
            _ => "none".to_owned(),
        }
    }

    /// Before and after, as they stand in the access log.
    pub fn change(before: Option<&Self>, after: Option<&Self>) -> String {
        format!("{} -> {}", Self::said(before), Self::said(after))
    }
}

/// Whether two people have to agree on this change; `confirmable`: whether there is somebody who could confirm it, besides who wants it
/// and whom it is about.
pub fn needs_two(before: &[Role], after: &[Role], confirmable: bool) -> bool {
    let changes = |role: &Role| before.contains(role) != after.contains(role);
    WEIGHTY.iter().any(changes) || (changes(&SECOND) && (confirmable || before.contains(&SECOND)))
}

/// Reads the form of a place: `department` and `roles`.
///
/// # Errors
/// All that is wrong with it. Whether there is such a department is not looked at.
pub fn read(values: &FormValues) -> Result<(DepartmentId, Vec<Role>), Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let department = form.choice("department", |code| code.parse::<DepartmentId>().ok());
    let chosen = values.all("roles");
    let roles: Vec<Role> =
        Role::ALL.iter().copied().filter(|role| chosen.iter().any(|code| code == role.code())).collect();
    if chosen.iter().any(|code| Role::from_code(code).is_none()) {
        form.fault("roles", Fault::NotAChoice);
    } else if roles.is_empty() {
        form.fault("roles", Fault::Required);
    } else if roles.contains(&Role::Fg) && roles.len() > 1 {
        form.fault("roles", Fault::FgAlone);
    }
    form.finish(department.map(|department| (department, roles)))
}

/// Somebody, as an administrator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// Their identity; of who never had a place, that which they will have.
    pub id: PersonId,
    /// Their name, as the provider told it last.
    pub name: String,
    /// Who they are at the provider, in its own words; nothing for who never came from there.
    pub identifier: Option<String>,
    /// Their place, or the one that was taken away; nothing for who never had one.
    pub place: Option<Place>,
    /// Whose word it is.
    pub word: Option<Word>,
    /// Counts the changes of the place; what is sent must be about the one that was seen.
    pub version: i64,
    /// When the provider sent them for the first time.
    pub first_seen: Option<Moment>,
    /// When it sent them last.
    pub last_seen: Option<Moment>,
    /// When they signed in last.
    pub signed_in: Option<Moment>,
}

impl Somebody {
    /// What they may do.
    pub fn roles(&self) -> &[Role] {
        self.place.as_ref().map_or(&[], |place| &place.roles)
    }

    /// Whether they may do anything.
    pub fn is_in(&self) -> bool {
        !self.roles().is_empty()
    }
}

codes! {
    /// Which of the people.
    PeopleList {
        /// Those who wait for a place, and those from whom it was taken.
        Waiting = "waiting",
        /// Those who have one.
        Placed = "placed",
    }
}

/// One page of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleView {
    /// Which.
    pub list: PeopleList,
    /// They themselves.
    pub rows: Numbered<Somebody>,
    /// How many proposals are open.
    pub proposals: i64,
}

/// What happened to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChange {
    /// When.
    pub at: Moment,
    /// What.
    pub event: PlaceEvent,
    /// By whom; nothing for the provider. For a command, the account of the operating system.
    pub by: Option<String>,
    /// What the place was.
    pub before: Option<Place>,
    /// What it became, or was to become.
    pub after: Option<Place>,
}

/// A change that somebody proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its identity.
    pub id: ProposalId,
    /// About whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Under what the provider knows them, when it said so: two people may have one name.
    pub identifier: Option<String>,
    /// What their place is.
    pub before: Option<Place>,
    /// What it is to become; nothing when it is to be taken away.
    pub after: Option<Place>,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Until when it can be confirmed.
    pub lapses_at: Moment,
    /// What the asker can do with it.
    pub may: Vec<ProposalVerb>,
}

/// Somebody with all that an administrator sees of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// They themselves.
    pub somebody: Somebody,
    /// Whether the asker is that person, who changes nothing of their own place.
    pub own: bool,
    /// The departments to choose from.
    pub departments: Vec<Department>,
    /// The proposal that is open.
    pub proposal: Option<Proposal>,
    /// Where they are signed in.
    pub sessions: Vec<OpenSession>,
    /// What happened to their place, newest first.
    pub changes: Numbered<PlaceChange>,
}

/// How a change ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceAct {
    /// It is done.
    Done,
    /// It is proposed; somebody else has to confirm it.
    Proposed,
    /// Nothing was done: somebody changed the place meanwhile.
    Overtaken,
    /// Nothing was done: a proposal about this person is open.
    ProposalOpen,
    /// Nothing was done: nobody would be left who gives places.
    LastAdministrator,
    /// Nothing was done: the place is the provider's word, and is changed there.
    ProvidersWord,
    /// Nothing was done: the place is that already.
    Same,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(department: &str, roles: &[&str]) -> FormValues {
        let mut values = FormValues::default();
        values.set("department", department);
        roles.iter().for_each(|role| values.push("roles", *role));
        values
    }

    #[test]
    fn a_place_is_a_department_and_roles_that_fit_together() {
        let here = uuid::Uuid::from_u128(7).to_string();
        let read_roles = |roles: &[&str]| read(&form(&here, roles)).map(|(_, roles)| roles);
        assert_eq!(read_roles(&["coordinator", "member"]), Ok(vec![Role::Member, Role::Coordinator]));
        assert_eq!(read_roles(&["fg"]), Ok(vec![Role::Fg]));
        for (roles, fault) in
            [(&["fg", "administrator"][..], Fault::FgAlone), (&[], Fault::Required), (&["mayor"], Fault::NotAChoice)]
        {
            let found = read_roles(roles).err().unwrap_or_default();
            assert_eq!(found, [FieldProblem { field: "roles".into(), fault }], "{roles:?}");
        }
        assert!(read(&form("nowhere", &["member"])).is_err() && read(&form("", &["member"])).is_err());
    }

    #[test]
    fn supervision_and_administration_take_two() {
        use Role::*;
        for (before, after, alone, two) in [
            (&[][..], &[Member][..], false, false),
            (&[Member], &[Member, Coordinator], false, false),
            (&[Member], &[], false, false),
            (&[Member], &[Member, Administrator], true, true),
            (&[Administrator], &[], true, true),
            (&[Administrator], &[Administrator, Member], false, false),
            (&[Fg], &[Member], true, true),
            (&[], &[Fg], true, true),
            (&[], &[PrivacyOfficer], false, true),
            (&[Member, PrivacyOfficer], &[Member], true, true),
            (&[PrivacyOfficer], &[Administrator], true, true),
            (&[PrivacyOfficer], &[PrivacyOfficer, Member], false, false),
        ] {
            assert_eq!(needs_two(before, after, false), alone, "{before:?} {after:?} while nobody could confirm it");
            assert_eq!(needs_two(before, after, true), two, "{before:?} {after:?}");
        }
    }
}
