//! People, their departments and roles.

use crate::ids::*;
use serde::{Deserialize, Serialize};

codes! {
    /// What a person may do. One person can have several, except that the FG has no other
    /// (GDPR art. 38(6): no conflict of interests).
    Role {
        /// Logs signals of the own department; works in cases as a team member (*afdelingsmedewerker*).
        Member = "member",
        /// Takes signals in, opens cases, keeps the team (*regisseur*).
        Coordinator = "coordinator",
        /// Decides privacy checks; may not be the case's coordinator (*privacyfunctionaris*).
        PrivacyOfficer = "privacy-officer",
        /// Data protection officer (*FG*): reads the access log and the register; no content.
        Fg = "fg",
        /// Departments, people, roles; no content (*functioneel beheerder*).
        Administrator = "administrator",
    }
}

/// A department, as everybody who is signed in may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its identity.
    pub id: DepartmentId,
    /// Its Dutch name.
    pub name: String,
}

/// A person who works with Plein, as colleagues may know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where they work.
    pub department: Department,
    /// What they may do.
    pub roles: Vec<Role>,
}

impl Person {
    /// Whether they have this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
