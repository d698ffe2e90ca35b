//! Where somebody is signed in: for everybody their own sessions.

use crate::{
    http::{Notice, Page, Typed, Visit, see_other},
    pages::{problems, sign_in, sign_in::anew},
    parts::{self, Weight},
    texts::{Text, administration::*, t, tf, when},
};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use plein_domain::{ports::SessionRef, problem::Problem, session::OpenSession};

/// The path of one's own sessions.
pub(crate) const PATH: &str = "/mijn-sessies";

/// `GET /mijn-sessies`.
pub(crate) async fn view(visit: Visit) -> Response {
    let answer = visit.ports.sessions.mine(&visit.asker).await;
    visit.show(answer, |sessions| Page::new(t(MINE), page(&visit, &sessions)))
}

/// `POST /mijn-sessies`: ends the session that was named, or all but this one.
pub(crate) async fn end(visit: Visit, Typed(values): Typed) -> Response {
    let which = match values.text("sessie") {
        "" => None,
        name => match SessionRef::named(name) {
            Some(session) => Some(session),
            None => return problems::plain(&visit, StatusCode::BAD_REQUEST),
        },
    };
    match visit.ports.sessions.end_mine(&visit.asker, which).await {
        // The one that was in use is over: that is signing out.
        Ok(true) => sign_in::way_out(&visit).await,
        Ok(false) => see_other(&format!("{PATH}?gelukt={}", Notice::SessionsEnded.code())),
        Err(problem @ (Problem::Unavailable(_) | Problem::Internal(_))) => problems::not_saved(&visit, problem, values),
        Err(problem) => problems::problem_in_post(&visit, problem, &values),
    }
}

fn page(visit: &Visit, sessions: &[OpenSession]) -> AnyView {
    let others = sessions.iter().any(|one| !one.here);
    let all = if others {
        view! {
            <form method="post" action=PATH class="actions">
                <button type="submit" class=Weight::Secondary.class()>{t(END_OTHERS)}</button>
            </form>
        }
        .into_any()
    } else {
        parts::paragraph(t(ONLY_HERE))
    };
    view! {
        {parts::heading(t(MINE))}
        {parts::lead(t(MINE_LEAD))}
        {others.then(|| anew::ahead(visit, PATH))}
        {table(sessions, Some(PATH), ONLY_HERE)}
        {all}
    }
    .into_any()
}

/// Sessions; with `path`, each can be ended there.
pub(super) fn table(sessions: &[OpenSession], path: Option<&'static str>, empty: Text) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="empty">{t(empty)}</p> }.into_any();
    }
    let all = [DEVICE, BEGUN, LAST_USED, END];
    let columns = if path.is_some() { &all[..] } else { &all[..3] };
    let rows = sessions.iter().map(|one| {
        let device = if one.device.is_empty() { t(UNKNOWN_DEVICE).to_owned() } else { one.device.clone() };
        let about = tf(END_OF, &[&device, &when(one.begun_at)]);
        let end = path.map(|path| {
            view! {
                <td data-label=t(all[3])>
                    <form method="post" action=path>
                        <input type="hidden" name="sessie" value=one.id.name() />
                        <button type="submit" class=Weight::Subtle.class()>
                            {t(END)}<span class="visually-hidden">{format!(": {about}")}</span>
                        </button>
                    </form>
                </td>
            }
        });
        view! {
            <tr>
                <th scope="row" data-label=t(all[0])>
                    {device}
                    {one.here.then(|| view! { " " {parts::badge(t(HERE))} })}
                </th>
                <td data-label=t(all[1])>{parts::moment(one.begun_at)}</td>
                <td data-label=t(all[2])>{parts::moment(one.seen_at)}</td>
                {end}
            </tr>
        }
    });
    parts::table(t(SESSIONS_CAPTION), columns, rows.collect_view().into_any())
}
