//! Trying an action: its answers are given as a what-if, and the file of the matter stays as it was until the user
//! keeps them.

use super::answer;
use crate::matter::{Answer, Basis, Value};
use crate::scoring::actions::{Changes, apply};
use crate::tui::message::Effect;
use crate::tui::model::{Model, Notice};

/// Tries the action in a row of the list.
pub(super) fn try_action(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    let engine = model.engine;
    let index = model.lists.actions.as_ref()?.get(row)?.worth.action;
    let action = engine.pack.actions.get(index)?;
    let mut changed = model.work.as_ref()?.matter.clone();
    let Changes { responses, ticks } = apply(engine.pack, action, &mut changed);
    if responses.is_empty() && ticks.is_empty() {
        return None;
    }
    // An option of a question that is open as a whole: a matter can only say that it alone is ticked.
    let alone = !ticks.is_empty();
    for (question, option) in ticks {
        let question = engine.pack.questions.get(question)?;
        let id = question.options.get(option)?.id.clone();
        let answer = changed.answers.entry(question.id.clone()).or_insert_with(Answer::unknown);
        answer.basis = Some(Basis::Assumed);
        match &mut answer.value {
            Value::Choices(ids) => ids.push(id),
            value => *value = Value::Choices(vec![id]),
        }
    }
    let effect = if model.work.as_ref()?.trying() { None } else { answer::what_if(model) };
    let change = answer::change(model, |matter| *matter = changed);
    let pack = engine.pack;
    let work = model.work.as_mut()?;
    work.open_entry(pack);
    work.trial.actions.push((index, work.undo.len()));
    model.notice = Some(Notice::Tried { action: index, alone });
    change.or(effect)
}
