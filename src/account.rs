//! Who sits at the computer itself.

use std::os::unix::fs::MetadataExt;

/// The account of the operating system, as it names itself, before `sudo` when that was used, and the number under which the program
/// really runs: a name is only what the environment says.
pub fn account() -> String {
    let named = |name| std::env::var(name).ok().filter(|name| !name.is_empty());
    let name = ["SUDO_USER", "USER", "LOGNAME"].into_iter().find_map(named).unwrap_or_else(|| "unknown".to_owned());
    match std::fs::metadata("/proc/self") {
        Ok(own) => format!("{name} (uid {})", own.uid()),
        Err(_) => name,
    }
}
