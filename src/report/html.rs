//! The report as one HTML page that needs nothing else: no script, no font, no address to load from.
//!
//! All text goes through `escape`; the page forbids itself to load or run anything, down to the hash of
//! its one style sheet. Written so that it is well-formed
//! XML as well, which the tests rely on. A walk over blocks in Rust, not a template engine: sections
//! nest by their headings and most of the page is blocks and drawings, for which a template would only
//! be a frame around the same calls.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::markup::escape;
use super::svg::{self, Look};
use super::{Block, Report, Span, Table, Text};
use crate::lang::Lang;
use crate::messages::html as words;

/// The style sheet, the same in both languages.
const STYLE: &str = include_str!("html/style.css");

/// Colours by the names that the style sheet gives them in light, dark and print; their light values
/// where a viewer has dropped the sheet.
const LOOK: Look<'static> = Look {
    ink: "currentColor",
    muted: "var(--muted, #505a66)",
    grid: "var(--grid, #d5dae0)",
    range: "var(--range, #bcd3e6)",
    mark: "var(--mark, #17466b)",
    font: "",
};

pub fn write(report: &Report) -> String {
    let lang = report.lang;
    let mut page = Page { lang, out: String::new(), ids: BTreeSet::new(), drawn: 0, sections: 0 };
    // Ids of the frame are taken before a pack can name a heading so.
    page.ids.extend(["content", "contents"].map(str::to_owned));
    let ids: Vec<Option<String>> = report
        .blocks
        .iter()
        .map(|block| if let Block::Heading { id, .. } = block { Some(page.unique(id)) } else { None })
        .collect();
    page.head(report);
    let body = report.blocks.iter().position(|block| matches!(block, Block::Heading { .. })).unwrap_or(0);
    for block in &report.blocks[..body] {
        page.block(block, None);
    }
    page.out.push_str("</header>\n");
    page.contents(report, &ids);
    page.out.push_str("<main id=\"content\">\n");
    for (block, id) in report.blocks.iter().zip(&ids).skip(body) {
        page.block(block, id.as_deref());
    }
    for _ in 0..page.sections {
        page.out.push_str("</section>\n");
    }
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

/// The style sheet with the words that a printer sets at the head of each sheet.
fn style(lang: Lang) -> String {
    let words = words::confidential(lang).replace(['"', '\\'], "");
    format!("{STYLE}@page {{ @top-left {{ content: \"{words}\" }} }}\n")
}

/// The hash of the style sheet, as a policy names it.
fn hash(style: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in Sha256::digest(style.as_bytes()).chunks(3) {
        let bits = three.iter().chain(&[0, 0]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

struct Page {
    lang: Lang,
    out: String,
    ids: BTreeSet<String>,
    /// Drawings so far.
    drawn: usize,
    sections: usize,
}

impl Page {
    /// The id itself, or with a number where it is taken.
    fn unique(&mut self, id: &str) -> String {
        let id: String =
            id.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
        let mut name = id.clone();
        let mut n = 2;
        while name.is_empty() || !self.ids.insert(name.clone()) {
            name = format!("{id}-{n}");
            n += 1;
        }
        name
    }

    fn head(&mut self, report: &Report) {
        let lang = self.lang;
        let style = style(lang);
        let title = escape(&report.title.words());
        let matter = report.meta.first().map(|(_, value)| escape(&value.words())).unwrap_or_default();
        let _ = write!(
            self.out,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"robots\" content=\"noindex, nofollow, noarchive\"/>\n\
             <meta name=\"referrer\" content=\"no-referrer\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n\
             <title>{matter} – {title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#content\">{}</a>\n<header>\n<p class=\"confidential\">{}</p>\n<h1>{title}</h1>\n",
            words::lang(lang),
            hash(&style),
            words::skip(lang),
            words::confidential(lang),
        );
        self.pairs(&report.meta);
    }

    fn contents(&mut self, report: &Report, ids: &[Option<String>]) {
        let _ = write!(
            self.out,
            "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n<ol>\n",
            words::contents(self.lang)
        );
        // Sections, each with the headings right below it.
        let mut open = [false; 2];
        for (block, id) in report.blocks.iter().zip(ids) {
            let (Block::Heading { level: level @ (2 | 3), text, .. }, Some(id)) = (block, id) else { continue };
            if *level == 2 {
                self.out.push_str(if open[1] { "</ol></details>" } else { "" });
                self.out.push_str(if open[0] { "</li>\n" } else { "" });
                let _ = write!(self.out, "<li><a href=\"#{}\">{}</a>", escape(id), inline(text));
                open = [true, false];
            } else if open[0] {
                if !open[1] {
                    let _ = write!(self.out, "<details><summary>{}</summary><ol>", words::parts(self.lang));
                }
                let _ = write!(self.out, "<li><a href=\"#{}\">{}</a></li>", escape(id), inline(text));
                open[1] = true;
            }
        }
        self.out.push_str(if open[1] { "</ol></details>" } else { "" });
        self.out.push_str(if open[0] { "</li>\n" } else { "" });
        self.out.push_str("</ol>\n</nav>\n");
    }

    fn block(&mut self, block: &Block, id: Option<&str>) {
        match block {
            Block::Heading { level, text, .. } => self.heading(*level, id.unwrap_or_default(), text),
            Block::Paragraph(text) => {
                let _ = writeln!(self.out, "<p>{}</p>", inline(text));
            }
            Block::Note(text) => {
                let _ = writeln!(self.out, "<p class=\"note\">{}</p>", inline(text));
            }
            Block::List { numbered, items } => {
                let tag = if *numbered { "ol" } else { "ul" };
                let _ = writeln!(self.out, "<{tag}>");
                for item in items {
                    let _ = writeln!(self.out, "<li>{}</li>", inline(item));
                }
                let _ = writeln!(self.out, "</{tag}>");
            }
            Block::KeyValues(pairs) => self.pairs(pairs),
            Block::Table(it) => table(it, &mut self.out),
            Block::Chart(it) => {
                let id = self.drawing();
                let drawn = svg::chart(it, &LOOK, &id, self.lang);
                self.figure(&it.caption, &drawn, &it.table(self.lang), false);
            }
            Block::Figure(it) => {
                let id = self.drawing();
                let drawn = svg::figure(it, &LOOK, &id, self.lang);
                // A plot has no words of its own for its points.
                let open = matches!(it, super::Figure::Calibration(_));
                self.figure(it.caption(), &drawn, &it.table(self.lang), open);
            }
        }
    }

    /// A heading, which opens a section at level 2.
    fn heading(&mut self, level: u8, id: &str, text: &Text) {
        let id = escape(id);
        if level == 2 {
            for _ in 0..std::mem::take(&mut self.sections) {
                self.out.push_str("</section>\n");
            }
            let _ = writeln!(self.out, "<section aria-labelledby=\"{id}\">");
            self.sections = 1;
        }
        let _ = writeln!(self.out, "<h{level} id=\"{id}\">{}</h{level}>", inline(text));
    }

    fn pairs(&mut self, pairs: &[(Text, Text)]) {
        self.out.push_str("<dl>\n");
        for (label, value) in pairs {
            let _ = writeln!(self.out, "<div><dt>{}</dt><dd>{}</dd></div>", inline(label), inline(value));
        }
        self.out.push_str("</dl>\n");
    }

    /// A name for the next drawing.
    fn drawing(&mut self) -> String {
        self.drawn += 1;
        let id = self.unique(&format!("drawing-{}", self.drawn));
        self.ids.extend([format!("{id}-title"), format!("{id}-desc")]);
        id
    }

    fn figure(&mut self, caption: &Text, drawn: &str, figures: &Table, open: bool) {
        let open = if open { " open=\"open\"" } else { "" };
        let _ = write!(
            self.out,
            "<figure>\n<figcaption>{}</figcaption>\n{drawn}\n<details{open}><summary>{}</summary>\n",
            inline(caption),
            words::as_table(self.lang)
        );
        table(figures, &mut self.out);
        self.out.push_str("</details>\n</figure>\n");
    }
}

/// A table. Roles are spelled out because narrow screens set its cells below each other, and some
/// readers then forget that it is a table.
fn table(table: &Table, out: &mut String) {
    let _ = write!(
        out,
        "<table role=\"table\">\n<caption>{}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">",
        inline(&table.caption)
    );
    let class = |figures: bool| if figures { " class=\"n\"" } else { "" };
    for (head, figures) in table.head.iter().zip(&table.figures) {
        let _ = write!(out, "<th scope=\"col\" role=\"columnheader\"{}>{}</th>", class(*figures), inline(head));
    }
    out.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for row in &table.rows {
        out.push_str("<tr role=\"row\">");
        for (n, ((cell, head), figures)) in row.iter().zip(&table.head).zip(&table.figures).enumerate() {
            let _ = if n == 0 {
                write!(out, "<th scope=\"row\" role=\"rowheader\"{}>{}</th>", class(*figures), inline(cell))
            } else {
                let label = escape(&head.words());
                write!(out, "<td role=\"cell\" data-label=\"{label}\"{}>{}</td>", class(*figures), inline(cell))
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn inline(text: &Text) -> String {
    text.spans()
        .iter()
        .map(|span| match span {
            Span::Strong(words) => format!("<strong>{}</strong>", escape(words)),
            Span::Link(address) if address.starts_with("https://") || address.starts_with("http://") => {
                let address = escape(address);
                format!("<a href=\"{address}\" rel=\"noopener noreferrer nofollow\">{address}</a>")
            }
            Span::Plain(words) | Span::Link(words) => escape(words),
            Span::Code(words) => format!("<code>{}</code>", escape(words)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_style_sheet_by_its_hash() {
        // SHA-256 of nothing, as RFC 4648 writes it in base 64.
        assert_eq!(hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn an_id_stands_once_and_breaks_nothing() {
        let mut page = Page { lang: Lang::En, out: String::new(), ids: BTreeSet::new(), drawn: 0, sections: 0 };
        assert_eq!(page.unique("a b\""), "a-b-");
        assert_eq!(page.unique("sg"), "sg");
        assert_eq!(page.unique("sg"), "sg-2");
    }
}
