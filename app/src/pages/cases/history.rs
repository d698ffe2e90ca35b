//! What happened in a case, in plain words.

use crate::{
    http::{Id, Page, Visit, query},
    parts::{self, paging},
    texts::{cases, history::*, listed, t, tf},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    case::{CaseChange, ChangeKind, HistoryView},
    ids::CaseId,
};

/// `GET /casussen/:id/geschiedenis?pagina=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>, RawQuery(asked): RawQuery) -> Response {
    let page = query(asked.as_deref()).text("pagina").parse().unwrap_or(1).max(1);
    let answer = visit.ports.cases.history(&visit.asker, id, page).await;
    visit.show(answer, |view| Page::new(tf(OF_CASE, &[&view.case.reference.to_string()]), body(&view)))
}

fn body(view: &HistoryView) -> AnyView {
    let path = format!("/casussen/{}", view.case.id);
    let items = view.changes.rows.iter().map(|change| {
        view! {
            <li class="happened__item">
                <span class="quiet">{parts::moment(change.at)}</span>
                <span>{said(change)}</span>
            </li>
        }
    });
    let list = if view.changes.rows.is_empty() {
        view! { <p class="empty">{t(crate::texts::common::EMPTY_PAGE)}</p> }.into_any()
    } else {
        view! { <ol class="happened">{items.collect_view()}</ol> }.into_any()
    };
    view! {
        {parts::link(path.clone(), tf(cases::CASE, &[&view.case.reference.to_string()]))}
        {parts::heading_of(OF_CASE, &view.case.reference)}
        {parts::lead(t(EXPLAIN))}
        {list}
        {paging::numbered(&format!("{path}/geschiedenis"), view.changes.page, view.changes.more)}
    }
    .into_any()
}

/// One change as a sentence.
pub(super) fn said(change: &CaseChange) -> String {
    let who = if change.department.is_empty() { change.by.clone() } else { tf(WHO, &[&change.by, &change.department]) };
    let things: Vec<&str> = change.things.iter().map(String::as_str).collect();
    let count = things.len().to_string();
    let number = change.number.unwrap_or_default().to_string();
    let about = |one, several| match things.as_slice() {
        [only] => tf(one, &[&who, only]),
        _ => tf(several, &[&who, &count, &listed(&things)]),
    };
    match change.kind {
        ChangeKind::Opened => tf(OPENED, &[&who]),
        ChangeKind::Linked => about(LINKED_ONE, LINKED_SEVERAL),
        ChangeKind::Unlinked => about(UNLINKED_ONE, UNLINKED_SEVERAL),
        ChangeKind::Joined => about(JOINED_ONE, JOINED_SEVERAL),
        ChangeKind::Left => about(LEFT_ONE, LEFT_SEVERAL),
        ChangeKind::PlanBegun => tf(PLAN_BEGUN, &[&who]),
        ChangeKind::VersionKept => tf(VERSION_KEPT, &[&who, &number]),
        ChangeKind::VersionRemoved => tf(VERSION_REMOVED, &[&who, &number]),
        ChangeKind::VersionProposed => tf(VERSION_PROPOSED, &[&who, &number]),
        ChangeKind::Answered => tf(ANSWERED, &[&who, &number]),
        ChangeKind::VersionAdopted => tf(VERSION_ADOPTED, &[&who, &number]),
        ChangeKind::NoteWritten => tf(NOTE_WRITTEN, &[&who]),
        ChangeKind::NoteChanged => tf(NOTE_CHANGED, &[&who]),
        ChangeKind::NoteWithdrawn => tf(NOTE_WITHDRAWN, &[&who]),
        ChangeKind::SubjectsJudged => tf(SUBJECTS_JUDGED, &[&who, &listed(&things)]),
        ChangeKind::JudgementUndone => tf(JUDGEMENT_UNDONE, &[&who, &listed(&things)]),
    }
}

/// The link to it, with how it is called.
pub(super) fn link(path: &str) -> AnyView {
    parts::link_button(format!("{path}/geschiedenis"), t(TITLE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;
    use plein_domain::moment::Moment;

    fn told(lang: Lang, kind: ChangeKind, things: &[&str], number: Option<i64>) -> String {
        let change = CaseChange {
            at: Moment(0),
            by: "Sanne de Wit".into(),
            department: "Vergunningen".into(),
            kind,
            things: things.iter().map(|one| (*one).to_owned()).collect(),
            number,
        };
        Owner::new().with(|| {
            provide_context(lang);
            said(&change)
        })
    }

    #[test]
    fn one_is_told_apart_from_several_in_both_languages() {
        let nl = |kind, things: &[&str]| told(Lang::Nl, kind, things, None);
        assert_eq!(
            nl(ChangeKind::Linked, &["S-2026-0012"]),
            "Sanne de Wit (Vergunningen) koppelde signaal S-2026-0012."
        );
        assert_eq!(
            nl(ChangeKind::Linked, &["S-2026-0012", "S-2026-0013", "S-2026-0014"]),
            "Sanne de Wit (Vergunningen) koppelde 3 signalen: S-2026-0012, S-2026-0013 en S-2026-0014."
        );
        assert_eq!(
            told(Lang::En, ChangeKind::Left, &["Bram", "Carla"], None),
            "Sanne de Wit (Vergunningen) took 2 people off the team: Bram and Carla."
        );
        assert_eq!(
            told(Lang::En, ChangeKind::Answered, &[], Some(3)),
            "Sanne de Wit (Vergunningen) answered version 3 of the plan."
        );
    }

    #[test]
    fn every_change_has_a_sentence_with_its_maker_and_nothing_left_open() {
        for kind in ChangeKind::ALL.iter().copied() {
            for lang in [Lang::Nl, Lang::En] {
                let sentence = told(lang, kind, &["X"], Some(7));
                assert!(sentence.starts_with("Sanne de Wit (Vergunningen) ") && sentence.ends_with('.'), "{sentence}");
                assert!(!sentence.contains("{}"), "{sentence}");
            }
        }
    }
}
