//! Reports that are documents, not text: what of them this build can write, and where to.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::Context;
use crate::cli::Format;
use crate::messages::document as words;
use crate::report::Report;

/// Says before any work what cannot be done: a format that this build has not, or bytes to a terminal.
pub(super) fn possible(context: &Context, format: Format, out: &Path) -> Result<()> {
    match format {
        Format::Md | Format::Txt | Format::Json => return Ok(()),
        Format::Docx if !cfg!(feature = "docx") => bail!(words::no_docx(context.lang)),
        Format::Pdf if !cfg!(feature = "pdf") => bail!(words::no_pdf(context.lang)),
        Format::Docx | Format::Pdf => {}
    }
    if out == Path::new("-") && std::io::stdout().is_terminal() {
        bail!(words::not_on_a_terminal(context.lang));
    }
    Ok(())
}

/// Says what takes a moment, to somebody who is watching.
#[cfg(any(feature = "docx", feature = "pdf"))]
fn progress(context: &Context, text: &str) {
    if std::io::stderr().is_terminal() {
        context.say(text);
    }
}

/// The report as a Word file.
#[cfg(feature = "docx")]
pub(super) fn docx(context: &Context, report: &Report) -> Result<Vec<u8>> {
    use anyhow::Context as _;
    progress(context, words::writing_docx(context.lang));
    crate::report::docx::write(report).context("writing the Word file")
}

#[cfg(not(feature = "docx"))]
pub(super) fn docx(context: &Context, _report: &Report) -> Result<Vec<u8>> {
    bail!(words::no_docx(context.lang))
}

/// The report as a PDF, in fonts of this machine.
#[cfg(feature = "pdf")]
pub(super) fn pdf(context: &Context, report: &Report, fonts: &[PathBuf]) -> Result<Vec<u8>> {
    progress(context, words::writing_pdf(context.lang));
    let fonts = crate::fonts::find(report, fonts, context.lang)?;
    crate::report::pdf::write(report, &fonts).map_err(|fault| anyhow::anyhow!(fault.says(context.lang)))
}

#[cfg(not(feature = "pdf"))]
pub(super) fn pdf(context: &Context, _report: &Report, _fonts: &[PathBuf]) -> Result<Vec<u8>> {
    bail!(words::no_pdf(context.lang))
}
