use plein_vault::{Permit, act, of, store::Signals};

async fn read(signals: &Signals, permit: Permit<act::View, of::Signal>) {
    let _ = signals.view(permit).await;
    let _ = signals.view(permit).await;
}

fn main() {
    let _ = read;
}
