//! What a search or a list is narrowed to: chips that each take one filter away, as plain links.

use crate::{
    http::encoded,
    texts::{Text, lists::*, t, tf},
};
use leptos::prelude::*;
use std::fmt;

/// An address on this site with names and values behind it.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    path: &'static str,
    pairs: Vec<(&'static str, String)>,
}

impl Address {
    pub(crate) fn new(path: &'static str) -> Self {
        Self { path, pairs: Vec::new() }
    }

    pub(crate) fn pairs(&self) -> &[(&'static str, String)] {
        &self.pairs
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.pairs.push((name, value.into()));
        self
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)?;
        for (at, (name, value)) in self.pairs.iter().enumerate() {
            write!(f, "{}{name}={}", if at == 0 { '?' } else { '&' }, encoded(value))?;
        }
        Ok(())
    }
}

/// A filter that is set: its name and value in the address, and both in words.
#[derive(Debug, Clone)]
pub(crate) struct Chip {
    pub name: &'static str,
    pub value: String,
    pub words: String,
}

impl Chip {
    pub(crate) fn new(name: &'static str, value: impl Into<String>, label: Text, said: &str) -> Self {
        Self { name, value: value.into(), words: tf(CHIP, &[t(label), said]) }
    }

    /// One whose label says it all.
    pub(crate) fn plain(name: &'static str, value: impl Into<String>, label: Text) -> Self {
        Self { name, value: value.into(), words: t(label).into() }
    }
}

/// Where one gets with all filters but this one; `bare` has what is no filter.
pub(crate) fn without(bare: &Address, set: &[Chip], chip: &Chip) -> String {
    let others = set.iter().filter(|other| other.name != chip.name);
    others.fold(bare.clone(), |address, other| address.with(other.name, other.value.clone())).to_string()
}

/// Each filter as a link to the same without it; nothing when none is set.
pub(crate) fn chips(bare: &Address, set: &[Chip]) -> Option<AnyView> {
    let items = set.iter().map(|chip| {
        view! {
            <li>
                <a class="chip" href=without(bare, set, chip)>
                    <span class="visually-hidden">{t(REMOVE)}" "</span>
                    {chip.words.clone()}
                    <span class="chip__cross" aria-hidden="true">"×"</span>
                </a>
            </li>
        }
    });
    let clear = (set.len() > 1)
        .then(|| view! { <li><a class="utrecht-link utrecht-link--html-a" href=bare.to_string()>{t(CLEAR)}</a></li> });
    (!set.is_empty())
        .then(|| view! { <ul class="chips" aria-label=t(SET)>{items.collect_view()}{clear}</ul> }.into_any())
}
