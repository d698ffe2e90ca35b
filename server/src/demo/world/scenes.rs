//! Signals in parts: for each thing that departments see again and again, a few ways to say it. A [`Recipe`] chooses
//! among them and names whom it is about, so that hundreds of signals differ as people's words do.

mod homes;
mod money;
mod streets;
mod work;

use super::{
    Failure,
    cast::{Cast, Trade, Who},
    signals::{self, About, Signal},
};
use plein_domain::{
    form::FormValues,
    ids::{PersonId, PurposeId},
    moment::Day,
    purpose::DataCategory,
    signal::{Origin, SignalField},
    subject::SubjectRole::{self, *},
};

/// Something a department sees again and again. In its texts `{bedrijf}`, `{naam}`, `{straat}`, `{auto}`, `{aantal}`,
/// `{bedrag}` and `{weken}` stand for what differs.
pub(super) struct Scene {
    /// What tables call it.
    pub key: &'static str,
    /// Who logs it.
    pub by: &'static [PersonId],
    /// Its phenomenon's code.
    pub phenomenon: &'static str,
    /// The processing under which the department collects it.
    pub purpose: PurposeId,
    pub categories: &'static [DataCategory],
    /// The ground for special or criminal data.
    pub ground: &'static str,
    pub origin: Origin,
    pub reporter: &'static str,
    pub offered: &'static [SignalField],
    /// What companies in it are called after.
    pub trade: Trade,
    /// Whom and what it is about.
    pub about: &'static [Part],
    pub summaries: &'static [&'static str],
    /// How the facts begin.
    pub openings: &'static [&'static str],
    /// How they go on.
    pub details: &'static [&'static str],
    pub suspicions: &'static [&'static str],
    /// Risk to officials; each as often as any other, so that an empty one makes it rarer.
    pub risks: &'static [&'static str],
}

/// A subject, as it comes out of the cast.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// The company by its number in the trade register.
    Company(SubjectRole),
    /// The person by citizen service number.
    Person(SubjectRole),
    /// The person by date of birth, where the department has no citizen service number.
    PersonBorn(SubjectRole),
    /// The address.
    Address(&'static str),
    Car,
    Phone,
    Account,
    /// Somebody without a name, as told here.
    Unnamed(SubjectRole, &'static str),
}

/// One signal to be composed: which scene, about whom, and which of the ways to say it.
#[derive(Clone, Copy)]
pub(super) struct Recipe {
    /// What the story calls the signal, where it comes back to it.
    pub key: &'static str,
    pub scene: &'static Scene,
    pub who: Who,
    /// How often the scene was used before.
    pub turn: u32,
    /// Whether the department offers any of it; what belongs to nothing yet it often keeps to itself.
    pub offers: bool,
}

/// All scenes.
pub(super) fn all() -> impl Iterator<Item = &'static Scene> + Clone {
    [homes::SCENES, work::SCENES, money::SCENES, streets::SCENES].into_iter().flatten()
}

/// The scene of this key.
///
/// # Errors
/// A table names one that is not there.
pub(super) fn called(key: &str) -> Result<&'static Scene, Failure> {
    all().find(|scene| scene.key == key).ok_or_else(|| format!("there is no scene called {key}").into())
}

/// One of these: each `step` turns the next one.
fn turned<'a>(all: &[&'a str], turn: u32, step: u32) -> &'a str {
    let count = u32::try_from(all.len()).unwrap_or(1).max(1);
    // Every round begins one further, so that the parts meet in other pairs.
    usize::try_from((turn / step) % count).ok().and_then(|at| all.get(at)).copied().unwrap_or_default()
}

/// With a capital at the beginning of each sentence.
fn begun(text: &str) -> String {
    let mut begins = true;
    let mut said = String::with_capacity(text.len());
    for c in text.chars() {
        if begins && c.is_alphanumeric() {
            said.extend(c.to_uppercase());
            begins = false;
        } else {
            begins = (begins && c == ' ') || c == '.';
            said.push(c);
        }
    }
    said
}

const COUNTS: [&str; 9] = ["drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf"];

impl Recipe {
    /// What is typed into the form, on this day.
    pub(super) fn form(&self, today: Day) -> FormValues {
        let scene = self.scene;
        let cast = Cast::of(self.who, scene.trade);
        let mut dice = cast.dice.clone();
        let count = dice.one_of(&COUNTS).unwrap_or("drie");
        let sum = (dice.below(180) + 12) * 250;
        let amount =
            if sum < 1_000 { format!("{sum} euro") } else { format!("{}.{:03} euro", sum / 1_000, sum % 1_000) };
        let weeks = ["drie weken", "een maand", "zes weken", "twee maanden"];
        let weeks = dice.one_of(&weeks).unwrap_or("een maand");
        let fill = |text: &str| {
            [
                ("{bedrijf}", &*cast.company),
                ("{naam}", &*cast.person),
                ("{straat}", &*cast.street),
                ("{auto}", &*cast.car),
                ("{aantal}", count),
                ("{bedrag}", &*amount),
                ("{weken}", weeks),
            ]
            .into_iter()
            .fold(text.to_owned(), |text, (slot, value)| text.replace(slot, value))
        };
        let fill = |text: &str| begun(&fill(text));
        let turn = self.turn;
        let openings = u32::try_from(scene.openings.len()).unwrap_or(1).max(1);
        let opening = turned(scene.openings, turn, 1);
        let detail = turned(scene.details, turn + turn / openings, 1);
        let subjects: Vec<About<'_>> = scene.about.iter().map(|part| part.subject(&cast)).collect();
        let received = u16::try_from(dice.below(4)).unwrap_or_default();
        let place = format!("{}, {} Lierveen", cast.street, cast.postcode);
        Signal {
            key: self.key,
            phenomenon: scene.phenomenon,
            summary: &fill(turned(scene.summaries, turn, 1)),
            facts: &fill(&format!("{opening} {detail}")),
            suspicion: &fill(turned(scene.suspicions, turn, 2)),
            origin: scene.origin.clone(),
            reporter: scene.reporter,
            days: (received, Some(received + u16::try_from(dice.below(9)).unwrap_or_default())),
            place: &place,
            risk: &fill(turned(scene.risks, turn, 1)),
            purpose: scene.purpose,
            categories: scene.categories,
            ground: scene.ground,
            offered: if self.offers { scene.offered } else { &[] },
            subjects: &subjects,
        }
        .form(today)
    }
}

impl Part {
    fn subject<'a>(self, cast: &'a Cast) -> About<'a> {
        match self {
            Self::Company(role) => signals::company(role, &cast.company, &cast.kvk),
            Self::Person(role) => signals::person(role, &cast.person).bsn(&cast.bsn),
            Self::PersonBorn(role) => signals::person(role, &cast.person).born(&cast.born),
            Self::Address(name) => signals::address(Involved, name, &cast.address),
            Self::Car => signals::vehicle(Involved, &cast.car, &cast.plate),
            Self::Phone => signals::phone(Involved, "Telefoonnummer", &cast.phone),
            Self::Account => signals::account(Involved, "Bankrekening", &cast.iban),
            Self::Unnamed(role, name) => signals::person(role, name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_scene_has_its_own_key_and_ways_enough_to_differ() {
        let keys: HashSet<_> = all().map(|scene| scene.key).collect();
        assert_eq!(keys.len(), all().count());
        for scene in all() {
            for parts in [scene.openings, scene.details] {
                assert!(parts.len() >= 3, "{}", scene.key);
            }
            assert!(!scene.by.is_empty() && !scene.risks.is_empty(), "{}", scene.key);
            let facts: HashSet<String> = (0..9)
                .map(|turn| {
                    Recipe { key: "", scene, who: Who::Loose(7), turn, offers: true }
                        .form(day())
                        .text("facts")
                        .to_owned()
                })
                .collect();
            assert_eq!(facts.len(), 9, "{}: nine turns, nine texts", scene.key);
        }
    }

    #[test]
    fn no_slot_is_left_open_and_nothing_is_empty() {
        for (scene, turn) in all().flat_map(|scene| (0..12).map(move |turn| (scene, turn))) {
            let form = Recipe { key: "", scene, who: Who::Loose(turn), turn, offers: true }.form(day());
            for field in ["summary", "facts", "suspicion"] {
                let text = form.text(field);
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{} {field}: {text}", scene.key);
            }
            assert!(form.text("summary").chars().count() <= 120, "{}", form.text("summary"));
        }
    }

    fn day() -> Day {
        "2026-11-24".parse().expect("a day")
    }
}
