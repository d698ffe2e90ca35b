//! Departments and phenomena, as a municipality might list them.

use super::{Failure, Kind, id};
use plein_domain::{
    ids::DepartmentId,
    people::Department,
    ports::{Contact, Installation},
};
use plein_vault::store::Directory;

/// What pages tell about this installation. The domain `example` and the postcode can be nobody's.
pub fn installation() -> Installation {
    Installation {
        municipality: "Gemeente Lierveen".into(),
        plein_name: "Lokaal Informatie Plein".into(),
        demo: true,
        contact: Contact {
            address: "Postbus 1, 0000 AA Lierveen".into(),
            email: "gemeente@lierveen.example".into(),
            privacy: "privacy@lierveen.example".into(),
            fg: "fg@lierveen.example".into(),
        },
        sessions: plein_domain::ports::SessionLimits::default(),
        tour: Vec::new(),
    }
}

pub(super) const PUBLIC_ORDER: DepartmentId = department(1);
pub(super) const PERMITS: DepartmentId = department(2);
pub(super) const ENFORCEMENT: DepartmentId = department(3);
pub(super) const CIVIL_REGISTRY: DepartmentId = department(4);
pub(super) const TAXES: DepartmentId = department(5);
pub(super) const WORK_AND_INCOME: DepartmentId = department(6);
pub(super) const YOUTH_AND_CARE: DepartmentId = department(7);
pub(super) const PROPERTY: DepartmentId = department(8);
pub(super) const ECONOMY: DepartmentId = department(9);
pub(super) const LEGAL: DepartmentId = department(10);

const fn department(number: u8) -> DepartmentId {
    DepartmentId(id(Kind::Department, number))
}

const DEPARTMENTS: [(DepartmentId, &str); 10] = [
    (PUBLIC_ORDER, "Openbare orde en veiligheid"),
    (PERMITS, "Vergunningen"),
    (ENFORCEMENT, "Toezicht en handhaving"),
    (CIVIL_REGISTRY, "Burgerzaken (BRP)"),
    (TAXES, "Belastingen"),
    (WORK_AND_INCOME, "Werk en inkomen"),
    (YOUTH_AND_CARE, "Jeugd en zorg (Wmo)"),
    (PROPERTY, "Vastgoed en grondzaken"),
    (ECONOMY, "Economie"),
    (LEGAL, "Juridische zaken (Bibob)"),
];

/// Enters departments and phenomena.
///
/// # Errors
/// The database is out of reach or not empty.
pub(super) async fn enter(directory: &Directory) -> Result<(), Failure> {
    for (position, (id, name)) in (1..).zip(DEPARTMENTS) {
        directory.add_department(&Department { id, name: name.into() }, position).await?;
    }
    crate::founding::phenomena(directory).await?;
    Ok(())
}
