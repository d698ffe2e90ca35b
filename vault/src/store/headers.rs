//! Headers, for the gate alone: clear columns, free of personal data.

use super::rows::Place;
use crate::{db::Db, error::VaultResult, on_db, permit::of};
use plein_domain::{case::CaseState, draft::DraftRow, form::FormKind, header::*, ids::*, moment::Moment, signal::*};
use uuid::Uuid;

/// The signal or case that has this reference.
pub(crate) async fn by_reference(db: &Db, reference: &Reference) -> VaultResult<Option<ObjectRef>> {
    let kind = kind_of(reference);
    let text = match kind {
        ObjectKind::Case => "SELECT id FROM cases WHERE reference = $1",
        _ => "SELECT id FROM signals WHERE reference = $1",
    };
    let found: Option<Uuid> =
        on_db!(db, |pool| { sqlx::query_scalar(text).bind(&reference.0).fetch_optional(pool).await? });
    Ok(found.map(|id| ObjectRef { kind, id }))
}

/// What kind of record has references like this one.
pub(crate) fn kind_of(reference: &Reference) -> ObjectKind {
    if reference.0.starts_with('C') { ObjectKind::Case } else { ObjectKind::Signal }
}

pub(crate) async fn signal(db: &Db, id: SignalId) -> VaultResult<Option<SignalHeader>> {
    type Row = (Uuid, String, String, i64);
    let row: Option<Row> = on_db!(db, |pool| {
        sqlx::query_as("SELECT department, state, offered, version FROM signals WHERE id = $1")
            .bind(id.0)
            .fetch_optional(pool)
            .await?
    });
    let Some((department, state, offered, version)) = row else {
        return Ok(None);
    };
    // One row per member of each team of each case it is linked to.
    let links: Vec<(Uuid, Uuid, String, Uuid)> = on_db!(db, |pool| {
        sqlx::query_as(
            "SELECT c.id, c.coordinator, l.shared, t.person FROM links l JOIN cases c ON c.id = l.case_id \
             JOIN case_team t ON t.case_id = c.id WHERE l.signal = $1 AND l.unlinked_at IS NULL \
             ORDER BY c.opened_at, c.id",
        )
        .bind(id.0)
        .fetch_all(pool)
        .await?
    });
    let mut headers: Vec<LinkHeader> = Vec::new();
    for (case, coordinator, shared, member) in links {
        match headers.last_mut() {
            Some(last) if last.case.0 == case => last.team.push(PersonId(member)),
            _ => headers.push(LinkHeader {
                case: CaseId(case),
                coordinator: PersonId(coordinator),
                team: vec![PersonId(member)],
                shared: Place("links", "shared", case).codes(&shared, SignalField::from_code)?,
            }),
        }
    }
    Ok(Some(SignalHeader {
        id,
        department: DepartmentId(department),
        state: Place("signals", "state", id.0).need(SignalState::from_code(&state))?,
        offered: Place("signals", "offered", id.0).codes(&offered, SignalField::from_code)?,
        version,
        links: headers,
    }))
}

pub(crate) async fn case(db: &Db, id: CaseId) -> VaultResult<Option<CaseHeader>> {
    type Row = (String, Uuid, Uuid, i64, Option<Uuid>);
    // One row per member of the team, in one statement: it is asked at every turn of joint drafting.
    let rows: Vec<Row> = on_db!(db, |pool| {
        sqlx::query_as(
            "SELECT c.state, c.purpose, c.coordinator, c.version, t.person FROM cases c \
             LEFT JOIN case_team t ON t.case_id = c.id WHERE c.id = $1",
        )
        .bind(id.0)
        .fetch_all(pool)
        .await?
    });
    let Some((state, purpose, coordinator, version, _)) = rows.first().cloned() else {
        return Ok(None);
    };
    Ok(Some(CaseHeader {
        id,
        state: Place("cases", "state", id.0).need(CaseState::from_code(&state))?,
        purpose: PurposeId(purpose),
        coordinator: PersonId(coordinator),
        team: rows.into_iter().filter_map(|row| row.4).map(PersonId).collect(),
        version,
    }))
}

/// A note on this case.
pub(crate) async fn note(db: &Db, case: CaseId, id: NoteId) -> VaultResult<Option<NoteHeader>> {
    let row: Option<(Uuid, Option<i64>)> = on_db!(db, |pool| {
        sqlx::query_as("SELECT author, withdrawn_at FROM case_notes WHERE id = $1 AND case_id = $2")
            .bind(id.0)
            .bind(case.0)
            .fetch_optional(pool)
            .await?
    });
    let Some((author, withdrawn_at)) = row else {
        return Ok(None);
    };
    let case = self::case(db, case).await?;
    Ok(case.map(|case| NoteHeader { id, case, author: PersonId(author), standing: withdrawn_at.is_none() }))
}

/// A version of the plan of a case.
pub(crate) async fn version(db: &Db, case: CaseId, number: i64) -> VaultResult<Option<VersionHeader>> {
    let row: Option<(Uuid,)> = on_db!(db, |pool| {
        sqlx::query_as("SELECT id FROM plan_versions WHERE case_id = $1 AND number = $2")
            .bind(case.0)
            .bind(number)
            .fetch_optional(pool)
            .await?
    });
    Ok(row.map(|(id,)| VersionHeader { id: VersionId(id), number }))
}

/// Who keeps a view.
pub(crate) async fn view_owner(db: &Db, id: ViewId) -> VaultResult<Option<PersonId>> {
    let row: Option<(Uuid,)> = on_db!(db, |pool| {
        sqlx::query_as("SELECT person FROM saved_views WHERE id = $1").bind(id.0).fetch_optional(pool).await?
    });
    Ok(row.map(|(person,)| PersonId(person)))
}

/// A draft that is not thrown away, and its author. Finished ones are found too, so that finishing twice is finishing
/// once.
pub(crate) async fn draft(db: &Db, id: DraftId) -> VaultResult<Option<(DraftRow, PersonId)>> {
    type Row = (Uuid, String, Uuid, i64);
    let row: Option<Row> = on_db!(db, |pool| {
        sqlx::query_as("SELECT author, kind, object, saved_at FROM drafts WHERE id = $1")
            .bind(id.0)
            .fetch_optional(pool)
            .await?
    });
    row.map(|(author, kind, object, saved_at)| {
        let kind = Place("drafts", "kind", id.0).need(FormKind::from_code(&kind))?;
        Ok((DraftRow { id, kind, object, saved_at: Moment(saved_at) }, PersonId(author)))
    })
    .transpose()
}

/// Whose list this is.
pub(crate) async fn import<K: of::GivenFile>(db: &Db, id: ImportId) -> VaultResult<Option<PersonId>> {
    let row: Option<(Uuid,)> = on_db!(db, |pool| {
        sqlx::query_as("SELECT author FROM imports WHERE id = $1 AND kind = $2")
            .bind(id.0)
            .bind(K::CODE)
            .fetch_optional(pool)
            .await?
    });
    Ok(row.map(|(author,)| PersonId(author)))
}
