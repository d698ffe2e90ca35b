//! What a case waits for, and on whom: codes, references and names of staff; no words of the case.

use crate::{
    ids::Reference,
    moment::{Day, Moment},
    people::Department,
    plan::InterventionKind,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One thing that a case waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// An intervention that is not done; on whoever carries it out, or on the coordinator to name somebody.
    Intervention(OpenIntervention),
    /// A version of the plan is before the departments; on those that said nothing yet.
    Answers {
        /// The version's number.
        number: i64,
        /// Since when.
        since: Moment,
        /// The departments that said nothing yet.
        departments: Vec<Department>,
    },
    /// All departments have answered; on the coordinator to adopt it.
    Adoption {
        /// The version's number.
        number: i64,
    },
    /// No signal is linked; on the coordinator.
    Signals,
    /// A linked signal was changed by its department after it was judged, and the team sees what was judged; on the
    /// coordinator to judge it anew.
    Judgement(Reference),
    /// No plan was begun; on the coordinator.
    Plan,
    /// No version of the plan was put before the departments yet; on the coordinator.
    Proposal,
}

/// An intervention that is not done, as far as it can be told without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIntervention {
    /// Its identity in the plan.
    pub id: Uuid,
    /// By which law.
    pub kind: InterventionKind,
    /// The name of who carries it out; nothing as long as nobody is named.
    pub person: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// Whether that day has passed.
    pub late: bool,
}

/// How a case stands, as far as what waits follows from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The linked signals: reference, the version it has now, and the version that was judged.
    pub signals: Vec<(Reference, i64, i64)>,
    /// Whether a plan was begun.
    pub begun: bool,
    /// Whether a version of it was ever adopted.
    pub adopted: bool,
    /// The version that is before the departments, since when, and who said nothing yet.
    pub proposed: Option<(i64, Moment, Vec<Department>)>,
    /// Interventions that are not done.
    pub interventions: Vec<OpenIntervention>,
}

impl Standing {
    /// What the case waits for: what is late first, then what others wait for, then the next steps.
    pub fn waits_for(self) -> Vec<Waiting> {
        let (mut late, mut planned): (Vec<_>, Vec<_>) = self.interventions.into_iter().partition(|one| one.late);
        for open in [&mut late, &mut planned] {
            open.sort_by_key(|one| (one.due.is_none(), one.due));
        }
        let mut waits: Vec<Waiting> = late.into_iter().map(Waiting::Intervention).collect();
        let before_them = self.proposed.is_some();
        if let Some((number, since, departments)) = self.proposed {
            waits.push(if departments.is_empty() {
                Waiting::Adoption { number }
            } else {
                Waiting::Answers { number, since, departments }
            });
        }
        if self.signals.is_empty() {
            waits.push(Waiting::Signals);
        }
        let changed = self.signals.into_iter().filter(|(_, now, judged)| now != judged);
        waits.extend(changed.map(|(reference, ..)| Waiting::Judgement(reference)));
        if !self.begun {
            waits.push(Waiting::Plan);
        } else if !self.adopted && !before_them {
            waits.push(Waiting::Proposal);
        }
        waits.extend(planned.into_iter().map(Waiting::Intervention));
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervention(number: u128, due: Option<&str>, late: bool) -> OpenIntervention {
        let due = due.and_then(|due| due.parse().ok());
        OpenIntervention { id: Uuid::from_u128(number), kind: InterventionKind::Fiscal, person: None, due, late }
    }

    fn signal(now: i64, judged: i64) -> (Reference, i64, i64) {
        (Reference::numbered('S', 2026, now), now, judged)
    }

    #[test]
    fn a_new_case_waits_for_signals_and_a_plan_and_then_for_a_version() {
        assert_eq!(Standing::default().waits_for(), [Waiting::Signals, Waiting::Plan]);
        let begun = Standing { begun: true, signals: vec![signal(1, 1)], ..Standing::default() };
        assert_eq!(begun.clone().waits_for(), [Waiting::Proposal]);
        assert_eq!(Standing { adopted: true, ..begun }.waits_for(), []);
    }

    #[test]
    fn a_version_waits_for_the_departments_that_are_silent_and_then_for_adoption() {
        let department = Department { id: Uuid::from_u128(1).into(), name: "Belastingen".into() };
        let with = |departments: Vec<Department>| Standing {
            begun: true,
            signals: vec![signal(1, 1)],
            proposed: Some((3, Moment(7), departments)),
            ..Standing::default()
        };
        let silent = vec![department];
        let answers = Waiting::Answers { number: 3, since: Moment(7), departments: silent.clone() };
        assert_eq!(with(silent).waits_for(), [answers]);
        assert_eq!(with(Vec::new()).waits_for(), [Waiting::Adoption { number: 3 }]);
    }

    #[test]
    fn what_is_late_comes_first_and_what_is_planned_last_each_by_its_day() {
        let standing = Standing {
            begun: true,
            adopted: true,
            signals: vec![signal(2, 1), signal(3, 3)],
            interventions: vec![
                intervention(1, None, false),
                intervention(2, Some("2026-12-01"), false),
                intervention(3, Some("2026-11-02"), true),
                intervention(4, Some("2026-11-01"), true),
            ],
            ..Standing::default()
        };
        let numbers = |waiting: &Waiting| match waiting {
            Waiting::Intervention(one) => one.id.as_u128(),
            Waiting::Judgement(_) => 100,
            _ => 999,
        };
        assert_eq!(standing.waits_for().iter().map(numbers).collect::<Vec<_>>(), [4, 3, 100, 2, 1]);
    }
}
