//! Reading the forms of a case. Field names here are the names in the page.

use super::*;
use crate::{
    form::{Fault, FieldProblem, FormValues, Reader},
    moment::Day,
};

const LINE: usize = 200;
const NARRATIVE: usize = 20_000;

/// What is needed to judge the form that opens a case.
pub struct OpenCaseForm<'a> {
    /// The day it is today.
    pub today: Day,
    /// The purposes under which cases may be opened.
    pub purposes: &'a [Purpose],
    /// The signals that may be chosen.
    pub candidates: &'a [SignalHead],
    /// The people who may be in a team.
    pub people: &'a [PersonId],
}

impl OpenCaseForm<'_> {
    /// Reads the form: `title`, `summary`, `purpose`, `reasons`, `signal` (several), `member` (several), and per
    /// chosen signal the fields of [`LinkForm`].
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn read(&self, values: &FormValues) -> Result<NewCase, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let title = form.required("title", LINE);
        let summary = form.optional("summary", NARRATIVE);
        let reasons = form.required("reasons", NARRATIVE);
        let purpose = form.choice("purpose", |code| self.purposes.iter().find(|one| one.id.to_string() == code));
        if purpose.is_some_and(|purpose| !purpose.in_force(self.today)) {
            form.fault("purpose", Fault::PurposeNotInForce);
        }
        let mut chosen = values.all("signal").to_vec();
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() {
            form.fault("signal", Fault::Required);
        }
        let mut links = Vec::new();
        for code in &chosen {
            match self.candidates.iter().find(|head| head.id.to_string() == *code) {
                Some(head) => links.extend(LinkForm { signal: head }.read_into(&mut form, values)),
                None => form.fault("signal", Fault::NotAChoice),
            }
        }
        let team = team(&mut form, values, self.people);
        let case = purpose.map(|purpose| NewCase { title, summary, purpose: purpose.id, reasons, links, team });
        form.finish(case)
    }
}

/// Reads the boxes `member`: the people chosen for a team, among those who may be in one.
fn team(form: &mut Reader<'_>, values: &FormValues, people: &[PersonId]) -> Vec<PersonId> {
    let mut team = Vec::new();
    for code in values.all("member") {
        match code.parse().ok().filter(|id| people.contains(id)) {
            Some(id) if !team.contains(&id) => team.push(id),
            Some(_) => {}
            None => form.fault("member", Fault::NotAChoice),
        }
    }
    team
}

/// Reads a whole team form (`member`, several).
///
/// # Errors
/// Somebody chosen who may not be in a team.
pub fn read_team(values: &FormValues, people: &[PersonId]) -> Result<Vec<PersonId>, Vec<FieldProblem>> {
    let mut form = Reader::new(values);
    let chosen = team(&mut form, values, people);
    form.finish(Some(chosen))
}

/// What is needed to judge the link of one signal: the signal, as it may be chosen.
pub struct LinkForm<'a> {
    /// The signal; its `offered` bounds what can be shared.
    pub signal: &'a SignalHead,
}

impl LinkForm<'_> {
    /// Reads `link.<signal>.version` (the version that was on the screen), `link.<signal>.<criterion>` (`yes` or `no`), `link.<signal>.<criterion>-reasons` and
    /// `link.<signal>.field` (several).
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn read(&self, values: &FormValues) -> Result<NewLink, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let link = self.read_into(&mut form, values);
        form.finish(link)
    }

    fn read_into(&self, form: &mut Reader<'_>, values: &FormValues) -> Option<NewLink> {
        let field = |part: &str| format!("link.{}.{part}", self.signal.id);
        if values.text(&field("version")) != self.signal.version.to_string() {
            form.fault(field(Criterion::Compatibility.code()), Fault::ChangedSince);
        }
        let mut test = Vec::new();
        for criterion in Criterion::ALL.iter().copied() {
            let name = field(criterion.code());
            let answer = |code: &str| match code {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let met = form.choice(&name, answer);
            if met == Some(false) {
                form.fault(name, Fault::TestFailed);
            }
            let reasons = form.required(&field(&format!("{}-reasons", criterion.code())), NARRATIVE);
            test.extend(met.map(|met| Judgement { criterion, met, reasons }));
        }
        let mut shared = Vec::new();
        for code in values.all(&field("field")) {
            match SignalField::from_code(code) {
                Some(one) if self.signal.offered.contains(&one) => shared.push(one),
                Some(_) => form.fault(field("field"), Fault::NotOffered),
                None => form.fault(field("field"), Fault::NotAChoice),
            }
        }
        shared.sort_unstable();
        shared.dedup();
        if shared.is_empty() {
            form.fault(field("field"), Fault::Required);
        }
        (test.len() == Criterion::ALL.len()).then_some(NewLink {
            signal: self.signal.id,
            version: self.signal.version,
            test: PurposeTest(test),
            shared,
        })
    }
}

/// The form that ends a link.
pub struct UnlinkForm;

impl UnlinkForm {
    /// Reads `reason`.
    ///
    /// # Errors
    /// No reason, or one that is too long.
    pub fn read(values: &FormValues) -> Result<String, Vec<FieldProblem>> {
        let mut form = Reader::new(values);
        let reason = form.required("reason", NARRATIVE);
        form.finish(Some(reason))
    }
}
