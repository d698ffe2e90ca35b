//! What a team says about its plan: comments on passages and on interventions.

use crate::{
    ids::{CaseId, PersonId, Reference},
    moment::Moment,
};
use std::collections::HashMap;
use uuid::Uuid;

/// How many people one comment can mention; who comes after them is not told.
pub const MENTIONS: usize = 20;

/// The comments on a plan, and the names of everybody in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    /// The threads, those whose first comment is oldest first.
    pub threads: Vec<Thread>,
    /// Who is who.
    pub names: HashMap<PersonId, String>,
}

/// A comment with what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its identity.
    pub id: Uuid,
    /// What it hangs on.
    pub about: About,
    /// The code of the section in which that stands; nothing once it is gone from the text.
    pub section: Option<String>,
    /// The words it hangs on, as they were.
    pub quote: String,
    /// Whether it is dealt with.
    pub resolved: bool,
    /// The comments, in order; at least one.
    pub comments: Vec<Comment>,
}

/// What a thread hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Words of the text.
    Passage,
    /// The intervention with this identity.
    Intervention(Uuid),
}

/// What one person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its identity; nothing when it has none that can be one.
    pub id: Option<Uuid>,
    /// Who said it.
    pub by: PersonId,
    /// When, by the clock of whoever said it.
    pub at: Option<Moment>,
    /// What.
    pub said: Vec<Said>,
}

/// A piece of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Words(String),
    /// A person who is mentioned.
    Mention(PersonId),
}

/// A mention, as far as it can be told without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The thread.
    pub thread: Uuid,
    /// The comment.
    pub comment: Uuid,
    /// Who is mentioned.
    pub person: PersonId,
    /// By whom.
    pub by: PersonId,
}

/// A mention that its person has not looked at yet, in *Mijn werk*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnseenMention {
    /// The case in whose plan it stands.
    pub case: CaseId,
    /// The case's reference.
    pub reference: Reference,
    /// The thread.
    pub thread: Uuid,
    /// The name of who mentioned them.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Talk {
    /// The name of somebody in it.
    pub fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("", String::as_str)
    }
}

impl Thread {
    /// Everybody who said something in it or is mentioned.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.comments.iter().flat_map(|comment| std::iter::once(comment.by).chain(comment.mentioned()))
    }

    /// Its mentions, while it is not dealt with. Who mentions themselves is told nothing.
    pub fn mentions(&self) -> impl Iterator<Item = Mention> {
        let open = self.comments.iter().filter(|_| !self.resolved);
        open.filter_map(|one| one.id.map(|id| (one, id))).flat_map(move |(one, id)| {
            let mut people: Vec<PersonId> = Vec::new();
            for person in one.mentioned() {
                if people.len() < MENTIONS && !people.contains(&person) {
                    people.push(person);
                }
            }
            let others = people.into_iter().filter(|person| *person != one.by);
            others.map(move |person| Mention { thread: self.id, comment: id, person, by: one.by })
        })
    }
}

impl Comment {
    fn mentioned(&self) -> impl Iterator<Item = PersonId> {
        self.said.iter().filter_map(|one| match one {
            Said::Mention(person) => Some(*person),
            Said::Words(_) => None,
        })
    }
}

/// The pieces of a comment as it is stored: a person stands in it as `@{id}`.
pub fn said(text: &str) -> Vec<Said> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("@{") {
        let after = &rest[at + 2..];
        // Written with hyphens, as the editor does: 36 characters.
        let id = after.get(..36).filter(|_| after[36..].starts_with('}')).and_then(|id| id.parse().ok());
        let Some(id) = id else {
            words.push_str(&rest[..at + 2]);
            rest = after;
            continue;
        };
        words.push_str(&rest[..at]);
        if !words.is_empty() {
            pieces.push(Said::Words(std::mem::take(&mut words)));
        }
        pieces.push(Said::Mention(PersonId(id)));
        rest = &after[37..];
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Said::Words(words));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId(Uuid::from_u128(1));

    fn thread(by: PersonId, text: &str) -> Thread {
        let comment = Comment { id: Some(Uuid::from_u128(9)), by, at: None, said: said(text) };
        Thread {
            id: Uuid::from_u128(8),
            about: About::Passage,
            section: None,
            quote: String::new(),
            resolved: false,
            comments: vec![comment],
        }
    }

    #[test]
    fn a_person_stands_in_a_comment_by_id_and_what_is_no_id_is_words() {
        let words = |text: &str| Said::Words(text.into());
        assert_eq!(
            said(&format!("Vraag @{{{ANNA}}}, graag")),
            [words("Vraag "), Said::Mention(ANNA), words(", graag")]
        );
        for text in ["@{", "mail a@{b}.nl", "@{00000000-0000-0000-0000-00000000000", "é@{é}é", ""] {
            let expected: Vec<Said> = if text.is_empty() { vec![] } else { vec![words(text)] };
            assert_eq!(said(text), expected, "{text}");
        }
        // Thirty-six bytes that end within a letter.
        let text = format!("@{{{}é}}", "a".repeat(35));
        assert_eq!(said(&text), [words(&text)]);
    }

    #[test]
    fn a_mention_counts_once_and_not_of_oneself_and_only_so_many_count() {
        let person = |number: u128| PersonId(Uuid::from_u128(number));
        let text: String = (0..30).map(|at| format!("@{{{}}}", person(100 + at / 2))).collect();
        assert_eq!(thread(ANNA, &text).mentions().count(), 15);
        let text: String = (0..30).map(|at| format!("@{{{}}}", person(100 + at))).collect();
        assert_eq!(thread(ANNA, &text).mentions().count(), MENTIONS);
        assert_eq!(thread(ANNA, &format!("@{{{ANNA}}}")).mentions().count(), 0);
    }

    #[test]
    fn a_thread_that_is_dealt_with_mentions_nobody() {
        let mut one = thread(ANNA, &format!("@{{{}}}", PersonId(Uuid::from_u128(2))));
        assert_eq!(one.mentions().count(), 1);
        one.resolved = true;
        assert_eq!(one.mentions().count(), 0);
    }
}
