//! Diagnostics as text: the sentence, the excerpt with a mark under the right cells, what to do.
//!
//! Invariant: nothing is judged here. Control characters of the file are made visible before anything is shown.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::messages::{fault_word as words, fill, lookup};
use crate::text;

/// Renders faults. `source` gives the text of a file by its name.
pub fn render<'s>(faults: &[Diagnostic], lang: Lang, colour: bool, source: impl Fn(&str) -> Option<&'s str>) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for fault in faults {
        let code = fault.code.text();
        let words: Vec<(&str, String)> =
            fault.fields.iter().map(|(name, word)| (*name, text::one_line(word))).collect();
        let what = fill(lookup(lang, &format!("fault.{code}")).unwrap_or(code), &words);
        let remedy = fill(lookup(lang, &format!("remedy.{code}")).unwrap_or_default(), &words);
        let excerpt = source(&fault.file).map(|whole| excerpt(whole, &fault.span));
        let file = text::one_line(&fault.file);
        let title = Level::ERROR.with_name(words::error(lang)).primary_title(&what).id(code);
        let group = match &excerpt {
            Some(excerpt) => title.element(
                Snippet::source(&excerpt.text)
                    .line_start(excerpt.line)
                    .path(&file)
                    .annotation(AnnotationKind::Primary.span(excerpt.span.clone())),
            ),
            None => title.element(annotate_snippets::Origin::path(&file)),
        };
        let group = group.element(Level::HELP.with_name(words::help(lang)).message(&remedy));
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// A fault as one sentence: what was wrong and what to do.
pub fn sentence(lang: Lang, code: crate::diagnostic::Code, fields: &[(&'static str, String)]) -> String {
    let words: Vec<(&str, String)> = fields.iter().map(|(name, word)| (*name, text::one_line(word))).collect();
    let say = |section: &str| fill(lookup(lang, &format!("{section}.{}", code.text())).unwrap_or(code.text()), &words);
    format!("{}: {}", say("fault"), say("remedy"))
}

struct Excerpt {
    text: String,
    line: usize,
    span: std::ops::Range<usize>,
}

/// Longest excerpt of a line, in bytes: a fault in a line of megabytes must stay readable.
const MAX_LINE: usize = 400;

/// The first line of a span, made safe to show, and the span within it.
fn excerpt(whole: &str, span: &std::ops::Range<usize>) -> Excerpt {
    let floor = |at: usize| (0..=at.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
    let start = floor(span.start);
    let before = whole.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1).max(floor(start.saturating_sub(MAX_LINE / 2)));
    let rest = whole.get(start..).unwrap_or_default();
    let line_end = start + rest.find('\n').unwrap_or(rest.len());
    let line_end = floor(line_end.min(line_start + MAX_LINE)).max(start);
    let end = floor(span.end.clamp(start, line_end)).max(start);
    let safe = |range: std::ops::Range<usize>| text::one_line(whole.get(range).unwrap_or_default()).replace('\r', "");
    let (head, marked, tail) = (safe(line_start..start), safe(start..end), safe(end..line_end));
    let from = head.len();
    let span = from..from + marked.len();
    Excerpt { text: format!("{head}{marked}{tail}"), line: before.matches('\n').count() + 1, span }
}
