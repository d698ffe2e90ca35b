use plein_domain::ids::SignalId;
use plein_vault::store::Signals;

async fn read(signals: &Signals, id: SignalId) {
    let _ = signals.view(id).await;
}

fn main() {
    let _ = read;
}
