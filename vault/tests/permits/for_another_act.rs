use plein_vault::{Permit, act, of, store::Signals};

async fn change(signals: &Signals, permit: Permit<act::View, of::Signal>) {
    let _ = signals.for_edit(permit).await;
}

fn main() {
    let _ = change;
}
