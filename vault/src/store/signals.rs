//! Signals: content sealed under the signal's own key, the reporter under another.

use super::{
    Written,
    cases::retell,
    drafts::{Looked, finish},
    imports::{self, ListedRow},
    rows::{Place, joined, json},
    sweep, visible,
};
use crate::{
    db::Tx,
    error::VaultResult,
    keyring::KeyKind,
    on_db, on_tx,
    outbox::Outbox,
    permit::{Permit, Spent, act, of},
    vault::Core,
};
use plein_domain::{
    identifier::Identifier,
    ids::*,
    moment::{Day, Moment},
    signal::*,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::AssertSqlSafe;
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

const CONTENT: &str = "signal_versions.content";
const REPORTER: &str = "signal_versions.reporter";

/// Signals. See the module's documentation.
#[derive(Clone)]
pub struct Signals {
    core: Arc<Core>,
    outbox: Outbox,
}

/// A signal as far as its permit goes.
#[derive(Debug, Clone)]
pub struct SignalParts {
    /// The part free of personal data.
    pub head: SignalHead,
    /// How much is shown.
    pub extent: Extent,
    /// The fields shown.
    pub fields: VisibleFields,
    /// Which those are.
    pub shown: Vec<SignalField>,
    /// The whole signal, when the extent is whole.
    pub whole: Option<NewSignal>,
    /// Who logged it.
    pub logged_by: PersonId,
}

/// A signal as its form starts from it.
#[derive(Debug, Clone)]
pub struct EditableSignal {
    /// All of it.
    pub signal: NewSignal,
    /// The version it is.
    pub version: i64,
    /// Who made that version.
    pub edited_by: PersonId,
    /// When.
    pub edited_at: Moment,
}

/// What a new signal comes from; it becomes one once.
#[derive(Clone, Copy)]
enum Source<'a> {
    Draft(Looked),
    Row(&'a ListedRow),
}

/// A version as it is sealed: all that its department said, so that no change loses what stood before. What has a column of
/// `signals` stands here too, because those tell of the newest version alone.
#[derive(Serialize)]
struct Sealed<'a> {
    #[serde(flatten)]
    content: &'a SignalContent,
    phenomenon: &'a str,
    received_on: Day,
    original_purpose: PurposeId,
    offered: &'a [SignalField],
    why: &'a str,
}

/// The same, read. What a version from before all of it was sealed does not say is what the signal's columns say.
#[derive(Deserialize)]
struct Opened {
    #[serde(flatten)]
    content: SignalContent,
    phenomenon: Option<String>,
    received_on: Option<Day>,
    original_purpose: Option<PurposeId>,
    offered: Option<Vec<SignalField>>,
    #[serde(default)]
    why: String,
}

/// A version as a row.
type VersionRow = (Vec<u8>, Option<Vec<u8>>, Uuid, i64);

/// The row id of a version under its signal's key.
fn row(version: i64) -> Uuid {
    Uuid::from_u128(u128::from(version.unsigned_abs()))
}

impl Signals {
    pub(crate) fn new(core: Arc<Core>, outbox: Outbox) -> Self {
        Self { core, outbox }
    }

    /// Reads what the permit grants.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn view(&self, permit: Permit<act::View, of::Signal>) -> VaultResult<SignalParts> {
        let ((header, extent), _) = permit.spend();
        let head = head(&self.core, header.id).await?;
        let (version, shown) = match extent {
            Extent::Whole | Extent::Emergency => (head.version, SignalField::ALL.to_vec()),
            Extent::Offered => (head.version, head.offered.clone()),
            Extent::Shared(case) => self.link(case, header.id).await?,
        };
        let (logged_by, _) = origin(&self.core, header.id).await?;
        let (fields, whole) = if extent == Extent::Whole {
            let signal = editable(&self.core, head.clone()).await?.signal;
            (signal.content.only(&shown), Some(signal))
        } else {
            (content(&self.core, header.id, version).await?.0.only(&shown), None)
        };
        Ok(SignalParts { head, extent, fields, shown, whole, logged_by })
    }

    /// Reads a page, each signal to its own extent.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn page(
        &self,
        permit: Permit<act::View, of::SignalPage>,
    ) -> VaultResult<Vec<(SignalHead, VisibleFields)>> {
        let (page, _) = permit.spend();
        let versions: Vec<_> = page.iter().map(|(head, _)| (head.id, head.version)).collect();
        let contents = contents(&self.core, &versions).await?;
        let shown = |(head, extent): (SignalHead, Extent)| {
            let content =
                Place("signal_versions", "content", head.id.0).need(contents.get(&(head.id, head.version)))?;
            let shown = if extent == Extent::Whole { SignalField::ALL } else { &head.offered[..] };
            let fields = content.only(shown);
            Ok((head, fields))
        };
        page.into_iter().map(shown).collect()
    }

    /// Reads a signal whole, for its form.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn for_edit(&self, permit: Permit<act::Edit, of::Signal>) -> VaultResult<EditableSignal> {
        let ((header, _), _) = permit.spend();
        editable(&self.core, head(&self.core, header.id).await?).await
    }

    /// Reads versions of a signal, newest first: at most `most`, of those below this number.
    ///
    /// # Errors
    /// A database is out of reach, or a row does not open.
    pub async fn versions(
        &self,
        permit: Permit<act::View, of::SignalVersions>,
        below: Option<i64>,
        most: usize,
    ) -> VaultResult<(SignalHead, Vec<EditableSignal>)> {
        let (header, _) = permit.spend();
        let head = head(&self.core, header.id).await?;
        let newest = below.map_or(head.version, |below| (below - 1).min(head.version));
        let mut versions = Vec::new();
        for number in (1..=newest).rev().take(most) {
            versions.push(version(&self.core, &head, number).await?);
        }
        Ok((head, versions))
    }

    /// Who viewed a signal is shown beside its head.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn head_for_log(&self, permit: &Permit<act::ViewLog, of::Signal>) -> VaultResult<SignalHead> {
        head(&self.core, permit.granted().0.id).await
    }

    /// The reference of a signal, a clear column, for a reader of the log who may know it.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn reference(&self, id: SignalId) -> VaultResult<Option<Reference>> {
        Ok(visible::head(&self.core.content, id).await?.map(|head| head.reference))
    }

    /// The purpose under which a signal was collected, a clear column: what a change of it is judged by.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn original_purpose(&self, id: SignalId) -> VaultResult<Option<PurposeId>> {
        let found: Option<Uuid> = on_db!(&self.core.content, |pool| {
            sqlx::query_scalar("SELECT original_purpose FROM signals WHERE id = $1")
                .bind(id.0)
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(PurposeId))
    }

    /// Logs a new signal from a draft of the same id.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn log(
        &self,
        permit: Permit<act::Create, of::NewSignal>,
        draft: Looked,
        new: &NewSignal,
    ) -> VaultResult<Written<SignalId>> {
        let (id, spent) = permit.spend();
        let department = spent.payload().department;
        self.bring_about(id, department, spent, new, Source::Draft(draft)).await
    }

    /// Makes a row of a list the signal that was decided on, unless it is one already.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn take_in(
        &self,
        permit: Permit<act::Create, of::ImportedSignal>,
        row: &ListedRow,
        new: &NewSignal,
    ) -> VaultResult<Written<SignalId>> {
        let ((id, department), spent) = permit.spend();
        self.bring_about(id, department, spent, new, Source::Row(row)).await
    }

    async fn bring_about(
        &self,
        id: SignalId,
        department: DepartmentId,
        spent: Spent,
        new: &NewSignal,
        source: Source<'_>,
    ) -> VaultResult<Written<SignalId>> {
        let identifiers = identifiers(new);
        let mark = sweep::mark(&self.core, KeyKind::Signal, id.0).await?;
        self.core.keyring.create(KeyKind::Signal, id.0).await?;
        self.core.keyring.index(KeyKind::Signal, id.0, &identifiers).await?;
        let (content, reporter) = self.seal(id, 1, new).await?;
        let (actor, at) = (spent.actor(), spent.at());

        let mut tx = self.core.content.begin().await?;
        let otherwise = match source {
            Source::Draft(draft) => finish(&mut tx, draft, at).await?.otherwise(id),
            Source::Row(row) => imports::claim(&mut tx, row, id).await?,
        };
        if let Some(otherwise) = otherwise {
            if matches!(source, Source::Row(_)) {
                // The row is told what it is; that stands on its own.
                tx.commit().await?;
            }
            // What is there by now, or is not, decides what is indexed: the mark stays for the sweep.
            return Ok(otherwise);
        }
        let year = at.day().0.year();
        let number = next(&mut tx, &format!("S-{year}")).await?;
        on_tx!(&mut tx, |c| {
            sqlx::query(
                "INSERT INTO signals (id, reference, department, state, phenomenon, received_on, original_purpose, \
                 offered, logged_by, logged_at, changed_at, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)",
            )
            .bind(id.0)
            .bind(Reference::numbered('S', year, number).0)
            .bind(department.0)
            .bind(SignalState::Received.code())
            .bind(&new.phenomenon)
            .bind(new.received_on.to_string())
            .bind(new.original_purpose.0)
            .bind(joined(&new.offered, SignalField::code))
            .bind(actor.0)
            .bind(at.0)
            .execute(&mut *c)
            .await?;
        });
        if let Source::Row(row) = source {
            imports::taken_in(&mut tx, row, id).await?;
        }
        insert_version(&mut tx, id, 1, content, reporter, actor, at).await?;
        mark.gone_within(&mut tx).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        self.outbox.flush().await;
        Ok(Written::Done(id))
    }

    /// Saves a change as a new version, if `base` is still the one that stands.
    ///
    /// # Errors
    /// A database is out of reach; nothing was written.
    pub async fn edit(
        &self,
        permit: Permit<act::Edit, of::Signal>,
        draft: Looked,
        base: i64,
        new: &NewSignal,
    ) -> VaultResult<Written<SignalId>> {
        let ((header, _), spent) = permit.spend();
        let (id, version) = (header.id, base + 1);
        let (actor, at) = (spent.actor(), spent.at());
        let (content, reporter) = self.seal(id, version, new).await?;
        // Until the change stands, the record can be found by its old identifiers and its new ones.
        let mark = sweep::mark(&self.core, KeyKind::Signal, id.0).await?;
        let old = editable(&self.core, head(&self.core, id).await?).await?;
        let mut both = identifiers(&old.signal);
        both.extend(identifiers(new));
        self.core.keyring.index(KeyKind::Signal, id.0, &both).await?;

        let mut tx = self.core.content.begin().await?;
        if let Some(otherwise) = finish(&mut tx, draft, at).await?.otherwise(id) {
            drop(tx);
            reindex(&self.core, id).await?;
            mark.gone(&self.core).await?;
            return Ok(otherwise);
        }
        let changed = on_tx!(&mut tx, |c| {
            sqlx::query(
                "UPDATE signals SET phenomenon = $1, received_on = $2, original_purpose = $3, offered = $4, \
                 changed_at = $7, version = version + 1 WHERE id = $5 AND version = $6",
            )
            .bind(&new.phenomenon)
            .bind(new.received_on.to_string())
            .bind(new.original_purpose.0)
            .bind(joined(&new.offered, SignalField::code))
            .bind(id.0)
            .bind(base)
            .bind(at.0)
            .execute(&mut *c)
            .await?
            .rows_affected()
        });
        if changed == 0 {
            drop(tx);
            reindex(&self.core, id).await?;
            mark.gone(&self.core).await?;
            return Ok(Written::Stale);
        }
        retell(&mut tx, id, &new.phenomenon).await?;
        insert_version(&mut tx, id, version, content, reporter, actor, at).await?;
        let line = spent.done(self.core.event(), self.core.clock.now(), &[]);
        self.outbox.put(&mut tx, &line).await?;
        tx.commit().await?;
        reindex(&self.core, id).await?;
        mark.gone(&self.core).await?;
        self.outbox.flush().await;
        Ok(Written::Done(id))
    }

    /// The version that was judged when the signal was linked to the case, and what the link shares.
    async fn link(&self, case: CaseId, signal: SignalId) -> VaultResult<(i64, Vec<SignalField>)> {
        let row: Option<(i64, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT signal_version, shared FROM links WHERE case_id = $1 AND signal = $2 AND unlinked_at IS NULL",
            )
            .bind(case.0)
            .bind(signal.0)
            .fetch_optional(pool)
            .await?
        });
        let place = Place("links", "shared", signal.0);
        let (version, shared) = place.need(row)?;
        Ok((version, place.codes(&shared, SignalField::from_code)?))
    }

    async fn seal(&self, id: SignalId, version: i64, new: &NewSignal) -> VaultResult<(Vec<u8>, Option<Vec<u8>>)> {
        let key = self.core.keyring.key(KeyKind::Signal, id.0).await?;
        let sealed = Sealed {
            content: &new.content,
            phenomenon: &new.phenomenon,
            received_on: new.received_on,
            original_purpose: new.original_purpose,
            offered: &new.offered,
            why: &new.why,
        };
        let content = key.seal((CONTENT, row(version)), json(&sealed)?);
        let reporter = if new.reporter.is_empty() {
            None
        } else {
            self.core.keyring.create(KeyKind::Reporter, id.0).await?;
            let key = self.core.keyring.key(KeyKind::Reporter, id.0).await?;
            Some(key.seal((REPORTER, row(version)), &new.reporter))
        };
        Ok((content, reporter))
    }
}

/// Indexes a signal by the identifiers it has now: a change that was refused leaves none of its own behind, and one that
/// was overtaken does not take away those of the next.
pub(super) async fn reindex(core: &Core, id: SignalId) -> VaultResult<()> {
    loop {
        let now = editable(core, head(core, id).await?).await?;
        core.keyring.index(KeyKind::Signal, id.0, &identifiers(&now.signal)).await?;
        if head(core, id).await?.version == now.version {
            return Ok(());
        }
    }
}

async fn head(core: &Core, id: SignalId) -> VaultResult<SignalHead> {
    let head = visible::head(&core.content, id).await?;
    Place("signals", "id", id.0).need(head)
}

async fn origin(core: &Core, id: SignalId) -> VaultResult<(PersonId, PurposeId)> {
    let row: (Uuid, Uuid) = on_db!(&core.content, |pool| {
        sqlx::query_as("SELECT logged_by, original_purpose FROM signals WHERE id = $1")
            .bind(id.0)
            .fetch_one(pool)
            .await?
    });
    Ok((PersonId(row.0), PurposeId(row.1)))
}

/// The version of a signal that its head tells of, whole.
async fn editable(core: &Core, head: SignalHead) -> VaultResult<EditableSignal> {
    version(core, &head, head.version).await
}

/// A version of a signal, whole.
async fn version(core: &Core, head: &SignalHead, number: i64) -> VaultResult<EditableSignal> {
    let id = head.id;
    let (opened, (reporter, edited_by, edited_at)): (Opened, _) = open(core, id, number).await?;
    let reporter = match reporter {
        Some(cell) => {
            let key = core.keyring.key(KeyKind::Reporter, id.0).await?;
            let text = key.open((REPORTER, row(number)), &cell)?;
            Place("signal_versions", "reporter", id.0).text(&text)?
        }
        None => String::new(),
    };
    let original_purpose = match opened.original_purpose {
        Some(purpose) => purpose,
        None => origin(core, id).await?.1,
    };
    Ok(EditableSignal {
        signal: NewSignal {
            content: opened.content,
            reporter,
            phenomenon: opened.phenomenon.unwrap_or_else(|| head.phenomenon.clone()),
            received_on: opened.received_on.unwrap_or(head.received_on),
            original_purpose,
            offered: opened.offered.unwrap_or_else(|| head.offered.clone()),
            why: opened.why,
        },
        version: number,
        edited_by: PersonId(edited_by),
        edited_at: Moment(edited_at),
    })
}

/// Opens these versions of signals, in two statements however many. For the stores alone: they have spent a permit.
pub(super) async fn contents(
    core: &Core,
    versions: &[(SignalId, i64)],
) -> VaultResult<HashMap<(SignalId, i64), SignalContent>> {
    let mut found = HashMap::with_capacity(versions.len());
    for chunk in versions.chunks(MANY) {
        // Few lengths of list make few statements to prepare; the rest of the list repeats one.
        let width = if chunk.len() <= FEW { FEW } else { MANY };
        let rows: Vec<(Uuid, i64, Vec<u8>)> = on_db!(&core.content, |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(contents_of(width)));
            for at in 0..width {
                let (id, version) = chunk[at.min(chunk.len() - 1)];
                query = query.bind(id.0).bind(version);
            }
            query.fetch_all(pool).await?
        });
        let ids: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
        let keys = core.keyring.keys(KeyKind::Signal, &ids).await?;
        for (id, version, cell) in rows {
            let place = Place("signal_versions", "content", id);
            let key = place.need(keys.get(&id))?;
            let content = place.json(&key.open((CONTENT, row(version)), &cell)?)?;
            found.insert((SignalId(id), version), content);
        }
    }
    Ok(found)
}

const FEW: usize = 25;
const MANY: usize = 100;

fn contents_of(width: usize) -> String {
    let pairs: Vec<String> = (0..width).map(|at| format!("(${}, ${})", 2 * at + 1, 2 * at + 2)).collect();
    format!(
        "SELECT signal, version, content FROM signal_versions WHERE (signal, version) IN (VALUES {})",
        pairs.join(", ")
    )
}

/// Opens one version of a signal. For the stores alone: they have spent a permit for it.
pub(super) async fn content(
    core: &Core,
    id: SignalId,
    version: i64,
) -> VaultResult<(SignalContent, (Option<Vec<u8>>, Uuid, i64))> {
    open(core, id, version).await
}

async fn open<T: DeserializeOwned>(
    core: &Core,
    id: SignalId,
    version: i64,
) -> VaultResult<(T, (Option<Vec<u8>>, Uuid, i64))> {
    let found: Option<VersionRow> = on_db!(&core.content, |pool| {
        sqlx::query_as(
            "SELECT content, reporter, edited_by, edited_at FROM signal_versions WHERE signal = $1 AND version = $2",
        )
        .bind(id.0)
        .bind(version)
        .fetch_optional(pool)
        .await?
    });
    let place = Place("signal_versions", "content", id.0);
    let (cell, reporter, edited_by, edited_at) = place.need(found)?;
    let key = core.keyring.key(KeyKind::Signal, id.0).await?;
    let content = place.json(&key.open((CONTENT, row(version)), &cell)?)?;
    Ok((content, (reporter, edited_by, edited_at)))
}

fn identifiers(signal: &NewSignal) -> Vec<Identifier> {
    signal.content.subjects.iter().flat_map(|subject| subject.identifiers.iter().cloned()).collect()
}

async fn insert_version(
    tx: &mut Tx,
    id: SignalId,
    version: i64,
    content: Vec<u8>,
    reporter: Option<Vec<u8>>,
    actor: PersonId,
    at: Moment,
) -> VaultResult<()> {
    on_tx!(tx, |c| {
        sqlx::query(
            "INSERT INTO signal_versions (signal, version, content, reporter, edited_by, edited_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.0)
        .bind(version)
        .bind(content)
        .bind(reporter)
        .bind(actor.0)
        .bind(at.0)
        .execute(&mut *c)
        .await?;
    });
    Ok(())
}

/// The next number of a series, dense within what is committed.
pub(super) async fn next(tx: &mut Tx, name: &str) -> VaultResult<i64> {
    let (value,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as(
            "INSERT INTO counters (name, value) VALUES ($1, 1) \
             ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        )
        .bind(name)
        .fetch_one(&mut *c)
        .await?
    });
    Ok(value)
}

/// Sets the state that follows from the links that stand.
pub(super) async fn settle(tx: &mut Tx, id: SignalId) -> VaultResult<()> {
    let (links,): (i64,) = on_tx!(tx, |c| {
        sqlx::query_as("SELECT COUNT(*) FROM links WHERE signal = $1 AND unlinked_at IS NULL")
            .bind(id.0)
            .fetch_one(&mut *c)
            .await?
    });
    let state = SignalState::with_links(usize::try_from(links).unwrap_or_default());
    on_tx!(tx, |c| {
        sqlx::query("UPDATE signals SET state = $1 WHERE id = $2")
            .bind(state.code())
            .bind(id.0)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// Whether this version of the signal still stands and may be chosen; locks it until the transaction ends.
pub(super) async fn still_offered(tx: &mut Tx, head: &SignalHead) -> VaultResult<bool> {
    let touched = on_tx!(tx, |c| {
        sqlx::query("UPDATE signals SET version = version WHERE id = $1 AND version = $2 AND state = 'received'")
            .bind(head.id.0)
            .bind(head.version)
            .execute(&mut *c)
            .await?
            .rows_affected()
    });
    Ok(touched == 1)
}
