//! Who sits at the computer itself.

/// The account of the operating system, as it names itself; before `sudo`, when that was used.
pub fn account() -> String {
    let account = ["SUDO_USER", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    account.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
