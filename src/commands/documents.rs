//! Reports that are documents, not text: whether they can go where they are asked to, and a word to
//! who is waiting.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Result, bail};

use super::Context;
use crate::export::{self, Format};
use crate::messages::document as words;

/// Says before any work what cannot be done: a format that this build has not, or bytes to a terminal.
pub(super) fn possible(context: &Context, format: Format, out: &Path) -> Result<()> {
    export::possible(format, context.lang)?;
    let bytes = matches!(format, Format::Docx | Format::Pdf);
    if bytes && out == Path::new("-") && std::io::stdout().is_terminal() {
        bail!(words::not_on_a_terminal(context.lang));
    }
    Ok(())
}

/// Says what takes a moment, to somebody who is watching.
pub(super) fn announce(context: &Context, format: Format) {
    let text = match format {
        Format::Docx => words::writing_docx(context.lang),
        Format::Pdf => words::writing_pdf(context.lang),
        _ => return,
    };
    if std::io::stderr().is_terminal() {
        context.say(text);
    }
}
