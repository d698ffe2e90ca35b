//! Who sits at the computer itself.

/// The account of the operating system: as the environment names it, before `sudo` when that was used, and as the kernel knows it.
/// The first can be made up by whoever gives the command, the second cannot.
pub fn account() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    told(|name| std::env::var(name).ok(), &status)
}

fn told(environment: impl Fn(&str) -> Option<String>, status: &str) -> String {
    let set = |name| environment(name).filter(|account| !account.is_empty());
    let account = ["SUDO_USER", "USER", "LOGNAME"].into_iter().find_map(set).unwrap_or_else(|| "unknown".to_owned());
    format!("{account}, uid {}", real_uid(status).unwrap_or("unknown"))
}

/// The real user id, from what Linux says of a process.
fn real_uid(status: &str) -> Option<&str> {
    let ids = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    ids.split_whitespace().next().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = "Name:\tplein\nUmask:\t0022\nUid:\t1007\t0\t0\t0\nGid:\t5\t5\t5\t5\n";

    #[test]
    fn the_account_is_told_as_it_is_called_and_as_the_kernel_knows_it() {
        let one = |set: &'static [(&str, &str)]| {
            told(move |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()), STATUS)
        };
        assert_eq!(one(&[("SUDO_USER", "els"), ("USER", "root")]), "els, uid 1007");
        assert_eq!(one(&[("SUDO_USER", ""), ("USER", "root")]), "root, uid 1007", "an empty one is none");
        assert_eq!(one(&[]), "unknown, uid 1007");
        assert_eq!(told(|_| None, "Uid:\tx\n"), "unknown, uid unknown");
    }
}
