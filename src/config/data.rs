//! `[data]` and `[ledger]`: where everything is kept.

use super::{
    oidc::authorities,
    reading::{Document, Section},
    secrets,
};
use crate::demo::MARK;
use plein_vault::{
    MasterKey,
    db::{Target, is_private},
    ledger::{MailWitness, Witness},
    outgoing,
};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Where everything is kept.
#[derive(Debug)]
pub struct Kept {
    /// The folder of what is in no database: the key of the checkpoints; on SQLite the databases too.
    pub folder: PathBuf,
    /// Content and ledger, and the keyring: two databases of PostgreSQL.
    postgres: Option<(plein_server::sign_in::Secret, plein_server::sign_in::Secret)>,
    /// The master key.
    pub master_key: PathBuf,
    /// Who keeps the checkpoints of the access log.
    pub witnesses: Vec<Witness>,
    /// Authorities (DER) by which a witness's address is trusted, and no others; without any, those of the system.
    pub authorities: Vec<Vec<u8>>,
}

impl Kept {
    /// A database.
    pub fn target(&self, name: &str) -> Target {
        match &self.postgres {
            Some((content, keyring)) => {
                let url = if name == "keyring" { keyring } else { content };
                Target::Postgres { url: url.reveal().to_owned(), schema: name.to_owned() }
            }
            None => Target::Sqlite(self.folder.join(format!("{name}.db"))),
        }
    }
}

pub fn read(document: &Document<'_>) -> Option<Kept> {
    let section = document.section("data");
    let folder = folder(&section);
    let postgres = postgres(&section);
    let master_key = master_key(&section);
    section.close();
    let ledger = document.section("ledger");
    let witnesses = witnesses(&ledger);
    let authorities = authorities(&ledger);
    ledger.close();
    Some(Kept { folder: folder?, postgres: postgres?, master_key: master_key?, witnesses, authorities: authorities? })
}

/// Those that are right; what is wrong with the others is told.
fn witnesses(section: &Section<'_>) -> Vec<Witness> {
    let mut witnesses = Vec::new();
    for found in section.list("witness_files") {
        let path = PathBuf::from(&found.value);
        if path.is_absolute() {
            witnesses.push(Witness::File(path));
        } else {
            section.wrong("witness_files", &found.place, "is no whole path", "begin it with a slash");
        }
    }
    for found in section.list("witness_urls") {
        match found.value.parse::<http::Uri>() {
            Ok(url) if outgoing::check(&url).is_ok() => witnesses.push(Witness::Url(url)),
            _ => section.wrong(
                "witness_urls",
                &found.place,
                &format!("{:?} is no address that a checkpoint can be sent to", found.value),
                "write https://host/path, without a password in it; for a certificate of your own authority, ca_file",
            ),
        }
    }
    let mails = section.list("witness_mails");
    let [server, from] = ["mail_server", "mail_from"].map(|key| section.text(key).map(|found| found.value));
    for found in mails {
        let (Some(server), Some(from)) = (server.clone(), from.clone()) else {
            let what = "needs mail_server and mail_from besides";
            let remedy = "give mail_server = \"smtp://host\" and mail_from = \"plein@example.org\"";
            section.wrong("witness_mails", &found.place, what, remedy);
            continue;
        };
        let mail = MailWitness { server, from, to: found.value };
        match mail.check() {
            Ok(()) => witnesses.push(Witness::Mail(mail)),
            Err(why) => {
                section.wrong("witness_mails", &found.place, "cannot be mailed to", why);
            }
        }
    }
    witnesses
}

fn folder(section: &Section<'_>) -> Option<PathBuf> {
    let found = {
        let there = section.has("folder");
        let found = section.path("folder");
        if !there {
            section.missing("folder", "give the folder of the data, such as /var/lib/plein");
        }
        found?
    };
    let shown = found.value.display();
    if found.value.join(MARK).exists() {
        let what = format!("{shown} holds a demonstration, in which anybody can be anybody");
        section.wrong("folder", &found.place, &what, "give another folder; a demonstration is opened by plein demo");
        return None;
    }
    let parent = found.value.parent().is_some_and(Path::is_dir);
    if found.value.exists() && !found.value.is_dir() || !found.value.exists() && !parent {
        let what = format!("{shown} is no folder, and cannot become one");
        section.wrong("folder", &found.place, &what, "make the folder and give it to the account of the program");
        return None;
    }
    if found.value.metadata().is_ok_and(|folder| folder.permissions().mode() & 0o077 != 0) {
        let what = format!("{shown} can be looked into by other accounts");
        section.wrong(
            "folder",
            &found.place,
            &what,
            &format!("keep it to the account of the program: chmod 700 {shown}"),
        );
        return None;
    }
    Some(found.value)
}

/// Nothing when something is wrong; nothing in it when PostgreSQL is not used.
fn postgres(section: &Section<'_>) -> Option<Option<(plein_server::sign_in::Secret, plein_server::sign_in::Secret)>> {
    let keys = ["postgres_url_file", "keyring_postgres_url_file"];
    let [content_there, keyring_there] = keys.map(|key| section.has(key));
    let url = |key| {
        let secret = secrets::read(section, key)?;
        let right = ["postgres://", "postgresql://"].iter().any(|begin| secret.value.reveal().starts_with(begin));
        if !right {
            let remedy = "write postgres://account:password@host/database into the file";
            section.wrong(key, &secret.place, "does not hold the address of a database", remedy);
        } else if !is_private(secret.value.reveal()) {
            let what = "leads to another machine without asking it to prove who it is, and can be read on the way";
            let remedy = "add ?sslmode=verify-full to it, with &sslrootcert=FILE for an authority of your own";
            section.wrong(key, &secret.place, what, remedy);
            return None;
        }
        right.then_some(secret)
    };
    let (content, keyring) = (url(keys[0]), url(keys[1]));
    match (content_there, keyring_there) {
        (false, false) => Some(None),
        (true, true) => {
            let (content, keyring) = (content?, keyring?);
            if content.value.reveal() == keyring.value.reveal() {
                let remedy = "give the keyring a database of its own, best on another server: no backup may hold both";
                section.wrong(keys[1], &keyring.place, "is the same database as that of the content", remedy);
                return None;
            }
            Some(Some((content.value, keyring.value)))
        }
        (there, _) => {
            let absent = if there { keys[1] } else { keys[0] };
            section.missing(absent, "on PostgreSQL give both: content and keyring are two databases");
            None
        }
    }
}

fn master_key(section: &Section<'_>) -> Option<PathBuf> {
    let there = section.has("master_key_file");
    let found = section.path("master_key_file");
    if !there {
        let remedy =
            "give the path of the key that opens all others, such as /etc/plein/master.key; it is made if absent";
        section.missing("master_key_file", remedy);
    }
    let found = found?;
    if !found.value.exists() {
        if found.value.parent().is_some_and(Path::is_dir) {
            return Some(found.value);
        }
        let what = format!("{} is not there, and neither is its folder", found.value.display());
        section.wrong("master_key_file", &found.place, &what, "make the folder, for the account of the program alone");
        return None;
    }
    if !secrets::is_guarded(section, "master_key_file", &found) {
        return None;
    }
    if let Err(error) = MasterKey::from_file(&found.value) {
        let remedy = "put the right file back; without it nothing that was sealed can be read";
        section.wrong("master_key_file", &found.place, &format!("is not taken: {error}"), remedy);
        return None;
    }
    Some(found.value)
}
