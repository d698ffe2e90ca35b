//! Which window a form is open in: three hidden fields, so that two windows with one draft never overwrite each other.

use plein_domain::{draft::Window, form::FormValues};

/// Given to the window when its page was made.
pub(crate) const WINDOW: &str = "window";
/// The draft's revision that the page shows.
pub(crate) const REVISION: &str = "revision";
/// Counts what the window has sent; the island that saves counts on.
pub(crate) const TURN: &str = "turn";

/// Takes the window out of what a form sent; nothing when the form did not say.
pub(crate) fn taken(values: &mut FormValues) -> Option<Window> {
    let mut take = |name: &str| values.0.remove(name).and_then(|values| values.into_iter().next());
    let (id, revision, turn) = (take(WINDOW), take(REVISION), take(TURN));
    Some(Window { id: id?.parse().ok()?, revision: revision?.parse().ok()?, turn: turn?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_hidden_fields_are_taken_out_of_the_form() {
        let mut values = FormValues::default();
        for (name, value) in
            [(WINDOW, "00000000-0000-0000-0000-000000000007"), (REVISION, "3"), (TURN, "2"), ("facts", "Pand")]
        {
            values.set(name, value);
        }
        assert_eq!(taken(&mut values), Some(Window { id: Uuid::from_u128(7), revision: 3, turn: 2 }));
        assert_eq!(values.0.keys().collect::<Vec<_>>(), ["facts"]);
        assert_eq!(taken(&mut values), None);
    }
}
