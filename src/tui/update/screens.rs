//! Commands on the first screen, on all answers and on the result.

use super::{Effect, Model, Screen, everywhere, interview, leave, moved, scrolled, trial};
use crate::pack::Pack;
use crate::tui::message::Command;
use crate::tui::model::{Leaving, Next, Opening, ResultState, ResultView, SortBy, Work};

/// A row of the first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeItem {
    New,
    /// Back to the matter in hand.
    GoOn,
    /// A matter of the data folder.
    Recent(usize),
    Example(usize),
    /// The first screen of another pack.
    OtherPack(usize),
    Jurisdictions,
    Cases,
    Language,
    Help,
    Quit,
}

/// Most matters of the data folder that are listed.
const MOST_RECENT: usize = 5;

/// The rows of the first screen.
pub fn home_items(model: &Model<'_>) -> Vec<HomeItem> {
    let mut items = Vec::new();
    if model.work.is_some() {
        items.push(HomeItem::GoOn);
    }
    items.push(HomeItem::New);
    items.extend((0..model.others.len()).map(HomeItem::OtherPack));
    items.extend((0..model.recent.len().min(MOST_RECENT)).map(HomeItem::Recent));
    items.extend((0..model.pack().examples.len()).map(HomeItem::Example));
    items.extend([HomeItem::Jurisdictions, HomeItem::Cases, HomeItem::Language, HomeItem::Help, HomeItem::Quit]);
    items
}

/// A command on the first screen.
pub(super) fn home(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let items = home_items(model);
    if let Some(row) = moved(command, model.home_cursor, items.len()) {
        model.home_cursor = row;
        return None;
    }
    match command {
        Command::Enter => {
            let item = *items.get(model.home_cursor)?;
            let command = match item {
                HomeItem::New => Command::New,
                HomeItem::GoOn => Command::Interview,
                HomeItem::Recent(index) => {
                    let path = model.recent.get(index)?.path.clone();
                    return leave::leave(model, Leaving::For(Next::Open(path)));
                }
                HomeItem::Example(index) => return leave::leave(model, Leaving::For(Next::Example(index))),
                HomeItem::OtherPack(index) => {
                    let (id, _) = model.others.get(index)?.clone();
                    return leave::leave(model, Leaving::For(Next::Pack(Opening::Pack(id))));
                }
                HomeItem::Jurisdictions => Command::Jurisdictions,
                HomeItem::Cases => Command::Cases,
                HomeItem::Language => Command::Language,
                HomeItem::Help => Command::Help,
                HomeItem::Quit => Command::Quit,
            };
            everywhere(model, command).flatten()
        }
        Command::Back if model.work.is_some() => {
            model.screen = Screen::Interview;
            None
        }
        _ => None,
    }
}

/// The rows of the screen with all answers: the questions asked, by index.
pub fn review_rows(work: &Work) -> Vec<usize> {
    (0..work.visible.len()).filter(|index| work.visible[*index]).collect()
}

/// The row of the question in hand.
pub(super) fn review_row(model: &Model<'_>) -> usize {
    let Some(work) = &model.work else { return 0 };
    review_rows(work).iter().position(|index| *index == work.at).unwrap_or_default()
}

/// A command on the screen with all answers.
pub(super) fn review(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let rows = review_rows(model.work.as_ref()?);
    let Screen::Review(cursor) = &mut model.screen else { return None };
    let step = match command {
        Command::PageUp => Some(cursor.saturating_sub(10)),
        Command::PageDown => Some((*cursor + 10).min(rows.len().saturating_sub(1))),
        command => moved(command, *cursor, rows.len()),
    };
    if let Some(row) = step {
        *cursor = row;
        return None;
    }
    match command {
        Command::Enter => {
            let index = *rows.get(*cursor)?;
            let effect = interview::go_to(model, index);
            model.screen = Screen::Interview;
            effect
        }
        Command::Back => {
            model.screen = Screen::Interview;
            None
        }
        _ => None,
    }
}

/// A command on the result screen.
pub(super) fn result(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let pack = model.engine.pack;
    let Screen::Result(state) = &model.screen else { return None };
    let (view, cursor, scroll) = (state.view, state.cursor, state.scroll);
    let rows = result_rows(pack, model, view);
    if let Some(row) = moved(command, cursor, rows).filter(|_| rows > 0) {
        // Another row is read from its first line.
        with_result(model, |state| {
            state.cursor = row;
            state.scroll = 0;
        });
        return None;
    }
    if let Some(to) = scrolled(model, command, scroll) {
        with_result(model, |state| state.scroll = to);
        return None;
    }
    let index = ResultView::ALL.iter().position(|other| *other == view).unwrap_or_default();
    let count = ResultView::ALL.len();
    match command {
        Command::Right => show(model, (index + 1) % count),
        Command::Left => show(model, (index + count - 1) % count),
        // The tenth view has the key of the zero.
        Command::Digit(0) => show(model, count - 1),
        Command::Digit(digit) if (1..=count).contains(&usize::from(digit)) => show(model, usize::from(digit) - 1),
        Command::NextTarget => turn(model, 1),
        Command::PreviousTarget => turn(model, usize::MAX),
        Command::Sort => with_result(model, |state| state.sort = state.sort.next()),
        Command::SortBack => with_result(model, |state| state.worst_first = !state.worst_first),
        Command::Law => with_result(model, |state| state.law = !state.law),
        Command::Enter => return enter(model, view, cursor),
        Command::Back => model.screen = Screen::Interview,
        _ => {}
    }
    None
}

fn with_result(model: &mut Model<'_>, act: impl FnOnce(&mut crate::tui::model::ResultState)) {
    if let Screen::Result(state) = &mut model.screen {
        act(state);
    }
}

/// Sorts targets by a column; a second time turns the order round.
pub(super) fn sort_by(model: &mut Model<'_>, column: SortBy) {
    with_result(model, |state| {
        state.worst_first = state.sort == column && !state.worst_first;
        state.sort = column;
    });
}

fn show(model: &mut Model<'_>, view: usize) {
    with_result(model, |state| {
        state.view = ResultView::ALL.get(view).copied().unwrap_or_default();
        state.cursor = 0;
        state.scroll = 0;
    });
}

/// The rows of a view that has a cursor; none for a page of text.
fn result_rows(pack: &Pack, model: &Model<'_>, view: ResultView) -> usize {
    match (view, &model.work) {
        // The last row is how the outlook comes about.
        (ResultView::Hurdles, _) => pack.hurdles.len() + 1,
        (ResultView::Targets, Some(work)) => work.scores.assessment.rows.len(),
        (ResultView::Answers, Some(work)) => review_rows(work).len(),
        (ResultView::Actions, _) => model.lists.actions.as_ref().map_or(0, Vec::len),
        (ResultView::Questions, _) => model.lists.questions.as_ref().map_or(0, Vec::len),
        _ => 0,
    }
}

/// Looks at another target: the next of those scored (or, with the largest step, the one before).
fn turn(model: &mut Model<'_>, step: usize) {
    let pack = model.engine.pack;
    let Some(work) = &mut model.work else { return };
    let ids: Vec<String> = work.scores.assessment.rows.iter().map(|target| target.id.clone()).collect();
    if ids.is_empty() {
        return;
    }
    let shown = work.shown_target(pack);
    let index = ids.iter().position(|id| Some(id) == shown.as_ref()).unwrap_or_default();
    let step = if step == usize::MAX { ids.len() - 1 } else { step };
    work.scores.focus = Some(ids[(index + step) % ids.len()].clone());
    with_result(model, |state| {
        state.scroll = 0;
        if matches!(state.view, ResultView::Actions | ResultView::Questions) {
            state.cursor = 0;
        }
    });
}

/// Enter on a row of the result.
fn enter(model: &mut Model<'_>, view: ResultView, cursor: usize) -> Option<Effect> {
    match view {
        ResultView::Hurdles => {
            let hurdle = hurdle_rows(model).get(cursor).copied().unwrap_or(ResultState::WATERFALL);
            with_result(model, |state| {
                if !state.open.remove(&hurdle) {
                    state.open.insert(hurdle);
                }
            });
            None
        }
        ResultView::Targets => {
            let Screen::Result(state) = &model.screen else { return None };
            let id = target_rows(model, state).get(cursor).cloned()?;
            model.work.as_mut()?.scores.focus = Some(id);
            show(model, 0);
            None
        }
        ResultView::Answers => {
            let index = *review_rows(model.work.as_ref()?).get(cursor)?;
            let effect = interview::go_to(model, index);
            model.screen = Screen::Interview;
            effect
        }
        ResultView::Actions => {
            let effect = trial::try_action(model, cursor);
            with_result(model, |state| {
                state.cursor = 0;
                state.scroll = 0;
            });
            effect
        }
        ResultView::Questions => {
            let index = model.lists.questions.as_ref()?.get(cursor)?.question;
            let effect = interview::go_to(model, index);
            model.screen = Screen::Interview;
            effect
        }
        _ => None,
    }
}

/// The hurdles of the target shown, by index, the most dangerous first.
pub(crate) fn hurdle_rows(model: &Model<'_>) -> Vec<usize> {
    let Some(work) = &model.work else { return Vec::new() };
    let result = work.shown_target(model.pack()).and_then(|id| work.result(&id));
    result.map_or_else(Vec::new, |result| result.worst_first().iter().map(|ground| ground.hurdle).collect())
}

/// The targets scored, in the order asked for.
pub fn target_rows(model: &Model<'_>, state: &ResultState) -> Vec<String> {
    use rust_decimal::prelude::ToPrimitive as _;
    let Some(work) = &model.work else { return Vec::new() };
    let pack = model.pack();
    let mut targets = work.scores.assessment.ranked();
    // The best has the highest key.
    let key = |target: &crate::scoring::TargetResult| -> f64 {
        match state.sort {
            SortBy::Worth | SortBy::Name => 0.0,
            SortBy::Outlook => target.outlook.expected - if target.blocked.is_empty() { 0.0 } else { 1.0 },
            SortBy::Confidence => f64::from(target.confidence.index),
            SortBy::Cost => -target.money.cost[1].to_f64().unwrap_or_default(),
            SortBy::Time => pack.profile(&target.id).map_or(0.0, |profile| -profile.time.contested[1]),
            SortBy::Evidence => -f64::from(target.evidence.grade as u8),
        }
    };
    let name = |target: &crate::scoring::TargetResult| {
        pack.profile(&target.id).map_or_else(|| target.id.clone(), |profile| profile.sort_key(model.lang))
    };
    // By worth the order is that of every comparison.
    if state.sort != SortBy::Worth {
        targets.sort_by(|a, b| key(b).total_cmp(&key(a)).then_with(|| name(a).cmp(&name(b))));
    }
    if state.worst_first {
        targets.reverse();
    }
    targets.iter().map(|target| target.id.clone()).collect()
}

/// A click on a row.
pub(super) fn click(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    match &mut model.screen {
        Screen::Home => {
            model.home_cursor = row;
            home(model, Command::Enter)
        }
        Screen::Review(cursor) => {
            *cursor = row;
            review(model, Command::Enter)
        }
        Screen::Result(state) => {
            state.cursor = row;
            result(model, Command::Enter)
        }
        Screen::Jurisdictions(state) | Screen::Cases(state) => {
            state.list.cursor = row;
            state.scroll = 0;
            None
        }
        Screen::Interview => None,
    }
}

/// Computes at once everything that waits, for tests and for pictures.
pub fn settle(model: &mut Model<'_>) {
    while model.wants_idle() {
        super::idle(model);
    }
}
