//! A report as bytes, in the format asked for; shared by the command line and the screens.
//!
//! Must not: decide what a report says; `report` does. Here its formats meet what they need from
//! outside the core.

use anyhow::Result;
use clap::ValueEnum;
use jiff::civil::Date;

use crate::matter::Matter;
use crate::report::{self, Options};
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
}

impl Format {
    /// Every format that this program can write, in the order in which they are offered.
    pub const ALL: &'static [Format] = &[Format::Html, Format::Md, Format::Txt, Format::Json];

    /// The ending of its files, which is also its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Json => "json",
        }
    }

    /// The format that a file's ending names.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Format::Md),
            "html" | "htm" => Some(Format::Html),
            "txt" | "text" => Some(Format::Txt),
            "json" => Some(Format::Json),
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
}

/// Scores the matter and writes the report.
///
/// # Errors
/// Where the matter has no target, or the format cannot be written.
pub fn bytes(engine: &Engine<'_>, order: &Order) -> Result<Vec<u8>> {
    let assessment = engine.assess(&order.matter, order.as_of, &order.scope);
    let lang = order.options.lang;
    if assessment.targets.is_empty() {
        anyhow::bail!(crate::messages::cli::no_target(lang));
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
        Format::Txt => report::plain::write(&report()).into_bytes(),
    })
}
