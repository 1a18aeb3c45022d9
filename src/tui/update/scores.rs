//! Scoring between keys: one target at a time and only while no key waits, so that no key ever waits for more than one.

use jiff::civil::Date;

use crate::flow;
use crate::matter::fact_vector;
use crate::scoring::money::Exchange;
use crate::scoring::{Engine, consistency};
use crate::tui::model::{Brief, Model, Work};

/// While no target is chosen and no asset known, this many are scored: those with most decided cases.
const UNCHOSEN: usize = 6;

/// After a change of the matter: works out at once what is quick, and queues the targets.
pub(crate) fn refresh(model: &mut Model<'_>) {
    let as_of = model.as_of;
    model.lists.forget();
    model.lists.outlooks.clear();
    let Some(work) = &mut model.work else { return };
    follow(work, model.engine, as_of);
    if work.scores.pending.is_empty() {
        work.scores.before = work.scores.assessment.rows.iter().map(Brief::of).collect();
    }
    queue(work, model.engine);
}

/// What follows at once from the answers.
fn follow(work: &mut Work, engine: &Engine<'_>, as_of: Date) {
    let pack = engine.pack;
    work.visible = flow::visible(pack, &work.matter);
    work.progress = flow::progress(pack, &work.matter, &work.visible);
    let exchange = Exchange::new(pack, &work.matter);
    let scores = &mut work.scores;
    scores.answers = flow::answers_in_force(pack, &work.matter);
    scores.assessment.vector = fact_vector::write(pack, &flow::in_force(pack, &work.matter));
    scores.assessment.findings = consistency::findings(pack, &scores.answers, &exchange, as_of);
    scores.assessment.exchange = exchange;
}

/// Queues the targets to score; results of others are dropped.
fn queue(work: &mut Work, engine: &Engine<'_>) {
    let mut ids = work.scores.answers.targets(engine.pack).map(str::to_owned).collect::<Vec<_>>();
    if ids.is_empty() || work.scores.all {
        let most = if work.scores.all { usize::MAX } else { UNCHOSEN };
        for id in engine.by_record().into_iter().take(most) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
    work.scores.assessment.rows.retain(|target| ids.contains(&target.id));
    let place = |id: &str| ids.iter().position(|other| other == id).unwrap_or(usize::MAX);
    work.scores.assessment.rows.sort_by_key(|target| place(&target.id));
    // What the user looks at is scored first.
    if let Some(focus) = work.scores.focus.clone()
        && let Some(at) = ids.iter().position(|id| *id == focus)
    {
        let id = ids.remove(at);
        ids.insert(0, id);
    }
    work.scores.pending = ids.into();
}

/// Scores one waiting target.
pub fn step(model: &mut Model<'_>) {
    let Some(work) = &mut model.work else { return };
    let Some(id) = work.scores.pending.pop_front() else { return };
    let exchange = &work.scores.assessment.exchange;
    let Some(result) = model.engine.result(&work.scores.answers, &id, exchange, model.as_of) else { return };
    let targets = &mut work.scores.assessment.rows;
    match targets.iter_mut().find(|target| target.id == id) {
        Some(slot) => *slot = result,
        None => targets.push(result),
    }
}

/// Asks for every target of the pack, or only for those considered again.
pub(crate) fn ask_all(model: &mut Model<'_>) {
    let engine = model.engine;
    if let Some(work) = &mut model.work {
        work.scores.all = !work.scores.all;
        queue(work, engine);
        let known: Vec<String> = work.scores.assessment.rows.iter().map(|target| target.id.clone()).collect();
        work.scores.pending.retain(|id| !known.contains(id));
    }
}
