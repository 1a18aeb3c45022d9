//! CPU time and memory of this process.

use std::io;

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

fn seconds(usage: &Usage) -> f64 {
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e6
}

/// CPU seconds (user and system) of all threads of this process.
pub fn cpu() -> io::Result<f64> {
    Ok(seconds(&getrusage(UsageWho::RUSAGE_SELF)?))
}

/// Peak resident memory of this process, in KiB.
pub fn peak() -> io::Result<i64> {
    Ok(i64::from(getrusage(UsageWho::RUSAGE_SELF)?.max_rss()))
}

/// CPU seconds that some work took, and what it gave.
pub fn timed<T>(work: impl FnOnce() -> T) -> io::Result<(f64, T)> {
    let before = cpu()?;
    let out = work();
    Ok((cpu()? - before, out))
}
