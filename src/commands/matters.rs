//! Commands on matters: new, plain, score, compare, report, replay, and the full screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::{Context, print, write};
use crate::cli::Format;
use crate::matter::{Matter, file, redact, vector};
use crate::messages::{cli as words, safe};
use crate::pack::Pack;
use crate::plain;
use crate::report::{self, Audience, Form, Options};
use crate::scoring::{Assessment, Engine, Scope, cases};
use crate::store::keeper::{Clashed, Keeper, Kept};
use crate::tui::theme::Theme;
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
    let pack = context.pack()?;
    if example.as_deref() == Some("list") {
        return print(list_examples(context, &pack).as_bytes());
    }
    let matter = match (example, facts) {
        (Some(name), _) => from_example(context, &pack, &name)?,
        (_, Some(facts)) => vector::read(&pack, &facts).context("reading the fact vector")?,
        _ => match from {
            Some(from) => context.matter(from, &pack)?,
            None => Matter { lang: Some(context.lang), ..Matter::default() },
        },
    };
    let matter = if redacted { redact::redacted(&matter) } else { matter };
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
        super::complain(context.render(&read.faults, |_| Some(text.as_str())).trim_end());
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
    let mut keeper = Keeper::default();
    let mut matter = Matter { lang: Some(context.lang), ..Matter::default() };
    let mut held = None;
    match path {
        Some(path) if path.exists() => {
            let opened = super::open(context, &mut keeper, path, &pack)?;
            context.tell_changes(&super::shown(path), &opened.changes);
            (matter, held) = (opened.matter, opened.held);
        }
        Some(path) => held = keeper.begin(path),
        None => {}
    }
    // Line by line nothing would show that answers are not kept.
    if let Some(holder) = held {
        bail!(safe::held(context.lang, holder.words()));
    }
    if let Some(path) = path
        && !keeper.is_encrypted()
    {
        keeper.set_passphrase(context.new_passphrase(path)?);
    }
    let mut saver = Saver { keeper, path, pack: &pack };
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    plain::run_with(&engine, matter, context.lang, context.as_of, input, output, &mut saver)?;
    Ok(0)
}

/// Saves the matter of the line interview.
struct Saver<'s> {
    keeper: Keeper,
    path: Option<&'s Path>,
    pack: &'s Pack,
}

impl plain::Keep for Saver<'_> {
    fn save(&mut self, matter: &Matter) -> Result<Option<Matter>> {
        let Some(path) = self.path else { return Ok(None) };
        match self.keeper.save(path, matter, self.pack)? {
            Kept::Written => Ok(None),
            Kept::Merged(merged, _) => Ok(Some(*merged)),
            Kept::Conflict(clash) => Err(Clashed(clash).into()),
        }
    }

    fn chosen(&mut self) {
        self.keeper.chosen();
    }
}

/// What the full screen starts from, without a matter.
pub(super) fn session(context: &Context) -> Session {
    let theme = if context.colour(true) { Theme::Dark } else { Theme::Mono };
    let look = Look { ascii: false, theme };
    Session { lang: context.lang, as_of: context.as_of, opened: None, held: None, changes: Vec::new(), look }
}

/// The full screen.
pub(super) fn full_screen(context: &Context, pack: &Pack, session: Session, keeper: Keeper) -> Result<u8> {
    let engine = Engine::new(pack);
    let outcome = tui::run(&engine, session, keeper)?;
    if let Some(why) = &outcome.unsaved {
        let path = outcome.path.as_deref().map(super::shown).unwrap_or_default();
        match &outcome.put_aside {
            Some(copy) => super::complain(&safe::put_aside(context.lang, super::shown(copy), path)),
            None => bail!(words::unsaved(context.lang, path, why)),
        }
    }
    // The status that a shell gives a program ended by a signal.
    let signal = outcome.signal.or(outcome.interrupted.then_some(2));
    Ok(signal.map_or(0, |signal| 128 + signal))
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

/// How a report is asked for.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one flag of the command line each")]
pub(super) struct How {
    /// Its format; by the name of the file where none is given.
    pub(super) format: Option<Format>,
    /// The short form.
    pub(super) short: bool,
    /// For a creditor.
    pub(super) creditor: bool,
    /// Without anything that was typed.
    pub(super) redacted: bool,
}

/// Writes a report.
pub(super) fn report(context: &Context, path: &Path, out: Option<&Path>, how: How) -> Result<u8> {
    let How { format, short, creditor, redacted } = how;
    let format = match (format, out) {
        (Some(format), _) => format,
        (None, Some(out)) => format_of(context, out)?,
        (None, None) => Format::Md,
    };
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let matter = context.matter(path, &pack)?;
    let matter = if redacted { redact::redacted(&matter) } else { matter };
    let assessment = assess(context, &engine, &matter, &context.scope(&pack)?)?;
    let options = Options {
        lang: context.lang,
        form: if short { Form::Short } else { Form::Full },
        audience: if creditor { Audience::Creditor } else { Audience::Counsel },
    };
    let text = match format {
        Format::Json => report::json::text(&report::json::score(&engine, &matter, &assessment, context.lang))?,
        Format::Md => report::markdown::write(&report::build(&engine, &matter, &assessment, options)),
        Format::Txt => report::plain::write(&report::build(&engine, &matter, &assessment, options)),
    };
    write(context, out.unwrap_or(Path::new("-")), text.as_bytes())
}

/// The format that a file's ending names.
fn format_of(context: &Context, out: &Path) -> Result<Format> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown") => Ok(Format::Md),
        Some("txt" | "text") => Ok(Format::Txt),
        Some("json") => Ok(Format::Json),
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
