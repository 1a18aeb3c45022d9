//! The report as a Word file. Every text passes `esc`; styles are named, not painted, so that counsel can change the house style in one place: `docx/styles.xml` here, or
//! Word's own styles in the file.
//!
//! Written by hand: the kept library for this format knows neither repeated header rows, nor the
//! language of a text, nor the title among the properties of a document.

mod chart;
mod package;

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Audience, Block, Report, Span, Table, Text, widths};
use crate::lang::Lang;
use crate::messages::{document as words, num};

/// Width of the text in twentieths of a point: A4 less the margins of `package`.
const TEXT_WIDTH: u32 = 9638;
/// Headings of a report from which on it has a table of contents: a short one needs none.
const CONTENTS_FROM: usize = 30;

/// Writes a report. The same report gives the same bytes.
///
/// # Errors
/// Where the archive cannot be made, which in memory means that it would exceed the limits of a zip file.
pub fn write(report: &Report) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut body = Body::new(report);
    body.report();
    package::write(report, &body)
}

/// The body of a document while it is written.
struct Body<'r> {
    report: &'r Report,
    xml: String,
    /// Addresses of links, by their place in the relationships.
    links: Vec<String>,
    /// How many numbered lists there are: each begins at 1.
    lists: usize,
    /// Names given so far to headings and drawings.
    marks: usize,
}

impl<'r> Body<'r> {
    fn new(report: &'r Report) -> Self {
        Body { report, xml: String::new(), links: Vec::new(), lists: 0, marks: 0 }
    }

    fn lang(&self) -> Lang {
        self.report.lang
    }

    fn push(&mut self, xml: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.xml.write_fmt(xml);
    }

    fn report(&mut self) {
        let report = self.report;
        self.paragraph("Title", "", &report.title);
        self.pairs(&report.meta);
        let contents = headings(report).count() >= CONTENTS_FROM;
        let mut seen = 0;
        for block in &report.blocks {
            // The summary comes first; what else there is stands after it.
            if let Block::Heading { level: 2, .. } = block {
                seen += 1;
                if contents && seen == 2 {
                    self.contents();
                }
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, id, text } => self.heading(*level, id, text),
            Block::Paragraph(text) => self.paragraph("BodyText", "", text),
            Block::Note(text) => self.paragraph("Note", "", text),
            Block::List { numbered: false, items } => {
                for item in items {
                    self.paragraph("ListBullet", "", item);
                }
            }
            Block::List { numbered: true, items } => {
                self.lists += 1;
                // The first number of `package::numbering` is that of bullets.
                let number = format!(
                    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>",
                    package::FIRST_LIST + self.lists - 1
                );
                for item in items {
                    self.paragraph("ListNumber", &number, item);
                }
            }
            Block::KeyValues(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => chart::write(self, chart),
            Block::Figure(figure) => self.table(&figure.table(self.lang())),
        }
    }

    /// A paragraph of a style, with further properties.
    fn paragraph(&mut self, style: &str, properties: &str, text: &Text) {
        self.push(format_args!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>"));
        self.text(text);
        self.xml.push_str("</w:p>");
    }

    fn heading(&mut self, level: u8, id: &str, text: &Text) {
        self.marks += 1;
        let (mark, name) = (self.marks, bookmark(id));
        let level = level.saturating_sub(1).clamp(1, 3);
        self.push(format_args!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr><w:bookmarkStart w:id=\"{mark}\" w:name=\"{name}\"/>"
        ));
        self.text(text);
        self.push(format_args!("<w:bookmarkEnd w:id=\"{mark}\"/></w:p>"));
    }

    fn text(&mut self, text: &Text) {
        for span in text.spans() {
            match span {
                Span::Plain(words) => self.run("", words),
                Span::Strong(words) => self.run("<w:rStyle w:val=\"Strong\"/>", words),
                Span::Code(words) => self.run("<w:rStyle w:val=\"Code\"/>", words),
                Span::Link(address) => {
                    let at = self.links.iter().position(|known| known == address).unwrap_or_else(|| {
                        self.links.push(address.clone());
                        self.links.len() - 1
                    });
                    self.push(format_args!("<w:hyperlink r:id=\"{}\">", package::link_id(at)));
                    self.run("<w:rStyle w:val=\"Hyperlink\"/>", address);
                    self.xml.push_str("</w:hyperlink>");
                }
            }
        }
    }

    fn run(&mut self, properties: &str, words: &str) {
        let hint = hint(self.lang());
        self.push(format_args!(
            "<w:r><w:rPr>{properties}{hint}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            esc(words)
        ));
    }

    /// Labels with their values, as a table without lines.
    fn pairs(&mut self, pairs: &[(Text, Text)]) {
        let lang = self.lang();
        self.open_table("Pairs", words::pair_value(lang), &[TEXT_WIDTH / 4, TEXT_WIDTH - TEXT_WIDTH / 4], "0080");
        for (label, value) in pairs {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.cell(TEXT_WIDTH / 4, "TableLabel", "", label);
            self.cell(TEXT_WIDTH - TEXT_WIDTH / 4, "TableText", "", value);
            self.xml.push_str("</w:tr>");
        }
        self.close_table();
    }

    fn table(&mut self, table: &Table) {
        let widths: Vec<u32> = widths::shares(table).iter().map(|share| share * TEXT_WIDTH / 1000).collect();
        let right = |column: usize| if table.figures[column] { "<w:jc w:val=\"right\"/>" } else { "" };
        self.open_table("ReportTable", &table.caption.words(), &widths, "0020");
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, head) in table.head.iter().enumerate() {
            self.cell(widths[column], "TableHead", right(column), head);
        }
        self.xml.push_str("</w:tr>");
        for row in &table.rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (column, text) in row.iter().enumerate() {
                self.cell(widths[column], "TableText", right(column), text);
            }
            self.xml.push_str("</w:tr>");
        }
        self.close_table();
    }

    /// The caption is what a screen reader says of the table.
    fn open_table(&mut self, style: &str, caption: &str, widths: &[u32], look: &str) {
        let (all, caption) = (widths.iter().sum::<u32>(), esc(caption));
        self.push(format_args!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"{look}\" w:firstRow=\"{}\" w:lastRow=\"0\" w:firstColumn=\"{}\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{caption}\"/></w:tblPr><w:tblGrid>",
            u8::from(look == "0020"),
            u8::from(look == "0080"),
        ));
        for width in widths {
            self.push(format_args!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>");
    }

    /// Two tables without a paragraph between them would become one.
    fn close_table(&mut self) {
        self.xml.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
    }

    fn cell(&mut self, width: u32, style: &str, properties: &str, text: &Text) {
        self.push(format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
        self.paragraph(style, properties, text);
        self.xml.push_str("</w:tc>");
    }

    /// A table of contents that Word can renew; it holds links, not page numbers, which only a
    /// word processor knows.
    fn contents(&mut self) {
        let (lang, report) = (self.lang(), self.report);
        let hint = hint(lang);
        self.push(format_args!(
            "<w:p><w:pPr><w:pStyle w:val=\"ContentsHeading\"/></w:pPr><w:r><w:rPr>{hint}</w:rPr><w:t>{}</w:t></w:r></w:p>",
            esc(words::contents(lang))
        ));
        let entries: Vec<(u8, &str, &Text)> = headings(report).filter(|(level, ..)| *level <= 3).collect();
        let last = entries.len().saturating_sub(1);
        for (n, (level, id, text)) in entries.into_iter().enumerate() {
            self.push(format_args!("<w:p><w:pPr><w:pStyle w:val=\"TOC{}\"/></w:pPr>", level - 1));
            if n == 0 {
                self.xml.push_str(
                    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                     <w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\n \\h \\z \\u </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            self.push(format_args!(
                "<w:hyperlink w:anchor=\"{}\" w:history=\"1\"><w:r><w:rPr>{hint}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:hyperlink>",
                bookmark(id),
                esc(&text.words())
            ));
            if n == last {
                self.xml.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.xml.push_str("</w:p>");
        }
    }
}

/// The headings of a report: level, name and words.
fn headings(report: &Report) -> impl Iterator<Item = (u8, &str, &Text)> {
    report.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, id, text } => Some((*level, id.as_str(), text)),
        _ => None,
    })
}

/// What stands at the right of every page's head.
fn standing(report: &Report) -> &'static str {
    match report.audience {
        Audience::Counsel => words::privileged(report.lang),
        Audience::Creditor => words::confidential(report.lang),
    }
}

/// Without the hint, Word sets quotation marks of a Chinese text in the Latin font.
fn hint(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "<w:rFonts w:hint=\"eastAsia\"/>",
        Lang::En => "",
    }
}

/// The name of a bookmark: Word takes 40 letters, digits and `_`, and a letter first.
fn bookmark(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = id.chars().map(safe).collect();
    if name.len() <= 38 {
        return format!("b_{name}");
    }
    // A long name is kept apart from others that begin alike by a sum over all of it.
    let sum = id.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    format!("b_{}_{sum:08x}", &name[..28])
}

/// Text as XML, also inside an attribute. What XML 1.0 has no way to hold is made visible.
fn esc(text: &str) -> Cow<'_, str> {
    let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(|c| holds(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\t' | '\n' | '\r')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if holds(c) => out.push(c),
            c => {
                let _ = write!(out, "&lt;U+{:04X}&gt;", u32::from(c));
            }
        }
    }
    Cow::Owned(out)
}

/// Label and value on one line, for the properties of the document.
fn line(pairs: &[(Text, Text)], lang: Lang) -> String {
    let colon = num::colon(lang);
    let pairs: Vec<String> =
        pairs.iter().map(|(label, value)| format!("{}{colon}{}", label.words(), value.words())).collect();
    pairs.join(num::semicolon(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup_and_nothing_breaks_the_file() {
        assert_eq!(esc("a ]]> <b> & \"c\""), "a ]]&gt; &lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(esc("\u{fffe}\u{1}"), "&lt;U+FFFE&gt;&lt;U+0001&gt;");
        assert_eq!(esc("\u{10ffff}喆\u{20bb7}"), "\u{10ffff}喆\u{20bb7}");
    }

    #[test]
    fn names_of_bookmarks_fit_and_differ() {
        assert_eq!(bookmark("hk-hurdles"), "b_hk_hurdles");
        let long = ["a".repeat(50), format!("{}b", "a".repeat(49))].map(|id| bookmark(&id));
        assert!(long.iter().all(|name| name.len() <= 40) && long[0] != long[1], "{long:?}");
    }
}
