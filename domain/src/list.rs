//! Lists of signals and of cases: what they are narrowed to, their order, and a place in them.
//!
//! All of this stands in addresses and in saved views. So it is codes, days and ids, and never a word about a resident.

use crate::{
    case::CaseState,
    form::{Fault, FieldProblem, FormValues, Reader},
    ids::*,
    moment::{Day, Moment},
    ports::Lists,
    signal::SignalState,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Rows on one page of a list.
pub const PAGE_ROWS: usize = 25;

/// How far a list is counted; beyond it, that there are more is all that is told.
pub const COUNTED: u32 = 1_000;

/// How many rows a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many, at most [`COUNTED`].
    Exactly(u32),
    /// More than [`COUNTED`].
    More,
}

impl Count {
    /// From counting that stopped at one beyond [`COUNTED`].
    pub fn of(counted: i64) -> Self {
        u32::try_from(counted).ok().filter(|count| *count <= COUNTED).map_or(Self::More, Self::Exactly)
    }
}

/// A row's place in an order: what it is ordered by, and its id where that is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The moment it is ordered by.
    pub at: Moment,
    /// The row's id.
    pub id: Uuid,
}

impl fmt::Display for Cursor {
    /// 48 hexadecimal digits: a moment and an id, and nothing of what the row says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:032x}", self.at.0, self.id.as_u128())
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.len() == 48 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (at, id) = digits.then(|| text.split_at(16)).ok_or(())?;
        let at = u64::from_str_radix(at, 16).map_err(|_| ())?.cast_signed();
        let id = u128::from_str_radix(id, 16).map_err(|_| ())?;
        Ok(Self { at: Moment(at), id: Uuid::from_u128(id) })
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// The first one.
    #[default]
    First,
    /// What comes after this row.
    After(Cursor),
    /// What comes before it.
    Before(Cursor),
}

/// Days, both included; an open end has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
}

impl Period {
    /// The moment it begins, and the first moment after it.
    pub fn moments(self) -> (Option<Moment>, Option<Moment>) {
        (self.from.map(Day::begins), self.until.map(|day| day.next().begins()))
    }
}

codes! {
    /// The order of a list of signals. A period counts for the moment that the list is ordered by.
    SignalOrder {
        /// Logged last comes first.
        Newest = "newest",
        /// Logged first comes first: what waits longest.
        Oldest = "oldest",
        /// Changed last comes first.
        Changed = "changed",
    }
}

codes! {
    /// The order of a list of cases.
    CaseOrder {
        /// Opened last comes first.
        Newest = "newest",
        /// Opened first comes first.
        Oldest = "oldest",
    }
}

codes! {
    /// Which list.
    ListKind {
        /// That of signals.
        Signals = "signals",
        /// That of cases.
        Cases = "cases",
    }
}

/// What a list of signals is narrowed to, its order, and which page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalList {
    /// Only in this state.
    pub state: Option<SignalState>,
    /// Only of this department.
    pub department: Option<DepartmentId>,
    /// Only of this phenomenon, by its code.
    pub phenomenon: Option<String>,
    /// Only of this period.
    pub period: Period,
    /// Only those that the asker logged.
    pub mine: bool,
    /// The order.
    pub order: SignalOrder,
    /// The page.
    pub place: Place,
}

/// What a list of cases is narrowed to, its order, and which page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseList {
    /// Only in this state.
    pub state: Option<CaseState>,
    /// Only for this purpose.
    pub purpose: Option<PurposeId>,
    /// Only with somebody of this department in the team.
    pub department: Option<DepartmentId>,
    /// Only with a signal about this phenomenon, by its code; one that was taken out of the case does not count.
    pub phenomenon: Option<String>,
    /// Only opened in this period.
    pub period: Period,
    /// Only those that the asker leads.
    pub mine: bool,
    /// The order.
    pub order: CaseOrder,
    /// The page.
    pub place: Place,
}

/// Among which of the received signals a coordinator chooses for a case; what waits longest comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CandidateList {
    /// Only of this department.
    pub department: Option<DepartmentId>,
    /// Only of this phenomenon, by its code.
    pub phenomenon: Option<String>,
    /// Only what comes after this one.
    pub after: Option<Cursor>,
}

/// Candidates on one page.
pub const CANDIDATES: usize = 50;

/// Names in the address, in the order in which filters are shown.
pub mod name {
    /// The state.
    pub const STATE: &str = "status";
    /// The department.
    pub const DEPARTMENT: &str = "afdeling";
    /// The phenomenon.
    pub const PHENOMENON: &str = "fenomeen";
    /// The purpose.
    pub const PURPOSE: &str = "doel";
    /// The first day of the period.
    pub const FROM: &str = "van";
    /// The last one.
    pub const UNTIL: &str = "tot";
    /// The asker's own.
    pub const MINE: &str = "eigen";
    /// The order.
    pub const ORDER: &str = "volgorde";
    /// The page after a row.
    pub const AFTER: &str = "na";
    /// The page before a row.
    pub const BEFORE: &str = "voor";
    /// A page by its number, which no list has.
    pub const PAGE: &str = "pagina";
}

/// What stood in an address and was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// The value of the filter with this name is none.
    Filter(&'static str),
    /// The period ends before it begins.
    Period,
    /// The place is none.
    Place,
}

/// Reads one address.
pub(crate) struct Reading<'a> {
    asked: &'a FormValues,
    pub ignored: Vec<Ignored>,
}

impl<'a> Reading<'a> {
    pub fn new(asked: &'a FormValues) -> Self {
        Self { asked, ignored: Vec::new() }
    }

    pub fn one<T>(&mut self, name: &'static str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.asked.text(name);
        let found = (!text.is_empty()).then(|| find(text)).flatten();
        if found.is_none() && !text.is_empty() {
            self.ignored.push(Ignored::Filter(name));
        }
        found
    }

    fn yes(&mut self, name: &'static str) -> bool {
        self.one(name, |text| (text == YES).then_some(())).is_some()
    }

    fn department(&mut self, lists: &Lists) -> Option<DepartmentId> {
        let known = |id: &DepartmentId| lists.departments.iter().any(|one| one.id == *id);
        self.one(name::DEPARTMENT, |text| text.parse().ok().filter(known))
    }

    fn phenomenon(&mut self, lists: &Lists) -> Option<String> {
        self.one(name::PHENOMENON, |code| {
            lists.phenomena.iter().find(|one| one.code == code).map(|one| one.code.clone())
        })
    }

    pub fn period(&mut self) -> Period {
        let from = self.one(name::FROM, |text| text.parse::<Day>().ok());
        let until = self.one(name::UNTIL, |text| text.parse::<Day>().ok());
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.ignored.push(Ignored::Period);
            return Period::default();
        }
        Period { from, until }
    }

    fn place(&mut self) -> Place {
        let after = (self.asked.text(name::AFTER), Place::After as fn(Cursor) -> Place);
        let before = (self.asked.text(name::BEFORE), Place::Before as fn(Cursor) -> Place);
        let asked = [after, before].into_iter().find(|(text, _)| !text.is_empty());
        let number = self.asked.text(name::PAGE);
        match asked {
            Some((text, make)) => text.parse().map(make).unwrap_or_else(|()| self.nowhere()),
            None if number.is_empty() || number == "1" => Place::First,
            None => self.nowhere(),
        }
    }

    /// A place that is a number.
    pub fn number(&mut self, name: &'static str) -> Option<u64> {
        let text = self.asked.text(name);
        let found = text.parse().ok();
        if found.is_none() && !text.is_empty() {
            self.nowhere();
        }
        found
    }

    fn nowhere(&mut self) -> Place {
        self.ignored.push(Ignored::Place);
        Place::First
    }
}

/// The value of a filter that is on or off.
pub const YES: &str = "ja";

pub(crate) fn days(period: Period) -> [Option<(&'static str, String)>; 2] {
    [(name::FROM, period.from), (name::UNTIL, period.until)].map(|(name, day)| Some((name, day?.to_string())))
}

impl SignalList {
    /// Reads an address. What makes no sense is not used and told; all else counts.
    pub fn read(asked: &FormValues, lists: &Lists) -> (Self, Vec<Ignored>) {
        let mut reading = Reading::new(asked);
        let list = Self {
            state: reading.one(name::STATE, SignalState::from_code),
            department: reading.department(lists),
            phenomenon: reading.phenomenon(lists),
            period: reading.period(),
            mine: reading.yes(name::MINE),
            order: reading.one(name::ORDER, SignalOrder::from_code).unwrap_or(SignalOrder::Newest),
            place: reading.place(),
        };
        (list, reading.ignored)
    }

    /// The filters that are set, by their names in the address.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let mut set = Vec::new();
        set.extend(self.state.map(|state| (name::STATE, state.code().to_owned())));
        set.extend(self.department.map(|id| (name::DEPARTMENT, id.to_string())));
        set.extend(self.phenomenon.clone().map(|code| (name::PHENOMENON, code)));
        set.extend(days(self.period).into_iter().flatten());
        set.extend(self.mine.then(|| (name::MINE, YES.to_owned())));
        set
    }
}

impl SignalList {
    /// Filters and order, as they are kept: the page is not.
    pub fn kept(&self) -> FormValues {
        let order = (self.order != SignalOrder::Newest).then(|| (name::ORDER, self.order.code().to_owned()));
        self.filters().into_iter().chain(order).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Default for SignalList {
    fn default() -> Self {
        Self {
            state: None,
            department: None,
            phenomenon: None,
            period: Period::default(),
            mine: false,
            order: SignalOrder::Newest,
            place: Place::First,
        }
    }
}

impl CandidateList {
    /// Reads an address, or the fields of a form whose names begin with `before`. What makes no sense is not used.
    pub fn read(asked: &FormValues, before: &str, lists: &Lists) -> Self {
        let said = |name: &str| asked.text(&format!("{before}{name}"));
        let department = lists.departments.iter().find(|one| one.id.to_string() == said(name::DEPARTMENT));
        let phenomenon = lists.phenomena.iter().find(|one| one.code == said(name::PHENOMENON));
        Self {
            department: department.map(|one| one.id),
            phenomenon: phenomenon.map(|one| one.code.clone()),
            after: said(name::AFTER).parse().ok(),
        }
    }

    /// Whether it is all that waits, from its beginning.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

impl CaseList {
    /// Reads an address. What makes no sense is not used and told; all else counts.
    pub fn read(asked: &FormValues, lists: &Lists) -> (Self, Vec<Ignored>) {
        let mut reading = Reading::new(asked);
        let known = |id: &PurposeId| lists.purposes.iter().any(|one| one.id == *id);
        let list = Self {
            state: reading.one(name::STATE, CaseState::from_code),
            purpose: reading.one(name::PURPOSE, |text| text.parse().ok().filter(known)),
            department: reading.department(lists),
            phenomenon: reading.phenomenon(lists),
            period: reading.period(),
            mine: reading.yes(name::MINE),
            order: reading.one(name::ORDER, CaseOrder::from_code).unwrap_or(CaseOrder::Newest),
            place: reading.place(),
        };
        (list, reading.ignored)
    }

    /// The filters that are set, by their names in the address.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let mut set = Vec::new();
        set.extend(self.state.map(|state| (name::STATE, state.code().to_owned())));
        set.extend(self.purpose.map(|id| (name::PURPOSE, id.to_string())));
        set.extend(self.department.map(|id| (name::DEPARTMENT, id.to_string())));
        set.extend(self.phenomenon.clone().map(|code| (name::PHENOMENON, code)));
        set.extend(days(self.period).into_iter().flatten());
        set.extend(self.mine.then(|| (name::MINE, YES.to_owned())));
        set
    }
}

impl CaseList {
    /// Filters and order, as they are kept: the page is not.
    pub fn kept(&self) -> FormValues {
        let order = (self.order != CaseOrder::Newest).then(|| (name::ORDER, self.order.code().to_owned()));
        self.filters().into_iter().chain(order).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Default for CaseList {
    fn default() -> Self {
        Self {
            state: None,
            purpose: None,
            department: None,
            phenomenon: None,
            period: Period::default(),
            mine: false,
            order: CaseOrder::Newest,
            place: Place::First,
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many the whole list has.
    pub count: Count,
    /// The first of the rows, when there is a page before this one.
    pub earlier: Option<Cursor>,
    /// The last of the rows, when there is a page after this one.
    pub later: Option<Cursor>,
    /// The views that the asker keeps of this list.
    pub views: Vec<SavedView>,
}

/// A page of what is told by number of page: of a case's history, its notes, notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The page shown, from 1.
    pub page: u32,
    /// Whether there are more.
    pub more: bool,
}

/// A filter that a person keeps under a name, for themselves alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its identity.
    pub id: ViewId,
    /// Of which list.
    pub list: ListKind,
    /// Its name, in the person's own words.
    pub name: String,
    /// Filters and order, by their names in the address.
    pub filter: FormValues,
}

/// Reads the name of a view, the field `name`.
///
/// # Errors
/// What is wrong with it.
pub fn read_view_name(values: &FormValues) -> Result<String, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let name = form.required("name", VIEW_NAME_MAX);
    if name.contains('\n') {
        form.fault("name", Fault::NotText);
    }
    form.finish(Some(name))
}

/// The most views that a person keeps, of both lists together: more are not found back.
pub const VIEWS_MAX: usize = 20;

/// The most letters of a view's name.
pub const VIEW_NAME_MAX: usize = 60;

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
