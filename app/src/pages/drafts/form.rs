//! The form of a draft.

use super::{
    path, sheet,
    window::{self, REVISION, TURN, WINDOW},
};
use crate::{
    forms::{SUBJECT_ROWS, Sheet, subject_rows},
    http::{Id, Notice, Page, Typed, Visit, see_other},
    pages::problems,
    parts::{self, Weight, fields, questions},
    texts::{Named, common, drafts::*, t, tf, when},
};
use axum::response::Response;
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

/// `GET /concepten/:id`.
pub(crate) async fn view(visit: Visit, Id(id): Id<DraftId>) -> Response {
    let answer = sheet(&visit, id).await;
    match answer {
        Ok(sheet) if !sheet.draft.aside.is_empty() => super::conflict::windows(&visit, StatusCode::OK, &sheet),
        answer => visit.show(answer, |sheet| page(&sheet, visit.asker.trace)),
    }
}

/// `POST /concepten/:id`: keeps what was typed, then does what the button says.
pub(crate) async fn post(visit: Visit, Id(id): Id<DraftId>, Typed(sent): Typed) -> Response {
    let action = sent.text("do").to_owned();
    let mut values = sent.clone();
    values.0.remove("do");
    let window = window::taken(&mut values);
    change_subjects(&mut values, &action);
    if let Err(problem) = visit.ports.drafts.save(&visit.asker, id, window, values.clone()).await {
        return not_saved(&visit, id, problem, sent).await;
    }
    let form = path(id);
    match action.as_str() {
        "save" => see_other(&format!("/?gelukt={}", Notice::DraftSaved.code())),
        "choose" => see_other(&format!("{form}#{}", first_test(&values))),
        "add-subject" => see_other(&format!("{form}#betrokkene-{}", subject_rows(&values))),
        action if action.starts_with("remove-subject.") => see_other(&format!("{form}#betrokkene-1")),
        _ => match visit.ports.drafts.check(&visit.asker, id).await {
            Ok(draft) if draft.problems.is_empty() => see_other(&format!("{form}/controleren")),
            Ok(_) | Err(Problem::Invalid(_)) => see_other(&form),
            Err(Problem::Stale(conflict)) => super::conflict::page(&visit, id, &conflict).await,
            Err(problem) => problems::problem_at(&visit, problem, &form),
        },
    }
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
async fn refill(visit: &Visit, id: DraftId, values: FormValues, found: Vec<FieldProblem>) -> Response {
    match sheet(visit, id).await {
        Ok(mut sheet) => {
            sheet.draft.values = values;
            sheet.draft.problems = found;
            let trace = visit.asker.trace;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, || page(&sheet, trace))
        }
        Err(problem) => problems::not_saved(visit, problem, values),
    }
}

async fn not_saved(visit: &Visit, id: DraftId, problem: Problem, values: FormValues) -> Response {
    match problem {
        Problem::Invalid(found) => refill(visit, id, values, found).await,
        Problem::Unavailable(_) | Problem::Internal(_) => problems::not_saved(visit, problem, values),
        Problem::Stale(conflict) => super::conflict::page(visit, id, &conflict).await,
        // Both texts are kept; the form shows them side by side.
        Problem::Overtaken => see_other(&path(id)),
        Problem::Finished(..) => problems::problem(visit, problem),
        Problem::NotFound | Problem::NotAllowed | Problem::PurposeNeeded(_) => {
            problems::problem_in_post(visit, problem, &values)
        }
    }
}

/// The form as its draft stands, in a window of its own.
fn page(sheet: &Sheet, window: TraceId) -> Page {
    let draft = &sheet.draft;
    let sections = sheet.sections();
    let problems = questions::problems(&sections, &draft.problems);
    let kind = t(draft.kind.text());
    let title = if problems.is_empty() { kind.to_owned() } else { tf(common::PROBLEM_TITLE, &[kind]) };
    let filled = fields::Filled { values: &draft.values, problems: &draft.problems };
    let parts_of_form =
        sections.iter().map(|section| questions::to_fill(section, &filled, &sheet.lists.phenomena)).collect_view();
    let rows = matches!(draft.kind, FormKind::NewSignal | FormKind::EditSignal).then(|| {
        view! { <input type="hidden" name=SUBJECT_ROWS value=subject_rows(&draft.values).to_string() /> }
    });
    let body = view! {
        {fields::summary(&problems)}
        {parts::heading(kind)}
        {back(sheet)}
        <form method="post" action=path(draft.id) id=FORM class="form" novalidate>
            // The first button of a form is the one that Enter presses.
            <button type="submit" name="do" value="check" class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t(CHECK)}
            </button>
            {rows}
            <input type="hidden" name=WINDOW value=window.to_string() />
            <input type="hidden" name=REVISION value=draft.revision.to_string() />
            <input type="hidden" name=TURN value="0" />
            {parts_of_form}
            <p class="quiet form__saved">{tf(SAVED_AT, &[&when(draft.saved_at)])}</p>
            {fields::autosave(draft.id.to_string(), FORM)}
            <div class="actions actions--form">
                <button type="submit" name="do" value="check" class=Weight::Primary.class()>{t(CHECK)}</button>
                <button type="submit" name="do" value="save" class=Weight::Secondary.class()>{t(SAVE)}</button>
                <a class="utrecht-link utrecht-link--html-a" href=format!("{}/weg", path(draft.id))>{t(DISCARD)}</a>
            </div>
        </form>
    };
    Page::new(title, body)
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
