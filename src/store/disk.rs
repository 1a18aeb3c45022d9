//! The steps of a save, one by one; `store::save_on` decides their order. Tests give a [`Disk`] of their own that is
//! full, that cannot rename, or that forgets what was not flushed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What a save needs of a disk.
pub trait Disk: std::fmt::Debug {
    /// Makes an empty private file with a new name in a folder.
    ///
    /// # Errors
    /// Where none can be made.
    fn create(&mut self, folder: &Path) -> io::Result<PathBuf>;
    /// Writes all bytes into a file made before.
    ///
    /// # Errors
    /// Where not all of them could be written.
    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Waits until the bytes of the file survive a loss of power.
    ///
    /// # Errors
    /// Where the disk does not confirm it.
    fn flush(&mut self, file: &Path) -> io::Result<()>;
    /// Gives the file its name, in place of the file that has it.
    ///
    /// # Errors
    /// Where it keeps its old name.
    fn rename(&mut self, file: &Path, to: &Path) -> io::Result<()>;
    /// Waits until the names in a folder survive a loss of power.
    ///
    /// # Errors
    /// Where the disk does not confirm it.
    fn flush_folder(&mut self, folder: &Path) -> io::Result<()>;
    /// Takes a file away.
    ///
    /// # Errors
    /// Where it stays.
    fn remove(&mut self, file: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug, Default)]
pub struct Real {
    open: Option<File>,
}

impl Disk for Real {
    fn create(&mut self, folder: &Path) -> io::Result<PathBuf> {
        // The file is made with mode 0600, and never through a link.
        let temporary = tempfile::Builder::new().prefix(".exequatur-").suffix(".tmp").tempfile_in(folder)?;
        let (file, path) = temporary.keep().map_err(|fault| fault.error)?;
        self.open = Some(file);
        Ok(path)
    }

    fn write(&mut self, _file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.open.as_mut().ok_or(io::ErrorKind::NotFound)?.write_all(bytes)
    }

    fn flush(&mut self, _file: &Path) -> io::Result<()> {
        self.open.as_mut().ok_or(io::ErrorKind::NotFound)?.sync_all()
    }

    fn rename(&mut self, file: &Path, to: &Path) -> io::Result<()> {
        // Some systems do not rename an open file.
        self.open = None;
        fs::rename(file, to)
    }

    #[cfg(unix)]
    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    #[cfg(not(unix))]
    fn flush_folder(&mut self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&mut self, file: &Path) -> io::Result<()> {
        self.open = None;
        fs::remove_file(file)
    }
}
