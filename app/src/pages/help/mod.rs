//! Help: an index and a short page for each task, for everybody, signed in or not. Nothing here is about anybody; what a page
//! says of Plein it says in the words of Plein's own buttons and links.

mod task;
mod told;

pub(crate) use task::Task;

use super::problems;
use crate::{
    http::{Page, Picture, Scene},
    parts,
    texts::{Text, help::*, listed, t, tf},
};
use axum::{
    extract::{Path, rejection::PathRejection},
    response::Response,
};
use http::StatusCode;
use leptos::prelude::*;
use told::{Said, Told};

/// Where the help is.
pub(crate) const PATH: &str = "/hulp";

/// The tasks as the index has them, each group under its heading.
const GROUPS: &[(Text, &[Task])] = &[
    (BEGIN, &[Task::StatePurpose, Task::MyWork]),
    (SIGNALS, &[Task::LogSignal, Task::FindSignals, Task::TakeInList]),
    (CASES, &[Task::OpenCase, Task::KeepCase, Task::WritePlan, Task::AdoptPlan]),
    (WATCH, &[Task::WhoViewed, Task::TakeInRegister, Task::Supervise]),
];

/// `GET /hulp`.
pub(crate) async fn index(scene: Scene) -> Response {
    scene.page(StatusCode::OK, || Page::new(t(TITLE), all()))
}

/// `GET /hulp/:taak`.
pub(crate) async fn view(scene: Scene, task: Result<Path<String>, PathRejection>) -> Response {
    match task.ok().and_then(|Path(code)| Task::from_code(&code)) {
        Some(task) => scene.page(StatusCode::OK, || Page::new(t(task.title()), page(task, picture(&scene, task)))),
        None => problems::missing(scene).await,
    }
}

/// Where the help with this task is.
pub(crate) fn path(task: Task) -> String {
    format!("{PATH}/{}", task.code())
}

fn all() -> AnyView {
    let groups = GROUPS.iter().map(|(heading, tasks)| {
        let items = tasks.iter().map(|task| {
            view! {
                <li>
                    <a class="utrecht-link utrecht-link--html-a" href=path(*task)>{t(task.title())}</a>
                    <span class="quiet">{t(task.want())}</span>
                </li>
            }
        });
        view! {
            <section>
                <h2 class="utrecht-heading-2">{t(*heading)}</h2>
                <ul class="help-index">{items.collect_view()}</ul>
            </section>
        }
    });
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(LEAD))}
        {groups.collect_view()}
        {parts::paragraph(t(STUCK))}
    }
    .into_any()
}

fn page(task: Task, picture: Option<&Picture>) -> AnyView {
    let Told { steps, logged, wrong } = told::told(task);
    let steps = steps.iter().map(|step| view! { <li>{say(step)}</li> });
    let wrong = wrong.iter().map(|(wrong, right)| {
        view! {
            <dt>{t(*wrong)}</dt>
            <dd>{say(right)}</dd>
        }
    });
    let whom: Vec<&str> = task.whom().into_iter().map(t).collect();
    let go = task.place().map(|(path, name)| parts::link_button(path, tf(GO, &[t(name)])));
    view! {
        {parts::link(PATH, t(ALL_HELP))}
        {parts::heading(t(task.title()))}
        {parts::lead(t(task.want()))}
        <p class="quiet">{t(FOR_WHOM)}" "{listed(&whom)}</p>
        <section>
            <h2 class="utrecht-heading-2">{t(STEPS)}</h2>
            <ol class="help-steps">{steps.collect_view()}</ol>
            {go.map(|go| view! { <div class="actions">{go}</div> })}
        </section>
        {picture.map(|picture| shown(picture, task.alt()))}
        <section>
            <h2 class="utrecht-heading-2">{t(LOGGED)}</h2>
            <p class="utrecht-paragraph">{say(&logged)}</p>
        </section>
        <section>
            <h2 class="utrecht-heading-2">{t(WRONG)}</h2>
            <dl class="help-wrong">{wrong.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The picture of this task in the language of the page, which the browser tests made.
fn picture(scene: &Scene, task: Task) -> Option<&Picture> {
    let name = format!("hulp-{}.{}.webp", task.code(), scene.lang.code());
    scene.assets.pictures.iter().find(|picture| picture.name == name)
}

fn shown(picture: &Picture, alt: Text) -> AnyView {
    view! {
        <figure class="help-picture">
            <img src=picture.path.clone() alt=t(alt) width=picture.width.to_string() height=picture.height.to_string()
                loading="lazy" decoding="async" />
            <figcaption class="quiet">
                {t(INVENTED)}" "
                <a class="utrecht-link utrecht-link--html-a" href=picture.path.clone()>{t(FULL_SIZE)}</a>
            </figcaption>
        </figure>
    }
    .into_any()
}

/// A sentence, with what the pages call their buttons and links standing out. What varies in such a name is left open.
fn say(Said { text, names }: &Said) -> AnyView {
    let mut pieces = t(*text).split("{}");
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.zip(names).map(|(piece, name)| {
        let name = tf(*name, &["…", "…", "…"]);
        view! { <strong>{name}</strong>{piece} }
    });
    view! { {first}{rest.collect_view()} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_found_by_its_code_and_stands_in_the_index_once() {
        for task in Task::ALL {
            assert_eq!(Task::from_code(task.code()), Some(*task));
            let times = GROUPS.iter().flat_map(|(_, tasks)| *tasks).filter(|one| *one == task).count();
            assert_eq!(times, 1, "{}", task.code());
        }
        assert_eq!(Task::from_code("bestaat-niet"), None);
    }

    #[test]
    fn every_place_in_a_sentence_has_its_name_and_every_name_its_place() {
        for task in Task::ALL {
            let Told { steps, logged, wrong } = told::told(*task);
            assert!((3..=7).contains(&steps.len()) && wrong.len() >= 2, "{}", task.code());
            for Said { text, names } in steps.iter().chain([&logged]).chain(wrong.iter().map(|(_, right)| right)) {
                assert_eq!(text.nl.matches("{}").count(), names.len(), "{}", text.nl);
            }
        }
    }

    #[test]
    fn what_the_plan_editor_is_said_to_call_things_it_calls_them() {
        let editor = include_str!("../../../editor/texts.ts");
        for Text { nl, en, .. } in [EDITOR_INTERVENTION, EDITOR_COMMENT, EDITOR_SAVED] {
            assert!(editor.contains(&format!("nl: '{nl}', en: '{en}'")), "{nl} / {en}");
        }
    }
}
