//! The packs in the binary, and packs read from a folder.
//!
//! Invariant: a folder is read with bounds on number and size, and no link is followed out of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};

use crate::lang::Localized;
use crate::pack::{File, Loaded, embedded, load};

struct BuiltIn {
    id: &'static str,
    /// In English and Chinese.
    title: (&'static str, &'static str),
    /// Path and text.
    files: &'static [(&'static str, &'static str)],
    /// The compact form; none where the pack had a fault when the program was built.
    compact: Option<&'static [u8]>,
}

/// Every pack in the binary, in the order of the ids.
static PACKS: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The pack that is used when none is named: the one whose `pack.toml` says so.
pub const DEFAULT: &str = include!(concat!(env!("OUT_DIR"), "/default.rs"));

fn find(id: &str) -> Option<&'static BuiltIn> {
    PACKS.iter().find(|pack| pack.id == id)
}

pub fn ids() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|pack| pack.id)
}

pub fn files(id: &str) -> Option<Vec<File>> {
    let files = find(id)?.files.iter();
    Some(files.map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect())
}

/// A pack in the binary: from its compact form, else from its texts.
pub fn built_in(id: &str) -> Option<Loaded> {
    match find(id)?.compact.and_then(embedded::read) {
        Some(pack) => Some(Loaded { pack, faults: Vec::new() }),
        None => Some(load(&files(id)?)),
    }
}

/// What a pack in the binary is for, without reading the pack.
pub fn title(id: &str) -> Option<Localized> {
    let (en, zh) = find(id)?.title;
    Some(Localized { en: en.to_owned(), zh: zh.to_owned() })
}

/// Bounds on a pack in a folder.
const MAX_FILES: usize = 2_000;
const MAX_FILE_BYTES: u64 = 4 << 20;
const MAX_BYTES: usize = 16 << 20;
const MAX_DEPTH: usize = 4;

/// The files of a pack in a folder. Files that do not end in `.toml` are passed over.
///
/// # Errors
/// Where the folder or a file of it cannot be read, or exceeds the bounds.
pub fn folder(path: &Path) -> Result<Vec<File>> {
    if !path.is_dir() {
        bail!("{} is not a folder; a pack is a folder with a pack.toml", shown(path));
    }
    let mut files = Vec::new();
    walk(path, path, 0, &mut files)?;
    Ok(files)
}

fn walk(root: &Path, folder: &Path, depth: usize, files: &mut Vec<File>) -> Result<()> {
    if depth > MAX_DEPTH {
        bail!("{}: folders nest deeper than {MAX_DEPTH}", shown(folder));
    }
    let entries = fs::read_dir(folder).with_context(|| format!("reading the folder {}", shown(folder)))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading the folder {}", shown(folder)))?;
        let path = entry.path();
        let kind = entry.file_type().with_context(|| format!("looking at {}", shown(&path)))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_symlink() && !hidden {
            bail!("{} is a link; a pack holds its own files and links to none", shown(&path));
        }
        if kind.is_dir() {
            walk(root, &path, depth + 1, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|ending| ending == "toml") {
            if files.len() >= MAX_FILES {
                bail!("{}: more than {MAX_FILES} files", shown(root));
            }
            let text = read_text(&path, MAX_FILE_BYTES)?;
            let total: usize = files.iter().map(|file| file.text.len()).sum::<usize>() + text.len();
            if total > MAX_BYTES {
                bail!("{}: more than {} MB in all", shown(root), MAX_BYTES >> 20);
            }
            let inside = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(File { path: inside, text });
        }
    }
    Ok(())
}

/// The files of a pack's folder with their times of change and sizes: alike where nothing changed.
/// What cannot be looked at is left out, so that it counts as a change when it comes back.
pub(crate) fn stamps(path: &Path) -> BTreeMap<PathBuf, (Option<SystemTime>, u64)> {
    let mut out = BTreeMap::new();
    stamp(path, 0, &mut out);
    out
}

fn stamp(folder: &Path, depth: usize, out: &mut BTreeMap<PathBuf, (Option<SystemTime>, u64)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let Ok(about) = path.symlink_metadata() else { continue };
        if about.is_dir() && depth < MAX_DEPTH {
            stamp(&path, depth + 1, out);
        } else if about.is_file() && path.extension().is_some_and(|ending| ending == "toml") && out.len() < MAX_FILES {
            out.insert(path, (about.modified().ok(), about.len()));
        }
    }
}

/// A text file of at most `most` bytes.
///
/// # Errors
/// A folder, a file that is too large or not UTF-8, or one that cannot be read.
pub(crate) fn read_text(path: &Path, most: u64) -> Result<String> {
    let shown = shown(path);
    let file = fs::File::open(path).with_context(|| format!("opening {shown}"))?;
    let about = file.metadata().with_context(|| format!("looking at {shown}"))?;
    if about.is_dir() {
        bail!("{shown} is a folder, not a file");
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).with_context(|| format!("reading {shown}"))?;
    if bytes.len() as u64 > most {
        bail!("{shown} is larger than {} MB; is it the right file?", most >> 20);
    }
    text_of(path, bytes)
}

/// The bytes of a file as text.
///
/// # Errors
/// Where they are not UTF-8: which line.
pub(crate) fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String> {
    let shown = shown(path);
    String::from_utf8(bytes).map_err(|fault| {
        let at = fault.utf8_error().valid_up_to();
        let line = fault.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        anyhow::anyhow!("{shown}:{line}: not text in UTF-8 (byte {at}); save it as UTF-8, or is it another file?")
    })
}

/// A path as it may be shown: control characters made visible.
fn shown(path: &Path) -> String {
    crate::text::one_line(&path.to_string_lossy())
}
