//! The rows of a batch on SQLite, which has no arrays. Statements come in widths of powers of two, so that they stay
//! prepared and a batch is few of them; the rows that a width has too many are nulls, which the statement leaves out.

use super::{Fresh, Head, Places};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use uuid::Uuid;

/// Most rows of one statement.
const WIDEST: usize = 256;

pub(super) async fn look(
    connection: &mut SqliteConnection,
    place: i64,
    events: &[Uuid],
) -> Result<(Head, Places), sqlx::Error> {
    let find = "SELECT next, installation, (SELECT leaf FROM lines WHERE sequence = ?) FROM head WHERE one = 1";
    let (next, installation, leaf) = sqlx::query_as(find).bind(place).fetch_one(&mut *connection).await?;
    let mut place_of = Places::new();
    for chunk in events.chunks(WIDEST) {
        let width = chunk.len().next_power_of_two();
        let mut query = sqlx::query_as(text_of("SELECT event, sequence FROM lines WHERE event IN", 1, width));
        for at in 0..width {
            query = query.bind(chunk.get(at));
        }
        let rows: Vec<(Uuid, i64)> = query.fetch_all(&mut *connection).await?;
        place_of.extend(rows);
    }
    Ok((Head { next, installation, leaf }, place_of))
}

pub(super) async fn insert(connection: &mut SqliteConnection, fresh: &[Fresh<'_>]) -> Result<(), sqlx::Error> {
    for rows in fresh.chunks(WIDEST) {
        let width = rows.len().next_power_of_two();
        let text = text_of("INSERT INTO lines (sequence, event, at, trace, kind, outcome, commitment, leaf)", 8, width);
        let mut query = sqlx::query(text);
        for at in 0..width {
            let row = rows.get(at);
            let line = row.map(|row| row.2.line());
            query = query
                .bind(row.map(|row| row.0))
                .bind(line.map(|line| line.event.0))
                .bind(line.map(|line| line.at.0))
                .bind(line.map(|line| line.trace.0))
                .bind(line.map(|line| line.kind.code()))
                .bind(line.map(|line| line.outcome.code()))
                .bind(row.map(|row| row.2.commitment.as_slice()))
                .bind(row.map(|row| row.1.as_slice()));
        }
        query.execute(&mut *connection).await?;
    }
    for rows in fresh.chunks(WIDEST) {
        let width = rows.len().next_power_of_two();
        let text = text_of("INSERT INTO payloads (sequence, actor, department, purpose, sealed)", 5, width);
        let mut query = sqlx::query(text);
        for at in 0..width {
            let row = rows.get(at);
            let payload = row.map(|row| &row.2.line().payload);
            query = query
                .bind(row.map(|row| row.0))
                .bind(payload.map(|payload| payload.actor.0))
                .bind(payload.map(|payload| payload.department.0))
                .bind(payload.map(|payload| payload.purpose.as_str()))
                .bind(row.map(|row| row.2.sealed.as_slice()));
        }
        query.execute(&mut *connection).await?;
    }
    let objects: Vec<_> =
        fresh.iter().flat_map(|(place, _, one)| one.objects.iter().map(move |object| (*place, *object))).collect();
    for rows in objects.chunks(WIDEST) {
        let width = rows.len().next_power_of_two();
        let text = text_of("INSERT INTO payload_objects (sequence, object_kind, object_id)", 3, width);
        let mut query = sqlx::query(text);
        for at in 0..width {
            let row = rows.get(at);
            query =
                query.bind(row.map(|row| row.0)).bind(row.map(|row| row.1.kind.code())).bind(row.map(|row| row.1.id));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// What a long statement is known by: what it begins with, and how many rows.
type Known = (&'static str, usize);

/// The text of a statement over rows of values, made once. Its marks are not numbered: SQLite looks each number up among
/// all others, which costs more than the rest of a batch.
fn text_of(begin: &'static str, columns: usize, rows: usize) -> AssertSqlSafe<Arc<str>> {
    static TEXTS: LazyLock<Mutex<HashMap<Known, Arc<str>>>> = LazyLock::new(Mutex::default);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let text = texts.entry((begin, rows)).or_insert_with(|| {
        let row = vec!["?"; columns].join(", ");
        if begin.starts_with("INSERT") {
            let rows = vec![row; rows].join("), (");
            format!("{begin} SELECT * FROM (VALUES ({rows})) AS given WHERE column1 IS NOT NULL").into()
        } else {
            format!("{begin} ({})", vec![row; rows].join(", ")).into()
        }
    });
    AssertSqlSafe(text.clone())
}
