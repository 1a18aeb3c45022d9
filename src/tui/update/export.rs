//! Writing a report from the screens: the window, a preview, the order to write. A report is of the matter as it is
//! kept, without what is only tried.

use std::path::{Path, PathBuf};

use super::{moved, overlays};
use crate::export::{Format, Order};
use crate::lang::Lang;
use crate::matter::Matter;
use crate::report::{self, Audience, Form};
use crate::scoring::Scope;
use crate::text;
use crate::tui::message::{Command, Effect, ExportFault};
use crate::tui::model::{ExportForm, ExportRow, ExportState, Model, Overlay, ReadFor};
use crate::tui::text_field::TextField;

/// Opens the window.
pub(super) fn open(model: &mut Model<'_>) {
    let Some(work) = &model.work else { return };
    let format = Format::ALL[0];
    // A matter in the program's own folder, which few people look into, has its report where they work.
    let path = work.path.as_deref().filter(|_| !work.generated);
    let place = proposed(path, &work.matter.title, model.lang, format);
    model.overlays.push(Overlay::Export(Box::new(ExportForm {
        row: 0,
        format,
        lang: model.lang,
        form: Form::Full,
        audience: Audience::Counsel,
        place: TextField::line(&place.to_string_lossy()),
        state: ExportState::Asking,
    })));
}

/// Beside the matter, with its name; for a matter without a file, in the folder that the program runs
/// in, with a name made of its title.
fn proposed(path: Option<&Path>, title: &str, lang: Lang, format: Format) -> PathBuf {
    let name = |stem: &str| format!("{stem}-{}.{}", lang.code(), format.ending());
    match path.and_then(|path| Some((path.parent()?, path.file_stem()?))) {
        Some((folder, stem)) => folder.join(name(&stem.to_string_lossy())),
        None => PathBuf::from(name(&text::file_stem(title, "report"))),
    }
}

/// The matter as it is kept, without what is tried.
fn kept<'m>(model: &'m Model<'_>) -> Option<&'m Matter> {
    let work = model.work.as_ref()?;
    Some(work.kept.as_ref().map_or(&work.matter, |(matter, _)| matter))
}

/// The targets of the report: those of the matter, else those that the screens show.
fn scope(model: &Model<'_>, matter: &Matter) -> Scope {
    let shown = model.work.as_ref().map(|work| &work.scores.assessment.rows);
    match shown {
        Some(shown) if matter.targets(model.engine.pack).is_empty() => {
            Scope::Only(shown.iter().map(|target| target.id.clone()).collect())
        }
        _ => Scope::Matter,
    }
}

/// A command in the window.
pub(super) fn run(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let Some(Overlay::Export(form)) = model.overlays.last_mut() else { return None };
    if matches!(form.state, ExportState::Writing { .. }) {
        return None;
    }
    if matches!(form.state, ExportState::Written(_))
        && matches!(command, Command::Enter | Command::Done | Command::Back)
    {
        model.overlays.pop();
        return None;
    }
    if let Some(row) = moved(command, form.row, ExportRow::ALL.len()) {
        form.row = row;
        return None;
    }
    match command {
        Command::Back => {
            model.overlays.pop();
        }
        Command::Left | Command::Right => form.turn(command == Command::Right),
        Command::Done => start(form),
        Command::Enter => match form.here() {
            ExportRow::Write => start(form),
            ExportRow::Preview => preview(model),
            _ => form.row += 1,
        },
        _ => {}
    }
    None
}

/// A click on a row: a value turns, a button acts.
pub(super) fn click(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    let Some(Overlay::Export(form)) = model.overlays.last_mut() else { return None };
    form.row = row.min(ExportRow::ALL.len() - 1);
    let command = if form.here().is_choice() { Command::Right } else { Command::Enter };
    if form.here() == ExportRow::Place { None } else { run(model, command) }
}

/// Says that it is being written; the next piece of idle time writes it.
fn start(form: &mut ExportForm) {
    if form.place.text().trim().is_empty() {
        form.row = ExportRow::ALL.iter().position(|row| *row == ExportRow::Place).unwrap_or_default();
        return;
    }
    form.state = ExportState::Writing { replace: form.state == ExportState::Exists };
}

/// The order, once the screen has said that it is being written.
pub(super) fn wanted(model: &Model<'_>) -> Option<Effect> {
    let Some(Overlay::Export(form)) = model.overlays.last() else { return None };
    let ExportState::Writing { replace } = form.state else { return None };
    let matter = kept(model)?.clone();
    let scope = scope(model, &matter);
    let order = Order {
        matter,
        as_of: model.as_of,
        scope,
        options: form.options(),
        format: form.format,
        from_vector: false,
        fonts: Vec::new(),
    };
    let path = PathBuf::from(form.place.text().trim());
    Some(Effect::Export { order: Box::new(order), path, replace })
}

/// How it went.
pub(super) fn done(model: &mut Model<'_>, result: Result<PathBuf, ExportFault>) {
    let Some(Overlay::Export(form)) = model.overlays.last_mut() else { return };
    form.state = match result {
        Ok(path) => ExportState::Written(path),
        Err(ExportFault::Exists) => ExportState::Exists,
        Err(ExportFault::Failed(why)) => ExportState::Failed(why),
    };
}

/// The report as plain text in a window.
fn preview(model: &mut Model<'_>) {
    let Some(Overlay::Export(form)) = model.overlays.last() else { return };
    let options = form.options();
    let Some(matter) = kept(model).cloned() else { return };
    let assessment = model.engine.assess(&matter, model.as_of, &scope(model, &matter));
    let words = report::plain_text::write(&report::build(model.engine, &matter, &assessment, options));
    overlays::read(model, ReadFor::Preview, words);
}
