//! What the two lists have in common: the form of their filters, chips, count, pages, and what stands where nothing does.

use super::{
    Weight,
    chips::{self, Address, Chip},
    paging, views,
};
use crate::{
    http::read,
    texts::{Text, counted, day_typed, lists::*, t, tf},
};
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    list::{Count, Cursor, Ignored, ListKind, Listed, YES, name},
    moment::Day,
};

/// The query of an address; nothing when it cannot be read.
pub(crate) fn asked(query: Option<&str>) -> Option<FormValues> {
    read(query.unwrap_or_default().as_bytes())
}

/// One filter in the form.
pub(crate) enum Filter {
    /// One of these values, each with its name.
    Choice(&'static str, Text, Vec<(String, String)>),
    /// Some words.
    Line(&'static str, Text),
    /// A day, as people type it.
    Day(&'static str, Text),
    /// On or off.
    Tick(&'static str, Text),
}

/// A list as it was asked for.
pub(crate) struct Sheet<'a> {
    pub path: &'static str,
    /// What stood in the address; nothing when that could not be read.
    pub asked: Option<&'a FormValues>,
    /// What of it made no sense.
    pub ignored: &'a [Ignored],
    /// The filters that are set.
    pub set: Vec<Chip>,
    /// The order, when it is another than the usual one.
    pub order: Option<&'static str>,
    pub today: Option<Day>,
}

/// What is said of a list of this kind.
pub(crate) struct Words {
    pub list: ListKind,
    pub one: Text,
    pub many: Text,
    pub empty: Text,
    pub none_fits: Text,
    pub period: Text,
}

impl Sheet<'_> {
    /// The list without filters, in its order.
    fn bare(&self) -> Address {
        let address = Address::new(self.path);
        self.order.into_iter().fold(address, |address, order| address.with(name::ORDER, order))
    }

    /// The list's first page.
    pub(crate) fn first(&self) -> Address {
        self.set.iter().fold(self.bare(), |address, chip| address.with(chip.name, chip.value.clone()))
    }

    /// All about the list: what was not understood, the form, the chips, how many there are, the rows, other pages.
    pub(crate) fn around<T>(
        &self,
        listed: &Listed<T>,
        words: &Words,
        filters: &[Filter],
        orders: Vec<(String, String)>,
        table: impl FnOnce(&[T]) -> AnyView,
    ) -> AnyView {
        let none = listed.count == Count::Exactly(0);
        let one = listed.count == Count::Exactly(1);
        let body = if !listed.rows.is_empty() {
            table(&listed.rows)
        } else if none {
            self.empty(words.empty, words.none_fits)
        } else {
            self.beyond()
        };
        let count = (!none)
            .then(|| view! { <p class="list-count">{tf(if one { words.one } else { words.many }, &[&counted(listed.count)])}</p> });
        let kept: FormValues =
            self.first().pairs().iter().cloned().map(|(name, value)| (name.to_owned(), value)).collect();
        view! {
            {views::links(&listed.views, &kept)}
            {self.told(filters)}
            {self.form(words.period, filters, orders, none && !self.set.is_empty())}
            {chips::chips(&self.bare(), &self.set)}
            {(!kept.0.is_empty()).then(|| views::to_keep(words.list, &kept))}
            {count}
            {body}
            {self.pages(listed.earlier, listed.later)}
        }
        .into_any()
    }

    /// What was not understood, the form and the chips, of what has no order to choose and no views that are kept.
    pub(crate) fn narrowing(&self, period: Text, filters: &[Filter], open: bool) -> AnyView {
        view! {
            {self.told(filters)}
            {self.form(period, filters, Vec::new(), open)}
            {chips::chips(&self.bare(), &self.set)}
        }
        .into_any()
    }

    /// What stands behind the last row.
    pub(crate) fn beyond(&self) -> AnyView {
        let first = self.first().to_string();
        view! { <p class="empty">{t(BEYOND)}" "{link(first, t(TO_FIRST).into())}</p> }.into_any()
    }

    /// What was not used, and why.
    fn told(&self, filters: &[Filter]) -> Option<AnyView> {
        let label = |name: &str| match name {
            name::ORDER => t(ORDER),
            other => filters.iter().find(|filter| filter.name() == other).map_or("", |filter| t(filter.label())),
        };
        let wrong = self.ignored.iter().filter_map(|one| match one {
            Ignored::Filter(name) => Some(label(name)),
            Ignored::Period | Ignored::Place => None,
        });
        let wrong: Vec<_> = wrong.collect();
        let mut told: Vec<String> = Vec::new();
        told.extend((!wrong.is_empty()).then(|| tf(IGNORED, &[&wrong.join(", ")])));
        told.extend(self.ignored.contains(&Ignored::Period).then(|| t(IGNORED_PERIOD).to_owned()));
        told.extend(self.ignored.contains(&Ignored::Place).then(|| t(IGNORED_PLACE).to_owned()));
        told.extend(self.asked.is_none().then(|| t(IGNORED_ALL).to_owned()));
        let told: Vec<_> = told.into_iter().map(|text| view! { <p class="utrecht-paragraph">{text}</p> }).collect();
        (!told.is_empty()).then(|| {
            view! { <div class="utrecht-alert utrecht-alert--warning list-told" role="status">{told}</div> }.into_any()
        })
    }

    fn form(&self, period: Text, filters: &[Filter], orders: Vec<(String, String)>, open: bool) -> AnyView {
        let open = open || !self.ignored.is_empty();
        let ordered = !orders.is_empty();
        let fields = filters.iter().map(|filter| self.field(filter)).collect_view();
        let example = self.today.map(|today| tf(DAY_HINT, &[&day_typed(&today.to_string())]));
        view! {
            <details class="list-filters" open=open>
                <summary>{t(if ordered { FOLD } else { FOLD_FILTERS })}</summary>
                <form method="get" action=self.path class="filters" role="search" aria-label=t(if ordered { FORM } else { FORM_FILTERS })>
                    {fields}
                    {ordered.then(|| self.choice(name::ORDER, ORDER, None, orders))}
                    <button type="submit" class=Weight::Secondary.class()>{t(SHOW)}</button>
                    <p class="filters__hint utrecht-form-field-description" id="periode-uitleg">{example}" "{t(period)}</p>
                </form>
            </details>
        }
        .into_any()
    }

    fn typed(&self, name: &str) -> String {
        self.asked.map(|asked| asked.text(name).to_owned()).unwrap_or_default()
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        let wrong = self.ignored.iter().any(|one| match one {
            Ignored::Filter(other) => *other == name,
            Ignored::Period => [name::FROM, name::UNTIL].contains(&name),
            Ignored::Place => false,
        });
        wrong.then_some("true")
    }

    fn field(&self, filter: &Filter) -> AnyView {
        match filter {
            Filter::Choice(name, label, options) => self.choice(name, *label, Some(ANY), options.clone()),
            Filter::Line(name, label) => view! {
                <div class="field">
                    <label class="utrecht-form-label" for=*name>{t(*label)}</label>
                    <input class="utrecht-textbox utrecht-textbox--html-input" type="text" id=*name name=*name
                        value=self.typed(name) maxlength="40" autocomplete="off" aria-describedby="periode-uitleg"
                        aria-invalid=self.invalid(name) />
                </div>
            }
            .into_any(),
            Filter::Day(name, label) => view! {
                <div class="field field--day">
                    <label class="utrecht-form-label" for=*name>{t(*label)}</label>
                    <input class="utrecht-textbox utrecht-textbox--html-input" type="text" id=*name name=*name
                        value=day_typed(&self.typed(name)) maxlength="20" autocomplete="off" aria-describedby="periode-uitleg"
                        aria-invalid=self.invalid(name) />
                </div>
            }
            .into_any(),
            Filter::Tick(name, label) => view! {
                <div class="field choice">
                    <input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" id=*name name=*name value=YES
                        checked=self.typed(name) == YES aria-invalid=self.invalid(name) />
                    <label class="utrecht-form-label utrecht-form-label--checkbox" for=*name>{t(*label)}</label>
                </div>
            }
            .into_any(),
        }
    }

    fn choice(&self, name: &'static str, label: Text, any: Option<Text>, options: Vec<(String, String)>) -> AnyView {
        let typed = self.typed(name);
        let options = options.into_iter().map(|(code, words)| {
            let selected = code == typed;
            view! { <option value=code selected=selected>{words}</option> }
        });
        view! {
            <div class="field">
                <label class="utrecht-form-label" for=name>{t(label)}</label>
                <select class="utrecht-select utrecht-select--html-select" id=name name=name aria-invalid=self.invalid(name)>
                    {any.map(|any| view! { <option value="">{t(any)}</option> })}
                    {options.collect_view()}
                </select>
            </div>
        }
        .into_any()
    }

    /// Nothing is there yet; or something is, and no row fits: then each filter is offered to be taken away.
    pub(crate) fn empty(&self, empty: Text, none_fits: Text) -> AnyView {
        if self.set.is_empty() {
            return view! { <p class="empty">{t(empty)}</p> }.into_any();
        }
        let ways = self.set.iter().map(|chip| {
            let path = chips::without(&self.bare(), &self.set, chip);
            view! { <li>{link(path, tf(WITHOUT, &[&chip.words]))}</li> }
        });
        view! {
            <div class="empty">
                <p>{t(none_fits)}</p>
                <ul class="plain-list">{ways.collect_view()}</ul>
            </div>
        }
        .into_any()
    }

    fn pages(&self, earlier: Option<Cursor>, later: Option<Cursor>) -> Option<AnyView> {
        let first = self.first();
        let at = |name, cursor: Cursor| first.clone().with(name, cursor.to_string()).to_string();
        let previous = earlier.map(|row| at(name::BEFORE, row));
        let next = later.map(|row| at(name::AFTER, row));
        paging::pages(previous.is_some().then(|| first.to_string()), previous, next)
    }
}

impl Filter {
    fn name(&self) -> &'static str {
        match self {
            Self::Choice(name, ..) | Self::Line(name, _) | Self::Day(name, _) | Self::Tick(name, _) => name,
        }
    }

    fn label(&self) -> Text {
        match self {
            Self::Choice(_, label, _) | Self::Line(_, label) | Self::Day(_, label) | Self::Tick(_, label) => *label,
        }
    }
}

/// The chips of a period.
pub(crate) fn period_chips(asked: &[(&'static str, String)]) -> Vec<Chip> {
    let label = |name| if name == name::FROM { FROM } else { UNTIL };
    let days = asked.iter().filter_map(|(name, value)| Some((*name, value.parse::<Day>().ok()?)));
    days.map(|(name, day)| Chip::new(name, day.to_string(), label(name), &crate::texts::day(day))).collect()
}

fn link(path: String, text: String) -> AnyView {
    view! { <a class="utrecht-link utrecht-link--html-a" href=path>{text}</a> }.into_any()
}
