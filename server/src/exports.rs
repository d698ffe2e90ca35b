//! What leaves Plein as a file.
//!
//! A writer here turns what was read under a permit into bytes and does nothing else: it asks no permission, writes no
//! log line and knows no clock. What must never happen here: a file that does not say whose it is, who took it out, when
//! and for what; or a word of the interface, for those are handed in.

pub(crate) mod docx;

use plein_domain::{moment::Moment, plan::Section};

/// One version of a plan of approach, on its way out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlanExport<'a> {
    /// The municipality's name.
    pub(crate) municipality: &'a str,
    /// What the municipality calls its LIP.
    pub(crate) lip: &'a str,
    /// The case's reference.
    pub(crate) case_reference: &'a str,
    /// The case's title.
    pub(crate) case_title: &'a str,
    /// The name of the purpose for which it is taken out.
    pub(crate) purpose: &'a str,
    /// Which version it is, in words: "Versie 3, vastgesteld".
    pub(crate) version: &'a str,
    /// What was written.
    pub(crate) sections: &'a [Section],
    /// The name of who takes it out.
    pub(crate) exporter: &'a str,
    /// Their department.
    pub(crate) department: &'a str,
    /// When, as people read it.
    pub(crate) exported_at: &'a str,
    /// When, for the file's properties.
    pub(crate) moment: Moment,
    /// By what the export can be found in the log of viewings.
    pub(crate) export_id: &'a str,
    /// What language the fixed words are in, and the plan is taken to be in.
    pub(crate) language: Language,
    /// The fixed words.
    pub(crate) labels: PlanLabels<'a>,
}

/// The fixed words of an exported plan, in the language of the reader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlanLabels<'a> {
    /// What the document is: "Plan van aanpak".
    pub(crate) document: &'a str,
    /// "Casus".
    pub(crate) case: &'a str,
    /// "Doel".
    pub(crate) purpose: &'a str,
    /// "Versie".
    pub(crate) version: &'a str,
    /// "Geëxporteerd door".
    pub(crate) exported_by: &'a str,
    /// "Geëxporteerd op".
    pub(crate) exported_at: &'a str,
    /// "Export", before its id.
    pub(crate) export_id: &'a str,
    /// "Pagina", before the number.
    pub(crate) page: &'a str,
    /// "van", between the page and how many there are.
    pub(crate) of: &'a str,
    /// "Hier is nog niets geschreven."
    pub(crate) nothing_written: &'a str,
    /// The sentence that says what the document may be used for.
    pub(crate) limitation: &'a str,
}

/// A language that the interface has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
}

impl Language {
    /// As BCP 47 and word processors write it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl-NL",
            Self::English => "en-GB",
        }
    }
}

/// The file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the file could not be written: {0}")]
pub(crate) struct Unwritten(#[from] zip::result::ZipError);
