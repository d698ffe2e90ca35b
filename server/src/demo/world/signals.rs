//! How a signal stands in the tables, and the form it is typed into.

use super::{Failure, calendar::earlier, signals_homes, signals_streets, signals_trade, signals_work};
use plein_domain::{
    form::FormValues, identifier::*, ids::*, moment::Day, purpose::DataCategory, signal::*, subject::*,
};

/// A signal as its department logs it.
pub(super) struct Signal<'a> {
    /// What the story calls it.
    pub key: &'a str,
    /// Its phenomenon's code.
    pub phenomenon: &'a str,
    /// One line.
    pub summary: &'a str,
    /// What was observed.
    pub facts: &'a str,
    /// What it may mean.
    pub suspicion: &'a str,
    /// How it came to be known.
    pub origin: Origin,
    /// Who reported it; often not known.
    pub reporter: &'a str,
    /// Days before it was logged on which it was received, and, if known, observed.
    pub days: (u16, Option<u16>),
    /// Where.
    pub place: &'a str,
    /// Risk to officials.
    pub risk: &'a str,
    /// The processing under which the department collected it.
    pub purpose: PurposeId,
    /// Categories of personal data.
    pub categories: &'a [DataCategory],
    /// The ground for special or criminal data.
    pub ground: &'a str,
    /// What the department offers.
    pub offered: &'a [SignalField],
    /// Whom and what it is about.
    pub subjects: &'a [About<'a>],
}

/// A subject as it is typed.
pub(super) struct About<'a> {
    kind: SubjectKind,
    role: SubjectRole,
    name: &'a str,
    identifier: Option<(IdentifierKind, &'a str)>,
    born: &'a str,
}

const fn about(kind: SubjectKind, role: SubjectRole, name: &str) -> About<'_> {
    About { kind, role, name, identifier: None, born: "" }
}

/// A natural person.
pub(super) const fn person(role: SubjectRole, name: &str) -> About<'_> {
    about(SubjectKind::Person, role, name)
}

/// An organisation by its number in the trade register.
pub(super) const fn company<'a>(role: SubjectRole, name: &'a str, kvk: &'a str) -> About<'a> {
    about(SubjectKind::Organisation, role, name).known_by(IdentifierKind::Kvk, kvk)
}

/// Premises by postcode and house number.
pub(super) const fn address<'a>(role: SubjectRole, name: &'a str, typed: &'a str) -> About<'a> {
    about(SubjectKind::Premises, role, name).known_by(IdentifierKind::PostcodeNumber, typed)
}

/// Premises by their number in the register of addresses and buildings.
pub(super) const fn building<'a>(role: SubjectRole, name: &'a str, bag: &'a str) -> About<'a> {
    about(SubjectKind::Premises, role, name).known_by(IdentifierKind::Bag, bag)
}

/// A vehicle by its plate.
pub(super) const fn vehicle<'a>(role: SubjectRole, name: &'a str, plate: &'a str) -> About<'a> {
    about(SubjectKind::Vehicle, role, name).known_by(IdentifierKind::Plate, plate)
}

/// A telephone.
pub(super) const fn phone<'a>(role: SubjectRole, name: &'a str, number: &'a str) -> About<'a> {
    about(SubjectKind::Phone, role, name).known_by(IdentifierKind::Phone, number)
}

/// A bank account.
pub(super) const fn account<'a>(role: SubjectRole, name: &'a str, iban: &'a str) -> About<'a> {
    about(SubjectKind::Account, role, name).known_by(IdentifierKind::Iban, iban)
}

impl<'a> About<'a> {
    const fn known_by(mut self, kind: IdentifierKind, typed: &'a str) -> Self {
        self.identifier = Some((kind, typed));
        self
    }

    /// With a citizen service number.
    pub(super) const fn bsn(self, number: &'a str) -> Self {
        self.known_by(IdentifierKind::Bsn, number)
    }

    /// With a date of birth.
    pub(super) const fn born(mut self, day: &'a str) -> Self {
        self.born = day;
        self
    }
}

/// Channel, kind of reporter, source of knowledge and reliability.
pub(super) const fn origin(
    channel: Channel,
    reporter_kind: ReporterKind,
    source: KnowledgeSource,
    reliability: Reliability,
) -> Origin {
    Origin { channel, reporter_kind, source, reliability }
}

/// What departments usually offer: enough to see whether a signal fits, without origin and risk.
pub(super) const USUAL: &[SignalField] = &[
    SignalField::Summary,
    SignalField::Facts,
    SignalField::Suspicion,
    SignalField::Observed,
    SignalField::Place,
    SignalField::Subjects,
];

/// The ground for data about offences, for illustration.
pub(super) const OFFENCES: &str = "Artikel 10 AVG; artikel 31 tot en met 33 UAVG. De afdeling heeft deze gegevens \
                                   nodig voor haar eigen wettelijke taak.";

/// Everything but the reporter, who is never shared.
pub(super) const ALL: &[SignalField] = SignalField::ALL;

/// The signal of this key.
///
/// # Errors
/// The story names one that is in no table.
pub(super) fn called(key: &str) -> Result<&'static Signal<'static>, Failure> {
    [signals_homes::SIGNALS, signals_work::SIGNALS, signals_trade::SIGNALS, signals_streets::SIGNALS]
        .into_iter()
        .flatten()
        .find(|signal| signal.key == key)
        .ok_or_else(|| format!("there is no signal called {key}").into())
}

impl Signal<'_> {
    /// What is typed into the form, on this day.
    pub(super) fn form(&self, today: Day) -> FormValues {
        let mut form = FormValues::default();
        let day = |days| earlier(today, days).map_or_else(String::new, |day| day.to_string());
        for (field, value) in [
            ("summary", self.summary),
            ("facts", self.facts),
            ("suspicion", self.suspicion),
            ("place", self.place),
            ("risk", self.risk),
            ("ground", self.ground),
            ("reporter", self.reporter),
            ("phenomenon", self.phenomenon),
            ("channel", self.origin.channel.code()),
            ("reporter-kind", self.origin.reporter_kind.code()),
            ("source", self.origin.source.code()),
            ("reliability", self.origin.reliability.code()),
        ] {
            form.set(field, value);
        }
        form.set("received-on", day(self.days.0));
        form.set("observed-on", self.days.1.map_or_else(String::new, day));
        form.set("original-purpose", self.purpose.to_string());
        self.categories.iter().for_each(|one| form.push("category", one.code()));
        self.offered.iter().for_each(|one| form.push("offered", one.code()));
        for (index, subject) in self.subjects.iter().enumerate() {
            let field = |part: &str| format!("subject.{index}.{part}");
            form.set(field("kind"), subject.kind.code());
            form.set(field("role"), subject.role.code());
            form.set(field("name"), subject.name);
            form.set(field("born"), subject.born);
            if let Some((kind, typed)) = subject.identifier {
                form.set(field("identifier-kind"), kind.code());
                form.set(field("identifier"), typed);
            }
        }
        form
    }
}
