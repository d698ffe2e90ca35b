//! A municipality with very many signals and cases, made in minutes: true rows, sealed each under its own key, by
//! statements that bring in many at once. What is left out is what lists do not look at: who viewed what before, and
//! identifiers, so that there is no blind index.

use crate::{
    Dice,
    place::Place,
    town::{self, ANNA, CARLA, CASE_PURPOSE, INTAKE_PURPOSE, PHENOMENON, Words},
};
use anyhow::Result;
use plein_domain::{
    case::{CaseState, Criterion, Judgement, PurposeTest},
    ids::*,
    moment::{Clock, Moment},
    people::{Department, Role},
    ports::Phenomenon,
    signal::{NewSignal, SignalField, SignalState},
};
use plein_server::real::SystemClock;
use plein_vault::{
    db::Db,
    keyring::{DataKey, KeyKind, Keyring},
    on_db, on_tx,
    store::NewPerson,
};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Departments with members, of which the first three are the small town's.
const DEPARTMENTS: u128 = 10;
/// A department that is in no case: nobody is in it.
pub(super) const EMPTY: u128 = DEPARTMENTS;
/// Members of each department.
const MEMBERS: u128 = 20;
/// Coordinators.
const COORDINATORS: u128 = 4;
/// Phenomena.
const PHENOMENA: usize = 20;
/// Signals to a case, and how many of them are linked to it.
const PER_CASE: usize = 20;
const LINKED: usize = 4;
/// Days over which the signals were logged.
const DAYS: i64 = 3 * 365;
/// Signals that are brought in at once.
const BATCH: usize = 5_000;

/// A value in a row.
enum Cell {
    Id(Uuid),
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
    Flag(bool),
}

/// Who and what there is besides signals and cases.
struct Crowd {
    members: Vec<(PersonId, DepartmentId)>,
    coordinators: Vec<PersonId>,
    phenomena: Vec<String>,
}

/// Makes the municipality in an empty place.
pub(super) async fn make(place: &Place, signals: usize) -> Result<()> {
    let vault = place.open().await?;
    town::enter(&vault).await?;
    let crowd = crowd(&vault).await?;
    vault.close().await;
    drop(vault);
    let mut maker = Maker {
        content: place.bulk("content").await?,
        keyring: place.bulk_keyring().await?,
        crowd,
        template: Words { marker: "van velen".into(), reporter: false, bsn: town::bsns(1)[0] }.signal()?,
        dice: Dice::new(signals as u64),
        now: SystemClock.now(),
        numbers: BTreeMap::new(),
    };
    maker.template.content.subjects.iter_mut().for_each(|subject| subject.identifiers.clear());
    for from in (0..signals).step_by(BATCH) {
        maker.batch(from..signals.min(from + BATCH), signals).await?;
    }
    maker.count_on().await?;
    maker.content.close().await;
    maker.keyring.close().await;
    Ok(())
}

async fn crowd(vault: &plein_vault::Vault) -> Result<Crowd> {
    let directory = &vault.directory;
    for number in (3..DEPARTMENTS).chain([EMPTY]) {
        let department = Department { id: town::department(number), name: format!("Afdeling {number}") };
        directory.add_department(&department, i64::try_from(number)?).await?;
    }
    let mut phenomena = vec![PHENOMENON.to_owned()];
    for number in 1..PHENOMENA {
        let code = format!("fenomeen-{number}");
        let phenomenon = Phenomenon { code: code.clone(), nl: code.clone(), en: code.clone() };
        directory.add_phenomenon(&phenomenon, i64::try_from(number)?).await?;
        phenomena.push(code);
    }
    let mut members = vec![(ANNA, town::department(0))];
    for number in 0..DEPARTMENTS * MEMBERS {
        let (id, department) = (PersonId(Uuid::from_u128(0x2_0000 + number)), town::department(number % DEPARTMENTS));
        let person = NewPerson { id, name: format!("Medewerker {number}"), department, roles: vec![Role::Member] };
        directory.add_person(&person, 100 + i64::try_from(number)?).await?;
        members.push((id, department));
    }
    let mut coordinators = vec![CARLA];
    for number in 1..COORDINATORS {
        let id = PersonId(Uuid::from_u128(0x3_0000 + number));
        let (name, department) = (format!("Regisseur {number}"), town::department(2));
        let person = NewPerson { id, name, department, roles: vec![Role::Coordinator] };
        directory.add_person(&person, 1_000 + i64::try_from(number)?).await?;
        coordinators.push(id);
    }
    Ok(Crowd { members, coordinators, phenomena })
}

struct Maker {
    content: Db,
    keyring: Keyring,
    crowd: Crowd,
    template: NewSignal,
    dice: Dice,
    now: Moment,
    /// The last number of each year.
    numbers: BTreeMap<i32, i64>,
}

/// The row under which a signal's key seals this version.
fn version_row(version: u128) -> Uuid {
    Uuid::from_u128(version)
}

impl Maker {
    fn id(&mut self) -> Uuid {
        let bits = u128::from(self.dice.roll()) << 64 | u128::from(self.dice.roll());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }

    /// These of all signals, and the cases that begin among them.
    async fn batch(&mut self, numbers: std::ops::Range<usize>, all: usize) -> Result<()> {
        let ids: Vec<Uuid> = numbers.clone().map(|_| self.id()).collect();
        let keys = self.keyring.create_all(KeyKind::Signal, &ids).await?;
        let (mut signals, mut versions, mut linked) = (Vec::new(), Vec::new(), Vec::new());
        let first = numbers.start;
        for (number, key) in numbers.zip(&keys) {
            let id = ids[number - first];
            let links = number % PER_CASE < LINKED;
            let ago = DAYS * 86_400 / i64::try_from(all)? * i64::try_from(all - number)?;
            let at = self.now.plus_seconds(-ago);
            // One in ten was changed a day later.
            let version = if self.dice.chance(10) { 2 } else { 1 };
            let (person, department) = self.dice.one_of(&self.crowd.members).unwrap_or((ANNA, town::department(0)));
            let offered = links || self.dice.chance(70);
            signals.push(vec![
                Cell::Id(id),
                Cell::Text(self.reference(at)),
                Cell::Id(department.0),
                Cell::Text(if links { SignalState::InCase } else { SignalState::Received }.code().into()),
                Cell::Text(self.dice.one_of(&self.crowd.phenomena).unwrap_or_default()),
                Cell::Text(at.day().to_string()),
                Cell::Id(INTAKE_PURPOSE.0),
                Cell::Text(if offered { SHARED.map(SignalField::code).join(",") } else { String::new() }),
                Cell::Id(person.0),
                Cell::Number(at.0),
                Cell::Number(at.plus_seconds(86_400 * (version - 1)).0),
                Cell::Number(version),
            ]);
            for version in 1..=version {
                let at = at.plus_seconds(86_400 * (version - 1));
                let mut content = self.template.content.clone();
                content.summary = format!("Signaal {number}, versie {version}");
                let row = version_row(version.unsigned_abs().into());
                let sealed = key.seal(("signal_versions.content", row), serde_json::to_vec(&content)?);
                versions.push(vec![
                    Cell::Id(id),
                    Cell::Number(version),
                    Cell::Bytes(sealed),
                    Cell::Id(person.0),
                    Cell::Number(at.0),
                ]);
            }
            if links {
                linked.push((number / PER_CASE, id, version, at));
            }
        }
        self.insert("signals", SIGNALS, signals).await?;
        self.insert("signal_versions", &["signal", "version", "content", "edited_by", "edited_at"], versions).await?;
        self.cases(linked).await
    }

    async fn cases(&mut self, linked: Vec<(usize, Uuid, i64, Moment)>) -> Result<()> {
        let mut by_case: BTreeMap<usize, Vec<(Uuid, i64, Moment)>> = BTreeMap::new();
        for (case, signal, version, at) in linked {
            by_case.entry(case).or_default().push((signal, version, at));
        }
        let ids: Vec<Uuid> = by_case.keys().map(|_| self.id()).collect();
        let keys = self.keyring.create_all(KeyKind::Case, &ids).await?;
        let (mut cases, mut decisions, mut teams, mut links) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for ((number, signals), (id, key)) in by_case.into_iter().zip(ids.into_iter().zip(&keys)) {
            let at = signals.last().map_or(self.now, |(.., at)| at.plus_seconds(3_600));
            let coordinator = self.crowd.coordinators[number % self.crowd.coordinators.len()];
            let state = if self.dice.chance(2) { CaseState::Adopted } else { CaseState::Open };
            cases.push(vec![
                Cell::Id(id),
                Cell::Text(format!("C-2023-{:04}", number + 1)),
                Cell::Text(state.code().into()),
                Cell::Id(CASE_PURPOSE.0),
                Cell::Id(coordinator.0),
                Cell::Bytes(key.seal("cases.title", format!("Zaak {number}"))),
                Cell::Bytes(key.seal("cases.summary", "Samenvatting")),
                Cell::Number(at.0),
                Cell::Number(1),
            ]);
            let decision = self.id();
            decisions.push(vec![
                Cell::Id(decision),
                Cell::Id(id),
                Cell::Text("opened-without-weighing".into()),
                Cell::Id(coordinator.0),
                Cell::Number(at.0),
                Cell::Bytes(key.seal(("decisions.reasons", decision), "Redenen")),
            ]);
            let mut team = vec![coordinator];
            while team.len() < 4 {
                let (member, _) = self.dice.one_of(&self.crowd.members).unwrap_or((ANNA, town::department(0)));
                if !team.contains(&member) {
                    team.push(member);
                }
            }
            teams.extend(team.into_iter().map(|person| {
                vec![
                    Cell::Id(id),
                    Cell::Id(person.0),
                    Cell::Number(at.0),
                    Cell::Number(at.0),
                    Cell::Text(state.code().into()),
                    Cell::Id(CASE_PURPOSE.0),
                    Cell::Flag(person == coordinator),
                ]
            }));
            for (signal, version, _) in signals {
                links.push(self.link(key, (id, signal, version), coordinator, at)?);
            }
        }
        let columns =
            ["id", "reference", "state", "purpose", "coordinator", "title", "summary", "opened_at", "version"];
        self.insert("cases", &columns, cases).await?;
        let columns = ["id", "case_id", "kind", "signed_by", "signed_at", "reasons"];
        self.insert("decisions", &columns, decisions).await?;
        let columns = ["case_id", "person", "since", "opened_at", "state", "purpose", "leads"];
        self.insert("case_team", &columns, teams).await?;
        let columns = ["id", "case_id", "signal", "signal_version", "shared", "test", "linked_by", "linked_at"];
        self.insert("links", &columns, links).await
    }

    fn link(
        &mut self,
        key: &DataKey,
        (case, signal, version): (Uuid, Uuid, i64),
        by: PersonId,
        at: Moment,
    ) -> Result<Vec<Cell>> {
        let id = self.id();
        let judge = |criterion| Judgement { criterion, met: true, reasons: "Nodig voor het doel.".into() };
        let test = PurposeTest(Criterion::ALL.iter().copied().map(judge).collect());
        Ok(vec![
            Cell::Id(id),
            Cell::Id(case),
            Cell::Id(signal),
            Cell::Number(version),
            Cell::Text(SignalField::Facts.code().into()),
            Cell::Bytes(key.seal(("links.test", id), serde_json::to_vec(&test)?)),
            Cell::Id(by.0),
            Cell::Number(at.0),
        ])
    }

    fn reference(&mut self, at: Moment) -> String {
        let year = at.day().0.year();
        let number = self.numbers.entry(year).or_default();
        *number += 1;
        Reference::numbered('S', year, *number).0
    }

    /// Lets the numbers of references go on where these end, and PostgreSQL look at what it has, as it does by itself
    /// some time after so many rows came in.
    async fn count_on(&mut self) -> Result<()> {
        let numbers = std::mem::take(&mut self.numbers);
        let rows = numbers.into_iter().map(|(year, last)| vec![Cell::Text(format!("S-{year}")), Cell::Number(last)]);
        self.insert("counters", &["name", "value"], rows.collect()).await?;
        on_db!(&self.content, |pool| {
            for statement in LISTED {
                sqlx::query(statement).execute(pool).await?;
            }
        });
        if let Db::Postgres(pool) = &self.content {
            sqlx::query("VACUUM ANALYZE").execute(pool).await?;
        }
        Ok(())
    }

    async fn insert(&self, table: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Result<()> {
        let width = columns.len();
        let mut tx = self.content.begin().await?;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Cell> = rows.by_ref().take(250).flatten().collect();
            let places: Vec<String> = (0..chunk.len() / width)
                .map(|row| (1..=width).map(|at| format!("${}", row * width + at)).collect::<Vec<_>>().join(", "))
                .collect();
            let text = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join("), ("));
            on_tx!(&mut tx, |c| {
                let query = chunk.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, cell| match cell {
                    Cell::Id(id) => query.bind(id),
                    Cell::Text(text) => query.bind(text),
                    Cell::Number(number) => query.bind(number),
                    Cell::Bytes(bytes) => query.bind(bytes),
                    Cell::Flag(flag) => query.bind(flag),
                });
                query.execute(&mut *c).await?;
            });
        }
        Ok(tx.commit().await?)
    }
}

/// What the list of cases is narrowed by, as the vault writes it with each case.
const LISTED: [&str; 3] = [
    "UPDATE links SET phenomenon = (SELECT s.phenomenon FROM signals s WHERE s.id = links.signal)",
    "INSERT INTO cases_with_department (case_id, person, department, opened_at, state, purpose, leads) \
     SELECT DISTINCT t.case_id, t.person, p.department, t.opened_at, t.state, t.purpose, t.leads \
     FROM case_team t JOIN case_team o ON o.case_id = t.case_id JOIN people p ON p.id = o.person",
    "INSERT INTO cases_about_phenomenon (case_id, person, phenomenon, opened_at, state, purpose, leads) \
     SELECT DISTINCT t.case_id, t.person, l.phenomenon, t.opened_at, t.state, t.purpose, t.leads \
     FROM case_team t JOIN links l ON l.case_id = t.case_id",
];

const SHARED: [SignalField; 3] = [SignalField::Summary, SignalField::Facts, SignalField::Subjects];

const SIGNALS: &[&str] = &[
    "id",
    "reference",
    "department",
    "state",
    "phenomenon",
    "received_on",
    "original_purpose",
    "offered",
    "logged_by",
    "logged_at",
    "changed_at",
    "version",
];
