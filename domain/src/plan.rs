//! The plan of approach (*plan van aanpak*): the joint document of a case, as it is read.

mod talk;
pub use talk::*;

use crate::{
    case::CaseHead,
    ids::*,
    moment::{Day, Moment},
    people::Person,
    version::{Stance, VersionRow},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// The kind of an intervention: by which law it is done.
    InterventionKind {
        /// By the administration: permits, closures, enforcement.
        Administrative = "bestuurlijk",
        /// By criminal law.
        Criminal = "strafrechtelijk",
        /// By tax law.
        Fiscal = "fiscaal",
        /// By private law.
        Private = "privaatrechtelijk",
        /// Prevention and communication.
        Preventive = "preventief",
    }
}

codes! {
    /// How it stands with an intervention.
    InterventionStatus {
        /// Not begun.
        Planned = "planned",
        /// Begun.
        Started = "started",
        /// Done, with a result.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

/// Something that the plan says is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervention {
    /// Its identity.
    pub id: Uuid,
    /// By which law.
    pub kind: InterventionKind,
    /// By which power.
    pub power: String,
    /// The competent body.
    pub body: String,
    /// The department that does it.
    pub department: String,
    /// Who does it.
    pub person: Option<PersonId>,
    /// By when.
    pub due: Option<Day>,
    /// How it stands.
    pub status: InterventionStatus,
    /// What came of it.
    pub result: String,
    /// What is to be done, in words.
    pub description: Vec<Block>,
}

/// The words of the interface that an exported plan needs, in its reader's language.
#[derive(Clone)]
pub struct PlanWords {
    /// Whether they are English; Dutch otherwise.
    pub english: bool,
    /// "Plan van aanpak".
    pub document: String,
    /// "Casus".
    pub case: String,
    /// "Doel".
    pub purpose: String,
    /// "Versie".
    pub version: String,
    /// What it is as long as it is no version: "Concept".
    pub draft: String,
    /// Which version it is, in words.
    pub version_of: std::sync::Arc<dyn Fn(&VersionRow) -> String + Send + Sync>,
    /// The heading over what the departments said, and the names of its columns: department, stance, words, who, when.
    pub positions: [String; 6],
    /// What a department can say.
    pub stances: Vec<(Stance, String)>,
    /// "Geëxporteerd door".
    pub exported_by: String,
    /// "Geëxporteerd op".
    pub exported_at: String,
    /// "Export", before its id.
    pub export_id: String,
    /// "Pagina".
    pub page: String,
    /// "van", between a page and how many there are.
    pub of: String,
    /// What stands in a section in which nothing was written.
    pub nothing_written: String,
    /// What the document may be used for.
    pub limitation: String,
    /// The names of an intervention's fields: description, kind, power, body, department, owner, due, status, result.
    pub intervention: [String; 9],
    /// The kinds of intervention.
    pub kinds: Vec<(InterventionKind, String)>,
    /// How it can stand with one.
    pub statuses: Vec<(InterventionStatus, String)>,
    /// A moment as people read it.
    pub when: std::sync::Arc<dyn Fn(Moment) -> String + Send + Sync>,
    /// A day as people read it.
    pub day: std::sync::Arc<dyn Fn(Day) -> String + Send + Sync>,
}

/// A plan that leaves Plein as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedPlan {
    /// The file's name; nothing personal is in it.
    pub name: String,
    /// A Word document.
    pub bytes: Vec<u8>,
}

impl PlanWords {
    /// The name of a kind of intervention.
    pub fn kind(&self, kind: InterventionKind) -> String {
        self.kinds.iter().find(|(one, _)| *one == kind).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// How it stands, in words.
    pub fn status(&self, status: InterventionStatus) -> String {
        self.statuses.iter().find(|(one, _)| *one == status).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// What a department said, in words.
    pub fn stance(&self, stance: Stance) -> String {
        self.stances.iter().find(|(one, _)| *one == stance).map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl Intervention {
    /// The intervention as a table of its fields, for a document that knows no interventions.
    pub fn as_table(&self, words: &PlanWords, owner: &str) -> Block {
        let said = |text: &str| {
            vec![Block::Paragraph(vec![Inline::Text { text: text.to_owned(), bold: false, italic: false }])]
        };
        let (kind, status) = (words.kind(self.kind), words.status(self.status));
        let values = [
            self.description.clone(),
            said(&kind),
            said(&self.power),
            said(&self.body),
            said(&self.department),
            said(owner),
            said(&self.due.map(|due| (words.day)(due)).unwrap_or_default()),
            said(&status),
            said(&self.result),
        ];
        let row = |(name, blocks): (&String, Vec<Block>)| {
            vec![Cell { header: true, blocks: said(name) }, Cell { header: false, blocks }]
        };
        Block::Table(words.intervention.iter().zip(values).map(row).collect())
    }
}

/// As much of an intervention as can be told without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterventionRow {
    /// Its identity.
    pub id: Uuid,
    /// By which law.
    pub kind: InterventionKind,
    /// Who does it.
    pub person: Option<PersonId>,
    /// By when.
    pub due: Option<Day>,
    /// How it stands.
    pub status: InterventionStatus,
}

/// An intervention that somebody has to do, in *Mijn werk*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueIntervention {
    /// The case in whose plan it stands.
    pub case: CaseId,
    /// The case's reference.
    pub reference: Reference,
    /// The intervention.
    pub row: InterventionRow,
}

/// A version of a template: what sections a new plan has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTemplate {
    /// Its stable code.
    pub code: String,
    /// Its version, from 1; a version never changes.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Its sections, in order.
    pub sections: Vec<TemplateSection>,
}

/// A section of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemplateSection {
    /// Its stable code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether every department in the team gets one of its own.
    #[serde(default)]
    pub per_department: bool,
}

/// A section of one plan: its code and title.
pub type NewSection = (String, String);

impl PlanTemplate {
    /// The sections of a new plan of a case in which these people work; one for each of their departments where the
    /// template says so.
    pub fn sections_for(&self, team: &[Person]) -> Vec<NewSection> {
        let mut departments: Vec<_> = team.iter().map(|person| &person.department).collect();
        departments.sort_by(|one, other| one.name.cmp(&other.name));
        departments.dedup_by_key(|department| department.id);
        let mut sections = Vec::new();
        for section in &self.sections {
            if section.per_department {
                sections.extend(departments.iter().map(|department| {
                    (format!("{}-{}", section.id, department.id), format!("{}: {}", section.title, department.name))
                }));
            } else {
                sections.push((section.id.clone(), section.title.clone()));
            }
        }
        sections
    }
}

impl Plan {
    /// All interventions of the plan, in order, each with the title of its section.
    pub fn interventions(&self) -> impl Iterator<Item = (&str, &Intervention)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(|block| match block {
                Block::Intervention(intervention) => Some((section.title.as_str(), &**intervention)),
                Block::Paragraph(_) | Block::Heading(..) | Block::List { .. } | Block::Table(_) => None,
            })
        })
    }
}

/// A plan as somebody of its team reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// The case's head.
    pub case: CaseHead,
    /// The document; nothing when no plan was begun.
    pub plan: Option<Plan>,
    /// The signals that are linked to the case, to refer to.
    pub signals: Vec<(SignalId, Reference)>,
    /// The team.
    pub team: Vec<Person>,
    /// What was said about it.
    pub talk: Talk,
    /// Who has it open now, each once.
    pub here: Vec<Person>,
    /// The version that was adopted last, and whether the text was changed since.
    pub adopted: Option<(i64, Moment, bool)>,
    /// The version that is before the departments now.
    pub proposed: Option<i64>,
    /// Whether the reader may begin it.
    pub may_begin: bool,
    /// Whether the reader may write in it.
    pub may_write: bool,
}

/// The document and when it was last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// Who began it.
    pub begun_by: String,
    /// When.
    pub begun_at: Moment,
}

/// A section of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its code, unique in the document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What was written.
    pub blocks: Vec<Block>,
    /// Who changed it last, and when; nothing while it is as the template made it.
    pub changed: Option<(String, Moment)>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading below the section's own: level 3 or 4.
    Heading(u8, Vec<Inline>),
    /// A list, numbered or not, of items.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table of rows of cells.
    Table(Vec<Vec<Cell>>),
    /// Something that is to be done.
    Intervention(Box<Intervention>),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Whether it heads its row or column.
    pub header: bool,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A piece of text within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text {
        /// The words.
        text: String,
        /// Bold.
        bold: bool,
        /// Italic.
        italic: bool,
    },
    /// A new line.
    Break,
    /// A signal of the case, by its reference.
    Signal(SignalId, Reference),
}

impl Block {
    /// Whether nothing was written in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Paragraph(text) | Self::Heading(_, text) => text.is_empty(),
            Self::List { items, .. } => items.iter().flatten().all(Self::is_empty),
            Self::Intervention(_) => false,
            Self::Table(rows) => rows.iter().flatten().flat_map(|cell| &cell.blocks).all(Self::is_empty),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Department;

    fn person(number: u128, department: u128, name: &str) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(number)),
            name: String::new(),
            department: Department { id: DepartmentId(Uuid::from_u128(department)), name: name.into() },
            roles: vec![],
        }
    }

    #[test]
    fn every_department_of_the_team_gets_its_own_section_once_by_name() {
        let section = |id: &str, title: &str, per_department| TemplateSection {
            id: id.into(),
            title: title.into(),
            per_department,
        };
        let template = PlanTemplate {
            code: "standard".into(),
            version: 1,
            name: "Plan van aanpak".into(),
            sections: vec![section("goal", "Doel", false), section("approach", "Aanpak", true)],
        };
        let team = [person(1, 7, "Vergunningen"), person(2, 8, "Belastingen"), person(3, 7, "Vergunningen")];
        let titles: Vec<_> = template.sections_for(&team).into_iter().map(|(_, title)| title).collect();
        assert_eq!(titles, ["Doel", "Aanpak: Belastingen", "Aanpak: Vergunningen"]);
        assert_eq!(template.sections_for(&[]).len(), 1);
    }
}
