//! The program to compare with: inserts rows of the same tables and sizes on one connection, and nothing else. It
//! seals nothing, hashes nothing, decides nothing, looks for no event recorded before and moves no head.

use super::Measured;
use crate::place::Place;
use anyhow::Result;
use plein_domain::moment::{Entropy, random_id};
use plein_server::real::SystemEntropy;
use plein_vault::db::{Target, postgres_options, sqlite_options};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// One connection.
pub(super) enum Bare {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! on_bare {
    ($bare:expr, |$connection:ident| $body:expr) => {
        match $bare {
            Bare::Sqlite($connection) => $body,
            Bare::Postgres($connection) => $body,
        }
    };
}

/// The rows of one line.
struct Rows {
    sequence: i64,
    event: Uuid,
    trace: Uuid,
    commitment: [u8; 32],
    leaf: [u8; 32],
    actor: Uuid,
    department: Uuid,
    object: Uuid,
    sealed: Vec<u8>,
}

impl Rows {
    fn make(sequence: i64, sealed: usize) -> Self {
        let mut random = Self {
            sequence,
            event: random_id(&SystemEntropy),
            trace: random_id(&SystemEntropy),
            commitment: [0; 32],
            leaf: [0; 32],
            actor: Uuid::from_u128(0x100),
            department: Uuid::from_u128(0x200),
            object: Uuid::from_u128(u128::from(sequence.unsigned_abs() % 300) << 64),
            sealed: vec![0; sealed],
        };
        SystemEntropy.fill(&mut random.commitment);
        SystemEntropy.fill(&mut random.leaf);
        SystemEntropy.fill(&mut random.sealed);
        random
    }
}

impl Bare {
    /// Makes the ledger's tables and opens one connection, with the settings the ledger's own has.
    pub async fn connect(place: &Place) -> Result<Self> {
        let keyring = place.keyring().await?;
        place.ledger(keyring.clone()).await?.shutdown().await;
        keyring.close().await;
        Ok(match place.target("ledger") {
            Target::Sqlite(path) => {
                let options = sqlite_options(&path).pragma("cache_size", "-65536").pragma("wal_autocheckpoint", "8192");
                Self::Sqlite(options.connect().await?)
            }
            Target::Postgres { url, schema } => Self::Postgres(postgres_options(&url, &schema)?.connect().await?),
        })
    }

    /// Inserts lines for `each`, `batch` of them per commit, one statement per table and commit. Making up the rows is
    /// not counted.
    pub async fn measure(
        mut self,
        name: &'static str,
        batch: usize,
        sealed: usize,
        each: Duration,
    ) -> Result<Measured> {
        let texts = self.texts(batch);
        let (mut took, mut next, mut all) = (Vec::new(), 0, Duration::ZERO);
        while all < each {
            let rows: Vec<Rows> = (next..).take(batch).map(|sequence| Rows::make(sequence, sealed)).collect();
            next += i64::try_from(batch)?;
            let began = Instant::now();
            self.insert(&texts, &rows).await?;
            took.push(began.elapsed());
            all += began.elapsed();
        }
        on_bare!(self, |connection| connection.close().await)?;
        Ok(Measured::of(name, batch, &mut took, all))
    }

    fn texts(&self, batch: usize) -> [String; 3] {
        let insertion = |into: &str, columns: usize| {
            let mark = |place: usize| match self {
                // Numbered marks are looked up one by one there.
                Self::Sqlite(_) => "?".to_owned(),
                Self::Postgres(_) => format!("${place}"),
            };
            let row = |row: usize| {
                let marks: Vec<String> = (1..=columns).map(|column| mark(row * columns + column)).collect();
                format!("({})", marks.join(", "))
            };
            let rows: Vec<String> = (0..batch).map(row).collect();
            format!("INSERT INTO {into} VALUES {}", rows.join(", "))
        };
        [
            insertion("lines (sequence, event, at, trace, kind, outcome, commitment, leaf)", 8),
            insertion("payloads (sequence, actor, department, purpose, sealed)", 5),
            insertion("payload_objects (object_kind, object_id, sequence)", 3),
        ]
    }

    async fn insert(&mut self, [lines, payloads, objects]: &[String; 3], rows: &[Rows]) -> Result<()> {
        on_bare!(self, |connection| {
            sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
            let mut query = sqlx::query(AssertSqlSafe(lines.clone()));
            for row in rows {
                query = query
                    .bind(row.sequence)
                    .bind(row.event)
                    .bind(1_795_435_200_000_000_i64)
                    .bind(row.trace)
                    .bind("opened")
                    .bind("permitted")
                    .bind(&row.commitment[..])
                    .bind(&row.leaf[..]);
            }
            query.execute(&mut *connection).await?;
            let mut query = sqlx::query(AssertSqlSafe(payloads.clone()));
            for row in rows {
                query =
                    query.bind(row.sequence).bind(row.actor).bind(row.department).bind("intake").bind(&row.sealed[..]);
            }
            query.execute(&mut *connection).await?;
            let mut query = sqlx::query(AssertSqlSafe(objects.clone()));
            for row in rows {
                query = query.bind("signal").bind(row.object).bind(row.sequence);
            }
            query.execute(&mut *connection).await?;
            sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
        });
        Ok(())
    }
}
