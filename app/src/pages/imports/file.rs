//! The report as a file. What must never happen here: a cell that a spreadsheet takes for a formula.

use super::words;
use crate::{
    http::{Id, Visit},
    pages::problems,
    texts::{Named, common, imports::*, signals, t},
};
use axum::response::{IntoResponse, Response};
use http::header;
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    ids::ImportId,
    import::{RowsView, Scope},
    ports::Lists,
};

/// `POST /signalen/inlezen/:id/bestand`.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>) -> Response {
    let answer = async {
        let lists = visit.lists().await?;
        Ok((visit.ports.imports.export(&visit.asker, id).await?, lists))
    };
    match answer.await {
        Ok((rows, lists)) => {
            let owner = Owner::new_root(None);
            let (text, name) = owner.with(|| {
                provide_context(visit.lang);
                (report(&rows, &lists), t(X_FILE))
            });
            owner.cleanup();
            leaves(text, name)
        }
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}

/// Every row with its judgement, what became of it and why. With the mark by which Excel knows UTF-8, and `;` between
/// columns, as a Dutch Excel expects.
fn report(rows: &RowsView, lists: &Lists) -> String {
    let heads = [ROW, JUDGED, BECAME, X_SIGNAL, common::DEPARTMENT, signals::Q_SUMMARY, WHY].map(t);
    let mut text = format!("\u{feff}{}", line(heads));
    let departments = if rows.scope == Scope::Named { &lists.departments[..] } else { &[] };
    for row in &rows.rows {
        let department = row.made.department().and_then(|id| departments.iter().find(|one| one.id == id));
        let department = department.or(row.signal.as_ref().map(|head| &head.department));
        let (number, reasons) = (row.number.to_string(), words::reasons(&row.made, lists, departments).join(" "));
        text.push_str(&line([
            number.as_str(),
            t(row.verdict.text()),
            words::became(row),
            row.signal.as_ref().map_or("", |head| head.reference.0.as_str()),
            department.map_or("", |one| one.name.as_str()),
            row.made.values.text("summary"),
            &reasons,
        ]));
    }
    text
}

/// A CSV file that a browser keeps instead of showing it.
pub(crate) fn leaves(text: String, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let kind = "text/csv; charset=utf-8".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

pub(crate) fn line<const N: usize>(cells: [&str; N]) -> String {
    format!("{}\r\n", cells.map(cell).join(";"))
}

/// A cell in quotes. One that begins like a formula gets an apostrophe in front, so that it stays text wherever it is
/// opened (OWASP, CSV injection); so does one that begins with white space that is taken away before looking.
fn cell(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula_and_none_ends_early() {
        for (text, written) in [
            ("gewoon", "\"gewoon\""),
            ("=1+1", "\"'=1+1\""),
            ("+31 6", "\"'+31 6\""),
            ("-2", "\"'-2\""),
            ("@huismeester", "\"'@huismeester\""),
            (" =HYPERLINK(\"x\")", "\"' =HYPERLINK(\"\"x\"\")\""),
            ("\t=1", "\"'\t=1\""),
            ("zeg \"a;b\"\n=1", "\"zeg \"\"a;b\"\"\n=1\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
