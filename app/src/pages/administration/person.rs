//! One person: their place, changing it, taking it away, where they are signed in, and what happened.

use super::{PATH, identifier, moment_or, path, proposals, sessions, told};
use crate::{
    forms::administration,
    http::{Id, Notice, Page, Typed, Visit, query, see_other},
    pages::{problems, sign_in::anew},
    parts::{self, Weight, fact, facts, fields, paging, questions},
    texts::{Named, Text, administration::*, common, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{
    administration::{PersonView, PlaceAct, PlaceChange, ProposalVerb, Word},
    form::{FieldProblem, FormValues},
    ids::PersonId,
    people::Role,
    problem::{Answer, Problem},
};

/// `GET /beheer/mensen/:id?pagina=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<PersonId>, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.administration.person(&visit.asker, id, page).await;
    visit.show(answer, |view| one(&visit, &view, &FormValues::default(), &[], None))
}

/// `POST /beheer/mensen/:id`.
pub(crate) async fn place(visit: Visit, Id(id): Id<PersonId>, Typed(values): Typed) -> Response {
    let act = visit.ports.administration.place(&visit.asker, id, seen(&values), values.clone()).await;
    ended(&visit, id, act, Notice::PlaceChanged, values).await
}

/// `POST /beheer/mensen/:id/ontnemen`.
pub(crate) async fn take_away(visit: Visit, Id(id): Id<PersonId>, Typed(values): Typed) -> Response {
    let act = visit.ports.administration.take_away(&visit.asker, id, seen(&values)).await;
    ended(&visit, id, act, Notice::PlaceTakenAway, values).await
}

/// `POST /beheer/mensen/:id/afmelden`.
pub(crate) async fn end_sessions(visit: Visit, Id(id): Id<PersonId>, Typed(values): Typed) -> Response {
    match visit.ports.administration.end_sessions(&visit.asker, id).await {
        Ok(()) => see_other(&format!("{}?gelukt={}", path(id), Notice::SessionsEnded.code())),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

/// The version that was on the screen.
fn seen(values: &FormValues) -> i64 {
    values.text("version").parse().unwrap_or(-1)
}

/// Why nothing was done.
pub(super) const fn why_not(act: PlaceAct) -> Option<Text> {
    match act {
        PlaceAct::Done | PlaceAct::Proposed => None,
        PlaceAct::Overtaken => Some(OVERTAKEN),
        PlaceAct::ProposalOpen => Some(ONE_IS_OPEN),
        PlaceAct::LastAdministrator => Some(LAST),
        PlaceAct::ProvidersWord => Some(PROVIDERS_NOT_CHANGED),
        PlaceAct::Same => Some(SAME),
    }
}

/// Onwards after an act, or the person as they are now with what was chosen.
async fn ended(visit: &Visit, id: PersonId, act: Answer<PlaceAct>, done: Notice, values: FormValues) -> Response {
    let (status, found, told) = match act {
        Ok(PlaceAct::Done) => return see_other(&format!("{}?gelukt={}", path(id), done.code())),
        Ok(PlaceAct::Proposed) => {
            return see_other(&format!("{}?gelukt={}", path(id), Notice::PlaceProposed.code()));
        }
        Ok(act) => (StatusCode::CONFLICT, Vec::new(), why_not(act)),
        Err(Problem::Invalid(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found, None),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => {
            return problems::not_saved(visit, problem, values);
        }
        Err(problem) => return problems::problem_in_post(visit, problem, &values),
    };
    match visit.ports.administration.person(&visit.asker, id, 1).await {
        Ok(view) => visit.page(status, || one(visit, &view, &values, &found, told)),
        Err(problem) => problems::problem_in_post(visit, problem, &values),
    }
}

fn one(visit: &Visit, view: &PersonView, typed: &FormValues, found: &[FieldProblem], told: Option<Text>) -> Page {
    // What was chosen stays on the page, in the form or, when there is none, in words: sending it asks the same.
    let fresh = visit.asker.times.fresh() || !typed.0.is_empty();
    let changes = match &view.proposal {
        Some(proposal) => proposal.may.contains(&ProposalVerb::Confirm),
        None => !view.own,
    };
    let ahead = !fresh && (changes || !view.sessions.is_empty());
    let somebody = &view.somebody;
    let here = path(somebody.id);
    let section = [administration::place(somebody.is_in(), &view.departments)];
    let wrong = questions::problems(&section, found);
    let title = somebody.name.clone();
    let head = if wrong.is_empty() { title.clone() } else { tf(common::PROBLEM_TITLE, &[&title]) };
    let mut values = typed.clone();
    let nothing_typed = !values.0.contains_key("department") && !values.0.contains_key("roles");
    if nothing_typed && let Some(place) = somebody.place.as_ref() {
        values.set("department", place.department.id.to_string());
        place.roles.iter().for_each(|role| values.push("roles", role.code()));
    }
    let filled = fields::Filled { values: &values, problems: found };
    let body = view! {
        {parts::link(PATH, t(TO_PEOPLE))}
        {fields::summary(&wrong)}
        {told.map(|text| parts::warning(t(text)))}
        {(view.proposal.is_some() && !nothing_typed).then(|| facts(fact(t(CHOSEN), chosen(view, typed))))}
        {parts::heading(title)}
        {view.own.then(|| parts::lead(t(OWN)))}
        {about(view)}
        {view.proposal.as_ref().map(|proposal| view! {
            <section>
                <h2 class="utrecht-heading-2">{t(PROPOSAL_OPEN)}</h2>
                {proposals::card(proposal, false)}
            </section>
        })}
        {ahead.then(|| anew::ahead(visit, &here))}
        {fresh.then(|| changing(view, &here, &section, &filled))}
        <section>
            <h2 class="utrecht-heading-2">{t(SESSIONS)}</h2>
            {sessions::table(&view.sessions, None, SESSIONS_EMPTY)}
            {(fresh && !view.sessions.is_empty()).then(|| view! {
                <form method="post" action=format!("{here}/afmelden") class="actions">
                    <button type="submit" class=Weight::Secondary.class()>{t(END_ALL)}</button>
                </form>
            })}
        </section>
        <section>
            <h2 class="utrecht-heading-2">{t(HISTORY)}</h2>
            {history(&view.changes.rows)}
            {paging::numbered(&here, view.changes.page, view.changes.more)}
        </section>
    };
    Page::new(head, body)
}

/// The place that was chosen, in words.
fn chosen(view: &PersonView, typed: &FormValues) -> String {
    let department = view.departments.iter().find(|one| one.id.to_string() == typed.text("department"));
    let roles = typed.all("roles").iter().filter_map(|code| Role::from_code(code));
    let names = department.map(|one| one.name.clone()).into_iter().chain(roles.map(|role| t(role.text()).to_owned()));
    names.collect::<Vec<_>>().join(", ")
}

fn about(view: &PersonView) -> AnyView {
    let somebody = &view.somebody;
    let word = somebody.word.filter(|_| somebody.is_in()).map(|word| fact(t(WHOSE_WORD), t(word.text())));
    facts(view! {
        {fact(t(PLACE), told(somebody.place.as_ref()))}
        {word}
        {fact(t(IDENTIFIER), identifier(somebody.identifier.as_deref()))}
        {fact(t(SINCE), moment_or(somebody.first_seen, NEVER))}
        {fact(t(SIGNED_IN), moment_or(somebody.signed_in, NEVER))}
    })
}

/// What the administrator can do with the place, as far as there is anything.
fn changing(
    view: &PersonView,
    here: &str,
    sections: &[crate::forms::Section],
    filled: &fields::Filled<'_>,
) -> Option<AnyView> {
    if view.own || view.proposal.is_some() {
        return None;
    }
    let somebody = &view.somebody;
    let version = somebody.version.to_string();
    let by_provider = somebody.is_in() && somebody.word == Some(Word::Provider);
    let away = (!somebody.is_in() && somebody.word == Some(Word::Administrator)).then(|| parts::paragraph(t(AWAY)));
    let form = if by_provider {
        parts::paragraph(t(PROVIDERS))
    } else {
        view! {
            <form method="post" action=here.to_owned() class="form">
                <input type="hidden" name="version" value=version.clone() />
                {sections.iter().map(|one| questions::to_fill(one, filled, None)).collect_view()}
                <div class="actions">
                    <button type="submit" class=Weight::Primary.class()>{t(SAVE)}</button>
                </div>
            </form>
        }
        .into_any()
    };
    let take = somebody.is_in().then(|| {
        view! {
            <form method="post" action=format!("{here}/ontnemen") class="form">
                <input type="hidden" name="version" value=version />
                <section class="form-section" aria-labelledby="ontnemen">
                    <h2 class="utrecht-heading-2" id="ontnemen">{t(TAKE_AWAY)}</h2>
                    {parts::paragraph(t(TAKE_AWAY_TEXT))}
                    <div class="actions">
                        <button type="submit" class=Weight::Secondary.class()>{t(TAKE_AWAY_BUTTON)}</button>
                    </div>
                </section>
            </form>
        }
    });
    Some(view! { {away}{form}{take} }.into_any())
}

fn history(rows: &[PlaceChange]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{t(HISTORY_EMPTY)}</p> }.into_any();
    }
    let columns = [WHEN, WHAT, WHO, BEFORE, AFTER];
    let rows = rows.iter().map(|row| {
        let by = row.by.clone().unwrap_or_else(|| t(BY_PROVIDER).to_owned());
        view! {
            <tr>
                <th scope="row" data-label=t(columns[0])>{parts::moment(row.at)}</th>
                <td data-label=t(columns[1])>{t(row.event.text())}</td>
                <td data-label=t(columns[2])>{by}</td>
                <td data-label=t(columns[3])>{told(row.before.as_ref())}</td>
                <td data-label=t(columns[4])>{told(row.after.as_ref())}</td>
            </tr>
        }
    });
    parts::table(t(HISTORY_CAPTION), &columns, rows.collect_view().into_any())
}
