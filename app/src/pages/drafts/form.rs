//! The form of a draft.

use super::{
    path, sheet,
    walk::{self, BACK, Place, STEP},
    window::{self, REVISION, TURN, WINDOW},
};
use crate::{
    forms::{STEPS_DONE, SUBJECT_ROWS, Section, Sheet, Shown, Step, Walk, narrow, note_done, subject_rows},
    http::{Id, Notice, Page, Typed, Visit, query, see_other},
    pages::{help::Task, problems},
    parts::{self, Weight, fields, questions},
    texts::{Named, Text, common, drafts::*, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    form::{FieldProblem, FormKind, FormValues},
    ids::{DraftId, TraceId},
    problem::Problem,
    signal::SUBJECTS_MAX,
};

/// The form's own id, for the island that saves it.
const FORM: &str = "concept";

/// Where the questions begin: whoever comes from another step is there at once, also with the keyboard.
const QUESTIONS: &str = "vragen";

/// `GET /concepten/:id?stap=&terug=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<DraftId>, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let place = Place { shown: Shown::from_code(asked.text("stap")), back: !asked.text("terug").is_empty() };
    let answer = sheet(&visit, id).await;
    match answer {
        Ok(sheet) if !sheet.draft.aside.is_empty() => super::conflict::windows(&visit, StatusCode::OK, &sheet),
        answer => visit.show(answer, |sheet| page(&sheet, visit.asker.trace, &place)),
    }
}

/// `POST /concepten/:id`: keeps what was typed, then does what the button says.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>, Typed(sent): Typed) -> Response {
    let action = sent.text("do").to_owned();
    let mut values = sent.clone();
    values.0.remove("do");
    let window = window::taken(&mut values);
    let place = walk::taken(&mut values);
    change_subjects(&mut values, &action);
    narrow(&mut values, &action);
    match (action.as_str(), place.shown) {
        ("next", Some(shown)) => note_done(&mut values, shown),
        ("check", Some(_)) => note_done(&mut values, Shown::All),
        _ => {}
    }
    if let Err(problem) = visit.ports.drafts.save(&visit.asker, id, window, values.clone()).await {
        return not_saved(&visit, id, problem, sent, &place).await;
    }
    let form = path(id);
    let here = place.shown.map_or_else(|| form.clone(), |shown| at(&form, shown));
    match action.as_str() {
        "save" => see_other(&format!("/?gelukt={}", Notice::DraftSaved.code())),
        "choose" => see_other(&format!("{form}#{}", first_test(&values))),
        "add-subject" => see_other(&format!("{}#betrokkene-{}", subjects(&form, &place), subject_rows(&values))),
        action if action.starts_with("narrow") => see_other(&format!("{form}#signalen")),
        action if action.starts_with("remove-subject.") => {
            see_other(&format!("{}#betrokkene-1", subjects(&form, &place)))
        }
        action if action.starts_with("go.") => {
            let to = action.strip_prefix("go.").and_then(Shown::from_code).or(place.shown);
            match to {
                // Nothing was gone through yet: nothing can be wrong there.
                Some(to) if values.all(STEPS_DONE).is_empty() => see_other(&format!("{}#{QUESTIONS}", at(&form, to))),
                Some(to) => go(&visit, id, None, to).await,
                None => see_other(&form),
            }
        }
        "next" => next(&visit, id, &place).await,
        _ => match visit.ports.drafts.check(&visit.asker, id).await {
            Ok(draft) if draft.problems.is_empty() => see_other(&format!("{form}/controleren")),
            // To the first step in which something is wrong, unless all are on the page.
            Ok(_) | Err(Problem::Invalid(_)) => see_other(&if place.shown == Some(Shown::All) { here } else { form }),
            Err(problem) => not_checked(&visit, id, problem, &here).await,
        },
    }
}

/// To the step after this one, if nothing is wrong in it.
async fn next(visit: &Visit, id: DraftId, place: &Place) -> Response {
    let Some(Shown::One(step)) = place.shown else { return see_other(&path(id)) };
    go(visit, id, Some(step), Shown::One(step.after().unwrap_or(step))).await
}

/// To a part of a form, unless something is wrong in the step that must be right before that. What is wrong in steps that were
/// gone through stays marked.
async fn go(visit: &Visit, id: DraftId, right: Option<Step>, to: Shown) -> Response {
    let form = path(id);
    let checked = match visit.ports.drafts.check(&visit.asker, id).await {
        Ok(_) | Err(Problem::Invalid(_)) => sheet(visit, id).await,
        Err(problem) => Err(problem),
    };
    match checked {
        Ok(sheet) => {
            let steps = sheet.steps();
            let walk = sheet.walk(&steps);
            let to = right.filter(|step| walk.wrong(*step).next().is_some()).map_or(to, Shown::One);
            let address = at(&form, to);
            // What is wrong is told at the head of the page, which has the focus then.
            see_other(&if walk.told(to).is_empty() { format!("{address}#{QUESTIONS}") } else { address })
        }
        Err(problem) => not_checked(visit, id, problem, &at(&form, right.map_or(to, Shown::One))).await,
    }
}

async fn not_checked(visit: &Visit, id: DraftId, problem: Problem, here: &str) -> Response {
    match problem {
        Problem::Stale(conflict) => super::conflict::page(visit, id, &conflict).await,
        problem => problems::problem_at(visit, problem, here),
    }
}

/// The address of the part of a form that asks for subjects.
fn subjects(form: &str, place: &Place) -> String {
    at(form, place.shown.unwrap_or(Shown::One(Step::Subjects)))
}

/// The address of a part of a form.
fn at(form: &str, shown: Shown) -> String {
    format!("{form}?stap={}", shown.code())
}

/// Where the first chosen signal is tested.
fn first_test(values: &FormValues) -> String {
    values.all("signal").first().map_or_else(|| "signalen".to_owned(), |id| format!("toets-{id}"))
}

/// One block for a subject more, or one less: those behind it move up.
pub(crate) fn change_subjects(values: &mut FormValues, action: &str) {
    if action == "add-subject" {
        let rows = (subject_rows(values) + 1).min(SUBJECTS_MAX);
        values.set(SUBJECT_ROWS, rows.to_string());
    }
    let removed = action.strip_prefix("remove-subject.").and_then(|index| index.parse::<usize>().ok());
    if let Some(removed) = removed.filter(|index| *index < SUBJECTS_MAX) {
        let rows = subject_rows(values);
        let taken = std::mem::take(&mut values.0);
        for (name, value) in taken {
            let Some((index, part)) = name.strip_prefix("subject.").and_then(|rest| rest.split_once('.')) else {
                values.0.insert(name, value);
                continue;
            };
            match index.parse::<usize>() {
                Ok(index) if index < removed => drop(values.0.insert(name, value)),
                Ok(index) if index > removed => {
                    values.0.insert(format!("subject.{}.{part}", index - 1), value);
                }
                Ok(_) | Err(_) => {}
            }
        }
        values.set(SUBJECT_ROWS, rows.saturating_sub(1).max(1).to_string());
    }
}

/// What could not even be kept comes back in the form, with all that was typed.
async fn refill(
    visit: &Visit,
    id: DraftId,
    mut values: FormValues,
    found: Vec<FieldProblem>,
    place: &Place,
) -> Response {
    // What the button said and where it stood are no answers: they would come along with whatever is pressed next.
    values.0.remove("do");
    window::taken(&mut values);
    walk::taken(&mut values);
    match sheet(visit, id).await {
        Ok(mut sheet) => {
            sheet.draft.values = values;
            sheet.draft.problems = found;
            let trace = visit.asker.trace;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&sheet, trace, place))
        }
        Err(problem) => problems::not_saved(visit, problem, values),
    }
}

async fn not_saved(visit: &Visit, id: DraftId, problem: Problem, values: FormValues, place: &Place) -> Response {
    match problem {
        Problem::Invalid(found) => refill(visit, id, values, found, place).await,
        Problem::Unavailable(_) | Problem::Internal(_) => problems::not_saved(visit, problem, values),
        Problem::Stale(conflict) => super::conflict::page(visit, id, &conflict).await,
        // Both texts are kept; the form shows them side by side.
        Problem::Overtaken => see_other(&path(id)),
        Problem::Finished(..) => problems::problem(visit, problem),
        Problem::NotFound | Problem::NotAllowed | Problem::PurposeNeeded(_) | Problem::FreshNeeded => {
            problems::problem_in_post(visit, problem, &values)
        }
    }
}

/// The form as its draft stands, in a window of its own: the whole form, or the step that was asked for, or else the one at
/// which its author goes on.
fn page(sheet: &Sheet, window: TraceId, place: &Place) -> Page {
    let draft = &sheet.draft;
    let steps = sheet.steps();
    let walk = sheet.walk(&steps);
    let shown = (!steps.is_empty()).then(|| place.shown.unwrap_or_else(|| Shown::One(walk.resume())));
    let (whole, found) = match shown {
        None => (sheet.sections(), draft.problems.clone()),
        Some(shown) => (Vec::new(), walk.told(shown)),
    };
    let asked = steps.iter().filter(|(step, _)| shown == Some(Shown::All) || shown == Some(Shown::One(*step)));
    let sections: Vec<&Section> = whole.iter().chain(asked.flat_map(|(_, asked)| asked)).collect();
    let problems = questions::problems(&sections, &found);
    let kind = t(draft.kind.text());
    let title = match shown {
        Some(Shown::One(step)) => {
            let of = Step::ALL.len().to_string();
            tf(STEP_TITLE, &[kind, &t(step.text()).to_lowercase(), &step.number().to_string(), &of])
        }
        Some(Shown::All) | None => kind.to_owned(),
    };
    let title = if problems.is_empty() { title } else { tf(common::PROBLEM_TITLE, &[&title]) };
    let filled = fields::Filled { values: &draft.values, problems: &found };
    let parts_of_form =
        sections.iter().map(|section| questions::to_fill(section, &filled, Some(&sheet.lists))).collect_view();
    let beside = shown.map(|shown| {
        view! {
            <input type="hidden" name=SUBJECT_ROWS value=subject_rows(&draft.values).to_string() />
            <input type="hidden" name=STEP value=shown.code() />
            {place.back.then(|| view! { <input type="hidden" name=BACK value="1" /> })}
            {fields::hidden(&elsewhere(&draft.values, &sections), "")}
        }
    });
    let buttons = Buttons::of(draft.kind, &walk, shown, place.back);
    // Enter goes on: to the test of the signals that are chosen, while there is none to answer yet.
    let entered = match draft.kind {
        FormKind::OpenCase if draft.values.all("signal").is_empty() => ("choose", crate::texts::cases::CHOOSE_SIGNALS),
        _ => buttons.main,
    };
    let body = view! {
        {fields::summary(&problems)}
        {parts::heading(kind)}
        {back(sheet)}
        <form method="post" action=path(draft.id) id=FORM class="form" novalidate>
            // The first button of a form is the one that Enter presses.
            <button type="submit" name="do" value=entered.0 class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t(entered.1)}
            </button>
            {shown.map(|shown| walk::steps(&walk, shown))}
            {beside}
            <input type="hidden" name=WINDOW value=window.to_string() />
            <input type="hidden" name=REVISION value=draft.revision.to_string() />
            <input type="hidden" name=TURN value="0" />
            <div id=QUESTIONS class="form__questions">{parts_of_form}</div>
            <p class="quiet form__saved">{tf(SAVED_AT, &[&when(draft.saved_at)])}</p>
            {fields::autosave(draft.id.to_string(), FORM)}
            <div class="actions actions--form">
                {button(buttons.main, Weight::Primary)}
                {buttons.more.into_iter().map(|one| button(one, Weight::Secondary)).collect_view()}
                {button(("save", SAVE), Weight::Secondary)}
                <a class="utrecht-link utrecht-link--html-a" href=format!("{}/weg", path(draft.id))>{t(DISCARD)}</a>
            </div>
        </form>
    };
    Page::new(title, body).helped_with(Task::of_form(draft.kind))
}

/// The answers that this page does not ask for: they come along, so that what is sent is always the whole form.
fn elsewhere(values: &FormValues, sections: &[&Section]) -> FormValues {
    let asked = |name: &str| sections.iter().flat_map(|one| &one.questions).any(|one| one.name == name);
    let rest = values.0.iter().filter(|(name, _)| *name != SUBJECT_ROWS && !asked(name));
    FormValues(rest.map(|(name, values)| (name.clone(), values.clone())).collect())
}

/// The buttons at the end of a form: what they do and say.
struct Buttons {
    main: (&'static str, Text),
    more: Vec<(String, Text)>,
}

impl Buttons {
    fn of(kind: FormKind, walk: &Walk<'_>, shown: Option<Shown>, back: bool) -> Self {
        let check = ("check", CHECK);
        let Some(Shown::One(step)) = shown else { return Self { main: check, more: Vec::new() } };
        let before = step.before().map(|step| (format!("go.{}", Shown::One(step).code()), PREVIOUS));
        let after = step.after().map(|_| ("next", NEXT));
        // Who comes from the answers goes back to them, and so does who has seen all.
        let ready = back || kind == FormKind::EditSignal || walk.all_done();
        match after {
            Some(next) if !ready => Self { main: next, more: before.into_iter().collect() },
            after => {
                let after = after.filter(|_| !back).map(|(code, text)| (code.to_owned(), text));
                Self { main: check, more: before.filter(|_| !back).into_iter().chain(after).collect() }
            }
        }
    }
}

fn button((action, text): (impl Into<String>, Text), weight: Weight) -> AnyView {
    view! { <button type="submit" name="do" value=action.into() class=weight.class()>{t(text)}</button> }.into_any()
}

/// The way back to the thing that is being changed.
fn back(sheet: &Sheet) -> Option<AnyView> {
    let draft = &sheet.draft;
    match draft.kind {
        FormKind::NewSignal | FormKind::OpenCase => None,
        FormKind::EditSignal => Some(parts::link(format!("/signalen/{}", draft.object), t(common::BACK))),
        FormKind::LinkSignal | FormKind::UnlinkSignal | FormKind::Team => {
            Some(parts::link(format!("/casussen/{}", draft.object), t(crate::texts::cases::BACK_TO_CASE)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_a_subject_moves_those_behind_it_up_and_keeps_the_rest() {
        let mut values = FormValues::default();
        for (name, value) in
            [("summary", "Pand"), ("subject.0.name", "A"), ("subject.1.name", "B"), ("subject.2.name", "C")]
        {
            values.set(name, value);
        }
        change_subjects(&mut values, "remove-subject.1");
        assert_eq!(values.text("summary"), "Pand");
        assert_eq!(values.text("subject.0.name"), "A");
        assert_eq!(values.text("subject.1.name"), "C");
        assert_eq!(values.all("subject.2.name"), [] as [String; 0]);
        assert_eq!(subject_rows(&values), 2);
    }

    #[test]
    fn blocks_for_subjects_are_added_up_to_the_limit() {
        let mut values = FormValues::default();
        for _ in 0..SUBJECTS_MAX + 3 {
            change_subjects(&mut values, "add-subject");
        }
        assert_eq!(subject_rows(&values), SUBJECTS_MAX);
    }
}
