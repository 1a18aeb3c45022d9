//! What follows when a save did not simply succeed: another place, another version, a passphrase, a program that is
//! asked to end.

use std::path::PathBuf;

use super::{answer, leave, scores};
use crate::matter::Matter;
use crate::matter::file::{self, Change};
use crate::messages::safe;
use crate::store::cipher::{self, Passphrase};
use crate::store::conflict::{Conflict, ConflictError};
use crate::store::lock::Holder;
use crate::text;
use crate::tui::message::{Command, Effect};
use crate::tui::model::{Choosing, Leaving, Model, Notice, Overlay, ReadFor, TextBox, TextFor, UndoStep};
use crate::tui::text_field::TextField;

/// Says what the user should know of a file that was opened.
pub(crate) fn about_file(model: &mut Model<'_>, held: Option<Holder>, changes: &[Change]) {
    let lang = model.lang;
    let mut words = Vec::new();
    if let Some(holder) = &held {
        words.push(safe::held(lang, holder.words()));
    }
    words.extend(changes.iter().map(|change| change_words(change, lang)));
    if let Some(work) = &mut model.work {
        work.held = held;
    }
    if !words.is_empty() {
        model.overlays.push(Overlay::AboutFile(words.join("\n"), 0));
    }
}

/// What another version of the pack made of a matter, in a sentence.
pub(crate) fn change_words(change: &Change, lang: crate::lang::Lang) -> String {
    match change {
        Change::Version(version) => safe::older(lang, text::one_line(version)),
        Change::Renamed { from, to } => safe::renamed(lang, text::one_line(from), text::one_line(to)),
        Change::Kept(id) => safe::kept(lang, text::one_line(id)),
        Change::Open(count) => safe::open(lang, count),
    }
}

/// The matter is saved and now holds what somebody else had written.
pub(super) fn merged(model: &mut Model<'_>, path: PathBuf, matter: Matter, parts: usize) -> Option<Effect> {
    if let Some(work) = &mut model.work
        && !work.trying()
    {
        work.matter = matter;
        work.redo.clear();
        scores::refresh(model);
        reopen(model);
    }
    let stays = model.leaving.is_none();
    let effect = leave::saved(model, Ok(path));
    if stays {
        model.notice = Some(Notice::Merged(parts));
    }
    effect
}

/// Shows the question in hand with its new answer, unless something is being written.
fn reopen(model: &mut Model<'_>) {
    let pack = model.engine.pack;
    if let Some(work) = &mut model.work {
        if !work.visible.get(work.at).copied().unwrap_or_default() {
            work.at = crate::flow::open_at(pack, &work.matter);
        }
        work.open_entry(pack);
    }
    super::interview::keep_cursor_inside(model);
}

/// Nothing is saved: the user chooses between two versions.
pub(super) fn conflicted(model: &mut Model<'_>, conflict: Conflict) -> Option<Effect> {
    let leaving = model.leaving.take();
    let work = model.work.as_mut()?;
    work.unsaved = Some(ConflictError::WORDS.to_owned());
    if let Some(Leaving::Signalled(signal)) = leaving {
        return aside(model, signal);
    }
    let theirs = vec![false; conflict.conflicts.len()];
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Conflict(_)));
    model.overlays.push(Overlay::Conflict(Box::new(Choosing { conflict, theirs, row: 0 })));
    None
}

/// A command while two versions are shown.
pub(super) fn choose(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let Some(Overlay::Conflict(choosing)) = model.overlays.last_mut() else { return None };
    let last = choosing.theirs.len().saturating_sub(1);
    match command {
        Command::Up => choosing.row = choosing.row.saturating_sub(1),
        Command::Down => choosing.row = (choosing.row + 1).min(last),
        Command::Left | Command::Right | Command::Toggle => {
            let row = choosing.row;
            if let Some(theirs) = choosing.theirs.get_mut(row) {
                *theirs = !*theirs;
            }
        }
        Command::Back => drop(model.overlays.pop()),
        Command::Enter | Command::Done => return settle(model),
        _ => {}
    }
    None
}

/// Saves what was chosen. An answer given since the question was put stays ours.
fn settle(model: &mut Model<'_>) -> Option<Effect> {
    let Some(Overlay::Conflict(choosing)) = model.overlays.pop() else { return None };
    let work = model.work.as_mut()?;
    let settled = choosing.conflict.settled(|index| choosing.theirs.get(index).copied().unwrap_or_default());
    let before = std::mem::replace(&mut work.matter, settled);
    work.undo.push(UndoStep::between(&before, &work.matter));
    work.redo.clear();
    scores::refresh(model);
    reopen(model);
    match answer::save(model)? {
        Effect::Save { path: Some(path), text } => Some(Effect::Settle { path, text }),
        other => Some(other),
    }
}

/// The window for another place.
pub(super) fn open_save_as(model: &mut Model<'_>) {
    let Some(work) = &model.work else { return };
    let path = work.path.as_ref().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::LeaveUnsaved));
    model.overlays.push(Overlay::Text(TextBox { what: TextFor::SaveAs, field: TextField::line(&path) }));
}

/// Saves in another place.
pub(super) fn save_as(model: &mut Model<'_>, written: &str) -> Option<Effect> {
    let written = written.trim();
    let work = model.work.as_ref()?;
    if written.is_empty() {
        return None;
    }
    let path = PathBuf::from(written);
    if work.path.as_ref() == Some(&path) {
        return answer::save(model);
    }
    if cipher::named(&path) == path {
        // The name asks for encryption.
        if cipher::AVAILABLE {
            model.save_as = Some(path);
            model.overlays.push(Overlay::Text(TextBox { what: TextFor::NewPassphrase, field: TextField::masked() }));
        } else {
            model.notice = Some(Notice::NoEncryption);
        }
        return None;
    }
    // A matter that is held elsewhere may well be saved as a copy.
    let text = file::write(&work.matter, model.engine.pack);
    Some(Effect::SaveAs { path, text, passphrase: None })
}

/// It is in another place now, or not.
pub(super) fn saved_as(model: &mut Model<'_>, result: Result<PathBuf, String>) -> Option<Effect> {
    let work = model.work.as_mut()?;
    match result {
        Ok(path) => {
            work.generated = false;
            work.unsaved = None;
            work.unwritten = false;
            work.held = None;
            model.notice = Some(Notice::SavedAs(path.clone()));
            work.path = Some(path);
        }
        Err(reason) => model.overlays.push(Overlay::Reader(ReadFor::NotSaved, reason, 0)),
    }
    None
}

/// The window for the passphrase of a file.
pub(super) fn ask_passphrase(model: &mut Model<'_>, path: PathBuf) {
    model.locked = Some(path);
    model.overlays.push(Overlay::Text(TextBox { what: TextFor::Passphrase, field: TextField::masked() }));
}

/// Opens the file that waits.
pub(super) fn open_locked(model: &mut Model<'_>, written: String) -> Option<Effect> {
    let path = model.locked.take()?;
    Some(Effect::OpenLocked(path, Passphrase::new(written)))
}

/// The window for a new passphrase.
pub(super) fn open_encrypt(model: &mut Model<'_>) {
    if !cipher::AVAILABLE {
        model.notice = Some(Notice::NoEncryption);
    } else if model.work.as_ref().is_some_and(|work| work.held.is_none()) {
        model.overlays.push(Overlay::Text(TextBox { what: TextFor::NewPassphrase, field: TextField::masked() }));
    }
}

/// The new passphrase was typed, once or twice.
pub(super) fn new_passphrase(model: &mut Model<'_>, what: TextFor, written: String) -> Option<Effect> {
    let typed = Passphrase::new(written);
    if what == TextFor::NewPassphrase {
        if !typed.is_empty() {
            model.passphrase = Some(typed);
            model.overlays.push(Overlay::Text(TextBox { what: TextFor::Repeat, field: TextField::masked() }));
        }
        return None;
    }
    if model.passphrase.take() != Some(typed.clone()) {
        model.notice = Some(Notice::NotTheSame);
        return None;
    }
    if let Some(path) = model.save_as.take() {
        let text = file::write(&model.work.as_ref()?.matter, model.engine.pack);
        return Some(Effect::SaveAs { path, text, passphrase: Some(typed) });
    }
    let Effect::Save { path, text } = answer::save(model)? else { return None };
    model.notice = Some(Notice::Encrypted);
    Some(Effect::Encrypt { path, text, passphrase: typed })
}

/// A window that asked for a secret or a place was left.
pub(super) fn dropped(model: &mut Model<'_>) {
    model.locked = None;
    model.save_as = None;
    model.passphrase = None;
}

/// The program is asked to end and nobody can be asked: what is typed is kept and saved, what was
/// only tried is dropped.
pub(super) fn ended(model: &mut Model<'_>, signal: u8) -> Option<Effect> {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::LeaveUnsaved | Overlay::Conflict(_)));
    leave::leave(model, Leaving::Signalled(signal))
}

/// Puts a copy aside, because the file could not be saved and the program ends.
pub(super) fn aside(model: &mut Model<'_>, signal: u8) -> Option<Effect> {
    model.leaving = Some(Leaving::Signalled(signal));
    let work = model.work.as_ref()?;
    Some(Effect::PutAside(file::write(&work.matter, model.engine.pack)))
}

/// The copy is there, or not; either way the program ends.
pub(super) fn put_aside(model: &mut Model<'_>, result: Result<PathBuf, String>) -> Option<Effect> {
    let how = model.leaving.take().unwrap_or(Leaving::Left);
    leave::end(model, &how);
    if let Some(outcome) = &mut model.outcome {
        outcome.put_aside = result.ok();
    }
    None
}
