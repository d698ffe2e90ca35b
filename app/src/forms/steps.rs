//! Steps of a form that is too long for one page. Whoever wants it on one page gets that.

use super::Section;
use crate::texts::{Text, signals};
use plein_domain::form::{FieldProblem, FormValues};

/// The field that remembers which steps were gone through. Not part of the signal.
pub(crate) const STEPS_DONE: &str = "steps-done";

plein_domain::codes! {
    /// A step of the form of a signal; its code stands in the address of the page.
    Step {
        /// What was seen or heard.
        What = "wat",
        /// How it came to be known.
        Origin = "herkomst",
        /// When, where, and what is dangerous there.
        When = "wanneer",
        /// Whom and what it is about.
        Subjects = "betrokkenen",
        /// What makes it a signal of undermining.
        Checklist = "kenmerken",
        /// Which data, collected for what, and what is offered.
        Data = "gegevens",
    }
}

impl Step {
    /// Its name.
    pub(crate) const fn text(self) -> Text {
        match self {
            Self::What => signals::STEP_WHAT,
            Self::Origin => signals::STEP_ORIGIN,
            Self::When => signals::STEP_WHEN,
            Self::Subjects => signals::STEP_SUBJECTS,
            Self::Checklist => signals::STEP_CHECKLIST,
            Self::Data => signals::STEP_DATA,
        }
    }

    /// Its number for people, from 1.
    pub(crate) fn number(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).map_or(1, |index| index + 1)
    }

    /// The one before it.
    pub(crate) fn before(self) -> Option<Self> {
        Self::ALL.get(self.number().checked_sub(2)?).copied()
    }

    /// The one after it.
    pub(crate) fn after(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }
}

/// What of a form in steps is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// One step.
    One(Step),
    /// All of them, below each other.
    All,
}

impl Shown {
    /// What an address or a form asks for.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        if code == ALL { Some(Self::All) } else { Step::from_code(code).map(Self::One) }
    }

    /// How an address asks for it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::One(step) => step.code(),
            Self::All => ALL,
        }
    }
}

const ALL: &str = "alles";

/// The steps of a form with what was typed: where its author is.
pub(crate) struct Walk<'a> {
    pub steps: &'a [(Step, Vec<Section>)],
    pub values: &'a FormValues,
    pub problems: &'a [FieldProblem],
}

impl Walk<'_> {
    /// Whether this step was gone through. A form that was checked without its steps was gone through as a whole.
    pub(crate) fn done(&self, step: Step) -> bool {
        let done = self.values.all(STEPS_DONE);
        if done.is_empty() { !self.problems.is_empty() } else { done.iter().any(|code| code == step.code()) }
    }

    /// Whether all steps were gone through.
    pub(crate) fn all_done(&self) -> bool {
        Step::ALL.iter().all(|step| self.done(*step))
    }

    /// What is wrong in this step. Nobody is told of a field that they have not come to yet.
    pub(crate) fn wrong(&self, step: Step) -> impl Iterator<Item = &FieldProblem> {
        self.problems.iter().filter(move |one| self.done(step) && self.step_of(&one.field) == Some(step))
    }

    /// What is wrong on this page, with what is wrong at no field of the form.
    pub(crate) fn told(&self, shown: Shown) -> Vec<FieldProblem> {
        let here = |one: &&FieldProblem| match self.step_of(&one.field) {
            Some(step) => self.done(step) && (shown == Shown::All || shown == Shown::One(step)),
            None => true,
        };
        self.problems.iter().filter(here).cloned().collect()
    }

    /// Where to go on: at the first mistake, or else at the first step that was not gone through.
    pub(crate) fn resume(&self) -> Step {
        let steps = || Step::ALL.iter().copied();
        let wrong = steps().find(|step| self.wrong(*step).next().is_some());
        let first = if self.values.all(STEPS_DONE).is_empty() { Step::What } else { Step::Data };
        wrong.or_else(|| steps().find(|step| !self.done(*step))).unwrap_or(first)
    }

    /// The step that asks for this field.
    fn step_of(&self, field: &str) -> Option<Step> {
        let asks = |sections: &[Section]| sections.iter().flat_map(|one| &one.questions).any(|one| one.name == field);
        self.steps.iter().find(|(_, sections)| asks(sections)).map(|(step, _)| *step)
    }
}

/// Notes that steps were gone through: this one, or all.
pub(crate) fn note_done(values: &mut FormValues, shown: Shown) {
    match shown {
        Shown::One(step) if !values.has(STEPS_DONE, step.code()) => values.push(STEPS_DONE, step.code()),
        Shown::One(_) => {}
        Shown::All => {
            values.0.insert(STEPS_DONE.into(), Step::ALL.iter().map(|step| step.code().to_owned()).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Input, Question};
    use plein_domain::form::Fault;

    fn steps() -> Vec<(Step, Vec<Section>)> {
        let asks = |step: Step| {
            let question = Question::new(step.code(), "Vraag", Input::Line);
            (step, vec![Section::new("deel", "Deel").ask([question])])
        };
        Step::ALL.iter().map(|step| asks(*step)).collect()
    }

    fn wrong(step: Step) -> FieldProblem {
        FieldProblem { field: step.code().into(), fault: Fault::Required }
    }

    #[test]
    fn steps_follow_each_other() {
        assert_eq!((Step::What.before(), Step::What.after()), (None, Some(Step::Origin)));
        assert_eq!((Step::Data.before(), Step::Data.after()), (Some(Step::Checklist), None));
        assert_eq!(Shown::from_code("alles"), Some(Shown::All));
        assert_eq!(Shown::from_code(Shown::One(Step::When).code()), Some(Shown::One(Step::When)));
        assert_eq!(Shown::from_code("99"), None);
    }

    #[test]
    fn whoever_comes_back_goes_on_where_they_were() {
        let steps = steps();
        let (mut values, mut problems) = (FormValues::default(), Vec::new());
        assert_eq!(Walk { steps: &steps, values: &values, problems: &problems }.resume(), Step::What);
        note_done(&mut values, Shown::One(Step::What));
        note_done(&mut values, Shown::One(Step::What));
        problems.extend([wrong(Step::When), wrong(Step::Data)]);
        let walk = Walk { steps: &steps, values: &values, problems: &problems };
        assert_eq!(walk.resume(), Step::Origin, "what is wrong further on is not theirs yet");
        assert!(walk.told(Shown::All).is_empty());
        note_done(&mut values, Shown::All);
        let walk = Walk { steps: &steps, values: &values, problems: &problems };
        assert_eq!(walk.resume(), Step::When);
        assert_eq!(walk.told(Shown::One(Step::When)), [wrong(Step::When)]);
        assert_eq!(walk.told(Shown::All).len(), 2);
        assert!(walk.all_done());
        let walk = Walk { steps: &steps, values: &values, problems: &[] };
        assert_eq!(walk.resume(), Step::Data);
    }

    #[test]
    fn a_form_that_was_checked_as_a_whole_tells_all_and_what_belongs_nowhere_is_told_everywhere() {
        let steps = steps();
        let problems = [wrong(Step::Origin), FieldProblem { field: "elders".into(), fault: Fault::Required }];
        let walk = Walk { steps: &steps, values: &FormValues::default(), problems: &problems };
        assert_eq!(walk.resume(), Step::Origin);
        assert_eq!(walk.told(Shown::One(Step::Origin)).len(), 2);
        assert_eq!(walk.told(Shown::One(Step::Data)).len(), 1);
    }
}
