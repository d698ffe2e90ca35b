//! *Mijn werk*: what waits for the person who is signed in.

use crate::{
    http::{Page, Visit},
    pages::signals::list,
    parts,
    texts::{
        Named, break_glass, cases, codes, drafts, history, number_of, signals, t, tf, time_of_day, versions, when,
        work::*,
    },
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{
    break_glass::GlassHead,
    case::{CaseHead, ChangedCase},
    draft::DraftRow,
    form::FormKind,
    people::{Person, Role},
    plan::{DueIntervention, UnseenMention},
    ports::{Lists, MyWork},
    signal::SignalHead,
    version::WaitingVersion,
};

/// `GET /`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.desk.my_work(&visit.asker).await?, lists))
    };
    let answer = answer.await;
    visit.show(answer, |(work, lists)| Page::new(t(TITLE), desk(&visit.asker.person, &work, &lists)))
}

fn desk(person: &Person, work: &MyWork, lists: &Lists) -> AnyView {
    let coordinates = person.is(Role::Coordinator);
    let works = person.is(Role::Member) || coordinates;
    let in_cases = works || person.is(Role::PrivacyOfficer);
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(tf(HELLO, &[&person.name]))}
        {person.is(Role::Fg).then(|| view! {
            {parts::paragraph(t(FG))}
            <div class="actions">
                {parts::link_button("/toezicht/inzagelog", t(FG_OPEN))}
                {parts::link_button("/toezicht/betrokkene", t(crate::texts::supervision::WHO_SAW))}
                {parts::link_button(super::supervision::reviews::PATH, t(break_glass::REVIEWS))}
                {parts::link_button("/toezicht/controlepunten", t(crate::texts::supervision::CHECKPOINTS))}
            </div>
        })}
        {person.is(Role::Administrator).then(|| parts::paragraph(t(ADMINISTRATOR)))}
        {person.is(Role::PrivacyOfficer).then(|| parts::paragraph(t(PRIVACY_OFFICER)))}
        {works.then(|| actions(person.is(Role::Member), coordinates))}
        <div class="desk">
            {work.emergency.as_ref().map(emergency_part)}
            {(work.reviews > 0).then(|| reviews_part(work.reviews))}
            {(!work.mentions.is_empty()).then(|| mentions_part(&work.mentions))}
            {(works || !work.drafts.is_empty()).then(|| drafts_part(&work.drafts))}
            {coordinates.then(|| waiting(&work.waiting, lists))}
            {person.is(Role::Member).then(|| signals_part(person, &work.signals, lists))}
            {(works && !work.versions.is_empty()).then(|| versions_part(&work.versions))}
            {(!work.changed.is_empty()).then(|| changed_part(&work.changed))}
            {in_cases.then(|| interventions_part(&work.interventions, lists))}
            {in_cases.then(|| cases_part(&work.cases, coordinates))}
        </div>
        {parts::paragraph(t(WHO_LOOKED))}
    }
    .into_any()
}

fn actions(logs: bool, coordinates: bool) -> AnyView {
    view! {
        <div class="actions">
            {logs.then(|| parts::begin(FormKind::NewSignal, None, None, parts::Weight::Primary, t(signals::NEW)))}
            {coordinates.then(|| {
                let weight = if logs { parts::Weight::Secondary } else { parts::Weight::Primary };
                parts::begin(FormKind::OpenCase, None, None, weight, t(cases::OPEN_NEW))
            })}
        </div>
    }
    .into_any()
}

fn emergency_part(head: &GlassHead) -> AnyView {
    let path = super::break_glass::path(head.id);
    let body = view! {
        <ul class="desk__list">
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=path>
                        {tf(break_glass::OF, &[&head.reference.to_string()])}
                    </a>
                    <span class="quiet">{tf(break_glass::DESK_OPEN_UNTIL, &[&time_of_day(head.until)])}</span>
                </span>
            </li>
        </ul>
    };
    section(t(break_glass::DESK_OPEN).into(), body.into_any(), None, None)
}

fn reviews_part(count: i64) -> AnyView {
    let told = number_of(count, break_glass::DESK_ONE, break_glass::DESK_SEVERAL);
    let body = view! { <p class="utrecht-paragraph">{told}</p> };
    let all = (super::supervision::reviews::PATH, t(break_glass::TO_ALL));
    section(t(break_glass::REVIEWS).into(), body.into_any(), None, Some(all))
}

fn drafts_part(rows: &[DraftRow]) -> AnyView {
    let items = rows.iter().map(|draft| {
        let kind = t(draft.kind.text());
        let saved = when(draft.saved_at);
        let path = format!("/concepten/{}", draft.id);
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <strong>{kind}</strong>
                    <span class="quiet">{tf(DRAFT_SAVED_AT, &[&saved])}</span>
                </span>
                <span class="desk__do">
                    <a class="utrecht-link utrecht-link--html-a" href=path.clone()
                        aria-label=tf(CONTINUE, &[kind, &saved])>{t(CONTINUE_SHORT)}</a>
                    <a class="utrecht-link utrecht-link--html-a" href=format!("{path}/weg")
                        aria-label=format!("{}: {}", t(drafts::DISCARD), tf(DISCARD_LONG, &[kind, &saved]))>
                        {t(DISCARD_SHORT)}
                    </a>
                </span>
            </li>
        }
    });
    let body = (!rows.is_empty()).then(|| view! { <ul class="desk__list">{items.collect_view()}</ul> });
    section(t(DRAFTS).into(), body.into_any(), rows.is_empty().then(|| t(DRAFTS_EMPTY)), None)
}

fn signals_part(person: &Person, rows: &[SignalHead], lists: &Lists) -> AnyView {
    let heading = tf(SIGNALS, &[&person.department.name]);
    let empty = rows.is_empty().then(|| t(SIGNALS_EMPTY));
    section(heading, heads(rows, lists), empty, Some(("/signalen", t(ALL_SIGNALS))))
}

fn waiting(rows: &[SignalHead], lists: &Lists) -> AnyView {
    let body = (!rows.is_empty()).then(|| {
        view! {
            {parts::paragraph(t(WAITING_INTRO))}
            {heads(rows, lists)}
        }
    });
    section(t(WAITING).into(), body.into_any(), rows.is_empty().then(|| t(WAITING_EMPTY)), None)
}

fn heads(rows: &[SignalHead], lists: &Lists) -> AnyView {
    let items = rows.iter().map(|head| {
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    {list::reference(head)}
                    <span>{codes::phenomenon(&lists.phenomena, &head.phenomenon)}</span>
                    <span class="quiet">
                        {format!("{}, {} {}", head.department.name, t(signals::RECEIVED).to_lowercase(), crate::texts::day(head.received_on))}
                    </span>
                </span>
                {parts::badge(t(head.state.text()))}
            </li>
        }
    });
    (!rows.is_empty()).then(|| view! { <ul class="desk__list">{items.collect_view()}</ul> }).into_any()
}

fn versions_part(rows: &[WaitingVersion]) -> AnyView {
    let items = rows.iter().map(|waiting| {
        let text = if waiting.for_answer { versions::WAITS_FOR_ANSWER } else { versions::WAITS_FOR_ADOPTION };
        let path = format!("/casussen/{}/plan/versies/{}", waiting.case, waiting.number);
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=path>{waiting.reference.to_string()}</a>
                    <span>{tf(text, &[&waiting.number.to_string()])}</span>
                    <span class="quiet">{tf(versions::WAITS_SINCE, &[&when(waiting.since)])}</span>
                </span>
            </li>
        }
    });
    let body = view! { <ul class="desk__list">{items.collect_view()}</ul> };
    section(t(versions::WAITING).into(), body.into_any(), None, None)
}

fn mentions_part(rows: &[UnseenMention]) -> AnyView {
    let items = rows.iter().map(|one| {
        // In the address twice: what follows the hash does not come along when a purpose is asked for first.
        let path = format!("/casussen/{}/plan?opmerking={thread}#opmerking-{thread}", one.case, thread = one.thread);
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=path>{tf(MENTIONED, &[&one.reference.to_string()])}</a>
                    <span class="quiet">{tf(MENTIONED_BY, &[&one.by, &when(one.at)])}</span>
                </span>
            </li>
        }
    });
    let body = view! { <ul class="desk__list">{items.collect_view()}</ul> };
    section(t(MENTIONS).into(), body.into_any(), None, None)
}

fn interventions_part(rows: &[DueIntervention], lists: &Lists) -> AnyView {
    let items = rows.iter().map(|due| {
        let late = due.row.due.zip(lists.today).is_some_and(|(due, today)| due < today);
        let by = due.row.due.map_or_else(|| t(NO_DUE).to_owned(), |day| tf(DUE_ON, &[&crate::texts::day(day)]));
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=format!("/casussen/{}/plan#interventie-{}", due.case, due.row.id)>
                        {due.reference.to_string()}
                    </a>
                    <span>{t(due.row.kind.text())}</span>
                    <span class="quiet">{by}</span>
                </span>
                {late.then(|| view! { <span class="badge badge--refused">{t(OVERDUE)}</span> })}
                {parts::badge(t(due.row.status.text()))}
            </li>
        }
    });
    let body = (!rows.is_empty()).then(|| view! { <ul class="desk__list">{items.collect_view()}</ul> });
    section(t(INTERVENTIONS).into(), body.into_any(), rows.is_empty().then(|| t(INTERVENTIONS_EMPTY)), None)
}

fn changed_part(rows: &[ChangedCase]) -> AnyView {
    let items = rows.iter().map(|one| {
        let path = format!("/casussen/{}/geschiedenis", one.case);
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=path>{one.reference.to_string()}</a>
                    <span>{number_of(one.changes, history::CHANGED_ONE, history::CHANGED_SEVERAL)}</span>
                    <span class="quiet">{tf(history::CHANGED_NEWEST, &[&when(one.newest)])}</span>
                </span>
            </li>
        }
    });
    let body = view! { <ul class="desk__list">{items.collect_view()}</ul> };
    section(t(history::CHANGED).into(), body.into_any(), None, None)
}

fn cases_part(rows: &[CaseHead], coordinates: bool) -> AnyView {
    let items = rows.iter().map(|head| {
        view! {
            <li class="desk__item">
                <span class="desk__what">
                    <a class="utrecht-link utrecht-link--html-a" href=format!("/casussen/{}", head.id)>
                        {head.reference.to_string()}
                    </a>
                    <span>{head.purpose.name.clone()}</span>
                    <span class="quiet">{format!("{}: {}", t(cases::COORDINATOR), head.coordinator.name)}</span>
                </span>
                {parts::badge(t(head.state.text()))}
            </li>
        }
    });
    let body = (!rows.is_empty()).then(|| view! { <ul class="desk__list">{items.collect_view()}</ul> });
    let empty = if coordinates { CASES_EMPTY_COORDINATOR } else { CASES_EMPTY };
    section(t(CASES).into(), body.into_any(), rows.is_empty().then(|| t(empty)), Some(("/casussen", t(ALL_CASES))))
}

fn section(
    heading: String,
    body: AnyView,
    empty: Option<&'static str>,
    all: Option<(&'static str, &'static str)>,
) -> AnyView {
    view! {
        <section class="desk__section">
            <h2 class="utrecht-heading-2">{heading}</h2>
            {body}
            {empty.map(|text| view! { <p class="empty">{text}</p> })}
            {all.map(|(path, text)| parts::link(path, text))}
        </section>
    }
    .into_any()
}
