use plein_vault::{Permit, act, of, store::Signals};

async fn read(signals: &Signals, permit: Permit<act::View, of::Case>) {
    let _ = signals.view(permit).await;
}

fn main() {
    let _ = read;
}
