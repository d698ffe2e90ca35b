//! Subjects that are seen in several linked signals of one case: found by the same identifier, judged by people, never merged.
//!
//! Compared is what the links share and the team reads, and nothing else: neither what a signal says now, nor what other signals
//! hold. An identifier has one spelling, so equal is equal.

use crate::{
    identifier::Identifier,
    ids::{LinkId, Reference},
    moment::Moment,
    subject::Subject,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};
use uuid::Uuid;

codes! {
    /// What somebody of the team thinks of subjects that share an identifier.
    SubjectVerdict {
        /// They are the same.
        Same = "same",
        /// They are not.
        Different = "different",
        /// It cannot be told yet.
        Undecided = "undecided",
    }
}

/// A subject where it stands: in which link, at which place of what that shares, from 0. A link shares one version, so the place is
/// for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Occurrence {
    /// The link.
    pub link: LinkId,
    /// The place.
    pub place: u32,
}

/// Where subjects stand that are judged together, in order: by this a judgement is found again. Another signal that holds the same
/// identifier makes another group, which nobody has judged yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Group(BTreeSet<Occurrence>);

impl Group {
    /// The occurrences.
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence> {
        self.0.iter().copied()
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, one) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{}:{}", one.link, one.place)?;
        }
        Ok(())
    }
}

impl FromStr for Group {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let one = |text: &str| {
            let (link, place) = text.split_once(':').ok_or(())?;
            Ok(Occurrence { link: link.parse().map_err(|_| ())?, place: place.parse().map_err(|_| ())? })
        };
        text.split(',').map(one).collect::<Result<_, ()>>().map(Self)
    }
}

/// Subjects of several signals with the identifiers that they all share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Where they stand.
    pub group: Group,
    /// What they share; at least one.
    pub identifiers: Vec<Identifier>,
}

/// The subjects that share an identifier with one of another link.
pub fn seen_in_several<'a>(links: impl IntoIterator<Item = (LinkId, &'a [Subject])>) -> Vec<Shared> {
    let mut holders: BTreeMap<(&str, String), (Identifier, BTreeSet<Occurrence>)> = BTreeMap::new();
    for (link, subjects) in links {
        for (place, subject) in (0_u32..).zip(subjects) {
            for identifier in &subject.identifiers {
                let spelled = (identifier.kind().code(), identifier.normalised().to_owned());
                let (_, held) = holders.entry(spelled).or_insert_with(|| (identifier.clone(), BTreeSet::new()));
                held.insert(Occurrence { link, place });
            }
        }
    }
    let mut groups: BTreeMap<Group, Vec<Identifier>> = BTreeMap::new();
    for (identifier, held) in holders.into_values() {
        let links: BTreeSet<LinkId> = held.iter().map(|one| one.link).collect();
        if links.len() > 1 {
            groups.entry(Group(held)).or_default().push(identifier);
        }
    }
    groups.into_iter().map(|(group, identifiers)| Shared { group, identifiers }).collect()
}

/// A judgement that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Its identity.
    pub id: Uuid,
    /// What was judged.
    pub verdict: SubjectVerdict,
    /// The name of who did.
    pub by: String,
    /// The name of their department then.
    pub department: String,
    /// When.
    pub at: Moment,
}

/// Subjects that share an identifier, as the team reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenView {
    /// Where they stand.
    pub group: Group,
    /// The subjects, each with the signal's reference.
    pub subjects: Vec<(Reference, Subject)>,
    /// The identifiers that they share.
    pub identifiers: Vec<Identifier>,
    /// What was judged last; nothing while nobody has, or when it was undone.
    pub judged: Option<Judged>,
}

/// How judging ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JudgeAct {
    /// It stands.
    Done,
    /// Somebody else judged it meanwhile, or the signals are not linked any more: nothing was written.
    Overtaken,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        identifier::IdentifierKind,
        subject::{SubjectKind, SubjectRole},
    };
    use proptest::prelude::*;

    fn subject(phones: &[&str]) -> Subject {
        let identifiers = phones.iter().filter_map(|phone| Identifier::parse(IdentifierKind::Phone, phone).ok());
        let (kind, role) = (SubjectKind::Person, SubjectRole::Involved);
        Subject { kind, role, name: String::new(), identifiers: identifiers.collect() }
    }

    fn link(number: u128) -> LinkId {
        LinkId(Uuid::from_u128(number))
    }

    fn groups(links: &[(u128, Vec<Subject>)]) -> Vec<Shared> {
        seen_in_several(links.iter().map(|(number, subjects)| (link(*number), subjects.as_slice())))
    }

    #[test]
    fn subjects_of_two_signals_are_found_by_their_identifier_however_it_was_typed() {
        let found = groups(&[
            (1, vec![subject(&["0612345678"]), subject(&["0101234567"])]),
            (2, vec![subject(&["+31 6 1234 5678"])]),
        ]);
        assert_eq!(found.len(), 1);
        let places: Vec<_> = found[0].group.occurrences().map(|one| (one.link, one.place)).collect();
        assert_eq!(places, [(link(1), 0), (link(2), 0)]);
    }

    #[test]
    fn two_subjects_of_one_signal_are_not_seen_in_several() {
        assert_eq!(groups(&[(1, vec![subject(&["0612345678"]), subject(&["0612345678"])])]), []);
    }

    #[test]
    fn what_shares_two_identifiers_is_one_group_and_a_third_signal_makes_another() {
        let both = subject(&["0612345678", "0101234567"]);
        let found = groups(&[(1, vec![both.clone()]), (2, vec![both])]);
        assert_eq!((found.len(), found[0].identifiers.len()), (1, 2));
        let both = subject(&["0612345678", "0101234567"]);
        let found = groups(&[(1, vec![both.clone()]), (2, vec![both]), (3, vec![subject(&["0101234567"])])]);
        let sizes: Vec<_> = found.iter().map(|one| one.group.occurrences().count()).collect();
        assert_eq!(sizes, [2, 3]);
    }

    proptest! {
        #[test]
        fn groups_are_exactly_the_identifiers_that_two_links_hold(
            held in prop::collection::vec(prop::collection::vec(0_u8..6, 0..4), 0..6)
        ) {
            let phone = |number: &u8| format!("061234567{number}");
            let links: Vec<(u128, Vec<Subject>)> = (1..).zip(&held).map(|(number, phones)| {
                (number, phones.iter().map(|one| subject(&[&phone(one)])).collect())
            }).collect();
            let found: BTreeSet<String> = groups(&links).iter()
                .flat_map(|one| one.identifiers.iter().map(|identifier| identifier.normalised().to_owned())).collect();
            let expected: BTreeSet<String> = (0..6_u8)
                .filter(|one| held.iter().filter(|phones| phones.contains(one)).count() > 1)
                .flat_map(|one| subject(&[&phone(&one)]).identifiers)
                .map(|identifier| identifier.normalised().to_owned()).collect();
            prop_assert_eq!(found, expected);
            for one in groups(&links) {
                prop_assert_eq!(one.group.to_string().parse(), Ok(one.group));
            }
        }

        #[test]
        fn nothing_that_is_typed_breaks_the_reading_of_a_group(text in "\\PC{0,80}") {
            if let Ok(group) = text.parse::<Group>() {
                prop_assert_eq!(group.to_string().parse(), Ok(group));
            }
        }
    }
}
