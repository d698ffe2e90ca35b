//! Files that hold a secret: only the program's own account may read them.

use super::reading::{Found, Section};
use plein_server::sign_in::Secret;
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

/// The largest secret, in bytes.
const LARGEST: u64 = 64 * 1024;

/// Whether this file can be read, by its owner alone; what is wrong is told.
pub fn is_guarded(section: &Section<'_>, key: &'static str, found: &Found<std::path::PathBuf>) -> bool {
    let shown = found.value.display();
    let told = |what: String, remedy: &str| {
        section.wrong(key, &found.place, &what, remedy);
        false
    };
    match fs::metadata(&found.value) {
        Err(error) => told(
            format!("{shown} cannot be read: {error}"),
            "make the file, readable for the account of the program, or put the path right",
        ),
        Ok(kind) if !kind.is_file() => told(format!("{shown} is no file"), "give the path of a file"),
        Ok(kind) if kind.permissions().mode() & 0o077 != 0 => told(
            format!("{shown} can be read or changed by others than its owner"),
            &format!("run chmod 600 {}, and see that it belongs to the account of the program", quoted(&found.value)),
        ),
        Ok(kind) if kind.len() > LARGEST => told(format!("{shown} is too large for a secret"), "give another file"),
        Ok(_) => match fs::File::open(&found.value) {
            Ok(_) => true,
            Err(error) => {
                told(format!("{shown} cannot be read: {error}"), "give it to the account of the program with chown")
            }
        },
    }
}

/// What the file holds, without the line end at its end.
pub fn read(section: &Section<'_>, key: &'static str) -> Option<Found<Secret>> {
    let found = section.path(key)?;
    if !is_guarded(section, key, &found) {
        return None;
    }
    let text = fs::read_to_string(&found.value).ok();
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_none() {
        let what = format!("{} is empty, or no text", found.value.display());
        section.wrong(key, &found.place, &what, "put the secret into it, and nothing else");
    }
    text.map(|text| Found { value: Secret::new(text), place: found.place })
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display())
}
