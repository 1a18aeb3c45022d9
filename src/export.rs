//! A report as bytes, in the format asked for; shared by the command line and the screens. Here the
//! formats of `report` meet what they need from outside the core.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use jiff::civil::Date;

use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::document as words;
use crate::report::{self, Options, Report};
use crate::scoring::{Engine, Scope};

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One HTML page, to be read in a browser and printed.
    Html,
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
    /// JSON.
    Json,
    /// A Word document.
    Docx,
    /// A PDF, where the program was built with it.
    Pdf,
}

impl Format {
    /// Every format that this program can write, in the order in which they are offered.
    pub const ALL: &'static [Format] = &[
        Format::Html,
        #[cfg(feature = "docx")]
        Format::Docx,
        #[cfg(feature = "pdf")]
        Format::Pdf,
        Format::Md,
        Format::Txt,
        Format::Json,
    ];

    /// The ending of its files, which is also its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Json => "json",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }

    /// The format that a file's ending names.
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Format::Md),
            "html" | "htm" => Some(Format::Html),
            "txt" | "text" => Some(Format::Txt),
            "json" => Some(Format::Json),
            "docx" => Some(Format::Docx),
            "pdf" => Some(Format::Pdf),
            _ => None,
        }
    }
}

/// A report that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Of this matter.
    pub matter: Matter,
    /// The date for which it holds.
    pub as_of: Date,
    /// For these targets.
    pub scope: Scope,
    /// Language, length, reader.
    pub options: Options,
    /// Format.
    pub format: Format,
    /// True where the matter was rebuilt from its fact vector; the report says what that leaves out.
    pub from_vector: bool,
    /// Files of fonts for a PDF, tried before those of the system.
    pub fonts: Vec<PathBuf>,
}

/// Scores the matter and writes the report.
///
/// # Errors
/// Where the matter has no target, or the format cannot be written.
pub fn bytes(engine: &Engine<'_>, order: &Order) -> Result<Vec<u8>> {
    let assessment = engine.assess(&order.matter, order.as_of, &order.scope);
    let lang = order.options.lang;
    if assessment.rows.is_empty() {
        bail!(crate::messages::cli::no_target(lang));
    }
    let report = || {
        let build = if order.from_vector { report::replayed } else { report::build };
        build(engine, &order.matter, &assessment, order.options)
    };
    Ok(match order.format {
        Format::Json => {
            report::json::text(&report::json::score(engine, &order.matter, &assessment, lang))?.into_bytes()
        }
        Format::Md => report::markdown::write(&report()).into_bytes(),
        Format::Html => report::html::write(&report()).into_bytes(),
        Format::Txt => report::plain_text::write(&report()).into_bytes(),
        Format::Docx => docx(&report(), lang)?,
        Format::Pdf => pdf(&report(), order, lang)?,
    })
}

/// Says before any work that this build has not the format, and what to do.
///
/// # Errors
/// Where this build has not the format.
pub fn possible(format: Format, lang: Lang) -> Result<()> {
    match format {
        Format::Docx if !cfg!(feature = "docx") => bail!(words::no_docx(lang)),
        Format::Pdf if !cfg!(feature = "pdf") => bail!(words::no_pdf(lang)),
        _ => Ok(()),
    }
}

#[cfg(feature = "docx")]
fn docx(report: &Report, _lang: Lang) -> Result<Vec<u8>> {
    use anyhow::Context as _;
    report::docx::write(report).context("writing the Word file")
}

#[cfg(not(feature = "docx"))]
fn docx(_report: &Report, lang: Lang) -> Result<Vec<u8>> {
    bail!(words::no_docx(lang))
}

#[cfg(feature = "pdf")]
fn pdf(report: &Report, order: &Order, lang: Lang) -> Result<Vec<u8>> {
    let fonts = crate::fonts::find(report, &order.fonts, lang)?;
    report::pdf::write(report, &fonts).map_err(|fault| anyhow::anyhow!(fault.says(lang)))
}

#[cfg(not(feature = "pdf"))]
fn pdf(_report: &Report, _order: &Order, lang: Lang) -> Result<Vec<u8>> {
    bail!(words::no_pdf(lang))
}
