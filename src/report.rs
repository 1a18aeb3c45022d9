//! The report: everything that the result says and what it rests on, without a format.
//!
//! Invariant: no figure is computed that the scoring did not, and nothing here knows how a format looks.
//! [`build`] gives a [`Report`] of blocks; each file of `report/` that is named after a format walks over
//! them, and the screens draw the blocks of its `sections`.
//!
//! Order: summary, targets compared, each target (outlook, hurdles, confidence, money, deadlines, the
//! debtor's case, cases, documents), what does not fit, answers, method, sources, fact vector.

mod charts;
pub(crate) mod columns;
pub mod csv;
pub(crate) mod diff;
pub mod document;
#[cfg(feature = "docx")]
pub mod docx;
pub(crate) mod figure;
pub(crate) mod gloss;
pub mod html;
pub mod json;
pub mod listing;
pub mod markdown;
mod markup;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain_text;
pub(crate) mod sections;
pub(crate) mod sentences;
pub(crate) mod svg;
#[cfg(any(feature = "docx", feature = "pdf"))]
mod widths;
pub(crate) mod wording;

use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::{finding, report as heading};
use crate::pack::Pack;
use crate::scoring::consistency::{Finding, Kind as FindingKind};
use crate::scoring::{Assessment, Engine};

pub use document::{Bar, Block, Chart, Report, Span, Table, Text};
pub use figure::Figure;
pub use sections::card::VERSION;
use sections::{advice, answers, card, summary, target};
use sentences::Writer;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub lang: Lang,
    /// How much of it.
    pub form: Form,
    pub audience: Audience,
}

/// How much a report holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// About two pages: summary, and of each target what decides.
    Short,
    Full,
}

/// For whom a report is. The figures are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Sentences, without log-odds and citations of statutes.
    Creditor,
    /// With weights, support and citations.
    Counsel,
}

pub fn build(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, options: Options) -> Report {
    let lang = options.lang;
    let writer = Writer::new(engine, matter, assessment, lang);
    let mut out = Blocks::default();
    out.note(heading::confidential(lang));
    summary::write(&writer, &mut out);
    if assessment.rows.len() > 1 {
        summary::compared(&writer, options, &mut out);
    }
    // The short form is about one target; the others stand in the comparison.
    let lead = writer.lead().map(|lead| lead.id.as_str());
    for result in &assessment.rows {
        if options.form == Form::Short && Some(result.id.as_str()) != lead {
            continue;
        }
        if let Some(profile) = writer.profile(result) {
            target::write(&writer, options, result, profile, &mut out);
        }
    }
    advice::questions(&writer, options, &mut out);
    if options.form == Form::Full || !assessment.findings.is_empty() {
        answers::findings(&writer, &mut out);
    }
    if options.form == Form::Full {
        answers::write(&writer, &mut out);
    }
    card::write(&writer, options, &mut out);
    if options.audience == Audience::Creditor {
        gloss::explain(&mut out.blocks, lang);
    }
    let title = if matter.title.trim().is_empty() { heading::untitled(lang) } else { &matter.title };
    Report {
        lang,
        title: writer.say(&engine.pack.wording.report).into(),
        audience: options.audience,
        matter: title.into(),
        as_of: assessment.as_of,
        meta: vec![
            (heading::matter(lang).into(), title.into()),
            (heading::as_of(lang).into(), writer.date(assessment.as_of).into()),
            (crate::messages::card::pack(lang).into(), card::pack_line(&writer).into()),
            (crate::messages::card::program(lang).into(), card::program().into()),
        ],
        blocks: out.blocks,
    }
}

/// The report of a matter that was read from a fact vector: it says what a vector leaves out.
pub fn replayed(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, options: Options) -> Report {
    let mut report = build(engine, matter, assessment, options);
    report.blocks.insert(1, Block::Note(crate::messages::again::note(options.lang).into()));
    report
}

/// Something that does not fit, as a sentence.
pub(crate) fn finding(pack: &Pack, it: &Finding, lang: Lang) -> String {
    match &it.kind {
        FindingKind::Pack(at) => pack.contradictions[*at].says.get(lang).to_owned(),
        FindingKind::EffectiveInFuture => finding::effective_in_future(lang).to_owned(),
        FindingKind::EffectiveBeforeJudgment => finding::effective_before_judgment(lang).to_owned(),
        FindingKind::TargetWithoutTie(target) => finding::target_without_tie(lang, pack.place_name(target, lang)),
        FindingKind::AssetUnderWater(n) => finding::asset_under_water(lang, n),
        FindingKind::AssetWithoutTarget(n) => finding::asset_without_target(lang, n),
        FindingKind::NoRate(currency) => finding::no_rate(lang, crate::text::one_line(currency)),
    }
}

/// Collects blocks. An empty list or table is left out: it would say nothing.
#[derive(Default)]
pub(crate) struct Blocks {
    pub blocks: Vec<Block>,
}

impl Blocks {
    pub fn heading(&mut self, level: u8, id: &str, words: &str) {
        self.blocks.push(Block::Heading { level, id: id.to_owned(), text: words.into() });
    }

    pub fn paragraph(&mut self, text: impl Into<Text>) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    /// Adds a sentence that stands apart.
    pub fn note(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Note(text.into()));
    }

    fn list(&mut self, numbered: bool, items: Vec<Text>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered, items });
        }
    }

    fn key_values(&mut self, pairs: Vec<(Text, Text)>) {
        let pairs: Vec<(Text, Text)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        if !pairs.is_empty() {
            self.blocks.push(Block::KeyValues(pairs));
        }
    }

    fn chart(&mut self, caption: &str, scores: bool, rows: Vec<Bar>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Chart(Chart { caption: caption.into(), scores, rows }));
        }
    }

    fn figure(&mut self, figure: Figure) {
        self.blocks.push(Block::Figure(figure));
    }

    /// A table; columns whose heading is followed by `true` hold figures.
    fn table(&mut self, caption: &str, columns: &[(&str, bool)], rows: Vec<Vec<Text>>) {
        if rows.is_empty() {
            return;
        }
        let head = columns.iter().map(|(words, _)| (*words).into()).collect();
        let figures = columns.iter().map(|(_, figures)| *figures).collect();
        self.blocks.push(Block::Table(Table { caption: caption.into(), head, rows, figures }));
    }
}
