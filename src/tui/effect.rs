//! What the loop does outside the model: saving, opening, listing. The answer is a [`Message`].

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};

use super::message::{Effect, ExportFault, Message, Recent};
use crate::export::Order;
use crate::lang::Lang;
use crate::matter::file;
use crate::scoring::Engine;
use crate::store::cipher::{self, Passphrase};
use crate::store::conflict::ConflictError;
use crate::store::open_matter::{OpenMatter, Opened, SaveOutcome};
use crate::{library, store, text};

/// The surroundings of the loop: the pack, the data folder and the open matter. Tests have their own folder.
#[derive(Debug)]
pub struct Env<'p> {
    /// The pack made ready for scoring, for reading matters and writing reports.
    pub engine: &'p Engine<'p>,
    /// The folder, or why there is none; made when something is first put there or looked for.
    pub folder: OnceCell<Result<PathBuf, String>>,
    /// The matter that is open: its lock, what was last seen of it, its passphrase.
    pub open_matter: RefCell<OpenMatter>,
}

impl<'p> Env<'p> {
    /// With the data folder of the user.
    pub fn new(engine: &'p Engine<'p>) -> Self {
        Env { engine, folder: OnceCell::new(), open_matter: RefCell::default() }
    }

    /// With a data folder of the caller's choice.
    pub fn with_folder(engine: &'p Engine<'p>, folder: Result<PathBuf, String>) -> Self {
        Env { engine, folder: folder.into(), open_matter: RefCell::default() }
    }

    /// The folder, or why there is none. A matter that lies elsewhere is opened and saved without it.
    fn folder(&self) -> Result<&Path, &String> {
        let make = || store::data_folder().map_err(|fault| format!("{fault:#}"));
        self.folder.get_or_init(make).as_deref()
    }
}

/// Carries out an effect, and says how it went.
pub fn perform(effect: Effect, env: &Env<'_>, lang: Lang) -> Message {
    match effect {
        Effect::Save { path, text } => save(path, &text, env),
        Effect::Settle { path, text } => {
            env.open_matter.borrow_mut().chosen();
            save(Some(path), &text, env)
        }
        Effect::SaveAs { path, text, passphrase } => Message::SavedAs(save_as(&path, &text, passphrase, env)),
        Effect::Encrypt { path, text, passphrase } => {
            env.open_matter.borrow_mut().set_passphrase(Some(passphrase));
            save(path, &text, env)
        }
        Effect::PutAside(text) => Message::PutAside(put_aside(&text, env)),
        Effect::Rename { path, title, text } => rename(&path, &title, &text, env),
        Effect::Export { order, path, replace } => Message::Exported(export(&order, &path, replace, env)),
        Effect::Open(path) => open(&path, None, env, lang),
        Effect::OpenLocked(path, passphrase) => open(&path, Some(&passphrase), env, lang),
        Effect::ListRecent => Message::Recent(env.folder().map(recent).unwrap_or_default()),
    }
}

fn save(path: Option<PathBuf>, text: &str, env: &Env<'_>) -> Message {
    let path = match path {
        Some(path) => path,
        None => match env.folder() {
            Ok(folder) => {
                // A new matter is not the one that was open before.
                let mut open_matter = env.open_matter.borrow_mut();
                if open_matter.path().is_some() {
                    open_matter.forget();
                }
                store::free_name(folder, "matter")
            }
            Err(fault) => return Message::Saved(Err(fault.clone())),
        },
    };
    match write(&path, text, env) {
        Ok(SaveOutcome::Written) => Message::Saved(Ok(path)),
        Ok(SaveOutcome::Merged(matter, parts)) => Message::Merged(path, matter, parts),
        Ok(SaveOutcome::Conflict(conflict)) => Message::Conflict(conflict),
        Err(fault) => Message::Saved(Err(fault)),
    }
}

/// Writes the text of a matter to its file.
fn write(path: &Path, text: &str, env: &Env<'_>) -> Result<SaveOutcome, String> {
    env.open_matter.borrow_mut().place(path, text, env.engine.pack).map_err(|fault| format!("{fault:#}"))
}

/// Waits until what was saved survives a loss of power, and says how that went; `None` where
/// nothing waits for it.
pub fn confirm(env: &Env<'_>) -> Option<Message> {
    let mut open_matter = env.open_matter.borrow_mut();
    open_matter
        .is_unconfirmed()
        .then(|| Message::Confirmed(open_matter.confirm().map_err(|fault| format!("{fault:#}"))))
}

/// Saves in a place that has no file yet, which is the matter's from then on.
fn save_as(path: &Path, text: &str, passphrase: Option<Passphrase>, env: &Env<'_>) -> Result<PathBuf, String> {
    if path.symlink_metadata().is_ok() {
        return Err(crate::messages::safe::exists(Lang::En, text::one_line(&path.to_string_lossy())));
    }
    let before = passphrase.map(|new| env.open_matter.borrow_mut().set_passphrase(Some(new)));
    let saved = write(path, text, env);
    if let (Some(before), Err(_)) = (before, &saved) {
        env.open_matter.borrow_mut().set_passphrase(before);
    }
    match saved? {
        SaveOutcome::Written | SaveOutcome::Merged(..) => Ok(path.to_path_buf()),
        SaveOutcome::Conflict(_) => Err(ConflictError::WORDS.to_owned()),
    }
}

/// Saves a copy under a new name in the data folder, encrypted where the matter is.
fn put_aside(text: &str, env: &Env<'_>) -> Result<PathBuf, String> {
    let folder = env.folder().map_err(Clone::clone)?;
    let path = store::free_name(folder, "put-aside");
    let open_matter = env.open_matter.borrow();
    open_matter.save_copy(&path, text.as_bytes()).map_err(|fault| format!("{fault:#}"))?;
    Ok(path)
}

/// Writes a report, encrypted where the matter is, which its name then says. A file of that name is
/// left alone unless it may be replaced.
fn export(order: &Order, path: &Path, replace: bool, env: &Env<'_>) -> Result<PathBuf, ExportFault> {
    let open_matter = env.open_matter.borrow();
    let path = &if open_matter.is_encrypted() { cipher::named(path) } else { path.to_path_buf() };
    if !replace && path.symlink_metadata().is_ok() {
        return Err(ExportFault::Exists);
    }
    let written = crate::export::bytes(env.engine, order).and_then(|bytes| open_matter.save_copy(path, &bytes));
    // The absolute path, so that the file is found again.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
    written.map(|()| absolute).map_err(|fault| ExportFault::Failed(format!("{fault:#}")))
}

/// Saves under a name made of the title and takes the old file away. A matter outside the data folder
/// keeps the name that its user gave it.
fn rename(old: &Path, title: &str, text: &str, env: &Env<'_>) -> Message {
    let same = || save(Some(old.to_path_buf()), text, env);
    let Ok(folder) = env.folder() else { return same() };
    let stem = text::file_stem(title, "matter");
    let ours = old.parent() == Some(folder);
    // An encrypted matter keeps its name: a name after the title would tell it.
    let named = old.file_stem().is_some_and(|name| name.to_string_lossy() == stem);
    if !ours || named || env.open_matter.borrow().is_encrypted() {
        return same();
    }
    // First under the old name, where a version of somebody else is noticed.
    let saved = same();
    if !matches!(saved, Message::Saved(Ok(_))) {
        return saved;
    }
    let path = store::free_name(folder, &stem);
    let saved = save(Some(path.clone()), text, env);
    if matches!(saved, Message::Saved(Ok(_))) {
        // The matter is safe under its new name; an old file that stays is no loss.
        let _ = std::fs::remove_file(old);
        return saved;
    }
    Message::Saved(Ok(old.to_path_buf()))
}

fn open(path: &Path, passphrase: Option<&Passphrase>, env: &Env<'_>, lang: Lang) -> Message {
    match env.open_matter.borrow_mut().open(path, env.engine.pack, passphrase, lang) {
        Ok(Opened::Locked) => Message::Locked(path.to_path_buf()),
        Ok(Opened::OfAnotherPack) => Message::OfAnotherPack(path.to_path_buf()),
        Ok(Opened::Matter(opened)) if opened.held.is_none() && opened.changes.is_empty() => {
            Message::Opened(Ok((path.to_path_buf(), opened.matter)))
        }
        Ok(Opened::Matter(opened)) => Message::OpenedWith(path.to_path_buf(), opened),
        Err(fault) => Message::Opened(Err(format!("{fault:#}"))),
    }
}

/// How many matters are listed at most.
const MOST_RECENT: usize = 20;

/// The matters of a folder, newest first. What cannot be read is passed over: opening says why.
fn recent(folder: &Path) -> Vec<Recent> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            [".toml", ".toml.age"].iter().any(|ending| name.ends_with(ending))
        })
        .filter_map(|path| {
            let about = path.metadata().ok()?;
            // A named pipe would be waited for until somebody writes into it.
            about.is_file().then_some((about.modified().ok()?, path))
        })
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
