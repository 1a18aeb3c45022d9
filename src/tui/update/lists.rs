//! Lists that cost more than a key may wait for: computed one at a time, only for the view that shows them, and only
//! again when the answers have changed.

use crate::matter::Matter;
use crate::scoring::Scope;
use crate::scoring::model::Of;
use crate::scoring::rule_record;
use crate::tui::model::{Brief, Model, ResultView, Screen, Step};

/// A list that waits to be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    Actions,
    /// What to find out.
    Questions,
    /// The nearest decided cases.
    Nearest,
    /// The decided cases, to be asked about rules.
    Decided,
    /// The figures of one more target, for the browser.
    Outlook,
}

/// How many of the nearest decided cases are shown.
const NEAREST: usize = 6;

/// The list that the view needs and does not have, with its target.
pub fn wanted(model: &Model<'_>) -> Option<(Want, String)> {
    let Screen::Result(state) = &model.screen else {
        // The outlook is what a browser of targets colours and filters by.
        let browsing = matches!(model.screen, Screen::Jurisdictions(_));
        if !browsing {
            return None;
        }
        let waits = |profile: &&crate::pack::Profile| model.lists.outlook_of(&profile.id).is_none();
        return model.pack().profiles.iter().find(waits).map(|at| (Want::Outlook, at.id.clone()));
    };
    let work = model.work.as_ref()?;
    let target = work.shown_target(model.pack())?;
    // A summary can wait for its steps until every target has its figures.
    let pending = &work.scores.pending;
    if pending.contains(&target) || (state.view == ResultView::Summary && !pending.is_empty()) {
        return None;
    }
    work.result(&target)?;
    let lists = &model.lists;
    let other = lists.target != target;
    let want = match state.view {
        ResultView::Summary | ResultView::Actions if other || lists.actions.is_none() => Want::Actions,
        ResultView::Summary | ResultView::Questions if other || lists.questions.is_none() => Want::Questions,
        ResultView::Debtor if other || lists.nearest.is_none() => Want::Nearest,
        ResultView::Hurdles if lists.decided.is_none() && !state.open.is_empty() => Want::Decided,
        _ => return None,
    };
    Some((want, target))
}

/// Works out one list.
pub(super) fn step(model: &mut Model<'_>) {
    let Some((want, id)) = wanted(model) else { return };
    let engine = model.engine;
    let as_of = model.as_of;
    if want == Want::Outlook {
        let brief = outlook(model, &id);
        model.lists.outlooks.extend(brief);
        return;
    }
    let Some((work, target)) = model.work.as_ref().zip(engine.pack.profile(&id)) else { return };
    if want == Want::Decided {
        model.lists.decided = Some(rule_record::decided(engine));
        return;
    }
    if model.lists.target != id {
        model.lists.forget();
        model.lists.target = id;
    }
    let lists = &mut model.lists;
    match want {
        Want::Actions => {
            let answers = &work.scores.answers;
            let domains = engine.model.domains(engine.pack, answers, target, as_of);
            let open = |action: usize| {
                let mut questions = Vec::new();
                if let Some(when) = engine.model.actions.get(action) {
                    when.fold(&domains, target).visit(&mut |variable, _| {
                        if let Some(Of::Question(at) | Of::Tick(at, _)) =
                            engine.model.variables.get(variable).map(|variable| variable.of)
                            && !questions.contains(&at)
                        {
                            questions.push(at);
                        }
                    });
                }
                questions
            };
            let steps =
                engine.actions(answers, target, &work.scores.assessment.exchange, as_of).into_iter().map(|worth| {
                    let only_if = if worth.depends { open(worth.action) } else { Vec::new() };
                    Step { worth, only_if }
                });
            lists.actions = Some(steps.collect());
        }
        Want::Questions => {
            let answers = &work.scores.answers;
            lists.questions = Some(engine.open_questions(answers, target, as_of));
        }
        Want::Nearest => lists.nearest = Some(engine.nearest(&work.scores.answers, target, NEAREST)),
        Want::Decided | Want::Outlook => {}
    }
}

/// The figures of a target: those worked out already, where there are any.
fn outlook(model: &Model<'_>, id: &str) -> Option<Brief> {
    let work = model.work.as_ref();
    let ready = work.filter(|work| !work.scores.pending.iter().any(|other| other == id));
    if let Some(result) = ready.and_then(|work| work.result(id)) {
        return Some(Brief::of(result));
    }
    let nothing = Matter::default();
    let matter = work.map_or(&nothing, |work| &work.matter);
    let scored = model.engine.assess(matter, model.as_of, &Scope::Only(vec![id.to_owned()]));
    scored.rows.first().map(Brief::of)
}
