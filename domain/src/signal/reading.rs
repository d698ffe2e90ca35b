//! Reading the signal form. Field names here are the names in the page.

use super::*;
use crate::{
    form::{Fault, FieldProblem, FormValues, Reader},
    identifier::{Identifier, IdentifierKind},
    purpose::Purpose,
    subject::{SubjectKind, SubjectRole},
};

/// The most subjects one signal can have in the form.
pub const SUBJECTS_MAX: usize = 12;

/// The most places one signal can name.
pub const PLACES_MAX: usize = 10;

const LINE: usize = 200;
const NARRATIVE: usize = 20_000;

/// What is needed to judge a signal form, besides the form.
pub struct SignalForm<'a> {
    /// The day it is today.
    pub today: Day,
    /// The phenomena that can be chosen, by code.
    pub phenomena: &'a [String],
    /// The processings under which the department collects.
    pub purposes: &'a [Purpose],
    /// For a change, the purpose under which the signal stands: then it says why, and that purpose stays right although it
    /// ended, or is for cases by now. What was collected under it was.
    pub stands: Option<PurposeId>,
}

impl SignalForm<'_> {
    /// Reads the form, or tells every problem.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn read(&self, values: &FormValues) -> Result<NewSignal, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let summary = form.required("summary", LINE);
        let facts = form.required("facts", NARRATIVE);
        let suspicion = form.optional("suspicion", NARRATIVE);
        let channel = form.choice("channel", Channel::from_code);
        let reporter_kind = form.choice("reporter-kind", ReporterKind::from_code);
        let reporter = form.optional("reporter", LINE);
        let source = form.choice("source", KnowledgeSource::from_code);
        let reliability = form.choice("reliability", Reliability::from_code);
        let phenomenon = form.choice("phenomenon", |code| self.phenomena.iter().find(|one| *one == code).cloned());
        let received_on = form.past_day("received-on", self.today);
        if received_on.is_none() && values.text("received-on").is_empty() {
            form.fault("received-on", Fault::Required);
        }
        let observed = form.past_day("observed-on", self.today);
        if let (Some(observed), Some(received)) = (observed, received_on)
            && received < observed
        {
            form.fault("received-on", Fault::Before(observed));
        }
        let place = places(&mut form);
        let risk = form.optional("risk", NARRATIVE);
        let purpose =
            form.choice("original-purpose", |code| self.purposes.iter().find(|one| one.id.to_string() == code));
        let categories = several(&mut form, values, "category", DataCategory::from_code);
        let ground = form.optional("ground", NARRATIVE);
        if let Some(purpose) = purpose {
            if !purpose.in_force(self.today) && self.stands != Some(purpose.id) {
                form.fault("original-purpose", Fault::PurposeNotInForce);
            }
            if categories.iter().any(|category| !purpose.categories.contains(category)) {
                form.fault("category", Fault::CategoryNotAllowed);
            }
        }
        if categories.is_empty() {
            form.fault("category", Fault::Required);
        }
        let needs_ground = |one: &DataCategory| matches!(one, DataCategory::Special | DataCategory::Criminal);
        if categories.iter().any(needs_ground) && ground.is_empty() {
            form.fault("ground", Fault::GroundMissing);
        }
        let offered = several(&mut form, values, "offered", SignalField::from_code);
        let checklist = checklist(&mut form, values);
        let why = if self.stands.is_some() { form.required("why", LINE) } else { String::new() };
        let subjects = subjects(&mut form, values, self.today);

        let origin = (|| {
            Some(Origin {
                channel: channel?,
                reporter_kind: reporter_kind?,
                source: source?,
                reliability: reliability?,
            })
        })();
        let signal = (|| {
            let origin = origin?;
            Some(NewSignal {
                content: SignalContent {
                    summary,
                    facts,
                    suspicion,
                    origin,
                    observed,
                    place,
                    subjects,
                    risk,
                    checklist,
                    categories,
                    ground,
                },
                reporter,
                phenomenon: phenomenon?,
                received_on: received_on?,
                original_purpose: purpose?.id,
                offered,
                why,
            })
        })();
        form.finish(signal)
    }
}

/// The chosen values of a group of check boxes, in the order of the boxes.
fn several<T: Copy + Ord>(
    form: &mut Reader<'_>,
    values: &FormValues,
    field: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for code in values.all(field) {
        match find(code) {
            Some(one) => found.push(one),
            None => form.fault(field, Fault::NotAChoice),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Places, one to a line; empty lines are none.
fn places(form: &mut Reader<'_>) -> String {
    let typed = form.optional("place", PLACES_MAX * (LINE + 1));
    let places: Vec<&str> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if places.len() > PLACES_MAX {
        form.fault("place", Fault::TooMany { limit: PLACES_MAX });
    }
    if let Some(typed) = places.iter().map(|place| place.chars().count()).find(|typed| *typed > LINE) {
        form.fault("place", Fault::TooLong { limit: LINE, typed });
    }
    places.join("\n")
}

fn checklist(form: &mut Reader<'_>, values: &FormValues) -> Checklist {
    let mut indicators = Vec::new();
    for group in IndicatorGroup::ALL {
        let of_group = |code: &str| Indicator::from_code(code).filter(|one| one.group() == *group);
        indicators.extend(several(form, values, group.code(), of_group));
    }
    let task = form.optional("task", LINE);
    let territory = match values.text("territory") {
        "" => None,
        _ => form.choice("territory", Territory::from_code),
    };
    Checklist { indicators, task, territory }
}

fn subjects(form: &mut Reader<'_>, values: &FormValues, today: Day) -> Vec<Subject> {
    (0..SUBJECTS_MAX).filter_map(|index| subject(form, values, index, today)).collect()
}

/// The subject at this place of the form; an empty place is no subject and no problem.
fn subject(form: &mut Reader<'_>, values: &FormValues, index: usize, today: Day) -> Option<Subject> {
    let field = |part: &str| format!("subject.{index}.{part}");
    let typed = ["name", "identifier", "born"].iter().any(|part| !values.text(&field(part)).is_empty());
    if !typed {
        return None;
    }
    let kind = form.choice(&field("kind"), SubjectKind::from_code);
    let role = form.choice(&field("role"), SubjectRole::from_code);
    let name = form.optional(&field("name"), LINE);
    let born = form.past_day(&field("born"), today);
    let mut identifiers = Vec::new();
    let typed = values.text(&field("identifier"));
    if !typed.is_empty()
        && let Some(kind) = form.choice(&field("identifier-kind"), IdentifierKind::from_code)
    {
        match Identifier::parse(kind, typed) {
            Ok(identifier) => identifiers.push(identifier),
            Err(fault) => form.fault(field("identifier"), Fault::Identifier(fault)),
        }
    }
    if let Some(born) = born {
        match Identifier::parse(IdentifierKind::NameBirthDate, &format!("{name}|{born}")) {
            Ok(identifier) => identifiers.push(identifier),
            Err(fault) => form.fault(field("name"), Fault::Identifier(fault)),
        }
    }
    Some(Subject { kind: kind?, role: role?, name, identifiers })
}

impl NewSignal {
    /// The form that says the same: what an edit starts from.
    pub fn to_form(&self) -> FormValues {
        let mut form = FormValues::default();
        let content = &self.content;
        for (field, value) in [
            ("summary", &content.summary),
            ("facts", &content.facts),
            ("suspicion", &content.suspicion),
            ("place", &content.place),
            ("risk", &content.risk),
            ("ground", &content.ground),
            ("task", &content.checklist.task),
            ("reporter", &self.reporter),
            ("phenomenon", &self.phenomenon),
        ] {
            form.set(field, value.as_str());
        }
        form.set("channel", content.origin.channel.code());
        form.set("reporter-kind", content.origin.reporter_kind.code());
        form.set("source", content.origin.source.code());
        form.set("reliability", content.origin.reliability.code());
        form.set("received-on", self.received_on.to_string());
        form.set("observed-on", content.observed.map_or_else(String::new, |day| day.to_string()));
        form.set("original-purpose", self.original_purpose.to_string());
        content.categories.iter().for_each(|one| form.push("category", one.code()));
        self.offered.iter().for_each(|one| form.push("offered", one.code()));
        content.checklist.indicators.iter().for_each(|one| form.push(one.group().code(), one.code()));
        form.set("territory", content.checklist.territory.map_or("", Territory::code));
        for (index, subject) in content.subjects.iter().enumerate() {
            form.set(format!("subject.{index}.kind"), subject.kind.code());
            form.set(format!("subject.{index}.role"), subject.role.code());
            form.set(format!("subject.{index}.name"), subject.name.as_str());
            for identifier in &subject.identifiers {
                if identifier.kind() == IdentifierKind::NameBirthDate {
                    let born = identifier.normalised().rsplit('|').next().unwrap_or_default();
                    form.set(format!("subject.{index}.born"), born);
                } else {
                    form.set(format!("subject.{index}.identifier-kind"), identifier.kind().code());
                    form.set(format!("subject.{index}.identifier"), identifier.display());
                }
            }
        }
        form
    }
}
