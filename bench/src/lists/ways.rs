//! The ways through the lists that are measured, and the pages to which they lead: who looks, and at which page.

use super::bulk;
use crate::town::{self, ANNA, CARLA, PHENOMENON};
use anyhow::{Context, Result};
use plein_domain::{
    case::CaseState,
    ids::{CaseId, SignalId},
    list::{CandidateList, CaseList, CaseOrder, Cursor, Period, Place, SignalList, SignalOrder},
    moment::{Clock, Moment},
    ports::{Asker, Ports},
    purpose::StatedPurpose,
    signal::SignalState,
};
use plein_server::real::SystemClock;

/// One way.
pub(super) struct Way {
    pub name: &'static str,
    pub asker: Asker,
    pub page: Page,
}

/// A page of one of the lists, or one that is begun at or led to from there.
#[derive(Clone)]
pub(super) enum Page {
    Signals(SignalList),
    Cases(CaseList),
    Signal(SignalId),
    Case(CaseId),
    Candidates,
    Work,
}

impl Page {
    /// Asks for it, as the page does.
    pub async fn ask(&self, ports: &Ports, asker: &Asker) -> Result<()> {
        ports.notices.unread(asker).await?;
        match self {
            Self::Signals(list) => {
                ports.desk.lists(asker).await?;
                ports.signals.list(asker, list.clone()).await.map(drop)?;
            }
            Self::Cases(list) => {
                ports.desk.lists(asker).await?;
                ports.cases.list(asker, list.clone()).await.map(drop)?;
            }
            Self::Signal(id) => ports.signals.view(asker, *id).await.map(drop)?,
            Self::Case(id) => ports.cases.view(asker, *id).await.map(drop)?,
            Self::Candidates => ports.cases.candidates(asker, CandidateList::default(), &[]).await.map(drop)?,
            Self::Work => ports.desk.my_work(asker).await.map(drop)?,
        }
        Ok(())
    }
}

/// A place in the middle of what was logged over three years.
fn halfway() -> Cursor {
    let at: Moment = SystemClock.now().plus_seconds(-86_400 * 3 * 365 / 2);
    Cursor { at, id: uuid::Uuid::nil() }
}

/// All of them.
pub(super) async fn all(ports: &Ports) -> Result<Vec<Way>> {
    let (anna, _) = town::sign_in(ports, ANNA).await.context("a member")?;
    let (carla, _) = town::sign_in(ports, CARLA).await.context("a coordinator")?;
    let (plain, cases) = (SignalList::default(), CaseList::default());
    let month = Period {
        from: Some(SystemClock.now().plus_seconds(-86_400 * 400).day()),
        until: Some(SystemClock.now().plus_seconds(-86_400 * 370).day()),
    };
    let future = Period { from: Some(SystemClock.now().plus_seconds(86_400 * 30).day()), until: None };
    let phenomenon = Some(PHENOMENON.to_owned());
    let about = phenomenon.clone();
    let (among, in_none) = (Some(town::department(1)), Some(town::department(bulk::EMPTY)));
    let after = Place::After(halfway());
    let of = |asker: &Asker, name, page| Way { name, asker: asker.clone(), page };
    let signals = |asker, name, list| of(asker, name, Page::Signals(list));
    let listed = |asker, name, list| of(asker, name, Page::Cases(list));
    // The pages that one comes to from halfway through the lists.
    let list = SignalList { place: after, ..plain.clone() };
    let signal = ports.signals.list(&anna, list).await?.rows.first().context("signals")?.head.id;
    let list = CaseList { place: after, mine: true, ..cases.clone() };
    let case = ports.cases.list(&carla, list).await?.rows.first().context("cases")?.head.id;
    let mut leading = carla.clone();
    leading.purposes.push(StatedPurpose::Case(case));
    Ok(vec![
        signals(&anna, "signals of a department: newest", plain.clone()),
        signals(&anna, "… halfway through", SignalList { place: after, ..plain.clone() }),
        signals(&anna, "… back from halfway", SignalList { place: Place::Before(halfway()), ..plain.clone() }),
        signals(
            &anna,
            "… of a state and a phenomenon, oldest",
            SignalList {
                state: Some(SignalState::InCase),
                phenomenon: phenomenon.clone(),
                order: SignalOrder::Oldest,
                ..plain.clone()
            },
        ),
        signals(
            &anna,
            "… of a phenomenon, changed last",
            SignalList { phenomenon: phenomenon.clone(), order: SignalOrder::Changed, ..plain.clone() },
        ),
        signals(
            &anna,
            "… that one logged oneself, in a month",
            SignalList { mine: true, period: month, ..plain.clone() },
        ),
        signals(
            &anna,
            "… of which none fits",
            SignalList { period: future, phenomenon: phenomenon.clone(), ..plain.clone() },
        ),
        signals(&carla, "signals for a coordinator: newest", plain.clone()),
        signals(
            &carla,
            "… oldest, halfway through",
            SignalList { order: SignalOrder::Oldest, place: after, ..plain.clone() },
        ),
        signals(
            &carla,
            "… of a department and a phenomenon, in a month",
            SignalList { department: Some(town::department(1)), phenomenon, period: month, ..plain.clone() },
        ),
        signals(
            &carla,
            "… of a department, changed last",
            SignalList { department: Some(town::department(1)), order: SignalOrder::Changed, ..plain },
        ),
        listed(&anna, "cases of a member: newest", cases.clone()),
        listed(&carla, "cases of a coordinator: newest", cases.clone()),
        listed(
            &carla,
            "… oldest, halfway through",
            CaseList { order: CaseOrder::Oldest, place: after, ..cases.clone() },
        ),
        listed(&carla, "… with a department", CaseList { department: among, ..cases.clone() }),
        listed(&carla, "… with a department that is in none", CaseList { department: in_none, ..cases.clone() }),
        listed(&carla, "… about a phenomenon", CaseList { phenomenon: about.clone(), ..cases.clone() }),
        listed(
            &carla,
            "… with a department and about a phenomenon",
            CaseList { department: among, phenomenon: about.clone(), ..cases.clone() },
        ),
        listed(
            &carla,
            "… about a phenomenon, with a department that is in none",
            CaseList { department: in_none, phenomenon: about, ..cases.clone() },
        ),
        listed(
            &carla,
            "… with the own department, in a state that none has",
            CaseList {
                department: Some(carla.person.department.id),
                state: Some(CaseState::PlanDrafted),
                ..cases.clone()
            },
        ),
        listed(&carla, "… adopted, that one leads", CaseList { state: Some(CaseState::Adopted), mine: true, ..cases }),
        of(&anna, "a signal", Page::Signal(signal)),
        of(&leading, "a case", Page::Case(case)),
        of(&carla, "signals to choose for a case", Page::Candidates),
        of(&anna, "*Mijn werk* of a member", Page::Work),
        of(&carla, "*Mijn werk* of a coordinator", Page::Work),
    ])
}
