//! People and proposals as they are kept. What is sealed in them is opened with a permit alone.

use crate::{db::Db, error::VaultResult, keyring::DataKey, on_db, store::rows::Place as At};
use plein_domain::{administration::*, header::ProposalHeader, ids::*, moment::Moment, people::*};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

pub(in crate::store) const NAME: &str = "identities.name";
pub(in crate::store) const IDENTIFIER: &str = "identities.identifier";
pub(in crate::store) const PERSON_NAME: &str = "people.name";

/// Somebody as they are kept, with what is sealed of them.
#[derive(Debug, Clone)]
pub struct PersonEntry {
    /// What is clear of them; the name is empty, the identifier not there.
    pub somebody: Somebody,
    identity: Option<Uuid>,
    name: Vec<u8>,
    identifier: Option<Vec<u8>>,
}

impl PersonEntry {
    pub(super) fn open(self, key: &DataKey) -> VaultResult<Somebody> {
        let Self { mut somebody, identity, name, identifier } = self;
        let known = somebody.version > 0;
        let (place, row) = if known { (PERSON_NAME, somebody.id.0) } else { (NAME, identity.unwrap_or_default()) };
        let at = At(if known { "people" } else { "identities" }, "name", row);
        somebody.name = at.text(&key.open((place, row), &name)?)?;
        somebody.identifier = match (identifier, identity) {
            (Some(cell), Some(identity)) => {
                Some(At("identities", "identifier", identity).text(&key.open((IDENTIFIER, identity), &cell)?)?)
            }
            _ => None,
        };
        Ok(somebody)
    }
}

/// A department and roles from their columns.
pub(super) fn place(department: Option<Uuid>, name: Option<String>, roles: &str, at: At) -> VaultResult<Option<Place>> {
    let Some(id) = department else { return Ok(None) };
    let department = Department { id: DepartmentId(id), name: at.need(name)? };
    Ok(Some(Place { department, roles: at.codes(roles, Role::from_code)? }))
}

type Row = (
    Uuid,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<i64>,
    Option<i64>,
);

/// Everybody there is: people, and who waits to become one, each under one id.
const SELECT: &str = "SELECT e.id, e.person, e.identity, p.department, d.name, p.roles, p.word, p.version, p.signed_in_at, \
    p.name, i.name, i.identifier, i.first_at, i.last_at FROM (\
    SELECT q.id AS id, q.id AS person, j.id AS identity FROM people q LEFT JOIN identities j ON j.person = q.id \
    UNION ALL SELECT w.id, w.person, w.id FROM identities w WHERE w.person IS NULL) e \
    LEFT JOIN people p ON p.id = e.person LEFT JOIN departments d ON d.id = p.department \
    LEFT JOIN identities i ON i.id = e.identity";

fn entry(row: Row) -> VaultResult<PersonEntry> {
    let (
        id,
        person,
        identity,
        department,
        department_name,
        roles,
        word,
        version,
        signed_in,
        name,
        told,
        identifier,
        first,
        last,
    ) = row;
    let at = |column| At("people", column, id);
    let word = match (person, word) {
        (Some(_), Some(word)) => Some(at("word").need(Word::from_code(&word))?),
        _ => None,
    };
    let somebody = Somebody {
        id: PersonId(id),
        name: String::new(),
        identifier: None,
        place: place(department, department_name, &roles.unwrap_or_default(), at("roles"))?,
        word,
        version: version.unwrap_or_default(),
        first_seen: first.map(Moment),
        last_seen: last.map(Moment),
        signed_in: signed_in.map(Moment),
    };
    let name = at("name").need(if person.is_some() { name } else { told })?;
    Ok(PersonEntry { somebody, identity, name, identifier })
}

/// Somebody, or who waits. For the gate.
pub(crate) async fn find(db: &Db, id: PersonId) -> VaultResult<Option<PersonEntry>> {
    let row: Option<Row> = on_db!(db, |pool| {
        let text = format!("{SELECT} WHERE e.id = $1");
        sqlx::query_as(AssertSqlSafe(text)).bind(id.0).fetch_optional(pool).await?
    });
    row.map(entry).transpose()
}

/// So many people of a list, after leaving out so many. For the gate.
pub(crate) async fn page(db: &Db, list: PeopleList, window: (i64, i64)) -> VaultResult<Vec<PersonEntry>> {
    let which = match list {
        PeopleList::Waiting => "WHERE p.id IS NULL OR p.roles = '' ORDER BY COALESCE(i.first_at, p.position), e.id",
        PeopleList::Placed => "WHERE p.roles <> '' ORDER BY d.position, p.position, e.id",
    };
    listed(db, which, window).await
}

/// So many of those who wait, who came last first, after leaving out so many. For the gate.
pub(crate) async fn waiting(db: &Db, window: (i64, i64)) -> VaultResult<Vec<PersonEntry>> {
    listed(db, "WHERE p.id IS NULL OR p.roles = '' ORDER BY COALESCE(i.first_at, p.position) DESC, e.id", window).await
}

async fn listed(db: &Db, which: &'static str, (offset, limit): (i64, i64)) -> VaultResult<Vec<PersonEntry>> {
    let rows: Vec<Row> = on_db!(db, |pool| {
        let text = format!("{SELECT} {which} LIMIT $1 OFFSET $2");
        sqlx::query_as(AssertSqlSafe(text)).bind(limit).bind(offset).fetch_all(pool).await?
    });
    rows.into_iter().map(entry).collect()
}

/// A proposal as it is kept.
#[derive(Debug, Clone)]
pub struct ProposalEntry {
    /// What decides who may do what with it.
    pub header: ProposalHeader,
    /// The version of the place that it is about.
    pub seen: i64,
    /// What the place is to be.
    pub after: Option<Place>,
    /// When it was proposed.
    pub at: Moment,
    /// Until when it can be confirmed.
    pub lapses_at: Moment,
    /// Whom it is about, as they are now.
    pub entry: PersonEntry,
}

type ProposalRow = (Uuid, Uuid, Uuid, i64, Option<Uuid>, Option<String>, String, i64, i64);

const PROPOSALS: &str = "SELECT o.id, o.person, o.proposed_by, o.seen_version, o.department, d.name, o.roles, o.proposed_at, \
    o.lapses_at FROM place_proposals o LEFT JOIN departments d ON d.id = o.department";

async fn proposal(db: &Db, row: ProposalRow) -> VaultResult<ProposalEntry> {
    let (id, person, proposer, seen, department, name, roles, at, lapses_at) = row;
    let place_of = At("place_proposals", "person", id);
    let after = place(department, name, &roles, At("place_proposals", "roles", id))?;
    Ok(ProposalEntry {
        header: ProposalHeader { id: ProposalId(id), person: PersonId(person), proposer: PersonId(proposer) },
        seen,
        after: after.filter(|place| !place.roles.is_empty()),
        at: Moment(at),
        lapses_at: Moment(lapses_at),
        entry: place_of.need(find(db, PersonId(person)).await?)?,
    })
}

/// A proposal that is open. For the gate.
pub(crate) async fn find_proposal(db: &Db, id: ProposalId, now: Moment) -> VaultResult<Option<ProposalEntry>> {
    open_one(db, "o.id", id.0, now).await
}

/// The proposal about this person that is open.
pub(crate) async fn proposal_about(db: &Db, person: PersonId, now: Moment) -> VaultResult<Option<ProposalEntry>> {
    open_one(db, "o.person", person.0, now).await
}

async fn open_one(db: &Db, column: &str, id: Uuid, now: Moment) -> VaultResult<Option<ProposalEntry>> {
    let row: Option<ProposalRow> = on_db!(db, |pool| {
        let text = format!("{PROPOSALS} WHERE {column} = $1 AND o.state = 'open' AND o.lapses_at > $2");
        sqlx::query_as(AssertSqlSafe(text)).bind(id).bind(now.0).fetch_optional(pool).await?
    });
    match row {
        Some(row) => proposal(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// So many open proposals, the oldest first, after leaving out so many. For the gate.
pub(crate) async fn proposal_page(
    db: &Db,
    now: Moment,
    (offset, limit): (i64, i64),
) -> VaultResult<Vec<ProposalEntry>> {
    let rows: Vec<ProposalRow> = on_db!(db, |pool| {
        let text = format!(
            "{PROPOSALS} WHERE o.state = 'open' AND o.lapses_at > $1 ORDER BY o.proposed_at, o.id LIMIT $2 OFFSET $3"
        );
        sqlx::query_as(AssertSqlSafe(text)).bind(now.0).bind(limit).bind(offset).fetch_all(pool).await?
    });
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(proposal(db, row).await?);
    }
    Ok(found)
}
