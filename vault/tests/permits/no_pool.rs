use plein_vault::Vault;

fn pool(vault: &Vault) {
    let _ = &vault.core.content;
}

fn main() {
    let _ = pool;
}
