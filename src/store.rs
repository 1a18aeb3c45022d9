//! Files on disk: matters and reports, private to the user, never half written.
//!
//! Must not: understand what it writes. A save goes to a temporary file in the same folder, is
//! flushed, renamed over the old file, and the folder is flushed, so that after a crash either the
//! old or the new text is there, whole.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// Writes a file in one step, readable by its owner only.
///
/// # Errors
/// Says which file and which step failed; the old file is untouched then.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = path.display();
    let folder = folder_of(path);
    let mut temporary = tempfile::Builder::new()
        .prefix(".exequatur-")
        .suffix(".tmp")
        .tempfile_in(&folder)
        .with_context(|| format!("saving {shown}: no new file can be made in {}", folder.display()))?;
    temporary.write_all(bytes).with_context(|| format!("saving {shown}: writing"))?;
    temporary.as_file().sync_all().with_context(|| format!("saving {shown}: flushing"))?;
    temporary.persist(path).with_context(|| format!("saving {shown}: putting it in place"))?;
    sync_folder(&folder).with_context(|| format!("saving {shown}: flushing the folder"))
}

/// Writes a file that must not exist yet, unless `force` is set.
///
/// # Errors
/// Where it exists, or cannot be written.
pub fn save_new(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    if !force && path.symlink_metadata().is_ok() {
        bail!("{} exists; choose another name, or --force to replace it", path.display());
    }
    save(path, bytes)
}

/// A name in a folder that no file has yet: the stem, or the stem with a number.
pub fn free_name(folder: &Path, stem: &str) -> PathBuf {
    (1_u32..=100_000)
        .map(|n| if n == 1 { format!("{stem}.toml") } else { format!("{stem}-{n}.toml") })
        .map(|name| folder.join(name))
        .find(|path| path.symlink_metadata().is_err())
        .unwrap_or_else(|| folder.join(format!("{stem}.toml")))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// The folder for matters that the user has not put anywhere, made private to the user.
///
/// # Errors
/// Where the platform names no such folder or it cannot be made.
pub fn data_folder() -> Result<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().context("finding the folder for data")?;
    private_folder(&base.data_dir().join("exequatur"))
}

/// The folder for settings. It is not made.
///
/// # Errors
/// Where the platform names no such folder.
pub fn config_folder() -> Result<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().context("finding the folder for settings")?;
    Ok(base.config_dir().join("exequatur"))
}

fn private_folder(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("making {} private", folder.display()))?;
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
