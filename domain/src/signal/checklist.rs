//! The checklist of a signal: what makes it one of undermining, whose task it is, and whether it is local. The model privacy
//! protocol of 2020 asks at intake (W1) for at least one indicator of local anchoring; the department that logs the signal
//! ticks what it sees already, and the coordinator judges it.

use serde::{Deserialize, Serialize};

codes! {
    /// What an indicator tells of a signal.
    IndicatorGroup {
        /// A characteristic of undermining.
        Characteristic = "characteristic",
        /// Anchored in this municipality.
        Anchoring = "anchoring",
        /// A sign that something is amiss.
        Signalling = "signalling",
    }
}

codes! {
    /// One tick of the checklist.
    Indicator {
        /// Harm to institutions.
        Institutions = "institutions",
        /// Harm to the authority of the administration, the police or other bodies.
        Authority = "authority",
        /// Harm to public order.
        PublicOrder = "public-order",
        /// Disruption of structures of society.
        Disruption = "disruption",
        /// Threat, or organised crime.
        Threat = "threat",
        /// An opportunity in how the municipality is run.
        AdministrativeOpportunity = "administrative-opportunity",
        /// An opportunity in a neighbourhood or community.
        SocialOpportunity = "social-opportunity",
        /// An opportunity in local business.
        BusinessOpportunity = "business-opportunity",
        /// A procedure of the municipality that makes it possible.
        Procedures = "procedures",
        /// A place, person, group, family or network from here.
        Involvement = "involvement",
        /// Things that do not fit together.
        Incongruities = "incongruities",
        /// Done on purpose, and in bad faith.
        Malicious = "malicious",
        /// More than once, or by a pattern.
        Systematic = "systematic",
        /// Hidden from sight.
        Latent = "latent",
        /// Several people, places or forms at once.
        Complex = "complex",
    }
}

impl Indicator {
    /// What it tells.
    pub const fn group(self) -> IndicatorGroup {
        match self {
            Self::Institutions | Self::Authority | Self::PublicOrder | Self::Disruption | Self::Threat => {
                IndicatorGroup::Characteristic
            }
            Self::AdministrativeOpportunity
            | Self::SocialOpportunity
            | Self::BusinessOpportunity
            | Self::Procedures
            | Self::Involvement => IndicatorGroup::Anchoring,
            Self::Incongruities | Self::Malicious | Self::Systematic | Self::Latent | Self::Complex => {
                IndicatorGroup::Signalling
            }
        }
    }

    /// Those of a group, in the order of the checklist.
    pub fn of(group: IndicatorGroup) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|one| one.group() == group).collect()
    }
}

codes! {
    /// Where it plays, seen from the municipality.
    Territory {
        /// Within the municipality.
        Within = "within",
        /// In other municipalities too: then the regional centre (RIEC) may have to know.
        Beyond = "beyond",
        /// Outside the municipality alone: not ours to take up.
        Outside = "outside",
    }
}

/// The checklist as its department filled it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// What was ticked, in the order of the checklist.
    pub indicators: Vec<Indicator>,
    /// The municipal task or power it touches, as people write it; may be empty.
    pub task: String,
    /// Where it plays, if that was said.
    pub territory: Option<Territory>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_its_five_and_none_is_in_two() {
        let of = |group: &IndicatorGroup| Indicator::of(*group);
        assert!(IndicatorGroup::ALL.iter().all(|group| of(group).len() == 5));
        let all: Vec<_> = IndicatorGroup::ALL.iter().flat_map(of).collect();
        assert_eq!(all, Indicator::ALL);
    }
}
