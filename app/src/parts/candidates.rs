//! What the signals that wait are narrowed to while some are chosen for a case, in a form of its own or within another.

use super::Weight;
use crate::texts::{Text, cases::*, codes, common, lists::ANY, signals::PHENOMENON, t};
use leptos::prelude::*;
use plein_domain::{
    list::{CandidateList, Cursor, name},
    ports::Lists,
};

/// Before the names of these fields within another form.
pub(crate) const NARROW: &str = "narrow.";

/// A list as it is narrowed, within the form in which signals are chosen.
pub(crate) struct Narrowing {
    pub list: CandidateList,
    pub later: Option<Cursor>,
}

/// The two choices; `before` comes before their names.
pub(crate) fn choices(list: &CandidateList, lists: &Lists, before: &str) -> AnyView {
    let department = list.department.map(|id| id.to_string()).unwrap_or_default();
    let departments = lists.departments.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let phenomena =
        lists.phenomena.iter().map(|one| (one.code.clone(), codes::phenomenon(&lists.phenomena, &one.code))).collect();
    view! {
        {choice(format!("{before}{}", name::DEPARTMENT), common::DEPARTMENT, &department, departments)}
        {choice(
            format!("{before}{}", name::PHENOMENON),
            PHENOMENON,
            list.phenomenon.as_deref().unwrap_or_default(),
            phenomena,
        )}
    }
    .into_any()
}

fn choice(name: String, label: Text, chosen: &str, options: Vec<(String, String)>) -> AnyView {
    let options = options.into_iter().map(|(code, words)| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{words}</option> }
    });
    view! {
        <div class="field">
            <label class="utrecht-form-label" for=name.clone()>{t(label)}</label>
            <select class="utrecht-select utrecht-select--html-select" id=name.clone() name=name.clone()>
                <option value="">{t(ANY)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// Before the choice itself, within another form.
pub(crate) fn above(Narrowing { list, .. }: &Narrowing, lists: &Lists) -> AnyView {
    let after = list.after.map(|row| {
        view! { <input type="hidden" name=format!("{NARROW}{}", name::AFTER) value=row.to_string() /> }
    });
    view! {
        <div class="filters" role="group" aria-label=t(NARROW_LIST)>
            {choices(list, lists, NARROW)}
            {after}
            <button type="submit" name="do" value="narrow" class=Weight::Secondary.class()>{t(NARROW_LIST)}</button>
        </div>
    }
    .into_any()
}

/// After it: what comes next, and back to the beginning.
pub(crate) fn below(Narrowing { list, later }: &Narrowing) -> Option<AnyView> {
    let button = |action: String, text| {
        view! { <button type="submit" name="do" value=action class=Weight::Secondary.class()>{t(text)}</button> }
    };
    let next = later.map(|row| button(format!("narrow.after.{row}"), NARROW_NEXT));
    let whole = (!list.is_whole()).then(|| button("narrow.whole".into(), NARROW_WHOLE));
    (next.is_some() || whole.is_some()).then(|| view! { <div class="actions">{next}{whole}</div> }.into_any())
}
