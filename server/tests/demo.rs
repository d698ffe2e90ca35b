//! The demo world is made through the ports, and its access log tells a story that holds together.

use plein_domain::{
    access_log::{LogFilter, Viewing},
    ids::{CaseId, TraceId},
    ledger::{LineKind, Outcome},
    list::CandidateList,
    people::{Person, Role},
    ports::{Arrival, Asker, Ports},
    purpose::StatedPurpose,
};
use plein_server::{
    demo::{DemoClock, Size, build, installation},
    real::SystemEntropy,
};
use plein_vault::{MasterKey, Vault, VaultOptions, db::Target};
use std::{collections::HashSet, path::Path, sync::Arc};
use uuid::Uuid;

const NETWORK: &str = "127.0.0.1";

/// Opens an empty vault in this folder and makes the world in it.
async fn world(folder: &Path, size: Size) -> Ports {
    let clock = Arc::new(DemoClock::default());
    let file = |name: &str| Target::Sqlite(folder.join(name));
    let options = VaultOptions {
        content: file("content.db"),
        keyring: file("keyring.db"),
        ledger: file("ledger.db"),
        master: MasterKey::from_bytes(&[7; 32]).expect("a key"),
        clock: clock.clone(),
        entropy: Arc::new(SystemEntropy),
    };
    let vault = Arc::new(Vault::open(options).await.expect("an empty vault"));
    let assembled = plein_server::assemble(vault.clone(), installation());
    build(&assembled, &vault.directory, &clock, size).await.expect("the world");
    assembled.ports
}

/// Somebody signed in with this purpose stated.
async fn sign_in(ports: &Ports, who: impl Fn(&Person) -> bool, purpose: StatedPurpose) -> Asker {
    let trace = TraceId(Uuid::from_u128(u128::MAX));
    let people = ports.sessions.demo_people().await.expect("people");
    let person = people.iter().find(|one| who(one)).expect("somebody").id;
    let token = ports.sessions.sign_in_demo(person, &Arrival::of(trace, NETWORK)).await.expect("a session");
    let resume = async || ports.sessions.resume(&token, trace, NETWORK).await.expect("an answer").expect("a session");
    ports.sessions.state_purpose(&resume().await, purpose).await.expect("a purpose of this person");
    resume().await
}

/// The whole log, oldest first.
async fn whole_log(ports: &Ports, fg: &Asker) -> Vec<Viewing> {
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let filter = LogFilter { before, ..LogFilter::default() };
        let page = ports.access_log.search(fg, filter).await.expect("the log");
        lines.extend(page.lines);
        before = page.older;
        if before.is_none() {
            lines.reverse();
            return lines;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_world_is_made_through_the_ports_and_its_log_is_coherent() {
    let folder = std::env::temp_dir().join(format!("plein-demo-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let ports = world(&folder, Size::Story).await;

    let fg = sign_in(&ports, |one| one.roles == [Role::Fg], StatedPurpose::Supervision).await;
    let log = whole_log(&ports, &fg).await;
    let done = |kind| log.iter().filter(|line| line.kind == kind && line.outcome == Outcome::Done).count();
    assert_eq!(done(LineKind::Logged), 30, "signals");
    assert_eq!(done(LineKind::CaseOpened), 3, "cases");
    assert_eq!((done(LineKind::Linked), done(LineKind::Unlinked), done(LineKind::TeamChanged)), (1, 1, 1));
    assert!(log.iter().filter(|line| line.kind == LineKind::Refused).count() >= 1, "somebody was refused");
    for pair in log.windows(2) {
        assert_eq!(pair[0].sequence + 1, pair[1].sequence, "no line is missing");
        assert!(pair[0].at <= pair[1].at, "line {} is older than the one before", pair[1].sequence);
    }
    assert!(log.iter().all(|line| line.payload.is_some()));

    let coordinator = sign_in(&ports, |one| one.roles == [Role::Coordinator], StatedPurpose::Intake).await;
    let candidates =
        ports.cases.candidates(&coordinator, CandidateList::default(), &[]).await.expect("candidates").rows;
    assert_eq!(candidates.len(), 15, "received signals that offer something");
    let phenomena: HashSet<_> = candidates.iter().map(|one| one.head.phenomenon.as_str()).collect();
    assert!(phenomena.len() >= 8, "they are about many things: {phenomena:?}");

    // What was judged in the first case still stands: no signal was linked after it.
    let judged = log.iter().find(|line| line.kind == LineKind::SubjectsJudged && line.outcome == Outcome::Done);
    let judged = judged.expect("a judgement");
    assert!(log.iter().all(|line| line.kind != LineKind::Linked || line.sequence < judged.sequence));

    // The plan of the first case was written by its team, each in their own part, and talked about.
    let case = log.iter().find(|line| line.kind == LineKind::PlanBegun).expect("a plan");
    let case =
        case.objects.iter().find_map(|(object, reference)| reference.as_ref().map(|_| object.id)).expect("a case");
    let purpose = StatedPurpose::Case(CaseId(case));
    let reader = sign_in(&ports, |one| one.roles == [Role::Coordinator], purpose).await;
    let view = ports.plans.view(&reader, CaseId(case)).await.expect("the plan");
    let plan = view.plan.expect("begun");
    let written: Vec<_> = plan.sections.iter().filter_map(|one| one.changed.as_ref()).collect();
    assert_eq!(written.len(), 8, "sections in which somebody wrote");
    let authors: HashSet<_> = written.iter().map(|(by, _)| by).collect();
    assert_eq!(authors.len(), 5, "{authors:?}");
    let kinds: HashSet<_> = plan.interventions().map(|(_, one)| one.kind.code()).collect();
    assert_eq!((plan.interventions().count(), kinds.len()), (6, 4));
    let threads: Vec<_> = view.talk.threads.iter().map(|one| (one.resolved, one.section.is_some())).collect();
    assert_eq!(threads, [(true, true), (false, true)]);
    let mentioned = sign_in(&ports, |one| one.name == "Sanne Brugwachter", StatedPurpose::Intake).await;
    assert_eq!(ports.desk.my_work(&mentioned).await.expect("work").mentions.len(), 1);

    // Two departments, one citizen service number: something for a match to find.
    let same = |bsn: &str| {
        let known = |one: &&plein_domain::case::Candidate| {
            let subjects = one.fields.subjects.iter().flatten();
            subjects.flat_map(|subject| &subject.identifiers).any(|identifier| identifier.normalised() == bsn)
        };
        candidates.iter().filter(known).map(|one| one.head.department.id).collect::<HashSet<_>>().len()
    };
    assert_eq!(same("961080620"), 2);

    // What cannot be removed lies in the folder for temporary files.
    let _ = std::fs::remove_dir_all(&folder);
}
