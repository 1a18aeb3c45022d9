//! The report as a PDF: tagged for readers who cannot see it (PDF/UA-1), with bookmarks, and with
//! fonts as subsets.
//!
//! The report goes to the template
//! (`pdf/report.typ`) as data; the typesetter sees the template, that data and the fonts that are
//! given, and every other file is refused. A character that no font has is a fault, never a box.

mod data;
mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{Report, sections::card};
use crate::lang::Lang;
use crate::messages::document as words;

pub use typst::foundations::Bytes;
pub use typst::text::Font;

/// The fonts of a document, those to be asked first at the front. Fonts of one family differ in weight.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    pub text: Vec<Font>,
    /// For headings and labels; what they lack is taken from those for text.
    pub heads: Vec<Font>,
    /// For what is there to be copied; what they lack is taken from those for text.
    pub code: Vec<Font>,
}

impl Fonts {
    /// Whether a font of the text has a character: what they have, every part of the document has.
    pub fn cover(&self, c: char) -> bool {
        self.text.iter().any(|font| covers(font, c))
    }
}

/// Whether a font has a character.
pub(crate) fn covers(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// Why no PDF was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Characters that no font has, in the order of their code points.
    Missing(Vec<char>),
    /// What the typesetter or the export said: a fault of the template or of this program.
    Typesetting(String),
}

impl Fault {
    /// What went wrong and what to do, in a language.
    pub fn says(&self, lang: Lang) -> String {
        match self {
            Fault::Missing(characters) => {
                let chinese = characters.iter().any(|c| is_chinese(*c));
                let package = if chinese { words::font_chinese(lang) } else { words::font_other(lang) };
                words::no_font(lang, listed(characters, lang), package)
            }
            Fault::Typesetting(why) => words::typesetting(lang, why),
        }
    }
}

/// Most characters that a message names.
const NAMED: usize = 8;

fn listed(characters: &[char], lang: Lang) -> String {
    let names: Vec<String> = characters.iter().take(NAMED).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let list = names.join(crate::messages::num::comma(lang));
    match characters.len().saturating_sub(NAMED) {
        0 => list,
        n => words::characters_more(lang, list, n),
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// The characters that a report needs from its fonts. Blanks and selectors of variants need none.
pub fn characters(report: &Report) -> BTreeSet<char> {
    let mut data = data::of(report, &Fonts::default());
    // The marks for the numbers of pages are not set.
    data["page"] = words::page(report.lang, "", "").into();
    let mut out: BTreeSet<char> = ('0'..='9').collect();
    data::strings(&data, &mut |text| {
        out.extend(text.chars().filter(|c| needs_glyph(*c)));
    });
    out
}

fn needs_glyph(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'))
}

/// Writes a report. The same report and fonts give the same bytes.
///
/// # Errors
/// The characters that no font has, or what the typesetter said.
pub fn write(report: &Report, fonts: &Fonts) -> Result<Vec<u8>, Fault> {
    let missing: Vec<char> = characters(report).into_iter().filter(|c| !fonts.cover(*c)).collect();
    if !missing.is_empty() {
        return Err(Fault::Missing(missing));
    }
    let data = data::of(report, fonts).to_string();
    let id = Sha256::digest(data.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let world = world::World::new(data, fonts, report.as_of);
    let document = typst::compile::<PagedDocument>(&world).output.map_err(typesetting)?;
    let boxes = boxes(&document);
    if !boxes.is_empty() {
        return Err(Fault::Missing(boxes.into_iter().collect()));
    }
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|why| Fault::Typesetting(why.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(id),
        creator: Smart::Custom(Some(card::program())),
        timestamp: timestamp(report),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(typesetting);
    // What the typesetter remembers is of no use for another report.
    typst::comemo::evict(0);
    bytes
}

fn timestamp(report: &Report) -> Option<Timestamp> {
    let date = report.as_of;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Datetime::from_ymd_hms(date.year().into(), month, day, 0, 0, 0).map(Timestamp::new_utc)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn typesetting(why: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>) -> Fault {
    let why: Vec<&str> = why.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    Fault::Typesetting(crate::text::one_line(&why.join("; ")))
}

/// The characters for which a box was set: a font can say that it has a character and still not give it.
fn boxes(document: &PagedDocument) -> BTreeSet<char> {
    let mut out = BTreeSet::new();
    for page in document.pages() {
        boxes_of(&page.frame, &mut out);
    }
    out
}

fn boxes_of(frame: &Frame, out: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => boxes_of(&group.frame, out),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    out.extend(text.text.get(glyph.range()).unwrap_or_default().chars().filter(|c| needs_glyph(*c)));
                }
            }
            _ => {}
        }
    }
}
