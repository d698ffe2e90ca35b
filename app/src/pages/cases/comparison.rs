//! Two states of a plan side by side, with what changed marked by the word.

use super::{plan, versions};
use crate::{
    http::{Id, Page, Visit, query, see_other},
    parts,
    texts::{Text, plan as plan_texts, t, tf, versions::*},
};
use axum::{extract::RawQuery, response::Response};
use leptos::prelude::*;
use plein_domain::{
    ids::CaseId,
    version::{ComparedKind, ComparedLine, ComparisonView, InterventionField, RowComparison, SectionComparison, Side},
};

/// How many lines that stayed the same are shown before and after one that changed.
const AROUND: usize = 1;

/// `GET /casussen/:id/plan/vergelijken?oud=&nieuw=&alles=`.
pub(crate) async fn view(visit: Visit, Id(id): Id<CaseId>, RawQuery(asked): RawQuery) -> Response {
    let asked = query(asked.as_deref());
    let (Some(old), Some(new)) = (side(asked.text("oud")), side(asked.text("nieuw"))) else {
        return see_other(&format!("/casussen/{id}/plan/versies"));
    };
    let all = asked.text("alles") == "1";
    let answer = visit.ports.versions.compare(&visit.asker, id, in_order(old, new), plan::words(visit.lang)).await;
    visit.show(answer, |view| page(&view, all))
}

fn side(code: &str) -> Option<Side> {
    if code == versions::code(Side::Current) {
        return Some(Side::Current);
    }
    code.parse().ok().map(Side::Version)
}

/// The older one first.
fn in_order(one: Side, other: Side) -> (Side, Side) {
    let place = |side: Side| match side {
        Side::Version(number) => number,
        Side::Current => i64::MAX,
    };
    if place(one) <= place(other) { (one, other) } else { (other, one) }
}

fn page(view: &ComparisonView, all: bool) -> Page {
    let plan = format!("/casussen/{}/plan", view.case.id);
    let name = |side: Side| match side {
        Side::Current => t(CURRENT).to_owned(),
        Side::Version(number) => {
            let row = view.versions.iter().find(|row| row.number == number);
            row.map_or_else(|| tf(NUMBER, &[&number.to_string()]), versions::label)
        }
    };
    let (old, new) = (name(view.old), name(view.new));
    let same = view.sections.iter().all(|section| section.rows.iter().all(RowComparison::same));
    let here = format!("{plan}/vergelijken?oud={}&nieuw={}", versions::code(view.old), versions::code(view.new));
    let (other, text) = if all { (here, SHOW_CHANGES) } else { (format!("{here}&alles=1"), SHOW_ALL) };
    let unchanged = |section: &&SectionComparison| section.rows.iter().all(RowComparison::same);
    let shown = view.sections.iter().filter(|section| all || !unchanged(section));
    let sections = shown.map(|one| section(one, (&old, &new), all)).collect_view();
    let others: Vec<&str> = view.sections.iter().filter(unchanged).map(|section| section.title.as_str()).collect();
    let others =
        (!all && !same && !others.is_empty()).then(|| parts::paragraph(tf(SECTIONS_SAME, &[&others.join(", ")])));
    let body = view! {
        {parts::link(format!("{plan}/versies"), t(BACK))}
        {parts::heading_of(COMPARISON, &view.case.reference)}
        {versions::compare(&view.versions, &plan, (view.old, view.new))}
        {same.then(|| view! { <p class="empty">{t(NO_DIFFERENCE)}</p> })}
        {parts::link(other, t(text))}
        {sections}
        {others}
    };
    Page::new(tf(COMPARISON, &[&view.case.reference.to_string()]), body)
}

fn section(section: &SectionComparison, (old, new): (&str, &str), all: bool) -> AnyView {
    let same = section.rows.iter().all(RowComparison::same);
    let table = (all && !section.rows.is_empty() || !same).then(|| {
        view! {
            <table class="comparison">
                <thead>
                    <tr>
                        <th scope="col">{old.to_owned()}</th>
                        <th scope="col">{new.to_owned()}</th>
                    </tr>
                </thead>
                <tbody>{rows(&section.rows, (old, new), all)}</tbody>
            </table>
        }
    });
    view! {
        <section class="plan-section">
            <h2 class="utrecht-heading-2">{section.title.clone()}</h2>
            {same.then(|| view! { <p class="quiet">{t(SECTION_SAME)}</p> })}
            {table}
        </section>
    }
    .into_any()
}

fn rows(rows: &[RowComparison], names: (&str, &str), all: bool) -> AnyView {
    let changed: Vec<bool> = rows.iter().map(|row| !row.same()).collect();
    let shown =
        |at: usize| all || changed[at.saturating_sub(AROUND)..(at + AROUND + 1).min(rows.len())].contains(&true);
    let mut made = Vec::new();
    let mut folded = 0;
    for (at, row) in rows.iter().enumerate() {
        if shown(at) {
            made.extend(fold(std::mem::take(&mut folded)));
            made.push(line_pair(row, names));
        } else {
            folded += 1;
        }
    }
    made.extend(fold(folded));
    made.collect_view().into_any()
}

/// In the place of lines that stayed the same.
fn fold(lines: usize) -> Option<AnyView> {
    let text = match lines {
        0 => return None,
        1 => t(SAME_ONE).to_owned(),
        more => tf(SAME_MANY, &[&more.to_string()]),
    };
    Some(view! { <tr class="comparison__fold"><td colspan="2">{text}</td></tr> }.into_any())
}

fn line_pair(row: &RowComparison, (old, new): (&str, &str)) -> AnyView {
    let changed = !row.same();
    view! {
        <tr class:comparison__changed=changed>
            <td data-label=old.to_owned()>{line(row.old.as_ref(), false)}</td>
            <td data-label=new.to_owned()>{line(row.new.as_ref(), true)}</td>
        </tr>
    }
    .into_any()
}

fn line(line: Option<&ComparedLine>, new: bool) -> AnyView {
    let Some(line) = line else {
        return view! { <span class="comparison__none">{t(NOT_HERE)}</span> }.into_any();
    };
    let pieces = line.pieces.iter().map(|(changed, piece)| {
        let said = plan::inline(std::slice::from_ref(piece));
        match (changed, new) {
            (false, _) => said,
            (true, false) => view! { <del><span class="visually-hidden">{t(GONE)}" "</span>{said}</del> }.into_any(),
            (true, true) => view! { <ins><span class="visually-hidden">{t(NEW)}" "</span>{said}</ins> }.into_any(),
        }
    });
    let (class, label) = kind(line.kind);
    view! {
        <div class=class>
            {label.map(|label| view! { <span class="comparison__kind">{label}</span> })}
            {pieces.collect_view()}
        </div>
    }
    .into_any()
}

/// How a line looks, and what it says before its text.
fn kind(kind: ComparedKind) -> (String, Option<String>) {
    let said = |text: Text| Some(t(text).to_owned());
    let (class, label) = match kind {
        ComparedKind::Paragraph => ("paragraph", None),
        ComparedKind::Heading(_) => ("heading", said(HEADING_LINE)),
        ComparedKind::Item { ordered, .. } => ("item", Some(if ordered { "1." } else { "•" }.to_owned())),
        ComparedKind::Cell(row, column) => ("cell", Some(tf(CELL_LINE, &[&row.to_string(), &column.to_string()]))),
        ComparedKind::Intervention => ("intervention", said(plan_texts::INTERVENTION)),
        ComparedKind::Field(field) => ("field", said(field_name(field))),
    };
    (format!("comparison__line comparison__line--{class}"), label)
}

fn field_name(field: InterventionField) -> Text {
    match field {
        InterventionField::Kind => plan_texts::KIND,
        InterventionField::Power => plan_texts::POWER,
        InterventionField::Body => plan_texts::BODY,
        InterventionField::Department => plan_texts::DEPARTMENT,
        InterventionField::Person => plan_texts::OWNER,
        InterventionField::Due => plan_texts::DUE,
        InterventionField::Status => plan_texts::STATUS,
        InterventionField::Result => plan_texts::RESULT,
    }
}
