//! How much memory a process has.

use anyhow::{Context, Result};

/// Memory that a process has resident, in bytes.
pub(crate) fn resident(pid: u32) -> Result<u64> {
    kilobytes(pid, "VmRSS:")
}

/// The most that it ever had.
pub(crate) fn resident_peak(pid: u32) -> Result<u64> {
    kilobytes(pid, "VmHWM:")
}

fn kilobytes(pid: u32, name: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
