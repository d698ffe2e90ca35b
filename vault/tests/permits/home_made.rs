use plein_domain::ledger::Line;
use plein_vault::{Permit, act, of};

fn make(line: Line, granted: <of::Signal as of::Kind>::Granted) -> Permit<act::View, of::Signal> {
    Permit::after(line, granted)
}

fn main() {
    let _ = make;
}
