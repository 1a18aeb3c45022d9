//! Commands on matters: new, plain, score, compare, report, replay, and the full screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{Context, documents, print, write};
use crate::export::{self, Format, Order};
use crate::lang::Localized;
use crate::matter::{Matter, fact_vector, file, redact};
use crate::messages::{cli as words, safe};
use crate::pack::Pack;
use crate::plain;
use crate::report::{self, Audience, Form, Options};
use crate::scoring::{Assessment, Engine, Scope, case_matters};
use crate::store::conflict::ConflictError;
use crate::store::open_matter::{LoadedMatter, OpenMatter, SaveOutcome};
use crate::tui::model::Opening;
use crate::tui::{self, Look, Session};

/// Writes a matter without the screen.
pub(super) fn new(
    context: &Context,
    path: &Path,
    example: Option<String>,
    facts: Option<String>,
    from: Option<&Path>,
    redacted: bool,
) -> Result<u8> {
    let (pack, matter) = match from {
        Some(from) => context.open(from).map(|(pack, matter)| (pack, Some(matter)))?,
        None => (context.pack_for(facts.as_deref().and_then(fact_vector::pack_of))?, None),
    };
    if example.as_deref() == Some("list") {
        return print(list_examples(context, &pack).as_bytes());
    }
    let matter = match (example, facts) {
        (Some(name), _) => from_example(context, &pack, &name)?,
        (_, Some(facts)) => fact_vector::read(&pack, &facts).context("reading the fact vector")?,
        _ => matter.unwrap_or_else(|| Matter { lang: Some(context.lang), ..Matter::default() }),
    };
    let matter = if redacted { redact::redacted(&matter) } else { matter };
    write(context, path, file::write(&matter, &pack).as_bytes())
}

fn list_examples(context: &Context, pack: &Pack) -> String {
    let mut out = String::new();
    for (id, _) in &pack.examples {
        let title = pack.example_name(id).map_or("", |it| it.title.get(context.lang));
        let _ = writeln!(out, "{id}\t{}", crate::text::one_line(title));
    }
    let _ = writeln!(out, "{}", words::every_case(context.lang, pack.cases.len()));
    out
}

/// An example of the pack, or a decided case opened as a matter.
fn from_example(context: &Context, pack: &Pack, name: &str) -> Result<Matter> {
    if let Some((name, text)) = pack.examples.iter().find(|(known, _)| known == name) {
        let read = file::read(name, text, pack);
        super::complain(context.render(&read.faults, |_| Some(&**text)).trim_end());
        let mut matter = read.matter.with_context(|| words::matter_faulty(context.lang, read.faults.len(), name))?;
        if let Some(it) = pack.example_name(name) {
            it.title.get(context.lang).clone_into(&mut matter.title);
        }
        return Ok(matter);
    }
    match pack.case(name) {
        Some(case) => Ok(case_matters::matter(pack, case, context.lang)),
        None => bail!(words::no_such_example(context.lang, crate::text::one_line(name))),
    }
}

/// The line interview. Without a file the matter goes into the data folder with its first answer.
pub(super) fn plain(
    context: &Context,
    pack: &Pack,
    opened: Option<(PathBuf, LoadedMatter)>,
    open_matter: OpenMatter,
) -> Result<u8> {
    let engine = Engine::new(pack);
    let named = opened.is_some();
    let (path, matter) = match opened {
        Some((path, opened)) => {
            // Line by line nothing would show that answers are not kept.
            if let Some(holder) = opened.held {
                bail!(safe::held(context.lang, holder.words()));
            }
            context.tell_changes(&super::shown(&path), &opened.changes);
            (Some(path), opened.matter)
        }
        None => (None, Matter { lang: Some(context.lang), ..Matter::default() }),
    };
    let mut saver = Saver { open_matter, path, pack };
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    plain::run_with(&engine, matter, context.lang, context.as_of, input, output, &mut saver)?;
    if let (false, Some(place)) = (named, &saver.path) {
        context.say(&words::written(context.lang, super::shown(place)));
    }
    Ok(0)
}

/// Saves the matter of the line interview.
struct Saver<'s> {
    open_matter: OpenMatter,
    path: Option<PathBuf>,
    pack: &'s Pack,
}

impl plain::Keep for Saver<'_> {
    fn save(&mut self, matter: &Matter) -> Result<Option<Matter>> {
        let path = match &self.path {
            Some(path) => path.clone(),
            None => crate::store::free_name(&crate::store::data_folder()?, "matter"),
        };
        let kept = self.open_matter.save(&path, matter, self.pack)?;
        self.path = Some(path);
        match kept {
            SaveOutcome::Written => Ok(None),
            SaveOutcome::Merged(merged, _) => Ok(Some(*merged)),
            SaveOutcome::Conflict(conflict) => Err(ConflictError(conflict).into()),
        }
    }

    fn chosen(&mut self) {
        self.open_matter.chosen();
    }
}

/// How the full screen ended.
pub(super) enum Ended {
    /// With an exit status.
    With(u8),
    /// To begin again with another pack.
    Opening(Opening),
}

/// The full screen, with the user's settings.
pub(super) fn full_screen(
    context: &Context,
    pack: &Pack,
    opened: Option<(PathBuf, LoadedMatter)>,
    open_matter: OpenMatter,
    asked: Look,
) -> Result<Ended> {
    let engine = Engine::new(pack);
    let settings = &context.settings.settings;
    let (held, changes) = match &opened {
        Some((_, opened)) => (opened.held.clone(), opened.changes.clone()),
        None => (None, Vec::new()),
    };
    let session = Session {
        lang: context.lang,
        as_of: context.as_of,
        opened: opened.map(|(path, opened)| (path, opened.matter)),
        held,
        changes,
        look: asked,
        keymap: settings.keymap.clone(),
        mouse: settings.mouse,
        others: others(context, pack),
        first: context.settings.report(context.lang, false),
    };
    let outcome = tui::run(&engine, session, open_matter)?;
    if let Some(why) = &outcome.unsaved {
        let path = outcome.path.as_deref().map(super::shown).unwrap_or_default();
        match &outcome.put_aside {
            Some(copy) => super::complain(&safe::put_aside(context.lang, super::shown(copy), path)),
            None => bail!(words::unsaved(context.lang, path, why)),
        }
    }
    if let Some(opening) = outcome.opening {
        return Ok(Ended::Opening(opening));
    }
    // The status that a shell gives a program ended by a signal.
    let signal = outcome.signal.or(outcome.interrupted.then_some(2));
    Ok(Ended::With(signal.map_or(0, |signal| 128 + signal)))
}

/// The other packs of the program; none where the user named one of their own.
fn others(context: &Context, pack: &Pack) -> Vec<(String, Localized)> {
    if context.pack_folder().is_some() {
        return Vec::new();
    }
    let ids = crate::library::ids().filter(|id| *id != pack.id);
    ids.filter_map(|id| Some((id.to_owned(), crate::library::title(id)?))).collect()
}

/// A matter scored; an error where it names no target.
pub(super) fn assess(context: &Context, engine: &Engine<'_>, matter: &Matter, scope: &Scope) -> Result<Assessment> {
    let assessment = engine.assess(matter, context.as_of, scope);
    if assessment.rows.is_empty() {
        bail!(words::no_target(context.lang));
    }
    Ok(assessment)
}

/// The result on one screen of text, or as JSON.
pub(super) fn score(context: &Context, files: &[PathBuf], json: bool) -> Result<u8> {
    for path in files {
        let (pack, matter) = context.open(path)?;
        show(context, &Engine::new(&pack), &matter, &context.scope(&pack)?, json)?;
    }
    Ok(0)
}

pub(super) fn show(context: &Context, engine: &Engine<'_>, matter: &Matter, scope: &Scope, json: bool) -> Result<u8> {
    let assessment = assess(context, engine, matter, scope)?;
    let text = if json {
        report::json::text(&report::json::score(engine, matter, &assessment, context.lang))?
    } else {
        report::listing::score::write(engine, matter, &assessment, context.lang)
    };
    print(text.as_bytes())
}

/// Every target, ranked.
pub(super) fn compare(context: &Context, path: &Path, json: bool, csv: bool) -> Result<u8> {
    let (pack, matter) = context.open(path)?;
    let engine = Engine::new(&pack);
    let scope = match context.scope(&pack)? {
        Scope::Matter => {
            let mut ids = matter.targets(&pack);
            ids.extend(matter.asset_targets(&pack));
            let mut seen = std::collections::BTreeSet::new();
            ids.retain(|id| seen.insert(id.clone()));
            Scope::Only(ids)
        }
        scope => scope,
    };
    let assessment = assess(context, &engine, &matter, &scope)?;
    let text = if json {
        report::listing::compare::json(&engine, &matter, &assessment, context.lang)?
    } else if csv {
        report::listing::compare::csv(&engine, &matter, &assessment, context.lang)
    } else {
        report::listing::compare::text(&engine, &matter, &assessment, context.lang)
    };
    print(text.as_bytes())
}

/// How a report is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// Its format; by the name of the file where none is given.
    pub(super) format: Option<Format>,
    pub(super) short: bool,
    pub(super) creditor: bool,
    /// Without anything that was typed.
    pub(super) redacted: bool,
}

/// Writes a report.
pub(super) fn report(context: &Context, path: &Path, out: Option<&Path>, how: How, fonts: Vec<PathBuf>) -> Result<u8> {
    let How { format, short, creditor, redacted } = how;
    let format = match (format, out) {
        (Some(format), _) => format,
        (None, Some(out)) => format_of(context, out)?,
        (None, None) => Format::Md,
    };
    let out = out.unwrap_or(Path::new("-"));
    documents::possible(context, format, out)?;
    let (pack, matter) = context.open(path)?;
    let engine = Engine::new(&pack);
    let matter = if redacted { redact::redacted(&matter) } else { matter };
    let options = Options {
        lang: context.lang,
        form: if short { Form::Short } else { Form::Full },
        audience: if creditor { Audience::Creditor } else { Audience::Counsel },
    };
    let scope = context.scope(&pack)?;
    let order = Order { matter, as_of: context.as_of, scope, options, format, from_vector: false, fonts };
    documents::announce(context, format);
    write(context, out, &export::bytes(&engine, &order)?)
}

/// The format that a file's ending names.
pub(super) fn format_of(context: &Context, out: &Path) -> Result<Format> {
    let ending = out.extension().and_then(|ending| ending.to_str());
    match ending.map(Format::of_ending) {
        Some(Some(format)) => Ok(format),
        None if out == Path::new("-") => Ok(Format::Md),
        _ => bail!(words::no_such_format(context.lang, super::shown(out))),
    }
}
