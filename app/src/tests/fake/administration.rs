//! Places, invented: one who waits, one by an administrator's word, one by the provider's, and a proposal.

use super::*;
use plein_domain::{
    administration::{
        PeopleList, PeopleView, PersonView, Place, PlaceAct, PlaceChange, PlaceEvent, Proposal, ProposalVerb, Somebody,
        Word, read,
    },
    ports::SessionRef,
    session::OpenSession,
};

/// How places are, and how acts on them end.
#[derive(Clone)]
pub struct Places {
    /// Whose word the place of everybody is; nothing for who never had one.
    pub word: Option<Word>,
    /// Whether it was taken away.
    pub away: bool,
    /// Whether it is that of who asks.
    pub own: bool,
    /// What the asker may do with the proposal that is open; none is when nothing is said.
    pub proposal: Option<Vec<ProposalVerb>>,
    /// How every act ends.
    pub act: PlaceAct,
}

impl Default for Places {
    fn default() -> Self {
        Self { word: Some(Word::Administrator), away: false, own: false, proposal: None, act: PlaceAct::Done }
    }
}

fn place(roles: &[Role]) -> Place {
    Place { department: people()[0].department.clone(), roles: roles.to_vec() }
}

fn somebody(places: &Places) -> Somebody {
    let roles: &[Role] = if places.away { &[] } else { &[Role::Member] };
    Somebody {
        id: id(0x900),
        name: CANARY.into(),
        identifier: Some("anna@vloedstad.example".into()),
        place: places.word.map(|_| place(roles)),
        word: places.word,
        version: places.word.map_or(0, |_| 3),
        first_seen: Some(NOW),
        last_seen: Some(NOW),
        signed_in: None,
    }
}

fn proposal(may: Vec<ProposalVerb>) -> Proposal {
    Proposal {
        id: id(0x901),
        person: id(0x900),
        name: CANARY.into(),
        identifier: Some("anna@vloedstad.example".into()),
        before: None,
        after: Some(place(&[Role::Administrator])),
        by: "Els van Dam".into(),
        at: NOW,
        lapses_at: NOW.plus_seconds(86_400),
        may,
    }
}

pub fn sessions() -> Vec<OpenSession> {
    let one = |byte: u8, device: &str, here: bool| OpenSession {
        id: SessionRef([byte; 32]),
        begun_at: NOW,
        seen_at: NOW,
        device: device.into(),
        here,
    };
    vec![one(0x11, "Firefox, Windows", true), one(0x12, "", false)]
}

#[async_trait]
impl Administration for Fake {
    async fn people(&self, _: &Asker, list: PeopleList, page: u32) -> Answer<PeopleView> {
        let none = self.script().count == Some(0);
        let places = self.script().places.clone();
        let rows = if none { Vec::new() } else { vec![somebody(&places)] };
        let rows = Numbered { rows, page, more: !none && page < 2 };
        self.told("administration.people", PeopleView { list, rows, proposals: 1 })
    }
    async fn person(&self, _: &Asker, _: PersonId, page: u32) -> Answer<PersonView> {
        let none = self.script().count == Some(0);
        let places = self.script().places.clone();
        let events = if none { &[] } else { PlaceEvent::ALL };
        let changes = events.iter().map(|event| PlaceChange {
            at: NOW,
            event: *event,
            by: (*event != PlaceEvent::ByProvider).then(|| "Els van Dam".into()),
            before: None,
            after: Some(place(&[Role::Member])),
        });
        let view = PersonView {
            somebody: somebody(&places),
            own: places.own,
            departments: people().into_iter().map(|person| person.department).take(2).collect(),
            proposal: places.proposal.map(proposal),
            sessions: if none { Vec::new() } else { sessions() },
            changes: Numbered { rows: changes.collect(), page, more: !none && page < 2 },
        };
        self.told("administration.person", view)
    }
    async fn place(&self, _: &Asker, _: PersonId, seen: i64, values: FormValues) -> Answer<PlaceAct> {
        read(&values).map_err(Problem::Invalid)?;
        let act = self.script().places.act;
        self.told(&format!("administration.place {seen} {}", values.all("roles").join(",")), act)
    }
    async fn take_away(&self, _: &Asker, _: PersonId, seen: i64) -> Answer<PlaceAct> {
        let act = self.script().places.act;
        self.told(&format!("administration.take_away {seen}"), act)
    }
    async fn end_sessions(&self, _: &Asker, _: PersonId) -> Answer<()> {
        self.told("administration.end_sessions", ())
    }
    async fn proposals(&self, _: &Asker, page: u32) -> Answer<Numbered<Proposal>> {
        let may = self.script().places.proposal.clone();
        let rows: Vec<Proposal> = may.map(proposal).into_iter().collect();
        self.told("administration.proposals", Numbered { rows, page, more: false })
    }
    async fn decide(&self, _: &Asker, _: ProposalId, verb: ProposalVerb) -> Answer<PlaceAct> {
        let act = self.script().places.act;
        self.told(&format!("administration.decide {}", verb.code()), act)
    }
}
