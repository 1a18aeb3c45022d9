//! Which contexts of the key table apply, innermost first.

use super::keymap::Context as X;
use super::message::Command;
use super::model::{Entry, ExportRow, Model, Overlay, Panel, ResultView, Screen, TextFor};
use crate::pack::Kind;

/// The contexts for the state that the program is in.
pub fn contexts(model: &Model<'_>) -> Vec<X> {
    if let Some(overlay) = model.overlays.last() {
        return match overlay {
            Overlay::Help(_)
            | Overlay::Explain(_)
            | Overlay::Reader(..)
            | Overlay::AboutFile(..)
            | Overlay::LeaveUnsaved => {
                vec![X::Reader, X::Scroll, X::Quit, X::Global]
            }
            Overlay::Text(text) if text.what == TextFor::Note => vec![X::TextBox, X::Global],
            Overlay::Text(_) => vec![X::LineBox, X::Global],
            Overlay::Pick(..) => vec![X::Search, X::Scroll, X::Global],
            Overlay::Export(form) if form.here() == ExportRow::Place => vec![X::Form, X::Global],
            Overlay::Conflict(_) | Overlay::Export(_) => vec![X::FormChoice, X::Form, X::Global],
            Overlay::Asset(form) => {
                let column = model.pack().assets.columns.get(form.row);
                match column.map(|column| column.kind) {
                    Some(Kind::Choice | Kind::Place) => vec![X::FormChoice, X::Form, X::Global],
                    _ => vec![X::Form, X::Global],
                }
            }
        };
    }
    match &model.screen {
        Screen::Home => vec![X::List, X::Open, X::Plain, X::Quit, X::Global],
        Screen::Interview => interview(model),
        Screen::Review(_) => vec![X::Review, X::List, X::Open, X::Scroll, X::Plain, X::Quit, X::Global],
        Screen::Result(state) => {
            let enter = match state.view {
                ResultView::Actions => X::Try,
                ResultView::Questions => X::Jump,
                _ => X::Open,
            };
            if state.view == ResultView::Targets {
                return vec![X::Compare, X::Result, X::List, enter, X::Scroll, X::Plain, X::Quit, X::Global];
            }
            vec![X::Result, X::List, enter, X::Scroll, X::Plain, X::Quit, X::Global]
        }
        Screen::Jurisdictions(_) => vec![X::TargetBrowser, X::Browser, X::Scroll, X::Global],
        Screen::Cases(_) => vec![X::CaseBrowser, X::Browser, X::Scroll, X::Global],
    }
}

fn interview(model: &Model<'_>) -> Vec<X> {
    let Some(work) = &model.work else { return vec![X::Plain, X::Quit, X::Global] };
    let rest: &[X] = &[X::Interview, X::InterviewKeys, X::Scroll, X::Plain, X::Quit, X::Global];
    let inner: &[X] = match (&work.entry, work.panel) {
        (_, Panel::Sections) => &[X::List, X::Open],
        (Entry::Text { on_field: true, .. }, _) => return vec![X::Field, X::InterviewKeys, X::Scroll, X::Global],
        (Entry::Place(_), _) => return vec![X::Search, X::InterviewKeys, X::Scroll, X::Global],
        (Entry::Rows(_), _) => &[X::Rows, X::List, X::Open],
        (Entry::Options(_) | Entry::Text { .. }, _) => &[X::Options],
    };
    inner.iter().chain(rest).copied().collect()
}

/// True while characters go into a text field.
pub(crate) fn accepts_text(model: &Model<'_>) -> bool {
    contexts(model).iter().all(|context| *context != X::Plain) && !reads_only(model)
}

fn reads_only(model: &Model<'_>) -> bool {
    matches!(
        model.overlays.last(),
        Some(
            Overlay::Help(_)
                | Overlay::Explain(_)
                | Overlay::Reader(..)
                | Overlay::AboutFile(..)
                | Overlay::Conflict(_)
                | Overlay::LeaveUnsaved
        )
    )
}

/// True where a command would do something now; hints of others are left out.
pub fn available(model: &Model<'_>, command: Command) -> bool {
    let work = model.work.as_ref();
    match command {
        Command::Undo => work.is_some_and(|work| work.undo.len() > work.kept.as_ref().map_or(0, |(_, depth)| *depth)),
        Command::Back => !matches!(model.screen, Screen::Home) || work.is_some() || !model.overlays.is_empty(),
        Command::Enter => match &model.screen {
            Screen::Result(state) if model.overlays.is_empty() => {
                let some = |count: Option<usize>| count.is_some_and(|count| count > 0);
                match state.view {
                    ResultView::Hurdles | ResultView::Targets | ResultView::Answers => true,
                    ResultView::Actions => some(model.lists.actions.as_ref().map(Vec::len)),
                    ResultView::Questions => some(model.lists.questions.as_ref().map(Vec::len)),
                    _ => false,
                }
            }
            _ => true,
        },
        Command::Export => work.is_some(),
        Command::ClearFilters => match &model.screen {
            Screen::Jurisdictions(state) | Screen::Cases(state) => {
                !state.filters.is_empty() || !state.list.field.is_empty()
            }
            _ => false,
        },
        Command::KeepWhatIf => work.is_some_and(super::model::Work::trying),
        Command::Basis => {
            work.zip(model.question()).is_some_and(|(work, question)| work.matter.known(&question.id).is_some())
        }
        _ => true,
    }
}
