//! Charts of a Word file: a table of label, drawn bar and figures. The drawing says the same in words
//! to a reader who cannot see it, and needs no font.

use std::fmt::Write as _;

use super::{Body, TEXT_WIDTH, esc};
use crate::messages::document as words;
use crate::report::{Bar, Chart, Text, plain_text};

/// Widths of the columns, in twentieths of a point.
const COLUMNS: [u32; 3] = [3100, 4038, TEXT_WIDTH - 3100 - 4038];
/// The drawing, in English Metric Units (635 to a twentieth of a point).
const WIDE: u32 = 3_750 * 635;
const HIGH: u32 = 110_000;
/// Width of the mark at the value.
const MARK: u32 = 34_000;

pub(super) fn write(body: &mut Body<'_>, chart: &Chart) {
    let lang = body.lang();
    body.paragraph("Caption", "<w:keepNext/>", &chart.caption);
    body.open_table("ReportTable", &chart.caption.words(), &COLUMNS, "0020");
    body.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    let heads = [words::chart_label(lang), words::chart_bar(lang), words::chart_figure(lang)];
    for (width, head) in COLUMNS.iter().zip(heads) {
        words_cell(body, *width, "TableHead", head);
    }
    body.xml.push_str("</w:tr>");
    for row in &chart.rows {
        body.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        body.cell(COLUMNS[0], "TableText", "", &row.label);
        bar(body, row);
        words_cell(body, COLUMNS[2], "TableText", &plain_text::figures(chart, row, lang));
        body.xml.push_str("</w:tr>");
    }
    body.close_table();
}

fn words_cell(body: &mut Body<'_>, width: u32, style: &str, text: &str) {
    body.push(format_args!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"
    ));
    body.run("", text);
    body.xml.push_str("</w:p></w:tc>");
}

/// The cell with the drawing: the scale from 0 to 1, the range on it, and a mark at the value.
fn bar(body: &mut Body<'_>, row: &Bar) {
    body.marks += 1;
    let id = body.marks;
    let says = esc(&described(row)).into_owned();
    let value = along(row.value, WIDE - MARK);
    let mut shapes = shape(0, HIGH / 3, WIDE, HIGH / 3, "E3E6EA");
    if let Some([low, high]) = row.range {
        let (from, to) = (along(low, WIDE), along(high, WIDE));
        shapes += &shape(from, HIGH / 6, to.saturating_sub(from).max(MARK / 2), HIGH * 2 / 3, "9DB4CC");
    }
    shapes += &shape(value, 0, MARK, HIGH, "1F3A5F");
    body.push(format_args!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>\
         <w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires=\"wpg\"><w:drawing>\
         <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{WIDE}\" cy=\"{HIGH}\"/>\
         <wp:docPr id=\"{id}\" name=\"bar {id}\" descr=\"{says}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\"><wpg:wgp><wpg:cNvGrpSpPr/>\
         <wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{WIDE}\" cy=\"{HIGH}\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"{WIDE}\" cy=\"{HIGH}\"/></a:xfrm></wpg:grpSpPr>\
         {shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p></w:tc>",
        COLUMNS[1]
    ));
}

/// What the drawing shows, in words; the words of the bar where it has any.
fn described(row: &Bar) -> String {
    let text: &Text = if row.words.is_empty() { &row.label } else { &row.words };
    text.words()
}

fn shape(x: u32, y: u32, wide: u32, high: u32, colour: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill><a:ln><a:noFill/></a:ln>\
         </wps:spPr><wps:bodyPr/></wps:wsp>"
    );
    out
}

/// The place of a value from 0 to 1 along a length.
fn along(value: f64, length: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a value within 0..=1 times a length")]
    let at = (value.clamp(0.0, 1.0) * f64::from(length)).round() as u32;
    at
}
