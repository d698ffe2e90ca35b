//! The configuration of an installation: one TOML file, in which variables of the environment may overrule a value.
//!
//! Everything that is wrong is told at once, with its line and what to do about it. A secret is never in the file, in a
//! variable or on the command line: there is only where its file is. What must never happen here: a value that is
//! misspelled and passed over, or a secret in a message.

mod data;
mod oidc;
mod reading;
mod secrets;
mod server;
mod streams;
#[cfg(test)]
mod tests;

pub use data::Kept;
pub use server::{Allowed, Served};

use clap::Args;
use plein_domain::ports::{Contact, Installation};
use plein_server::sign_in::{Authentication, ProviderOptions};
use plein_vault::streams::StreamOptions;
use reading::{Document, Problem};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Everything an installation is told.
#[derive(Debug)]
pub struct Config {
    /// Where it listens, and how it is reached.
    pub served: Served,
    /// How much may be asked.
    pub limits: Allowed,
    /// Whose it is.
    pub installation: Installation,
    /// A municipality's own look.
    pub tokens: Option<PathBuf>,
    /// Where everything is kept.
    pub kept: Kept,
    /// Where the access log is told once more, if anywhere.
    pub streams: Option<StreamOptions>,
    /// Who says who somebody is.
    pub provider: ProviderOptions,
}

/// Which file.
#[derive(Args)]
pub struct File {
    /// The configuration.
    #[arg(long, env = "PLEIN_CONFIG", value_name = "FILE")]
    config: PathBuf,
}

impl File {
    /// Reads it, with the variables of the environment.
    ///
    /// # Errors
    /// Everything that is wrong with it, a line each.
    pub fn read(&self) -> Result<Config, String> {
        let told = |problems: Vec<Problem>| {
            let lines: Vec<String> = problems.iter().map(|one| one.told(&self.config)).collect();
            lines.join("\n")
        };
        Config::of(&self.config, &variables()).map_err(told)
    }
}

/// Say everything that is wrong with a configuration, and what to do about it.
#[derive(Args)]
pub struct CheckConfig {
    #[command(flatten)]
    file: File,
}

impl CheckConfig {
    /// Does it; ends with 0 when nothing is wrong, with 1 otherwise.
    pub fn run(self) -> ExitCode {
        match self.file.read() {
            Ok(config) => {
                println!("{} is well.", self.file.config.display());
                println!("  {} at {}", config.installation.municipality, config.served.public_url);
                if config.served.proxies.trusted.is_empty() {
                    println!(
                        "  NOTE: server.trusted_proxies is empty; behind a proxy everybody comes from its address"
                    );
                }
                println!("  sign-in with {}", config.provider.issuer);
                if let Authentication::PrivateKey(key, _) = &config.provider.authentication {
                    println!("  public key for the provider: {}", key.public());
                }
                for group in &config.provider.groups {
                    let roles: Vec<&str> = group.roles.iter().map(|role| role.code()).collect();
                    let department = group.department.as_deref().unwrap_or("(department from another group)");
                    println!("  group {:?}: {department}, {}", group.group, roles.join(", "));
                }
                ExitCode::SUCCESS
            }
            Err(problems) => {
                eprintln!("{problems}");
                ExitCode::FAILURE
            }
        }
    }
}

/// The variables of the environment that could be meant for the configuration.
fn variables() -> BTreeMap<String, String> {
    let named = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    let ours = named.filter(|(name, _)| name.starts_with("PLEIN_"));
    ours.filter_map(|(name, value)| Some((name, value.into_string().ok()?))).collect()
}

/// Where the paths in this file begin. A file that is named without a folder is in the one of the moment.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Config {
    fn of(file: &Path, variables: &BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let text = std::fs::read_to_string(file).map_err(|error| {
            let remedy = "give the path of a file that the program's account can read, by --config or PLEIN_CONFIG";
            vec![Problem::of_file(format!("it cannot be read: {error}"), remedy)]
        })?;
        let folder = folder_of(file);
        let document = Document::of(&text, folder, variables);
        // All of it is read before anything is given up.
        let served = server::read(&document);
        let (installation, tokens) = installation(&document);
        let kept = data::read(&document);
        let streams = streams::read(&document);
        let provider = oidc::read(&document, served.as_ref());
        let sessions = server::limits(&document);
        let limits = server::allowed(&document);
        let problems = document.close();
        let all = (served, installation, kept, provider);
        match all {
            (Some(served), Some(installation), Some(kept), Some(provider)) if problems.is_empty() => {
                let installation = Installation { sessions, ..installation };
                // What was told keeps the names that it had, so that they begin with the address that lasts.
                let register = Some(format!("{}/verwerkingsregister", served.public_url));
                let streams = streams.map(|options| StreamOptions { register, ..options });
                Ok(Self { served, limits, installation, tokens, kept, streams, provider })
            }
            _ => Err(problems),
        }
    }
}

fn installation(document: &Document<'_>) -> (Option<Installation>, Option<PathBuf>) {
    let section = document.section("installation");
    let municipality = section.need("municipality", "give the municipality's name, as it stands on every page");
    let email = |key| {
        let found = section.text(key)?;
        if !found.value.contains('@') {
            section.wrong(key, &found.place, "is no e-mail address", "write it as name@municipality.nl");
        }
        Some(found.value)
    };
    let contact = Contact {
        address: section.text("address").map(|found| found.value).unwrap_or_default(),
        email: email("email").unwrap_or_default(),
        privacy: email("privacy_email").unwrap_or_default(),
        fg: email("fg_email").unwrap_or_default(),
    };
    for (key, given) in [("privacy_email", &contact.privacy), ("fg_email", &contact.fg)] {
        if given.is_empty() {
            // GDPR art. 13(1)(a) and (b): the privacy statement names both.
            section.missing(key, "residents must be told where to turn to (GDPR art. 13): give an e-mail address");
        }
    }
    let tokens = section.path("tokens_file").map(|found| {
        if let Err(error) = crate::tokens::Tokens::read(&found.value) {
            section.wrong("tokens_file", &found.place, &format!("is not taken: {error}"), "put the file right");
        }
        found.value
    });
    let plein_name = section.text("name").map_or_else(|| "Lokaal Informatie Plein".to_owned(), |found| found.value);
    section.close();
    let installation = municipality.map(|municipality| Installation {
        municipality: municipality.value,
        plein_name,
        demo: false,
        contact,
        sessions: plein_domain::ports::SessionLimits::default(),
        tour: Vec::new(),
    });
    (installation, tokens)
}
