//! The judgement of every row as a file, to correct the register by.

use super::{fields::value, words};
use crate::{
    http::{Id, Visit},
    pages::{
        imports::file::{leaves, line},
        problems,
    },
    texts::{Named, imports, register_import::*, t},
};
use axum::response::Response;
use leptos::prelude::*;
use plein_domain::{
    form::FormValues,
    ids::ImportId,
    register::{ProposalView, ProposedRow, RegisterField, RowIs},
};

/// `POST /verwerkingsregister/inlezen/:id/bestand`.
pub(crate) async fn post(visit: Visit, Id(id): Id<ImportId>) -> Response {
    match visit.ports.register.report(&visit.asker, id).await {
        Ok(view) => {
            let owner = Owner::new_root(None);
            let (text, name) = owner.with(|| {
                provide_context(visit.lang);
                (report(&view), t(X_FILE))
            });
            owner.cleanup();
            leaves(text, name)
        }
        Err(problem) => problems::problem_in_post(&visit, problem, &FormValues::default()),
    }
}

fn report(view: &ProposalView) -> String {
    use RegisterField::{MainProcess, Name, SubProcess};
    let heads = [
        t(ROW),
        t(MainProcess.text()),
        t(SubProcess.text()),
        t(Name.text()),
        t(imports::JUDGED),
        t(imports::WHY),
        t(CHANGES),
    ];
    let mut text = format!("\u{feff}{}", line(heads));
    for row in &view.proposal.rows {
        let [main, sub, name] = &row.names;
        let (number, reasons) = (row.number.to_string(), words::reasons(row).join(" "));
        text.push_str(&line([number.as_str(), main, sub, name, t(row.is.text()), &reasons, &changes(row)]));
    }
    text
}

fn changes(row: &ProposedRow) -> String {
    let (Some(before), Some(after), RowIs::Changed) = (&row.before, &row.after, row.is) else { return String::new() };
    let differs = before.differences(after).into_iter();
    let said = differs.map(|one| format!("{}: {} → {}", t(one.text()), value(before, one), value(after, one)));
    said.collect::<Vec<_>>().join("; ")
}
