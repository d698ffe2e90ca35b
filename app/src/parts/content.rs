//! What a signal says, as far as it may be seen.

use super::{fact, facts};
use crate::texts::{Named, common, day, signals::*, t, tf};
use leptos::prelude::*;
use plein_domain::{
    identifier::{Identifier, IdentifierKind},
    moment::Day,
    signal::{Checklist, IndicatorGroup, Origin, SignalField, VisibleFields},
    subject::Subject,
};

/// The shown fields, each under its name. A field that is shown but empty says so: that is an answer too.
pub(crate) fn fields(fields: &VisibleFields, shown: &[SignalField]) -> AnyView {
    let rows = SignalField::ALL.iter().copied().filter(|field| shown.contains(field)).map(|field| {
        let said = match field {
            SignalField::Summary => text(fields.summary.as_deref()),
            SignalField::Facts => text(fields.facts.as_deref()),
            SignalField::Suspicion => text(fields.suspicion.as_deref()),
            SignalField::Place => text(fields.place.as_deref()),
            SignalField::Risk => text(fields.risk.as_deref()),
            SignalField::Observed => text(fields.observed.map(day).as_deref()),
            SignalField::Origin => fields.origin.as_ref().map_or_else(|| text(None), origin),
            SignalField::Checklist => fields.checklist.as_ref().map_or_else(|| text(None), checklist),
            SignalField::Subjects => subjects(fields.subjects.as_deref().unwrap_or_default()),
        };
        fact(t(field.text()), said)
    });
    facts(rows.collect_view())
}

/// A text with its line breaks, or that there is none.
pub(crate) fn text(text: Option<&str>) -> AnyView {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => view! { <span class="multiline">{text.to_owned()}</span> }.into_any(),
        None => view! { <span class="quiet">{t(common::NOTHING_FILLED_IN)}</span> }.into_any(),
    }
}

fn origin(origin: &Origin) -> AnyView {
    let line = |term, said| view! { <li>{format!("{}: {}", t(term), t(said))}</li> };
    view! {
        <ul class="plain-list">
            {line(ORIGIN_CHANNEL, origin.channel.text())}
            {line(ORIGIN_REPORTER, origin.reporter_kind.text())}
            {line(ORIGIN_SOURCE, origin.source.text())}
            {line(ORIGIN_RELIABILITY, origin.reliability.text())}
        </ul>
    }
    .into_any()
}

fn checklist(checklist: &Checklist) -> AnyView {
    let groups = IndicatorGroup::ALL.iter().filter_map(|group| {
        let ticked = checklist.indicators.iter().filter(|one| one.group() == *group);
        let ticked: Vec<_> = ticked.map(|one| view! { <li>{t(one.text())}</li> }).collect();
        (!ticked.is_empty()).then(|| view! { <li>{t(group.text())}<ul>{ticked}</ul></li> })
    });
    let groups: Vec<_> = groups.collect();
    let task = (!checklist.task.is_empty()).then(|| view! { <li>{format!("{}: {}", t(TASK), checklist.task)}</li> });
    let territory = checklist.territory.map(|one| view! { <li>{format!("{}: {}", t(TERRITORY), t(one.text()))}</li> });
    let none = groups.is_empty().then(|| view! { <li class="quiet">{t(NO_INDICATORS)}</li> });
    view! { <ul class="plain-list checklist">{none}{groups}{task}{territory}</ul> }.into_any()
}

/// An identifier with what it is.
pub(crate) fn identifier(identifier: &Identifier) -> String {
    if identifier.kind() == IdentifierKind::NameBirthDate {
        let born = identifier.normalised().rsplit('|').next().and_then(|born| born.parse::<Day>().ok());
        born.map_or_else(String::new, |born| tf(BORN, &[&day(born)]))
    } else {
        format!("{}: {}", t(identifier.kind().text()), identifier.display())
    }
}

fn subjects(subjects: &[Subject]) -> AnyView {
    if subjects.is_empty() {
        return view! { <span class="quiet">{t(NO_SUBJECTS)}</span> }.into_any();
    }
    let items = subjects.iter().map(|subject| {
        let name = if subject.name.is_empty() { t(UNNAMED) } else { &subject.name };
        let identifiers = subject.identifiers.iter().map(|one| {
            view! { <span class="subject__identifier">{identifier(one)}</span> }
        });
        view! {
            <li class="subject">
                <strong>{name.to_owned()}</strong>
                <span class="quiet">{format!("{}, {}", t(subject.kind.text()), t(subject.role.text()).to_lowercase())}</span>
                {identifiers.collect_view()}
            </li>
        }
    });
    view! { <ul class="plain-list">{items.collect_view()}</ul> }.into_any()
}
