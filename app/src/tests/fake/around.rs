//! Invented things around a case.

use super::*;

/// A notice of every kind, the first one of something that may not be known any more, the second one read.
pub fn notices() -> Vec<NoticeView> {
    let (case, reference) = (id(500), Reference::numbered('C', 2026, 7));
    let about = |kind: NoticeKind| match kind {
        NoticeKind::Mentioned => NoticeAbout::Thread(case, reference.clone(), Uuid::from_u128(950)),
        NoticeKind::Proposed => NoticeAbout::Version(case, reference.clone(), 3),
        NoticeKind::SignalLinked | NoticeKind::SignalUnlinked => {
            NoticeAbout::Signal(id(1001), Reference::numbered('S', 2026, 1))
        }
        NoticeKind::Assigned | NoticeKind::Due => {
            NoticeAbout::Intervention(case, reference.clone(), Uuid::from_u128(900))
        }
        NoticeKind::ReviewAsked | NoticeKind::Reviewed => NoticeAbout::BreakGlass(id(0x800), reference.clone()),
        NoticeKind::GlassBroken => NoticeAbout::Signal(id(1001), Reference::numbered('S', 2026, 1)),
        NoticeKind::GlassBrokenLinked | NoticeKind::Joined | NoticeKind::Left => {
            NoticeAbout::Case(case, reference.clone())
        }
    };
    let view = |(number, kind): (u128, NoticeKind)| NoticeView {
        id: id(990 + number),
        kind,
        at: NOW,
        read: number == 1,
        by: (number > 0 && kind != NoticeKind::Due).then(|| "Carla Smit".into()),
        about: (number > 0 && kind != NoticeKind::Left).then(|| about(kind)),
    };
    let gone = (0, NoticeKind::Mentioned);
    std::iter::once(gone).chain((1..).zip(NoticeKind::ALL.iter().copied())).map(view).collect()
}

/// Something in every lane.
pub fn timeline() -> TimelineView {
    let event = |day: &str, what| TimelineEvent {
        day: day.parse().unwrap_or(NOW.day()),
        what,
        signals: vec!["S-2026-0001".into()],
        version: Some(3),
    };
    let events = vec![
        event("2026-11-20", Happening::Changed(ChangeKind::Opened)),
        event("2026-09-02", Happening::Observed),
        event("2026-11-22", Happening::Changed(ChangeKind::VersionProposed)),
        event("2026-11-22", Happening::Changed(ChangeKind::Joined)),
        event("2026-11-21", Happening::Due(InterventionKind::Fiscal, true)),
        event("2026-12-15", Happening::Due(InterventionKind::Private, false)),
    ];
    TimelineView::new(case_head(), events, NOW.day())
}

/// The subject of both linked signals, judged.
pub(super) fn seen() -> Vec<SeenView> {
    let subjects = content().subjects;
    let links = [(id(602), subjects.as_slice()), (id(604), subjects.as_slice())];
    let shared = seen_in_several(links).into_iter();
    let view = |one: Shared| SeenView {
        group: one.group,
        subjects: [2, 4].map(|number| (Reference::numbered('S', 2026, number), subjects[0].clone())).to_vec(),
        identifiers: one.identifiers,
        judged: Some(Judged {
            id: Uuid::from_u128(980),
            verdict: SubjectVerdict::Same,
            by: "Bram Jansen".into(),
            department: "Belastingen".into(),
            at: NOW,
        }),
    };
    shared.map(view).collect()
}

/// A note of one's own that was changed, somebody else's, and one that was withdrawn.
pub fn notes_view(page: u32) -> NotesView {
    let note = |number: u128, own: bool, version: i64, withdrawn: bool| NoteView {
        id: id(960 + number),
        by: if own { "Carla Smit" } else { "Bram Jansen" }.into(),
        department: "Belastingen".into(),
        written_at: NOW,
        changed_at: (version > 1).then_some(NOW),
        withdrawn_at: withdrawn.then_some(NOW),
        text: (!withdrawn).then(|| format!("Gebeld met de eigenaar.\n\n{CANARY}")),
        version,
        own,
    };
    let rows = vec![note(1, true, 2, false), note(2, false, 1, false), note(3, false, 1, true)];
    NotesView { case: case_head(), notes: Numbered { rows, page, more: true }, may_write: true, fresh: id(970) }
}

/// The note with this id: the first one is one's own, the last one withdrawn.
pub fn note_history(note: NoteId) -> NoteHistory {
    let mut rows = notes_view(1).notes.rows;
    let at = rows.iter().position(|one| one.id == note).unwrap_or_default();
    let note = rows.swap_remove(at);
    NoteHistory { case: case_head(), may_change: note.own, note, earlier: vec![(NOW, "Wat er eerst stond.".into())] }
}

/// One change of every kind.
pub fn changes() -> Vec<CaseChange> {
    let change = |kind: ChangeKind| CaseChange {
        at: NOW,
        by: "Carla Smit".into(),
        department: "Openbare orde en veiligheid".into(),
        kind,
        things: match kind {
            ChangeKind::Linked | ChangeKind::Unlinked => vec!["S-2026-0001".into(), "S-2026-0002".into()],
            ChangeKind::Joined | ChangeKind::Left => vec!["Bram Jansen".into()],
            _ => vec![],
        },
        number: Some(3),
    };
    ChangeKind::ALL.iter().copied().map(change).collect()
}

pub fn changed_case() -> ChangedCase {
    ChangedCase { case: id(500), reference: Reference::numbered('C', 2026, 7), changes: 2, newest: NOW }
}

/// One of everything that a case can wait for.
pub(super) fn waits() -> Vec<Waiting> {
    let open = |number, due: &str, person: Option<&str>, late| OpenIntervention {
        id: Uuid::from_u128(number),
        kind: InterventionKind::Administrative,
        person: person.map(Into::into),
        due: due.parse().ok(),
        late,
    };
    let departments = vec![department(1, "Vergunningen"), department(2, "Belastingen")];
    vec![
        Waiting::Intervention(open(900, "2026-11-20", Some("Bram Jansen"), true)),
        Waiting::Answers { number: 3, since: NOW, departments },
        Waiting::Adoption { number: 2 },
        Waiting::Signals,
        Waiting::Judgement(Reference::numbered('S', 2026, 2)),
        Waiting::Plan,
        Waiting::Proposal,
        Waiting::Intervention(open(901, "", None, false)),
    ]
}
