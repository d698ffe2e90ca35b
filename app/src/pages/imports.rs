//! Taking in a list: giving the file, choosing its columns, checking its rows, and what became of them.

pub(crate) mod columns;
pub(crate) mod file;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod start;
pub(crate) mod upload;
pub(crate) mod words;

use plein_domain::ids::ImportId;

fn path(id: ImportId) -> String {
    format!("/signalen/inlezen/{id}")
}
