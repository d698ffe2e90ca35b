//! The processing register (GDPR art. 30). No personal data of residents, so looking at it is no viewing.

pub(crate) mod columns;
pub(crate) mod fields;
pub(crate) mod file;
pub(crate) mod proposal;
pub(crate) mod start;
pub(crate) mod versions;
mod words;

use crate::{
    http::{Page, Visit, query},
    parts::{
        self, Weight,
        chips::{self, Address, Chip},
    },
    texts::{
        cases::{MAIN_PROCESS, SUB_PROCESS},
        day,
        register::*,
        t, tf,
    },
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    ids::ImportId,
    moment::Day,
    purpose::RegisterFilter,
    register::{Processing, RegisterView},
};

const PATH: &str = "/verwerkingsregister";

/// The most letters that are looked for; no name in a register is as long.
const SOUGHT: usize = 100;

/// `GET /verwerkingsregister?hoofdproces=&proces=&naam=&geldig=`.
pub(crate) async fn view(visit: Visit, RawQuery(asked): RawQuery) -> Response {
    let filter = read(&query(asked.as_deref()));
    let answer = visit.ports.register.view(&visit.asker).await;
    visit.show(answer, |register| Page::new(t(TITLE), page(&visit.installation.municipality, &filter, &register)))
}

fn read(asked: &FormValues) -> RegisterFilter {
    let text = |name: &str| asked.text(name).trim().chars().take(SOUGHT).collect();
    RegisterFilter {
        main_process: text("hoofdproces"),
        sub_process: text("proces"),
        name: text("naam"),
        in_force: match asked.text("geldig") {
            "ja" => Some(true),
            "nee" => Some(false),
            _ => None,
        },
    }
}

fn set(filter: &RegisterFilter) -> Vec<Chip> {
    let texts = [
        ("hoofdproces", MAIN_PROCESS, &filter.main_process),
        ("proces", SUB_PROCESS, &filter.sub_process),
        ("naam", NAME, &filter.name),
    ];
    let texts = texts.into_iter().filter(|(_, _, sought)| !sought.is_empty());
    let texts = texts.map(|(name, label, sought)| Chip::new(name, sought.clone(), label, sought));
    let in_force = filter.in_force.map(|yes| {
        let (code, text) = if yes { ("ja", IN_FORCE_YES) } else { ("nee", IN_FORCE_NO) };
        Chip::new("geldig", code, IN_FORCE, t(text))
    });
    texts.chain(in_force).collect()
}

fn import_path(id: ImportId) -> String {
    format!("{PATH}/inlezen/{id}")
}

fn page(municipality: &str, filter: &RegisterFilter, register: &RegisterView) -> AnyView {
    let (all, today) = (register.entries.len(), register.today);
    let found: Vec<&Processing> = register.entries.iter().filter(|one| filter.finds(&one.purpose, today)).collect();
    let set = set(filter);
    let count = if set.is_empty() {
        tf(COUNT_ALL, &[&all.to_string()])
    } else {
        tf(COUNT, &[&found.len().to_string(), &all.to_string()])
    };
    let empty = found.is_empty().then(|| t(if all == 0 { EMPTY } else { NOTHING_FOUND }));
    let entries = found.into_iter().map(|one| entry(one, today)).collect_view();
    let state = register.version.as_ref().map_or_else(
        || tf(NO_VERSION, &[&day(today)]),
        |version| tf(VERSION_OF, &[&version.number.to_string(), &day(version.at.day())]),
    );
    view! {
        {parts::heading(t(TITLE))}
        {parts::lead(tf(LEAD, &[municipality]))}
        {register.may_take_in.then(|| {
            view! { <div class="actions">{parts::link_button(format!("{PATH}/inlezen"), t(TAKE_IN))}</div> }
        })}
        {form(filter)}
        {chips::chips(&Address::new(PATH), &set)}
        <p class="register__count">{count}</p>
        {empty.map(|text| view! { <p class="empty">{text}</p> })}
        <div class="register">{entries}</div>
        <footer class="register__state quiet">
            {parts::paragraph(state)}
            {parts::link(format!("{PATH}/versies"), t(ALL_VERSIONS))}
        </footer>
    }
    .into_any()
}

fn form(filter: &RegisterFilter) -> AnyView {
    let field = |name: &'static str, label, sought: &str| {
        view! {
            <div class="field">
                <label class="utrecht-form-label" for=name>{t(label)}</label>
                <input class="utrecht-textbox utrecht-textbox--html-input" type="search" id=name name=name
                    value=sought.to_owned() maxlength=SOUGHT autocomplete="off" aria-describedby="zoekhulp" />
            </div>
        }
    };
    let option = |code: &'static str, wanted, label| {
        view! { <option value=code selected=filter.in_force == wanted>{t(label)}</option> }
    };
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=t(SEARCH)>
            {field("hoofdproces", MAIN_PROCESS, &filter.main_process)}
            {field("proces", SUB_PROCESS, &filter.sub_process)}
            {field("naam", NAME, &filter.name)}
            <div class="field">
                <label class="utrecht-form-label" for="geldig">{t(IN_FORCE)}</label>
                <select class="utrecht-select utrecht-select--html-select" id="geldig" name="geldig">
                    {option("", None, IN_FORCE_ANY)}
                    {option("ja", Some(true), IN_FORCE_YES)}
                    {option("nee", Some(false), IN_FORCE_NO)}
                </select>
            </div>
            <button type="submit" class=Weight::Secondary.class()>{t(SHOW)}</button>
            <p class="filters__hint utrecht-form-field-description" id="zoekhulp">{t(HINT)}</p>
        </form>
    }
    .into_any()
}

fn entry(processing: &Processing, today: Day) -> AnyView {
    let purpose = &processing.purpose;
    let state = match purpose {
        one if one.in_force(today) => STATE_NOW,
        one if today < one.valid_from => STATE_COMING,
        _ => STATE_ENDED,
    };
    view! {
        <article class="register__entry" aria-labelledby=format!("verwerking-{}", purpose.id)>
            <div class="register__head">
                <h2 class="utrecht-heading-2" id=format!("verwerking-{}", purpose.id)>{purpose.name.clone()}</h2>
                {parts::badge(t(state))}
            </div>
            <p class="quiet register__where">{format!("{} › {}", purpose.main_process, purpose.sub_process)}</p>
            {parts::paragraph(purpose.description.clone())}
            <details>
                <summary>{t(ENTRY)}<span class="visually-hidden">{format!(": {}", purpose.name)}</span></summary>
                {fields::all(processing)}
            </details>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_whole_out_of_the_address_of_a_chip() {
        for text in ["Wet & regel", "a=b#c", "100% é", "+ \" <"] {
            let asked = format!("naam={}", crate::http::encoded(text));
            assert_eq!(read(&query(Some(&asked))).name, text.trim());
        }
    }

    #[test]
    fn nonsense_in_the_address_is_no_filter() {
        for asked in ["naam=%FF", "geldig=misschien", "hoofdproces=+++", "onbekend=1", "&&&=", "naam=%zz"] {
            assert_eq!(read(&query(Some(asked))), RegisterFilter::default(), "{asked}");
        }
        let long = format!("naam={}", "a".repeat(9_000));
        assert_eq!(read(&query(Some(&long))).name.len(), SOUGHT);
    }
}
