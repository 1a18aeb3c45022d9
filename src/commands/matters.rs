//! Commands on matters: new, plain, score, compare, report, replay, and the full screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{Context, documents, print, write};
use crate::cli::Format;
use crate::matter::{Matter, file, vector};
use crate::messages::cli as words;
use crate::pack::Pack;
use crate::plain;
use crate::report::{self, Audience, Form, Options};
use crate::scoring::{Assessment, Engine, Scope, cases};
use crate::tui::theme::Theme;
use crate::tui::{self, Look, Session};

/// Writes a matter without the screen.
pub(super) fn new(context: &Context, path: &Path, example: Option<String>, facts: Option<String>) -> Result<u8> {
    let pack = context.pack()?;
    if example.as_deref() == Some("list") {
        return print(list_examples(context, &pack).as_bytes());
    }
    let matter = match (example, facts) {
        (Some(name), _) => from_example(context, &pack, &name)?,
        (_, Some(facts)) => vector::read(&pack, &facts).context("reading the fact vector")?,
        _ => Matter { lang: Some(context.lang), ..Matter::default() },
    };
    write(context, path, file::write(&matter, &pack).as_bytes())
}

fn list_examples(context: &Context, pack: &Pack) -> String {
    let mut out = String::new();
    for (name, text) in &pack.examples {
        let title = file::read(name, text, pack).matter.map(|matter| matter.title).unwrap_or_default();
        let _ = writeln!(out, "{name}\t{}", crate::text::one_line(&title));
    }
    let _ = writeln!(out, "{}", words::every_case(context.lang, pack.cases.len()));
    out
}

/// An example of the pack, or a decided case opened as a matter.
fn from_example(context: &Context, pack: &Pack, name: &str) -> Result<Matter> {
    if let Some((name, text)) = pack.examples.iter().find(|(known, _)| known == name) {
        let read = file::read(name, text, pack);
        eprint!("{}", context.render(&read.faults, |_| Some(text.as_str())));
        return read.matter.with_context(|| words::matter_faulty(context.lang, read.faults.len(), name));
    }
    match pack.case(name) {
        Some(case) => Ok(cases::matter(pack, case, context.lang)),
        None => bail!(words::no_such_example(context.lang, crate::text::one_line(name))),
    }
}

/// The line interview.
pub(super) fn plain(context: &Context, path: Option<&Path>) -> Result<u8> {
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let matter = match path {
        Some(path) if path.exists() => context.matter(path, &pack)?,
        _ => Matter { lang: Some(context.lang), ..Matter::default() },
    };
    let save = |matter: &Matter| match path {
        Some(path) => crate::store::save(path, file::write(matter, &pack).as_bytes()),
        None => Ok(()),
    };
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    plain::run(&engine, matter, context.lang, context.as_of, input, output, save)?;
    Ok(0)
}

/// The full screen.
pub(super) fn full_screen(context: &Context, pack: &Pack, opened: Option<(PathBuf, Matter)>) -> Result<u8> {
    let engine = Engine::new(pack);
    let theme = if context.colour(true) { Theme::Dark } else { Theme::Mono };
    let session = Session { lang: context.lang, as_of: context.as_of, opened, look: Look { ascii: false, theme } };
    let outcome = tui::run(&engine, session)?;
    if let (Some(path), Some(why)) = (&outcome.path, &outcome.unsaved) {
        bail!(words::unsaved(context.lang, super::shown(path), why));
    }
    // The status that a shell gives a program ended by Ctrl-C.
    Ok(if outcome.interrupted { 130 } else { 0 })
}

/// A matter scored; an error where it names no target.
fn assess(context: &Context, engine: &Engine<'_>, matter: &Matter, scope: &Scope) -> Result<Assessment> {
    let assessment = engine.assess(matter, context.as_of, scope);
    if assessment.targets.is_empty() {
        bail!(words::no_target(context.lang));
    }
    Ok(assessment)
}

/// The result on one screen of text, or as JSON.
pub(super) fn score(context: &Context, files: &[PathBuf], json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let scope = context.scope(&pack)?;
    for path in files {
        let matter = context.matter(path, &pack)?;
        show(context, &engine, &matter, &scope, json)?;
    }
    Ok(0)
}

fn show(context: &Context, engine: &Engine<'_>, matter: &Matter, scope: &Scope, json: bool) -> Result<u8> {
    let assessment = assess(context, engine, matter, scope)?;
    let text = if json {
        report::json::text(&report::json::score(engine, matter, &assessment, context.lang))?
    } else {
        report::screen::write(engine, matter, &assessment, context.lang)
    };
    print(text.as_bytes())
}

/// Every target, ranked.
pub(super) fn compare(context: &Context, path: &Path, json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let matter = context.matter(path, &pack)?;
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
        report::compare::json(&engine, &matter, &assessment, context.lang)?
    } else {
        report::compare::text(&engine, &matter, &assessment, context.lang)
    };
    print(text.as_bytes())
}

/// Writes a report.
pub(super) fn report(
    context: &Context,
    path: &Path,
    out: Option<&Path>,
    format: Option<Format>,
    short: bool,
    creditor: bool,
    fonts: &[PathBuf],
) -> Result<u8> {
    let format = match (format, out) {
        (Some(format), _) => format,
        (None, Some(out)) => format_of(context, out)?,
        (None, None) => Format::Md,
    };
    let out = out.unwrap_or(Path::new("-"));
    documents::possible(context, format, out)?;
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let matter = context.matter(path, &pack)?;
    let assessment = assess(context, &engine, &matter, &context.scope(&pack)?)?;
    let options = Options {
        lang: context.lang,
        form: if short { Form::Short } else { Form::Full },
        audience: if creditor { Audience::Creditor } else { Audience::Counsel },
    };
    let built = || report::build(&engine, &matter, &assessment, options);
    let bytes = match format {
        Format::Json => {
            report::json::text(&report::json::score(&engine, &matter, &assessment, context.lang))?.into_bytes()
        }
        Format::Md => report::markdown::write(&built()).into_bytes(),
        Format::Txt => report::plain::write(&built()).into_bytes(),
        Format::Docx => documents::docx(context, &built())?,
        Format::Pdf => documents::pdf(context, &built(), fonts)?,
    };
    write(context, out, &bytes)
}

/// The format that a file's ending names.
fn format_of(context: &Context, out: &Path) -> Result<Format> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown") => Ok(Format::Md),
        Some("txt" | "text") => Ok(Format::Txt),
        Some("json") => Ok(Format::Json),
        Some("docx") => Ok(Format::Docx),
        Some("pdf") => Ok(Format::Pdf),
        None if out == Path::new("-") => Ok(Format::Md),
        _ => bail!(words::no_such_format(context.lang, super::shown(out))),
    }
}

/// Rebuilds a result from a fact vector.
pub(super) fn replay(context: &Context, facts: &str, json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let matter = vector::read(&pack, facts).context("reading the fact vector")?;
    show(context, &engine, &matter, &context.scope(&pack)?, json)
}
