//! What the loop does outside the model: saving, opening, listing. The answer is a [`Message`].
//!
//! Must not: change the model, or decide what is saved.

use std::path::{Path, PathBuf};

use super::message::{Effect, ExportFault, Message, Recent};
use crate::export::Order;
use crate::lang::Lang;
use crate::matter::file;
use crate::pack::Pack;
use crate::scoring::Engine;
use crate::{faults, library, store};

/// Where matters are kept that the user has not put anywhere; a value, so that tests use their own.
#[derive(Clone, Debug)]
pub struct World<'p> {
    /// The pack made ready for scoring, for reading matters and writing reports.
    pub engine: &'p Engine<'p>,
    /// The folder, or why there is none.
    pub folder: Result<PathBuf, String>,
}

impl<'p> World<'p> {
    /// The user's own data folder.
    pub fn new(engine: &'p Engine<'p>) -> Self {
        World { engine, folder: store::data_folder().map_err(|fault| format!("{fault:#}")) }
    }
}

/// Does it, and says how it went.
pub fn perform(effect: Effect, world: &World<'_>, lang: Lang) -> Message {
    match effect {
        Effect::Save { path, text } => Message::Saved(save(path, &text, world)),
        Effect::Rename { path, title, text } => Message::Saved(rename(&path, &title, &text, world)),
        Effect::Export { order, path, replace } => Message::Exported(export(&order, &path, replace, world)),
        Effect::Open(path) => open(&path, world.engine.pack, lang),
        Effect::ListRecent => Message::Recent(world.folder.as_deref().map(recent).unwrap_or_default()),
    }
}

fn save(path: Option<PathBuf>, text: &str, world: &World<'_>) -> Result<PathBuf, String> {
    let path = match path {
        Some(path) => path,
        None => store::free_name(world.folder.as_deref().map_err(Clone::clone)?, "matter"),
    };
    store::save(&path, text.as_bytes()).map_err(|fault| format!("{fault:#}"))?;
    Ok(path)
}

/// Writes a report. A file of that name is left alone unless it may be replaced.
fn export(order: &Order, path: &Path, replace: bool, world: &World<'_>) -> Result<PathBuf, ExportFault> {
    if !replace && path.symlink_metadata().is_ok() {
        return Err(ExportFault::Exists);
    }
    let written = crate::export::bytes(world.engine, order).and_then(|bytes| store::save(path, &bytes));
    // The whole path, so that it is found again.
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    written.map(|()| whole).map_err(|fault| ExportFault::Failed(format!("{fault:#}")))
}

/// Saves under a name made of the title and takes the old file away. A matter outside the data folder
/// keeps the name that its user gave it.
fn rename(old: &Path, title: &str, text: &str, world: &World<'_>) -> Result<PathBuf, String> {
    let ours = world.folder.as_deref().is_ok_and(|folder| old.parent() == Some(folder));
    if !ours {
        return save(Some(old.to_path_buf()), text, world);
    }
    let folder = world.folder.as_deref().map_err(Clone::clone)?;
    let stem = crate::text::file_stem(title, "matter");
    if old.file_stem().is_some_and(|name| name.to_string_lossy() == stem) {
        return save(Some(old.to_path_buf()), text, world);
    }
    let path = store::free_name(folder, &stem);
    store::save(&path, text.as_bytes()).map_err(|fault| format!("{fault:#}"))?;
    // The matter is safe under its new name; an old file that stays is no loss.
    let _ = std::fs::remove_file(old);
    Ok(path)
}

fn open(path: &Path, pack: &Pack, lang: Lang) -> Message {
    let most = file::MAX_BYTES as u64;
    let text = match library::read_text(path, most) {
        Ok(text) => text,
        Err(fault) => return Message::Opened(Err(format!("{fault:#}"))),
    };
    let other = file::pack_of(&text).is_some_and(|id| id != pack.id && library::ids().any(|known| known == id));
    if other {
        return Message::OfAnotherPack(path.to_path_buf());
    }
    let name = path.display().to_string();
    let read = file::read(&name, &text, pack);
    Message::Opened(match read.matter {
        Some(matter) => Ok((path.to_path_buf(), matter)),
        None => Err(faults::render(&read.faults, lang, false, |_| Some(text.as_str()))),
    })
}

/// Most matters that are listed.
const MOST_RECENT: usize = 20;

/// The matters of a folder, newest first. What cannot be read is passed over: opening says why.
fn recent(folder: &Path) -> Vec<Recent> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().take(MOST_RECENT).map(|(_, path)| Recent { title: title_of(&path), path }).collect()
}

/// The title in the first lines of a matter.
fn title_of(path: &Path) -> String {
    let Ok(text) = library::read_text(path, file::MAX_BYTES as u64) else { return String::new() };
    let head: String = text.lines().take_while(|line| !line.starts_with('[')).collect::<Vec<_>>().join("\n");
    let table: Option<toml::Table> = head.parse().ok();
    table.and_then(|table| table.get("title")?.as_str().map(str::to_owned)).unwrap_or_default()
}
