//! What the two lists have in common.

use super::*;
use plein_vault::Around;

impl UseCases {
    /// A page of a list, with how it lies in it.
    pub(super) async fn listed<T>(
        &self,
        _asker: &Asker,
        _list: ListKind,
        around: Around,
        rows: Vec<T>,
    ) -> Answer<Listed<T>> {
        let Around { count, earlier, later } = around;
        Ok(Listed { rows, count, earlier, later, views: Vec::new() })
    }
}
