//! Fonts of this machine for a PDF: those that the user names first, then the system's. That every
//! character has a font is checked by `report::pdf` before anything is written.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use fontdb::{Database, FaceInfo, Style};

use crate::lang::Lang;
use crate::messages::document as words;
use crate::report::Report;
use crate::report::pdf::{self, Bytes, Font, Fonts};

/// Families with serifs that have simplified Chinese, the best first. A collection holds one face for
/// each region: the one for the mainland is meant, not that for Japan.
const SERIF: &[&str] = &[
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    "FandolSong",
];
/// The same without serifs, for headings.
const SANS: &[&str] = &[
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];
/// Latin families that the typesetter brings.
const LATIN: &str = "Libertinus Serif";
const MONO: &str = "DejaVu Sans Mono";

/// Finds fonts for a report.
///
/// # Errors
/// Where a file that the user named cannot be read or is no font. Characters that no font has are
/// found by [`pdf::write`].
pub fn find(report: &Report, named: &[PathBuf], lang: Lang) -> Result<Fonts> {
    let mut first = Vec::new();
    for path in named {
        let name = crate::text::one_line(&path.to_string_lossy());
        let bytes = std::fs::read(path).with_context(|| name.clone())?;
        let faces = for_the_mainland(Font::iter(Bytes::new(bytes)).collect());
        if faces.is_empty() {
            bail!(words::bad_font(lang, name));
        }
        first.extend(faces);
    }
    let brought: Vec<Font> = typst_assets::fonts().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
    let upright = |family: &str| {
        let fits = |font: &&Font| font.info().family.as_str() == family && is_plain(font);
        brought.iter().filter(fits).cloned().collect::<Vec<Font>>()
    };
    let mut system = Database::new();
    system.load_system_fonts();
    let [serif, sans] = [SERIF, SANS].map(|families| families.iter().find_map(|family| faces_of(&system, family)));
    let mut fonts = Fonts { text: first.clone(), heads: first, code: upright(MONO) };
    fonts.text.extend(upright(LATIN));
    fonts.text.extend(serif.or_else(|| sans.clone()).unwrap_or_default());
    fonts.heads.extend(sans.unwrap_or_default());
    let mut missing: Vec<char> = pdf::characters(report).into_iter().filter(|c| !fonts.cover(*c)).collect();
    while let Some(font) = missing.first().and_then(|c| any_with(&system, *c)) {
        missing.retain(|c| !pdf::covers(&font, *c));
        fonts.text.push(font);
    }
    Ok(fonts)
}

/// Upright, of normal width, and either of normal weight or bold.
fn is_plain(font: &Font) -> bool {
    let variant = font.info().variant;
    variant.style == typst::text::FontStyle::Normal && matches!(variant.weight.to_number(), 400 | 700)
}

/// Of a collection with a face for each region, the face for the mainland; of all others everything.
fn for_the_mainland(faces: Vec<Font>) -> Vec<Font> {
    let mainland = |font: &Font| {
        let family = font.info().family.as_str();
        family.ends_with(" SC") || family.ends_with(" CN") || family.ends_with(" GB")
    };
    let some = faces.iter().any(mainland);
    // A mono face of the same collection is not meant.
    let mono = |font: &Font| font.info().family.as_str().contains("Mono") && faces.len() > 1;
    if some { faces.iter().filter(|font| mainland(font) && !mono(font)).cloned().collect() } else { faces }
}

/// The normal and the bold face of a family.
fn faces_of(system: &Database, family: &str) -> Option<Vec<Font>> {
    let of_family = |face: &&FaceInfo| {
        face.style == Style::Normal && face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family))
    };
    let mut out = Vec::new();
    for weight in [400, 700] {
        let faces = system.faces().filter(of_family);
        let Some(face) = faces.min_by_key(|face| (face.weight.0.abs_diff(weight), face.index)) else { continue };
        let known = out.iter().any(|(id, _)| *id == face.id);
        if !known && let Some(font) = load(system, face) {
            out.push((face.id, font));
        }
    }
    let fonts: Vec<Font> = out.into_iter().map(|(_, font)| font).collect();
    (!fonts.is_empty()).then_some(fonts)
}

/// Any font of the system that has a character: the first by name, so that the choice does not hang on
/// the order in which a disk lists its files.
fn any_with(system: &Database, c: char) -> Option<Font> {
    let mut faces: Vec<&FaceInfo> = system.faces().filter(|face| face.style == Style::Normal).collect();
    faces.sort_by_key(|face| (face.weight.0.abs_diff(400), face.post_script_name.clone(), face.index));
    faces
        .into_iter()
        .filter(|face| has(system, face, c))
        .find_map(|face| load(system, face).filter(|font| pdf::covers(font, c)))
}

/// Whether a face has a character, without loading it.
fn has(system: &Database, face: &FaceInfo, c: char) -> bool {
    let looked = system.with_face_data(face.id, |data, index| {
        ttf_parser::Face::parse(data, index).is_ok_and(|face| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
    });
    looked.unwrap_or(false)
}

fn load(system: &Database, face: &FaceInfo) -> Option<Font> {
    system.with_face_data(face.id, |data, index| Font::new(Bytes::new(data.to_vec()), index))?
}
