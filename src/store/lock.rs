//! Who has a matter open.
//!
//! A save replaces the matter by a new file, so the lock is not on the matter itself: it is the operating system's, on
//! a hidden file beside the matter, and ends with the program that holds it, however
//! that ends, so that a file left behind by a killed program locks nothing.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{behind_links, folder_of};
use crate::text;

/// A matter that this program has open. Dropped, it is free again and the file beside it is gone.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Who has the matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The number of the process; empty where the file does not say.
    pub process: String,
    /// The name of its machine.
    pub host: String,
    /// Since when, in UTC.
    pub since: String,
}

/// The result of asking for a lock.
#[derive(Debug)]
pub enum Asked {
    Ours(Lock),
    /// Somebody has it.
    Held(Holder),
    /// There can be no lock here, e.g. in a folder that cannot be written. Saving will say so.
    None,
}

/// The lock file of a matter: hidden, in the same folder.
pub fn beside(matter: &Path) -> PathBuf {
    let target = behind_links(matter);
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    folder_of(&target).join(format!(".{name}.lock"))
}

/// Asks for the lock of a matter.
pub fn ask(matter: &Path) -> Asked {
    let path = beside(matter);
    // A holder that ends between our opening and our locking takes the name away: then once more.
    for _ in 0..8 {
        let Some(mut file) = open(&path) else { return Asked::None };
        match file.try_lock() {
            Ok(()) if still_named(&file, &path) => {
                let since = now();
                let words = format!("{}\n{}\n{since}\n", std::process::id(), host());
                // What the file says is for people; the lock holds without it.
                let left = file.metadata().map_or(0, |about| about.len());
                // Some systems write a file that was cut off to the disk at once, and let its closing wait.
                let emptied = if left == 0 { Ok(()) } else { file.set_len(0) };
                let _ = emptied.and_then(|()| file.write_all(words.as_bytes())).and_then(|()| file.flush());
                return Asked::Ours(Lock { file, path });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Asked::Held(read(&mut file)),
            Err(TryLockError::Error(_)) => return Asked::None,
        }
    }
    Asked::None
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name goes first: who opens it now makes a file of his own.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Option<File> {
    // A link in this place is not ours: nothing is written through it.
    if path.symlink_metadata().is_ok_and(|about| !about.is_file()) {
        return None;
    }
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).ok()
}

#[cfg(unix)]
fn still_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(named)) => (ours.dev(), ours.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn still_named(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn read(file: &mut File) -> Holder {
    let mut words = Vec::new();
    let _ = file.take(1_000).read_to_end(&mut words);
    let words = String::from_utf8_lossy(&words).into_owned();
    let mut lines = words.lines().map(|line| text::clip(&text::one_line(line), 64));
    let mut next = || lines.next().unwrap_or_default();
    Holder { process: next(), host: next(), since: next() }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}

/// The time in UTC, e.g. `2026-11-22 09:30 UTC`.
fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let minutes = i64::try_from(since.as_secs() / 60).unwrap_or_default();
    let date = jiff::Span::new()
        .try_days(minutes / 1440)
        .and_then(|days| jiff::civil::date(1970, 1, 1).checked_add(days))
        .unwrap_or_default();
    format!("{date} {:02}:{:02} UTC", minutes % 1440 / 60, minutes % 60)
}
