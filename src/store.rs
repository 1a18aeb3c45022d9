//! Files on disk: matters and reports, private to the user, never half written.
//!
//! Invariant: what is written is never interpreted here. A save goes to a temporary file in the same folder, is
//! flushed, renamed over the old file, and the folder is flushed, so that after a crash either the
//! old or the new text is there, whole. From the renaming on nothing but a loss of power takes the new
//! text back, so that a screen may show it before the folder is flushed ([`place_on`], then
//! [`confirm_on`]). [`disk`] has the steps, so that a test can let each fail; [`open_matter`] holds an open
//! matter: its lock, what was last seen of it, its passphrase; [`conflict`] is what somebody else changed as
//! well; [`places`] knows the platform's folders.

pub mod cipher;
pub mod conflict;
pub mod disk;
pub mod lock;
pub mod open_matter;
pub mod places;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use disk::{Disk, Real};

/// Writes a file in one step, readable by its owner only.
///
/// # Errors
/// Says which file and which step failed; the old file is untouched then.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    save_on(&mut Real::default(), &behind_links(path), bytes)
}

/// The same, step by step on a disk. A step that fails leaves the old file and nothing else.
///
/// # Errors
/// Says which file and which step failed.
pub fn save_on(disk: &mut dyn Disk, path: &Path, bytes: &[u8]) -> Result<()> {
    place_on(disk, path, bytes)?;
    confirm_on(disk, path)
}

/// All steps but the last: the new text is there for every program, and stays when this one is killed. A
/// loss of power may still bring the old one back, whole.
///
/// # Errors
/// Says which file and which step failed; the old file is untouched then.
pub(crate) fn place_on(disk: &mut dyn Disk, path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = shown(path);
    let folder = folder_of(path);
    let temporary = disk
        .create(&folder)
        .with_context(|| format!("saving {shown}: no new file can be made in {}", self::shown(&folder)))?;
    let placed = disk
        .write(&temporary, bytes)
        .with_context(|| format!("saving {shown}: writing"))
        .and_then(|()| disk.flush(&temporary).with_context(|| format!("saving {shown}: flushing")))
        .and_then(|()| disk.rename(&temporary, path).with_context(|| format!("saving {shown}: putting it in place")));
    if placed.is_err() {
        // A temporary file that stays is private and does no harm.
        let _ = disk.remove(&temporary);
    }
    placed
}

/// The last step: from here on a loss of power leaves the new text.
///
/// # Errors
/// Where the disk does not confirm it.
pub(crate) fn confirm_on(disk: &mut dyn Disk, path: &Path) -> Result<()> {
    disk.flush_folder(&folder_of(path)).with_context(|| format!("saving {}: flushing the folder", shown(path)))
}

/// A path as it may be shown: control characters made visible.
fn shown(path: &Path) -> String {
    crate::text::one_line(&path.to_string_lossy())
}

/// Most links that are followed from one to the next.
const MOST_LINKS: usize = 16;

/// The file that a path stands for: a save through a link writes what the link points to and leaves
/// the link.
pub(crate) fn behind_links(path: &Path) -> PathBuf {
    let mut at = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(to) = fs::read_link(&at) else { break };
        at = folder_of(&at).join(to);
    }
    at
}

/// Writes a file that must not exist yet, unless `force` is set.
///
/// # Errors
/// Where it exists, or cannot be written.
pub(crate) fn save_new(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    if !force && path.symlink_metadata().is_ok() {
        bail!("{} exists; choose another name, or --force to replace it", shown(path));
    }
    save(path, bytes)
}

/// A name in a folder that no file has yet: the stem, or the stem with a number.
pub(crate) fn free_name(folder: &Path, stem: &str) -> PathBuf {
    (1_u32..=100_000)
        .map(|n| if n == 1 { format!("{stem}.toml") } else { format!("{stem}-{n}.toml") })
        .map(|name| folder.join(name))
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| folder.join(format!("{stem}.toml")))
}

pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The folder for matters that the user has not put anywhere, made private to the user.
///
/// # Errors
/// Where the platform names no such folder or it cannot be made.
pub(crate) fn data_folder() -> Result<PathBuf> {
    private_folder(&places::find()?.matters)
}

fn private_folder(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("making the folder {}", shown(folder)))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("making {} private", shown(folder)))?;
    }
    Ok(folder.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_replaces_the_whole_file_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("matter.toml");
        save(&path, b"first, and longer").unwrap();
        save(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(save_new(&path, b"third", false).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"second");
    }

    #[cfg(unix)]
    #[test]
    fn a_saved_file_is_private_to_its_owner() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("matter.toml");
        save(&path, b"x").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let fault = save(Path::new("/nonexistent-folder/matter.toml"), b"x").unwrap_err();
        assert!(format!("{fault:#}").contains("/nonexistent-folder"), "{fault:#}");
    }
}
