//! The rows of a batch on PostgreSQL: a column is one array, so that a batch of any size is one statement that stays
//! prepared, and one way there and back.

use super::{Fresh, Head, Places};
use sqlx::PgConnection;
use uuid::Uuid;

/// The head besides the advisory lock, so that a program that does not know of it cannot come in between.
const LOOK: &str = "
    SELECT head.next, head.installation, (SELECT leaf FROM lines WHERE sequence = $1), found.event, found.sequence
    FROM head LEFT JOIN lines found ON found.event = ANY($2)
    WHERE head.one = 1
    FOR UPDATE OF head";

pub(super) async fn look(
    connection: &mut PgConnection,
    place: i64,
    events: &[Uuid],
) -> Result<(Head, Places), sqlx::Error> {
    type Row = (i64, Uuid, Option<Vec<u8>>, Option<Uuid>, Option<i64>);
    let rows: Vec<Row> = sqlx::query_as(LOOK).bind(place).bind(events).fetch_all(connection).await?;
    let places = rows.iter().filter_map(|(.., event, at)| event.zip(*at)).collect();
    let (next, installation, leaf, ..) = rows.into_iter().next().ok_or(sqlx::Error::RowNotFound)?;
    Ok((Head { next, installation, leaf }, places))
}

/// References between the tables are checked when the statement ends, so that its parts may run in any order.
const INSERT: &str = "
    WITH
    envelopes AS (
        INSERT INTO lines (sequence, event, at, trace, kind, outcome, commitment, leaf)
        SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::bytea[])
    ),
    sealed AS (
        INSERT INTO payloads (sequence, actor, department, purpose, sealed)
        SELECT * FROM unnest($1::bigint[], $9::uuid[], $10::uuid[], $11::text[], $12::bytea[])
    )
    INSERT INTO payload_objects (sequence, object_kind, object_id)
    SELECT * FROM unnest($13::bigint[], $14::text[], $15::uuid[])";

pub(super) async fn insert(connection: &mut PgConnection, fresh: &[Fresh<'_>]) -> Result<(), sqlx::Error> {
    fn column<'a, T>(fresh: &'a [Fresh<'a>], of: impl Fn(&'a Fresh<'a>) -> T) -> Vec<T> {
        fresh.iter().map(of).collect()
    }
    let objects: Vec<_> =
        fresh.iter().flat_map(|(place, _, one)| one.objects.iter().map(move |object| (*place, *object))).collect();
    sqlx::query(INSERT)
        .bind(column(fresh, |(place, ..)| *place))
        .bind(column(fresh, |(.., one)| one.line().event.0))
        .bind(column(fresh, |(.., one)| one.line().at.0))
        .bind(column(fresh, |(.., one)| one.line().trace.0))
        .bind(column(fresh, |(.., one)| one.line().kind.code()))
        .bind(column(fresh, |(.., one)| one.line().outcome.code()))
        .bind(column(fresh, |(.., one)| one.commitment.as_slice()))
        .bind(column(fresh, |(_, leaf, _)| leaf.as_slice()))
        .bind(column(fresh, |(.., one)| one.line().payload.actor.0))
        .bind(column(fresh, |(.., one)| one.line().payload.department.0))
        .bind(column(fresh, |(.., one)| one.line().payload.purpose.as_str()))
        .bind(column(fresh, |(.., one)| one.sealed.as_slice()))
        .bind(objects.iter().map(|(place, _)| *place).collect::<Vec<_>>())
        .bind(objects.iter().map(|(_, object)| object.kind.code()).collect::<Vec<_>>())
        .bind(objects.iter().map(|(_, object)| object.id).collect::<Vec<_>>())
        .execute(connection)
        .await?;
    Ok(())
}
