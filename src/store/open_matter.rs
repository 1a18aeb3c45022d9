//! A matter that is open: what was last seen of its file, its lock, its passphrase.
//!
//! What somebody else wrote is never lost: before each save the file is read, and where it is not what was last read or
//! written, the two are merged by their common base; what both changed is returned for the user to choose.

use std::borrow::Cow;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context as _, Result, bail};

use super::cipher::{self, Passphrase};
use super::conflict::Conflict;
use super::disk::{Disk, Real};
use super::lock::{self, Asked, Holder, Lock};
use super::{behind_links, confirm_on, place_on, shown};
use crate::lang::Lang;
use crate::library;
use crate::matter::Matter;
use crate::matter::file::{self, Change};
use crate::matter::merge;
use crate::pack::Pack;

#[derive(Debug)]
pub enum Opened {
    Matter(Box<LoadedMatter>),
    /// It is encrypted, and this needs its passphrase.
    Locked,
    /// It belongs to another pack of the program, which must open it.
    OfAnotherPack,
}

/// A matter as it was read from its file.
#[derive(Clone, Debug)]
pub struct LoadedMatter {
    pub matter: Matter,
    /// What another version of the pack made of it.
    pub changes: Vec<Change>,
    /// Who has it open already: it may only be read.
    pub held: Option<Holder>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SaveOutcome {
    /// It is on the disk.
    Written,
    /// So is what somebody else had written meanwhile; the matter now holds both.
    Merged(Box<Matter>, usize),
    /// Nothing was written: both changed the same answers.
    Conflict(Box<Conflict>),
}

#[derive(Debug)]
pub struct OpenMatter {
    disk: Box<dyn Disk>,
    passphrase: Option<Passphrase>,
    file: Known,
    /// Files that are in place in folders which are still to be flushed.
    unconfirmed: Vec<PathBuf>,
}

/// What is known of the file that is open.
#[derive(Debug, Default)]
struct Known {
    path: Option<PathBuf>,
    lock: Option<Lock>,
    /// The bytes that were last read or written.
    seen: Option<Rc<[u8]>>,
    /// The bytes that were last to be written, whether or not that was confirmed.
    tried: Option<Rc<[u8]>>,
    /// The text that this program knows to be saved: the start from which both sides changed.
    base: String,
    /// Somebody else has the file: it may only be read.
    held: bool,
    /// The other version of a matter that waits for a choice.
    conflict: Option<Theirs>,
}

/// What somebody else has written.
#[derive(Debug)]
struct Theirs {
    matter: Matter,
    text: String,
    bytes: Rc<[u8]>,
}

impl Default for OpenMatter {
    fn default() -> Self {
        OpenMatter::on(Box::new(Real::default()))
    }
}

impl OpenMatter {
    /// No open matter, on a disk.
    pub fn on(disk: Box<dyn Disk>) -> Self {
        OpenMatter { disk, passphrase: None, file: Known::default(), unconfirmed: Vec::new() }
    }

    /// Saves are encrypted from now on, or no longer. Gives back how it was.
    pub(crate) fn set_passphrase(&mut self, passphrase: Option<Passphrase>) -> Option<Passphrase> {
        std::mem::replace(&mut self.passphrase, passphrase)
    }

    /// True while saves are encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.passphrase.is_some()
    }

    /// The file that is open.
    pub fn path(&self) -> Option<&Path> {
        self.file.path.as_deref()
    }

    /// Lets go of the file, and keeps the passphrase for the one that takes its place.
    pub(crate) fn forget(&mut self) {
        self.file = Known::default();
    }

    /// Writes a copy, encrypted where the matter is; the matter that is open stays so.
    ///
    /// # Errors
    /// Which step failed.
    pub(crate) fn save_copy(&self, path: &Path, text: &[u8]) -> Result<()> {
        match &self.passphrase {
            Some(passphrase) => super::save(path, &cipher::encrypt(text, passphrase)?),
            None => super::save(path, text),
        }
    }

    /// Puts another disk in place of the one in use.
    pub fn use_disk(&mut self, disk: Box<dyn Disk>) {
        self.disk = disk;
    }

    /// Every conflict was chosen: the next save may write over the version that was shown, and over
    /// no other.
    pub fn chosen(&mut self) {
        if let Some(theirs) = self.file.conflict.take() {
            (self.file.base, self.file.seen) = (theirs.text, Some(theirs.bytes));
        }
    }

    /// Opens a matter and locks it. `lang` is the language in which faults are told.
    ///
    /// # Errors
    /// What cannot be read, with every fault of the file; nothing that was open is let go then.
    pub fn open(&mut self, path: &Path, pack: &Pack, passphrase: Option<&Passphrase>, lang: Lang) -> Result<Opened> {
        let bytes = read_bytes(path)?;
        if cipher::is_encrypted(&bytes) && passphrase.is_none() && cipher::AVAILABLE {
            return Ok(Opened::Locked);
        }
        let text = plain_text(path, &bytes, passphrase)?;
        let read = file::read(&shown(path), &text, pack);
        let Some(matter) = read.matter else {
            let of = file::pack_of(&text).unwrap_or_default();
            if of != pack.id && library::ids().any(|known| known == of) {
                return Ok(Opened::OfAnotherPack);
            }
            bail!(crate::faults::render(&read.faults, lang, false, |_| Some(text.as_str())));
        };
        let held = self.take(path);
        self.file.base = text;
        self.passphrase = passphrase.filter(|_| cipher::is_encrypted(&bytes)).cloned();
        self.file.seen = Some(bytes.into());
        Ok(Opened::Matter(Box::new(LoadedMatter { matter, changes: read.changes, held })))
    }

    /// Makes a file ours that is not there yet, or that `matter` was read from.
    pub fn begin(&mut self, path: &Path) -> Option<Holder> {
        self.file.seen = None;
        self.file.base.clear();
        self.take(path)
    }

    /// Locks a file in place of the one that was open; who has it, where it is not free.
    fn take(&mut self, path: &Path) -> Option<Holder> {
        if self.file.path.as_deref() == Some(path) && self.file.lock.is_some() {
            return None;
        }
        self.file.path = Some(path.to_path_buf());
        (self.file.lock, self.file.held, self.file.conflict) = (None, false, None);
        match lock::ask(path) {
            Asked::Ours(lock) => {
                self.file.lock = Some(lock);
                None
            }
            Asked::Held(holder) => {
                self.file.held = true;
                Some(holder)
            }
            Asked::None => None,
        }
    }

    /// Saves a matter at a path: the one that is open, or another that then is.
    ///
    /// # Errors
    /// Which step failed; where it was not the last, the old file is as it was.
    pub fn save(&mut self, path: &Path, matter: &Matter, pack: &Pack) -> Result<SaveOutcome> {
        let outcome = self.place(path, &file::write(matter, pack), pack)?;
        self.confirm()?;
        Ok(outcome)
    }

    /// The same with the text of the matter. Where the matter is open already the last step is left: nothing but
    /// a loss of power takes the text back, and [`OpenMatter::confirm`] ends that.
    ///
    /// # Errors
    /// Which step failed, or why the text could not be read back; the old file is as it was.
    pub fn place(&mut self, path: &Path, text: &str, pack: &Pack) -> Result<SaveOutcome> {
        check_written(text, pack)?;
        if self.file.path.as_deref() == Some(path) {
            return self.write(path, text, pack);
        }
        let before = std::mem::take(&mut self.file);
        let outcome = match self.begin(path) {
            Some(holder) => Err(anyhow::anyhow!("{} is open in another program ({})", shown(path), holder.words())),
            // A file of its own that might not be there tomorrow is no place to move to.
            None => self.write(path, text, pack).and_then(|outcome| self.confirm().map(|()| outcome)),
        };
        if !matches!(outcome, Ok(SaveOutcome::Written | SaveOutcome::Merged(..))) {
            // The matter stays where it was.
            self.file = before;
        }
        outcome
    }

    /// True where a text that is in place waits for [`OpenMatter::confirm`].
    pub(crate) fn is_unconfirmed(&self) -> bool {
        !self.unconfirmed.is_empty()
    }

    /// Waits until what was put in place survives a loss of power. It is tried once; the next save tries
    /// again.
    ///
    /// # Errors
    /// Where the disk does not confirm it.
    pub fn confirm(&mut self) -> Result<()> {
        std::mem::take(&mut self.unconfirmed).iter().try_for_each(|path| confirm_on(self.disk.as_mut(), path))
    }

    fn write(&mut self, path: &Path, text: &str, pack: &Pack) -> Result<SaveOutcome> {
        if self.file.held {
            bail!("{} is open in another program and may only be read", shown(path));
        }
        let mut outcome = SaveOutcome::Written;
        let mut plain = Cow::Borrowed(text);
        if let Some(theirs) = self.changed(path, pack)? {
            let [base, mine] = [&self.file.base, text].map(|text| matter_in(text, pack));
            let merged = merge::merge(&base, &mine, &theirs.matter);
            if !merged.conflicts.is_empty() {
                let theirs = self.file.conflict.insert(theirs).matter.clone();
                let conflict = Conflict { merged: merged.matter, theirs, conflicts: merged.conflicts };
                return Ok(SaveOutcome::Conflict(Box::new(conflict)));
            }
            if merged.matter != mine {
                plain = file::write(&merged.matter, pack).into();
                outcome = SaveOutcome::Merged(Box::new(merged.matter), merged.taken.len());
            }
        }
        let bytes: Rc<[u8]> = match &self.passphrase {
            Some(passphrase) => cipher::encrypt(plain.as_bytes(), passphrase)?.into(),
            None => plain.as_bytes().into(),
        };
        // A step that fails after the renaming leaves these bytes: they are ours, not somebody else's.
        self.file.tried = Some(Rc::clone(&bytes));
        let place = behind_links(path);
        place_on(self.disk.as_mut(), &place, &bytes)?;
        if !self.unconfirmed.contains(&place) {
            self.unconfirmed.push(place);
        }
        if matches!(outcome, SaveOutcome::Merged(..)) {
            // What is ours and what is theirs is told apart by what is known to be saved.
            self.confirm()?;
        }
        self.file.seen = Some(bytes);
        self.file.base = plain.into_owned();
        Ok(outcome)
    }

    /// The matter on the disk, where it is not what was last seen; `None` also where there is none.
    fn changed(&self, path: &Path, pack: &Pack) -> Result<Option<Theirs>> {
        let bytes = match fs::File::open(path) {
            Ok(file) => bytes_of(&file, &shown(path))?,
            // A file that was taken away is written again.
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
            // A folder that is no folder and the like: saving says what it is.
            Err(_) if self.file.seen.is_none() => return Ok(None),
            Err(fault) => return Err(fault).with_context(|| format!("looking at {} before saving", shown(path))),
        };
        if [&self.file.seen, &self.file.tried].into_iter().flatten().any(|known| **known == *bytes) {
            return Ok(None);
        }
        let unreadable =
            || format!("{} was changed by somebody else and cannot be read; nothing was written", shown(path));
        let text = plain_text(path, &bytes, self.passphrase.as_ref()).with_context(unreadable)?;
        let read = file::read(&shown(path), &text, pack);
        Ok(Some(Theirs { matter: read.matter.with_context(unreadable)?, text, bytes: bytes.into() }))
    }
}

impl Holder {
    /// Who it is, in one line.
    pub fn words(&self) -> String {
        let parts = [("process ", &self.process), ("on ", &self.host), ("since ", &self.since)];
        let parts = parts.iter().filter(|(_, word)| !word.is_empty()).map(|(name, word)| format!("{name}{word}"));
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// A text that is read as something else would be a loss that shows only at the next opening.
fn check_written(text: &str, pack: &Pack) -> Result<()> {
    match file::check_written(text, pack) {
        Ok(()) => Ok(()),
        Err(faults) if faults.is_empty() => bail!("what was to be written reads back as something else"),
        Err(faults) => bail!(crate::faults::render(&faults, Lang::En, false, |_| Some(text))),
    }
}

/// What a text that was read before says; nothing where there was none.
fn matter_in(text: &str, pack: &Pack) -> Matter {
    file::read("", text, pack).matter.unwrap_or_default()
}

/// The bytes of a matter, as they stand on the disk.
///
/// # Errors
/// What is no file, too large, or cannot be read.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let name = shown(path);
    bytes_of(&fs::File::open(path).with_context(|| format!("opening {name}"))?, &name)
}

/// The bytes of a file that is open. `name` is for messages.
fn bytes_of(file: &fs::File, name: &str) -> Result<Vec<u8>> {
    let known = file.metadata().with_context(|| format!("looking at {name}"))?;
    if known.is_dir() {
        bail!("{name} is a folder, not a file");
    }
    let most = file::MAX_BYTES as u64;
    // The limit holds whatever the disk says of the length.
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).with_context(|| format!("reading {name}"))?;
    if bytes.len() as u64 > most {
        bail!("{name} is larger than {} MB; is it the right file?", most >> 20);
    }
    Ok(bytes)
}

/// The text in the bytes of a file, decrypted where they are encrypted.
///
/// # Errors
/// A wrong passphrase, none where one is needed, or bytes that are no text.
pub(crate) fn plain_text(path: &Path, bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<String> {
    if cipher::is_encrypted(bytes) {
        let given = passphrase.cloned().unwrap_or_else(|| Passphrase::new(String::new()));
        let plain = cipher::decrypt(bytes, &given).with_context(|| format!("opening {}", shown(path)))?;
        return library::text_of(path, plain);
    }
    library::text_of(path, bytes.to_vec())
}
