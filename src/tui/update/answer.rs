//! Changing answers. Every change goes through [`change`], which makes it undoable, derives what follows, and saves
//! unless answers are only tried.

use super::scores;
use crate::flow;
use crate::matter::file;
use crate::matter::{Answer, Matter, Value};
use crate::pack::Kind;
use crate::tui::message::Effect;
use crate::tui::model::{Brief, Entry, Model, Notice, Trial, UndoStep};

/// How many changes can be undone.
const MOST_UNDO: usize = 500;

/// Changes the matter, as one step of undo, derives what follows, and saves. Nothing happens where the change changes
/// nothing.
pub(super) fn change(model: &mut Model<'_>, edit: impl FnOnce(&mut Matter)) -> Option<Effect> {
    let work = model.work.as_mut()?;
    if work.held.is_some() && !work.trying() {
        model.notice = Some(Notice::ReadOnly);
        return None;
    }
    let before = work.matter.clone();
    edit(&mut work.matter);
    if work.matter == before {
        return None;
    }
    // What was tried and undone can no longer be done again.
    let depth = work.undo.len();
    work.trial.actions.retain(|(_, after)| *after <= depth);
    work.undo.push(UndoStep::between(&before, &work.matter));
    if work.undo.len() > MOST_UNDO {
        work.undo.remove(0);
    }
    work.redo.clear();
    scores::refresh(model);
    save(model)
}

/// Changes the answer to the question in hand, and nothing else of the matter.
fn change_answer(model: &mut Model<'_>, edit: impl FnOnce(&mut Option<Answer>)) -> Option<Effect> {
    let id = model.question()?.id.clone();
    change(model, |matter| {
        let mut answer = matter.answers.remove(&id);
        edit(&mut answer);
        if let Some(answer) = answer {
            matter.answers.insert(id, answer);
        }
    })
}

/// Saves the matter as it is, unless answers are only tried.
pub(super) fn save(model: &mut Model<'_>) -> Option<Effect> {
    let pack = model.engine.pack;
    let lang = model.lang;
    let work = model.work.as_mut()?;
    if work.trying() || work.held.is_some() {
        return None;
    }
    work.matter.lang = Some(lang);
    work.matter.at = pack.questions.get(work.at).map(|question| question.id.clone());
    work.unwritten = true;
    let text = file::write(&work.matter, pack);
    Some(Effect::Save { path: work.path.clone(), text })
}

/// Gives the question in hand a value; note, evidence and basis stay where they can.
pub(super) fn set_value(model: &mut Model<'_>, value: Value) -> Option<Effect> {
    change_answer(model, |answer| {
        let fresh = Answer::told(value);
        match answer {
            Some(answer) => {
                answer.basis = if fresh.value == Value::Unknown { None } else { answer.basis.or(fresh.basis) };
                answer.value = fresh.value;
            }
            None => *answer = Some(fresh),
        }
    })
}

/// Takes the answer to the question in hand away.
pub(super) fn clear(model: &mut Model<'_>) -> Option<Effect> {
    let question = model.question()?;
    let had = model.work.as_ref()?.matter.answer(&question.id).is_some();
    let effect = change_answer(model, |answer| *answer = None);
    if had {
        model.notice = Some(Notice::Cleared);
    }
    effect
}

/// Another basis for the answer to the question in hand.
pub(super) fn basis(model: &mut Model<'_>) -> Option<Effect> {
    use crate::matter::Basis;
    let question = model.question()?;
    let known = model.work.as_ref()?.matter.known(&question.id).is_some();
    if !known {
        model.notice = Some(Notice::AnswerFirst);
        return None;
    }
    let next = match model.work.as_ref()?.matter.answer(&question.id)?.basis {
        Some(Basis::Document) => Basis::Told,
        Some(Basis::Told) => Basis::Assumed,
        Some(Basis::Assumed) | None => Basis::Document,
    };
    let effect = change_answer(model, |answer| {
        if let Some(answer) = answer {
            answer.basis = Some(next);
        }
    });
    if effect.is_some() {
        model.notice = Some(Notice::Basis(next));
    }
    effect
}

/// Sets the note or the evidence of the answer to the question in hand. A note on a question that
/// has no answer makes it "asked, cannot say".
pub(super) fn set_text(model: &mut Model<'_>, evidence: bool, text: &str) -> Option<Effect> {
    let text = text.trim_end().to_owned();
    change_answer(model, |answer| {
        if text.is_empty() && answer.is_none() {
            return;
        }
        let answer = answer.get_or_insert_with(Answer::unknown);
        if evidence { answer.evidence = text } else { answer.note = text }
    })
}

/// Chooses or ticks the option with this index.
pub(super) fn choose(model: &mut Model<'_>, option: usize) -> Option<Effect> {
    let question = model.question()?;
    let id = question.options.get(option)?.id.clone();
    let value = match question.kind {
        Kind::Choices => {
            let ticked = match model.work.as_ref()?.matter.known(&question.id) {
                Some(Value::Choices(ids)) => ids.clone(),
                _ => Vec::new(),
            };
            Value::Choices(flow::toggle(question, &ticked, &id))
        }
        _ => Value::Choice(id),
    };
    // With the last tick gone nothing is said, which is not the same as "none of these".
    if value == Value::Choices(Vec::new()) {
        return change_answer(model, |answer| match answer {
            Some(answer) if !answer.note.is_empty() || !answer.evidence.is_empty() => {
                answer.value = Value::Unknown;
                answer.basis = None;
            }
            _ => *answer = None,
        });
    }
    set_value(model, value)
}

/// Undoes the last change. While answers are tried, only what was tried. What is in a text field is
/// the last change, so that it goes first and, where it could be read, comes back by [`redo`].
pub(super) fn undo(model: &mut Model<'_>) -> Option<Effect> {
    let _ = super::interview::keep_typed(model);
    if super::interview::take_back_unread(model) {
        model.notice = Some(Notice::Undone);
        return None;
    }
    let work = model.work.as_mut()?;
    let floor = work.kept.as_ref().map_or(0, |(_, depth)| *depth);
    if work.undo.len() <= floor {
        model.notice = Some(Notice::NothingToUndo);
        return None;
    }
    let undone = work.undo.pop()?.put_back(&mut work.matter);
    work.redo.push(undone);
    restored(model, Notice::Undone)
}

/// Does again what was undone.
pub(super) fn redo(model: &mut Model<'_>) -> Option<Effect> {
    let kept = super::interview::keep_typed(model);
    let work = model.work.as_mut()?;
    let unread = matches!(work.entry, Entry::Text { on_field: true, fault: true, .. });
    let Some(undone) = work.redo.pop_if(|_| !unread) else {
        model.notice = Some(Notice::NothingToUndo);
        return kept;
    };
    let change = undone.put_back(&mut work.matter);
    work.undo.push(change);
    restored(model, Notice::Redone)
}

/// After the matter was replaced as a whole: shows the question that changed, if it is another one.
pub(super) fn restored(model: &mut Model<'_>, notice: Notice) -> Option<Effect> {
    let pack = model.engine.pack;
    scores::refresh(model);
    let work = model.work.as_mut()?;
    work.drafts.remove(&work.at);
    if !work.visible.get(work.at).copied().unwrap_or_default() {
        work.at = flow::open_at(pack, &work.matter);
    }
    let row = if let Entry::Options(row) | Entry::Rows(row) = work.entry { Some(row) } else { None };
    work.open_entry(pack);
    if let (Entry::Rows(cursor), Some(row)) = (&mut work.entry, row) {
        *cursor = row;
    }
    super::interview::keep_cursor_inside(model);
    model.notice = Some(notice);
    save(model)
}

/// Begins to try answers, or drops what was tried.
pub(super) fn what_if(model: &mut Model<'_>) -> Option<Effect> {
    let effect = super::interview::keep_typed(model);
    let pack = model.engine.pack;
    let work = model.work.as_mut()?;
    match work.kept.take() {
        None => {
            work.kept = Some((Box::new(work.matter.clone()), work.undo.len()));
            let before = work.scores.assessment.rows.iter().map(Brief::of).collect();
            work.trial = Trial { before, actions: Vec::new() };
            model.notice = Some(Notice::WhatIf);
            effect
        }
        Some((kept, depth)) => {
            work.matter = *kept;
            work.undo.truncate(depth);
            work.redo.clear();
            work.drafts.clear();
            scores::refresh(model);
            let work = model.work.as_mut()?;
            if !work.visible.get(work.at).copied().unwrap_or_default() {
                work.at = flow::open_at(pack, &work.matter);
            }
            work.open_entry(pack);
            model.notice = Some(Notice::WhatIfDropped);
            None
        }
    }
}

/// Keeps what was tried.
pub(super) fn keep_what_if(model: &mut Model<'_>) -> Option<Effect> {
    let work = model.work.as_mut()?;
    if work.held.is_some() {
        model.notice = Some(Notice::ReadOnly);
        return None;
    }
    work.kept.take()?;
    model.notice = Some(Notice::WhatIfKept);
    save(model)
}
