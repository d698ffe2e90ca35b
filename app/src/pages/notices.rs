//! Notices: what happened that concerns the person who is signed in, without a word of it.

use crate::{
    http::{Page, Typed, Visit, query, see_other},
    pages::{break_glass, problems, supervision},
    parts::{self, Weight, paging},
    texts::{notices::*, t, tf, when},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    list::Numbered,
    moment::Moment,
    notice::{NoticeAbout, NoticeKind, NoticeView},
    problem::Problem,
};

/// `GET /meldingen?pagina=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.notices.list(&visit.asker, page).await;
    visit.show(answer, |listed| Page::new(t(TITLE), body(&listed)))
}

/// `POST /meldingen`: marks one notice as read, or all that were on the page and before.
pub(crate) async fn read(visit: Visit, Typed(values): Typed) -> Response {
    let notice = values.text("melding").parse().ok();
    let until = values.text("tot").parse().map(Moment).unwrap_or(Moment(0));
    let page: u32 = values.text("pagina").parse().unwrap_or(1).max(1);
    match visit.ports.notices.mark_read(&visit.asker, notice, until).await {
        Ok(()) => see_other(&format!("/meldingen?pagina={page}")),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, values),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn body(listed: &Numbered<NoticeView>) -> AnyView {
    let page = listed.page;
    let newest = listed.rows.first().map_or(0, |row| row.at.0);
    let all = listed.rows.iter().any(|row| !row.read).then(|| {
        view! {
            <form method="post" action="/meldingen">
                <input type="hidden" name="pagina" value=page.to_string() />
                <input type="hidden" name="tot" value=newest.to_string() />
                <button type="submit" class=Weight::Secondary.class()>{t(MARK_ALL)}</button>
            </form>
        }
    });
    let list = match (listed.rows.is_empty(), page) {
        (true, 1) => view! { <p class="empty">{t(EMPTY)}</p> }.into_any(),
        (true, _) => view! { <p class="empty">{t(crate::texts::common::EMPTY_PAGE)}</p> }.into_any(),
        (false, _) => {
            let rows = listed.rows.iter().map(|one| row(one, page)).collect_view();
            parts::table(t(CAPTION), &[WHEN, WHAT, WHO, STATE], rows.into_any())
        }
    };
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(t(EXPLAIN))}
        {all.map(|form| view! { <div class="actions">{form}</div> })}
        {list}
        {paging::numbered("/meldingen", page, listed.more)}
    }
    .into_any()
}

fn row(notice: &NoticeView, page: u32) -> AnyView {
    let (said, path) = told(notice);
    let what = match path {
        Some(path) => view! { <a class="utrecht-link utrecht-link--html-a" href=path>{said.clone()}</a> }.into_any(),
        None => view! { <span>{said.clone()}</span> }.into_any(),
    };
    let state = if notice.read {
        view! { <span class="quiet">{t(READ)}</span> }.into_any()
    } else {
        let about = tf(MARK_LONG, &[&said, &when(notice.at)]);
        view! {
            <div class="notice__new">
                {parts::badge(t(NEW))}
                <form method="post" action="/meldingen">
                    <input type="hidden" name="melding" value=notice.id.to_string() />
                    <input type="hidden" name="pagina" value=page.to_string() />
                    <button type="submit" class=Weight::Subtle.class()>
                        {t(MARK)}<span class="visually-hidden">{format!(": {about}")}</span>
                    </button>
                </form>
            </div>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" data-label=t(WHEN)>{parts::moment(notice.at)}</th>
            <td data-label=t(WHAT)>{what}</td>
            <td data-label=t(WHO)>{notice.by.clone()}</td>
            <td data-label=t(STATE)>{state}</td>
        </tr>
    }
    .into_any()
}

/// What a notice tells, and where that is; nothing of what its person may no longer know.
fn told(notice: &NoticeView) -> (String, Option<String>) {
    let Some(about) = &notice.about else {
        let said = if notice.kind == NoticeKind::Left { LEFT } else { UNKNOWN };
        return (t(said).to_owned(), None);
    };
    let (reference, path) = match about {
        NoticeAbout::Case(case, reference)
            if matches!(notice.kind, NoticeKind::GlassBroken | NoticeKind::GlassBrokenLinked) =>
        {
            (reference, format!("/casussen/{case}/inzagen"))
        }
        NoticeAbout::Case(case, reference) => (reference, format!("/casussen/{case}")),
        // In the address twice: what follows the hash does not come along when a purpose is asked for first.
        NoticeAbout::Thread(case, reference, thread) => {
            (reference, format!("/casussen/{case}/plan?opmerking={thread}#opmerking-{thread}"))
        }
        NoticeAbout::Version(case, reference, number) => (reference, format!("/casussen/{case}/plan/versies/{number}")),
        NoticeAbout::Intervention(case, reference, id) => {
            (reference, format!("/casussen/{case}/plan#interventie-{id}"))
        }
        // Who reads it now stands among those who viewed it.
        NoticeAbout::Signal(signal, reference) if notice.kind == NoticeKind::GlassBroken => {
            (reference, format!("/signalen/{signal}/inzagen"))
        }
        NoticeAbout::Signal(signal, reference) => (reference, format!("/signalen/{signal}")),
        NoticeAbout::BreakGlass(id, reference) if notice.kind == NoticeKind::Reviewed => {
            (reference, break_glass::path(*id))
        }
        NoticeAbout::BreakGlass(id, reference) => (reference, format!("{}/{id}", supervision::reviews::PATH)),
    };
    let text = match notice.kind {
        NoticeKind::Mentioned => MENTIONED,
        NoticeKind::Joined => JOINED,
        NoticeKind::Left => LEFT_AND_BACK,
        NoticeKind::Proposed => PROPOSED,
        NoticeKind::SignalLinked => SIGNAL_LINKED,
        NoticeKind::SignalUnlinked => SIGNAL_UNLINKED,
        NoticeKind::Assigned => ASSIGNED,
        NoticeKind::Due => DUE,
        NoticeKind::GlassBroken => GLASS_BROKEN,
        NoticeKind::GlassBrokenLinked => GLASS_BROKEN_LINKED,
        NoticeKind::ReviewAsked => REVIEW_ASKED,
        NoticeKind::Reviewed => REVIEWED,
    };
    (tf(text, &[&reference.to_string()]), Some(path))
}
