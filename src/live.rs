//! `plein serve`: a municipality's own installation, with sign-in at its own identity provider.
//!
//! It must never open what a demonstration made, in which anybody could be anybody.

use crate::{
    config::{Config, File, Kept},
    serve::{Failure, Reached, serve},
    tokens::Tokens,
};
use clap::Args;
use plein_server::real::{SystemClock, SystemEntropy};
use plein_vault::{MasterKey, Vault, VaultOptions, ledger::CheckpointOptions};
use std::{fs, os::unix::fs::DirBuilderExt, sync::Arc};
use tokio::net::TcpListener;

/// Serve a municipality, with sign-in at its own identity provider.
#[derive(Args)]
pub struct Live {
    #[command(flatten)]
    file: File,
}

impl Live {
    /// Serves until it is asked to stop.
    pub async fn run(self) -> Result<(), Failure> {
        let Config { served, limits, installation, tokens, kept, streams, provider } = self.file.read()?;
        let tokens = tokens.as_deref().map(Tokens::read).transpose()?;
        let listener = TcpListener::bind(served.listen)
            .await
            .map_err(|error| format!("{} cannot be listened at ({error}); change server.listen", served.listen))?;
        let vault = Arc::new(opened(&kept).await?);
        if !vault.is_kind(false).await? {
            return Err("these databases were filled by a demonstration; give others in [data]".into());
        }
        let departments: Vec<String> = provider.groups.iter().filter_map(|group| group.department.clone()).collect();
        vault.sign_ins.make_departments(&departments).await?;
        plein_server::founding::phenomena(&vault.directory).await?;
        vault.sign_checkpoints(CheckpointOptions {
            witnesses: kept.witnesses.clone(),
            authorities: kept.authorities.clone(),
            ..CheckpointOptions::in_folder(kept.folder.clone())
        })?;
        let answers = match streams {
            Some(options) => {
                vault.tell_streams(&options)?;
                Some(Arc::new(vault.served_log(options.folder)?))
            }
            None => None,
        };
        let assembled = plein_server::assemble_with(vault.clone(), installation.clone(), provider)?;
        let assembled = assembled.with_windows(limits.windows);
        if served.proxies.trusted.is_empty() {
            tracing::warn!(
                "server.trusted_proxies is empty: behind a proxy everybody comes from the proxy's address, in the access log and for \
                 what is allowed by address"
            );
        }
        println!("Plein listens at {}, and is reached at {}/", listener.local_addr()?, served.public_url);
        let reached = Reached {
            public_url: Some(served.public_url),
            proxies: served.proxies,
            limits: Some(limits.requests),
            connections: limits.connections,
        };
        serve(listener, vault, assembled, &installation, tokens.as_ref(), answers, reached).await
    }
}

/// Opens what is kept, making the folder when it is not there.
pub async fn opened(kept: &Kept) -> Result<Vault, Failure> {
    if !kept.folder.exists() {
        fs::DirBuilder::new().mode(0o700).create(&kept.folder)?;
    }
    let options = VaultOptions {
        content: kept.target("content"),
        ledger: kept.target("ledger"),
        keyring: kept.target("keyring"),
        master: MasterKey::from_file_or_new(&kept.master_key, &SystemEntropy)?,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    };
    Ok(Vault::open(options).await?)
}
