//! Commands that look back: replay a vector, compare two reports, print the schema of a file.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{Context, documents, matters, print, read, shown, write};
use crate::cli::SchemaOf;
use crate::export::{self, Format, Order};
use crate::matter::fact_vector;
use crate::messages::again as words;
use crate::report::{Audience, Form, Options, diff as differ};
use crate::schema;
use crate::scoring::Engine;

/// In which form a result is rebuilt.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) json: bool,
    pub(super) report: Option<Format>,
    pub(super) out: Option<&'a Path>,
    pub(super) short: bool,
    pub(super) creditor: bool,
}

/// Rebuilds a result from a fact vector.
pub(super) fn replay(context: &Context, facts: &str, sha256: Option<&str>, wanted: Wanted<'_>) -> Result<u8> {
    let pack = context.pack_for(fact_vector::pack_of(facts))?;
    let lang = context.lang;
    if let Some(asked) = sha256
        && !asked.trim().eq_ignore_ascii_case(&pack.sha256)
    {
        bail!(words::other_pack(lang, crate::text::one_line(asked.trim()), &pack.sha256, &pack.version));
    }
    let engine = Engine::new(&pack);
    let matter = fact_vector::read(&pack, facts).context(words::no_vector(lang))?;
    let scope = context.scope(&pack)?;
    let format = match (wanted.report, wanted.out) {
        (Some(format), _) => Some(format),
        (None, Some(out)) => Some(matters::format_of(context, out)?),
        (None, None) => None,
    };
    let Some(format) = format else {
        if wanted.short || wanted.creditor {
            bail!(words::needs_report(lang));
        }
        context.say(words::left_out(lang));
        return matters::show(context, &engine, &matter, &scope, wanted.json);
    };
    if format == Format::Json {
        context.say(words::left_out(lang));
    }
    let options = Options {
        lang,
        form: if wanted.short { Form::Short } else { Form::Full },
        audience: if wanted.creditor { Audience::Creditor } else { Audience::Counsel },
    };
    let out = wanted.out.unwrap_or(Path::new("-"));
    documents::possible(context, format, out)?;
    documents::announce(context, format);
    let order = Order { matter, as_of: context.as_of, scope, options, format, from_vector: true, fonts: Vec::new() };
    write(context, out, &export::bytes(&engine, &order)?)
}

/// Largest report that is read: far above that of any matter in every target.
const MOST: u64 = 64 << 20;

/// What changed between two reports.
pub(super) fn diff(context: &Context, old: &Path, new: &Path, json: bool) -> Result<u8> {
    let pack = context.pack()?;
    let engine = Engine::new(&pack);
    let [old, new] = [old, new].map(|path| one_report(context, path));
    let found = differ::compare(&engine, &old?, &new?);
    let text = if json { format!("{:#}\n", differ::json(&found)) } else { differ::text(&found, &pack, context.lang) };
    print(text.as_bytes())
}

fn one_report(context: &Context, path: &Path) -> Result<differ::Stated> {
    let text = read(path, MOST)?;
    differ::read(&text).map_err(|fault| {
        let place = format!("{}:{}", shown(path), fault.line());
        anyhow::anyhow!(words::no_report(context.lang, place, crate::text::one_line(&fault.to_string())))
    })
}

/// The JSON Schema of a file or of an output.
pub(super) fn schema(context: &Context, what: SchemaOf) -> Result<u8> {
    let text = match what {
        SchemaOf::Report => schema::REPORT.to_owned(),
        SchemaOf::Pack => schema::PACK.to_owned(),
        SchemaOf::Matter => format!("{:#}\n", schema::matter(&context.pack()?, context.lang)),
        SchemaOf::Batch => format!("{:#}\n", schema::batch(&context.pack()?, context.lang)),
    };
    print(text.as_bytes())
}
