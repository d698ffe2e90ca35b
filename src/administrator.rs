//! `plein administrator`: the first administrator of an installation, who then gives everybody else their place on a page.
//!
//! It is given on the machine of the program, by the account that can read its keys; what it does stands in the access log in
//! the name of that account. What must never happen here: a second administrator whom nobody asked for.

use crate::{account::account, config::File, live::opened, serve::Failure};
use clap::Args;
use plein_domain::{
    administration::{PlaceAct, Somebody},
    ids::PersonId,
};
use plein_vault::{NotMade, Vault};

/// How many of those who wait are told, and looked through at once.
const TOLD: i64 = 200;

/// Tell who waits for a place, and make one of them the first administrator.
#[derive(Args)]
pub struct Administrator {
    #[command(flatten)]
    file: File,
    /// Tell those alone whose name or identifier at the provider has this in it.
    #[arg(long, value_name = "TEXT", conflicts_with = "make")]
    name: Option<String>,
    /// Make the person with this id, as it is told without this, administrator.
    #[arg(long, value_name = "ID", requires = "department")]
    make: Option<PersonId>,
    /// The department they work in.
    #[arg(long, value_name = "NAME", requires = "make")]
    department: Option<String>,
    /// Also when there is an administrator already.
    #[arg(long, requires = "make")]
    besides: bool,
}

impl Administrator {
    /// Does it, beside the program that may be serving.
    pub async fn run(self) -> Result<(), Failure> {
        let config = self.file.read()?;
        if !config.kept.folder.exists() {
            return Err("there is nothing yet: start plein serve once, and let people sign in".into());
        }
        let vault = opened(&config.kept).await?;
        let done = if vault.is_kind(false).await? {
            match (self.make, &self.department) {
                (Some(id), Some(department)) => make(&vault, id, department, self.besides).await,
                _ => list(&vault, self.name.as_deref()).await,
            }
        } else {
            Err("these databases were filled by a demonstration; give others in [data]".into())
        };
        vault.close().await;
        done
    }
}

async fn list(vault: &Vault, name: Option<&str>) -> Result<(), Failure> {
    let mut found = Vec::new();
    let mut offset = 0;
    // Names are sealed, so whoever looks for one looks through all; each part with its line.
    let more = loop {
        let (permit, more) = vault.gate.list_waiting(&account(), (offset, TOLD)).await?;
        let people = vault.administration.people(permit).await?;
        found.extend(people.into_iter().filter(|one| name.is_none_or(|name| is_called(one, name))));
        offset += TOLD;
        if !more || name.is_none() {
            break more;
        }
    };
    if found.is_empty() {
        match name {
            Some(_) => println!("Nobody of that name waits for a place; without --name it is told who does."),
            None => println!(
                "Nobody waits for a place. Whoever is to be administrator signs in once, and then stands here."
            ),
        }
        return Ok(());
    }
    println!("These wait for a place, who came last first:");
    for one in &found {
        println!("  {}", told(one));
    }
    if more {
        println!("  … and more, who came before these {}: look for somebody with --name TEXT.", found.len());
    }
    let departments: Vec<String> = vault.directory.departments().await?.into_iter().map(|one| one.name).collect();
    println!("\nMake one of them administrator with --make ID --department NAME, one of: {}", departments.join(", "));
    Ok(())
}

fn is_called(one: &Somebody, text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |other: &str| other.to_lowercase().contains(&text);
    has(&one.name) || one.identifier.as_deref().is_some_and(has)
}

/// A name can hold anything; what would steer a terminal is left out.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).collect()
}

fn told(one: &Somebody) -> String {
    let since = one.first_seen.map(|since| format!("since {}", since.day())).unwrap_or_default();
    let identifier = one.identifier.as_deref().unwrap_or("(none)");
    format!("{}  {}  at the provider: {}  {since}", one.id, plain(&one.name), plain(identifier))
}

async fn make(vault: &Vault, id: PersonId, department: &str, besides: bool) -> Result<(), Failure> {
    let departments = vault.directory.departments().await?;
    let Some(department) = departments.iter().find(|one| one.name == department) else {
        let names: Vec<&str> = departments.iter().map(|one| one.name.as_str()).collect();
        return Err(format!("there is no department {department:?}; give one of: {}", names.join(", ")).into());
    };
    let permit = match vault.gate.make_administrator(&account(), id, department, besides).await? {
        Ok(permit) => permit,
        Err(why) => return Err(why_not(why).into()),
    };
    let name = plain(&permit.granted().entry.somebody.name);
    match vault.administration.place(permit).await? {
        PlaceAct::Done => {
            println!("{id}{} is administrator, in {}. They sign in again.", named(&name), department.name);
            Ok(())
        }
        _ => {
            let why = "nothing was done: their place changed at this very moment, or somebody else became administrator; look again";
            Err(why.into())
        }
    }
}

fn named(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" ({name})") }
}

const fn why_not(why: NotMade) -> &'static str {
    match why {
        NotMade::Unknown => "nobody has this id; without --make it is told who waits",
        NotMade::ThereIsOne => {
            "there is an administrator already, who gives places on the page Beheer; say --besides when this is one more all the \
             same, which then stands in the access log"
        }
        NotMade::ProvidersWord => {
            "their place comes from the groups at the provider, and would be that again at the next sign-in: give them a group for \
             administrators there"
        }
        NotMade::Fg => "they are data protection officer, who has no other role",
        NotMade::Already => "they are administrator already",
    }
}
