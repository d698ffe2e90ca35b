//! The steps of a form, above it: where somebody is, what is done, and a way to each that loses nothing.

use crate::{
    forms::{Shown, Step, Walk},
    texts::{drafts::*, t, tf},
};
use leptos::prelude::*;
use plein_domain::form::FormValues;

/// The step that a page shows, as its form sends it along.
pub(crate) const STEP: &str = "step";
/// That a step was opened to change one answer: from it the way leads back to the answers.
pub(crate) const BACK: &str = "back";

/// Which part of a form was sent.
pub(crate) struct Place {
    /// What the page showed; nothing for a form without steps.
    pub shown: Option<Shown>,
    /// Whether it was opened from the answers.
    pub back: bool,
}

/// Takes the place out of what a form sent: it is no answer.
pub(crate) fn taken(values: &mut FormValues) -> Place {
    let mut take = |name: &str| values.0.remove(name).and_then(|values| values.into_iter().next());
    Place { shown: take(STEP).and_then(|code| Shown::from_code(&code)), back: take(BACK).is_some() }
}

/// The steps as buttons of the form: each keeps what was typed and opens that step.
pub(super) fn steps(walk: &Walk<'_>, shown: Shown) -> AnyView {
    let items = Step::ALL.iter().map(|step| {
        let here = shown == Shown::One(*step);
        let (state, said) = if walk.wrong(*step).next().is_some() {
            ("wrong", Some(STEP_WRONG))
        } else if walk.done(*step) {
            ("done", Some(STEP_DONE))
        } else {
            ("open", None)
        };
        let said = said.map(|said| view! { <span class="steps__state">{format!("({})", t(said))}</span> });
        view! {
            <li class="steps__step" data-state=state>
                <button type="submit" name="do" value=format!("go.{}", step.code()) class="steps__button"
                    aria-current=here.then_some("step")>
                    <span class="steps__number" aria-hidden="true">{step.number()}</span>
                    <span class="steps__name">{t(step.text())}</span>
                    {said}
                </button>
            </li>
        }
    });
    let all = (shown != Shown::All).then(|| {
        view! {
            <button type="submit" name="do" value=format!("go.{}", Shown::All.code()) class="steps__all">
                {t(STEPS_ALL)}
            </button>
        }
    });
    let here = match shown {
        Shown::One(step) => tf(STEP_HERE, &[&step.number().to_string(), &Step::ALL.len().to_string()]),
        Shown::All => t(STEPS_ALL_SHOWN).to_owned(),
    };
    view! {
        <nav class="steps" aria-label=t(STEPS)>
            <p class="steps__here">{here}</p>
            <ol class="steps__list">{items.collect_view()}</ol>
            {all}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_taken_out_of_the_form() {
        let mut values = FormValues::default();
        for (name, value) in [(STEP, "herkomst"), (BACK, "1"), ("facts", "Pand")] {
            values.set(name, value);
        }
        let place = taken(&mut values);
        assert_eq!((place.shown, place.back), (Some(Shown::One(Step::Origin)), true));
        assert_eq!(values.0.keys().collect::<Vec<_>>(), ["facts"]);
        let place = taken(&mut values);
        assert_eq!((place.shown, place.back), (None, false));
    }
}
