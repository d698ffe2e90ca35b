//! Purposes: why personal data are processed (GDPR art. 5(1)(b)), as the processing register has them, and the
//! purpose a person states before seeing anything.

use crate::{identifier::folded, ids::*, moment::Day};
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    /// Categories of personal data that carry different duties.
    DataCategory {
        /// Ordinary personal data.
        Ordinary = "ordinary",
        /// Special categories (GDPR art. 9).
        Special = "special",
        /// Criminal convictions and offences (GDPR art. 10; UAVG art. 31-33).
        Criminal = "criminal",
        /// The citizen service number (UAVG art. 46; Wabb).
        Bsn = "bsn",
    }
}

codes! {
    /// The legal basis of a processing (GDPR art. 6(1)).
    LegalBasis {
        /// Art. 6(1)(a).
        Consent = "consent",
        /// Art. 6(1)(b).
        Contract = "contract",
        /// Art. 6(1)(c).
        LegalObligation = "legal-obligation",
        /// Art. 6(1)(d).
        VitalInterests = "vital-interests",
        /// Art. 6(1)(e).
        PublicTask = "public-task",
    }
}

/// One entry of the processing register (GDPR art. 30), in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Its identity.
    pub id: PurposeId,
    /// *Hoofdproces*.
    pub main_process: String,
    /// *Onderliggend proces*.
    pub sub_process: String,
    /// *Naam verwerking*.
    pub name: String,
    /// What it is for, specified and explicit.
    pub description: String,
    /// The legal basis.
    pub legal_basis: LegalBasis,
    /// The law or rule that gives the task or power.
    pub legal_reference: String,
    /// How long data are kept, in months after the case ends; nothing when the register says it otherwise, such as for
    /// ever or by the selection list. Cases need a number.
    pub retention_months: Option<u32>,
    /// The categories of personal data it allows.
    pub categories: Vec<DataCategory>,
    /// First day on which it may be used.
    pub valid_from: Day,
    /// Last day on which it may be used; without one, it has no end yet.
    pub valid_until: Option<Day>,
    /// Whether cases of the Lokaal Informatie Plein may be opened under it; otherwise it is a department's own
    /// processing, under which signals come in.
    pub for_cases: bool,
}

impl Purpose {
    /// Whether it may be used on this day.
    pub fn in_force(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| day <= last)
    }
}

/// What somebody looks for in the processing register. A part of a word is enough; neither capitals nor accents count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    /// In the *hoofdproces*; empty for any.
    pub main_process: String,
    /// In the *onderliggend proces*; empty for any.
    pub sub_process: String,
    /// In the *naam verwerking*; empty for any.
    pub name: String,
    /// Only what may, or may not, be used today.
    pub in_force: Option<bool>,
}

impl RegisterFilter {
    /// Whether this entry is looked for.
    pub fn finds(&self, purpose: &Purpose, today: Day) -> bool {
        let within = |sought: &str, text: &str| folded(text).contains(&folded(sought));
        within(&self.main_process, &purpose.main_process)
            && within(&self.sub_process, &purpose.sub_process)
            && within(&self.name, &purpose.name)
            && self.in_force.is_none_or(|wanted| wanted == purpose.in_force(today))
    }
}

/// The purpose a person states before seeing personal data. It is checked, and a wrong one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatedPurpose {
    /// Logging signals and taking them in.
    Intake,
    /// The purpose of one case.
    Case(CaseId),
    /// Supervision by the data protection officer (GDPR art. 39).
    Supervision,
    /// Answering a resident's request (GDPR art. 15-22).
    ResidentsRequest,
    /// Keeping the application in order.
    Administration,
}

impl StatedPurpose {
    /// The kind alone: `intake`, `case`, `supervision`, `residents-request`, `administration`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Case(_) => "case",
            Self::Supervision => "supervision",
            Self::ResidentsRequest => "residents-request",
            Self::Administration => "administration",
        }
    }

    /// The case whose purpose it is.
    pub const fn case(self) -> Option<CaseId> {
        if let Self::Case(case) = self { Some(case) } else { None }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "intake" => Some(Self::Intake),
            "supervision" => Some(Self::Supervision),
            "residents-request" => Some(Self::ResidentsRequest),
            "administration" => Some(Self::Administration),
            _ => code.strip_prefix("case:").and_then(|id| id.parse().ok()).map(Self::Case),
        }
    }
}

impl fmt::Display for StatedPurpose {
    /// `intake`, `case:<id>`, … as in forms and in the log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(case) => write!(f, "case:{case}"),
            other => f.write_str(other.kind()),
        }
    }
}

/// One purpose a person may state for what they are about to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeOption {
    /// What is stated.
    pub stated: StatedPurpose,
    /// For a case: its reference and the name of its purpose in the register.
    pub case: Option<(Reference, String)>,
}
