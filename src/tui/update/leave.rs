//! Leaving the matter in hand, for another one or for good.
//!
//! What is typed is kept and saved first; what comes next comes once that is confirmed, and where it cannot be saved
//! the matter stays and the user is asked.

use super::{answer, overlays, saving, start};
use crate::faults;
use crate::matter::{Matter, file};
use crate::scoring::case_matters;
use crate::tui::message::Effect;
use crate::tui::model::{Leaving, Model, Next, Notice, Outcome, Overlay, ReadFor, ResultState, Screen, Work};

/// Leaves. Where the last save failed it is tried once more, and the user is asked if it fails.
/// The contents of an open window are kept; what was only tried is dropped.
pub(super) fn leave(model: &mut Model<'_>, how: Leaving) -> Option<Effect> {
    if matches!(model.overlays.last(), Some(Overlay::LeaveUnsaved)) {
        end(model, &how);
        return None;
    }
    let effect = overlays::put_away(model);
    if model.work.as_ref().is_some_and(Work::trying) {
        let _ = answer::what_if(model);
    }
    // What was kept a moment ago may still be on its way, and the last save may have failed.
    let unwritten = model.work.as_ref().is_some_and(|work| work.unwritten);
    let effect = effect.or_else(|| if unwritten { answer::save(model) } else { None });
    if effect.is_some() {
        model.leaving = Some(how);
        return effect;
    }
    go(model, how)
}

/// The matter is saved, or not.
pub(super) fn saved(model: &mut Model<'_>, result: Result<std::path::PathBuf, String>) -> Option<Effect> {
    let leaving = model.leaving.take();
    if let Some(work) = &mut model.work {
        match result {
            Ok(path) => {
                if work.path.as_ref() != Some(&path) {
                    work.generated = true;
                    model.notice = Some(Notice::SavedAs(path.clone()));
                }
                work.path = Some(path);
                work.unsaved = None;
            }
            Err(reason) => work.unsaved = Some(reason),
        }
        match leaving {
            Some(Leaving::Signalled(signal)) if work.unsaved.is_some() => return saving::aside(model, signal),
            Some(_) if work.unsaved.is_some() => model.overlays.push(Overlay::LeaveUnsaved),
            Some(how) => return go(model, how),
            None => {}
        }
    }
    if matches!(model.screen, Screen::Home) { Some(Effect::ListRecent) } else { None }
}

/// The disk has confirmed what was saved, or not.
pub(super) fn confirmed(model: &mut Model<'_>, result: Result<(), String>) {
    let Some(work) = &mut model.work else { return };
    match result {
        Ok(()) => work.unwritten = work.unsaved.is_some(),
        Err(reason) => work.unsaved = Some(reason),
    }
    if let Some(outcome) = &mut model.outcome {
        outcome.unsaved.clone_from(&work.unsaved);
    }
}

/// Goes, with nothing left behind.
fn go(model: &mut Model<'_>, how: Leaving) -> Option<Effect> {
    let Leaving::For(next) = how else {
        end(model, &how);
        return None;
    };
    match next {
        Next::New => begin(model, Matter::default()),
        Next::Open(path) => return Some(Effect::Open(path)),
        Next::Example(index) => example(model, index),
        Next::Case(index) => practise(model, index),
        Next::Pack(opening) => model.outcome = Some(Outcome { opening: Some(opening), ..Outcome::default() }),
    }
    None
}

/// Ends the program.
pub(super) fn end(model: &mut Model<'_>, how: &Leaving) {
    let work = model.work.as_ref();
    model.outcome = Some(Outcome {
        path: work.and_then(|work| work.path.clone()),
        unsaved: work.and_then(|work| work.unsaved.clone()),
        interrupted: *how == Leaving::Interrupted,
        signal: if let Leaving::Signalled(signal) = how { Some(*signal) } else { None },
        put_aside: None,
        opening: None,
    });
}

/// Begins a matter that has no file yet: it gets one with the first change.
fn begin(model: &mut Model<'_>, matter: Matter) {
    let work = Work::new(model.engine.pack, matter, None, model.as_of);
    start(model, work);
}

/// Opens a copy of an example at its result.
fn example(model: &mut Model<'_>, index: usize) {
    let pack = model.engine.pack;
    let Some((name, text)) = pack.examples.get(index) else { return };
    let read = file::read(name, text, pack);
    let Some(mut matter) = read.matter else {
        let report = faults::render(&read.faults, model.lang, false, |_| Some(&**text));
        model.overlays.push(Overlay::Reader(ReadFor::NotOpened, report, 0));
        return;
    };
    if let Some(it) = pack.example_name(name) {
        it.title.get(model.lang).clone_into(&mut matter.title);
    }
    begin(model, matter);
    model.screen = Screen::Result(ResultState::default());
}

/// Opens a decided case as a new matter at its result.
fn practise(model: &mut Model<'_>, index: usize) {
    let pack = model.engine.pack;
    let Some(case) = pack.cases.get(index) else { return };
    begin(model, case_matters::matter(pack, case, model.lang));
    model.screen = Screen::Result(ResultState::default());
    model.notice = Some(Notice::Practice(case.outcome));
}
