//! The creditor's wording: words of the trade explained where they first stand, marks in plain words.
//!
//! What is explained, and how, are the messages of `gloss`: `term|meaning`, in both languages. Figures and
//! marks of doubt stay.

use super::{Block, Span, Text};
use crate::lang::Lang;
use crate::messages::{lookup, num, plainly};

/// The words explained, by their keys among the messages.
pub(crate) const TERMS: [&str; 21] = [
    "adverse-costs",
    "apostille",
    "certificate",
    "common-law",
    "cross-examination",
    "discovery",
    "due-process",
    "ex-parte",
    "exequatur",
    "fair-hearing",
    "finality",
    "freezing",
    "funder",
    "limitation",
    "mediation",
    "policy",
    "reciprocity",
    "res-judicata",
    "security",
    "service",
    "summary-judgment",
];

/// The mark of a sentence written from memory, as the pack has it.
const MEMORY: &str = "[memory";

/// Explains each word where it first stands in running text. Headings, heads of tables and charts
/// stay as they are.
pub(crate) fn explain(blocks: &mut [Block], lang: Lang) {
    let mut open: Vec<(&str, &str)> =
        TERMS.iter().filter_map(|key| lookup(lang, &format!("gloss.{key}"))?.split_once('|')).collect();
    let mut own_words = false;
    for block in blocks {
        if let Block::Heading { id, .. } = block {
            // Answers are quoted as they were given.
            own_words = id.starts_with("answers");
        }
        if own_words {
            continue;
        }
        let mut each = |text: &mut Text| *text = plain(text, &mut open, lang);
        match block {
            Block::Paragraph(text) | Block::Note(text) => each(text),
            Block::List { items, .. } => items.iter_mut().for_each(each),
            Block::KeyValues(pairs) => pairs.iter_mut().for_each(|(_, value)| each(value)),
            Block::Table(table) => table.rows.iter_mut().flatten().for_each(each),
            Block::Heading { .. } | Block::Chart(_) | Block::Figure(_) => {}
        }
    }
}

fn plain(text: &Text, open: &mut Vec<(&str, &str)>, lang: Lang) -> Text {
    // `[memory]` and `[memory: the last point]` alike.
    let mark = plainly::memory(lang).trim_end_matches(']');
    let spans = text.spans().iter().map(|span| match span {
        Span::Plain(words) => Text::plain(&explained(&words.replace(MEMORY, mark), open, lang)),
        Span::Strong(words) => Text::strong(&words.replace(MEMORY, mark)),
        Span::Link(_) | Span::Code(_) => Text::from_span(span.clone()),
    });
    spans.fold(Text::default(), Text::and)
}

/// The words with each word of the trade followed by its meaning; a word explained is done with.
fn explained(words: &str, open: &mut Vec<(&str, &str)>, lang: Lang) -> String {
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    open.retain(|(term, meaning)| {
        let Some(at) = find(words, term) else { return true };
        found.push((at, at + term.len(), meaning));
        false
    });
    // From the end, so that earlier places keep their meaning.
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut out = words.to_owned();
    for (_, end, meaning) in found {
        let inside = num::bracket(lang, meaning, "");
        out.insert_str(end, inside.trim_end_matches(' '));
    }
    out
}

/// Where a term stands as a word of its own, whatever its capitals.
fn find(words: &str, term: &str) -> Option<usize> {
    let lower = words.to_ascii_lowercase();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let ascii = term.is_ascii();
    lower.match_indices(term).map(|(at, _)| at).find(|at| {
        let alone = !letter(lower[..*at].chars().next_back()) && !letter(lower[at + term.len()..].chars().next());
        // `Limitation Act` and `exequatur 0.1.0` are names.
        let mut rest = after(words, at + term.len());
        let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let name = ascii && rest.next() == Some(' ') && rest.next().is_some_and(capital);
        // A term that is explained already, or stands before a bracket, is left for its next place.
        let bracket = lower[at + term.len()..].trim_start().starts_with(['(', '（']);
        (!ascii || alone) && !bracket && !name
    })
}

/// What stands after a place, with its capitals.
fn after(words: &str, at: usize) -> std::str::Chars<'_> {
    words.get(at..).unwrap_or_default().chars()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, lang: Lang) -> Vec<String> {
        let mut blocks = vec![Block::Paragraph(text.into()), Block::Note(text.into())];
        explain(&mut blocks, lang);
        let words = blocks.iter().map(|block| match block {
            Block::Paragraph(text) | Block::Note(text) => text.words(),
            _ => String::new(),
        });
        words.collect()
    }

    #[test]
    fn a_word_is_explained_once_where_it_first_stands() {
        let found = words("Reciprocity is in doubt.", Lang::En);
        let first = "Reciprocity (a state honours judgments only of states that honour its own) is in doubt.";
        assert_eq!(found, [first, "Reciprocity is in doubt."]);
        let found = words("是否存在互惠，尚无定论。", Lang::Zh);
        assert_eq!(found, ["是否存在互惠（两国相互承认对方法院的判决），尚无定论。", "是否存在互惠，尚无定论。"]);
        // Part of a longer word is not the word.
        assert_eq!(words("funders", Lang::En), ["funders", "funders"]);
        // Nor is a name.
        assert_eq!(words("Limitation Act (BC)", Lang::En), ["Limitation Act (BC)"; 2]);
        assert_eq!(words("[memory] Six years.", Lang::En)[0], "[from memory, not checked] Six years.");
        assert_eq!(words("[memory: 后一项]", Lang::Zh)[0], "[凭记忆，未核实: 后一项]");
    }

    #[test]
    fn every_term_is_among_the_messages() {
        for key in TERMS {
            for lang in Lang::ALL {
                let (term, meaning) = lookup(lang, &format!("gloss.{key}")).expect(key).split_once('|').expect(key);
                assert!(!term.is_empty() && !meaning.is_empty());
                assert!(!term.is_ascii() || term == term.to_ascii_lowercase());
            }
        }
    }
}
