//! The people of Lierveen's town hall who work with Plein.

use super::{Failure, Kind, id, municipality::*};
use plein_domain::{
    ids::{DepartmentId, PersonId},
    people::Role::{self, *},
};
use plein_vault::store::{Directory, NewPerson};

/// Coordinates, and does nothing else.
pub(super) const MARIT: PersonId = person(1);
/// Coordinates, and logs signals of public order.
pub(super) const JOOST: PersonId = person(2);
/// Permits.
pub(super) const SANNE: PersonId = person(3);
/// Permits.
pub(super) const KEES: PersonId = person(4);
/// Enforcement.
pub(super) const DENNIS: PersonId = person(5);
/// Civil registry.
pub(super) const ILSE: PersonId = person(6);
/// Taxes.
pub(super) const SAMIRA: PersonId = person(7);
/// Taxes.
pub(super) const WOUTER: PersonId = person(8);
/// Work and income.
pub(super) const HANNEKE: PersonId = person(9);
/// Youth and care.
pub(super) const RAVI: PersonId = person(10);
/// Property.
pub(super) const LOTTE: PersonId = person(11);
/// Economy.
pub(super) const THIJS: PersonId = person(12);
/// Legal affairs (Bibob).
pub(super) const BRAM: PersonId = person(13);
/// Privacy officer.
pub(super) const MIRJAM: PersonId = person(14);
/// Data protection officer (FG), and nothing else.
pub(super) const EVERT: PersonId = person(15);
/// Administrator, and nothing else.
pub(super) const PETRA: PersonId = person(16);

const fn person(number: u8) -> PersonId {
    PersonId(id(Kind::Person, number))
}

const PEOPLE: [(PersonId, &str, DepartmentId, &[Role]); 16] = [
    (MARIT, "Marit Vaargeul", PUBLIC_ORDER, &[Coordinator]),
    (JOOST, "Joost Wilgentak", PUBLIC_ORDER, &[Member, Coordinator]),
    (SANNE, "Sanne Brugwachter", PERMITS, &[Member]),
    (KEES, "Kees Oeverzwaluw", PERMITS, &[Member]),
    (DENNIS, "Dennis Molenwiek", ENFORCEMENT, &[Member]),
    (ILSE, "Ilse Torenvalk", CIVIL_REGISTRY, &[Member]),
    (SAMIRA, "Samira Kleiweg", TAXES, &[Member]),
    (WOUTER, "Wouter Dijkpeil", TAXES, &[Member]),
    (HANNEKE, "Hanneke Zilverlinde", WORK_AND_INCOME, &[Member]),
    (RAVI, "Ravi Polderlicht", YOUTH_AND_CARE, &[Member]),
    (LOTTE, "Lotte Graszoom", PROPERTY, &[Member]),
    (THIJS, "Thijs Marktkraam", ECONOMY, &[Member]),
    (BRAM, "Bram Waterpas", LEGAL, &[Member]),
    (MIRJAM, "Mirjam Kruisbes", LEGAL, &[PrivacyOfficer]),
    (EVERT, "Evert Schoonschrift", LEGAL, &[Fg]),
    (PETRA, "Petra Sluiswachter", PUBLIC_ORDER, &[Administrator]),
];

/// Enters everybody.
///
/// # Errors
/// A database is out of reach or not empty.
pub(super) async fn enter(directory: &Directory) -> Result<(), Failure> {
    for (position, (id, name, department, roles)) in (1..).zip(PEOPLE) {
        let person = NewPerson { id, name: name.into(), department, roles: roles.to_vec() };
        directory.add_person(&person, position).await?;
    }
    // Who supervises does not review themselves.
    if !directory.set_reviewer_of_fg(MIRJAM).await? {
        return Err("nobody reviews the data protection officer".into());
    }
    Ok(())
}

/// The name of somebody, for a message.
pub(super) fn name(person: PersonId) -> &'static str {
    PEOPLE.iter().find(|(id, ..)| *id == person).map_or("somebody unknown", |(_, name, ..)| name)
}
