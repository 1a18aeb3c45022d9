//! The page of a target: its law, record, time and cost as blocks, which the screen draws and
//! `jurisdictions ID` prints. A part that was not read from a page says so beside its heading.

use std::fmt::Write as _;

use crate::lang::Lang;
use crate::messages::{listing as words, word};
use crate::pack::case::target_of;
use crate::pack::profile::SourceStatus;
use crate::pack::{Pack, Profile, Provenance};
use crate::report::{Block, Blocks, Span, Text};
use crate::text::wrap;

const WIDTH: usize = 96;

struct Page<'p> {
    out: Blocks,
    pack: &'p Pack,
    profile: &'p Profile,
    lang: Lang,
}

/// The page of a target as blocks.
pub fn page(pack: &Pack, profile: &Profile, lang: Lang) -> Vec<Block> {
    let mut page = Page { out: Blocks::default(), pack, profile, lang };
    page.law();
    page.service();
    page.grounds();
    page.court();
    page.money();
    page.record();
    page.out.note(words::memory_mark(lang));
    page.out.blocks
}

impl Page<'_> {
    /// A heading with the mark of doubt of its part.
    fn head(&mut self, name: &str, part: &Provenance) {
        let mark = match part.status {
            SourceStatus::Read => String::new(),
            status => format!(" ({})", word(self.lang, "status", status.id())),
        };
        self.out.heading(3, "", &format!("{name}{mark}"));
    }

    fn pair(&mut self, name: &str, text: &str) {
        self.out.key_values(vec![(name.into(), text.into())]);
    }

    fn sources(&mut self, part: &Provenance) {
        self.out.list(false, part.sources.iter().map(|source| Text::links([source])).collect());
    }

    fn level<'i>(&self, id: &'i str) -> &'i str {
        word(self.lang, "level", id)
    }

    fn flag(&self, value: bool) -> &'static str {
        self.level(if value { "yes" } else { "no" })
    }

    fn law(&mut self) {
        let (lang, p) = (self.lang, self.profile);
        let family = word(lang, "family", &p.legal_family);
        self.out.heading(2, &p.id, &format!("{} ({}), {family}", p.name.get(lang), p.id));
        self.out.paragraph(words::as_of(lang, p.as_of));
        self.out.paragraph(self.pack.region_name(&p.region, lang));
        self.out.paragraph(p.notes.get(lang));
        self.head(words::law(lang), &p.basis.provenance);
        self.pair(word(lang, "basis-kind", &p.basis.kind), p.basis.instrument.get(lang));
        self.pair(words::procedure(lang), p.basis.procedure.get(lang));
        self.pair(words::reciprocity(lang), word(lang, "reciprocity", &p.basis.reciprocity));
        self.out.paragraph(p.basis.reciprocity_note.get(lang));
        self.sources(&p.basis.provenance);
        for treaty in self.pack.treaties_with(&p.id) {
            let day = |day: Option<jiff::civil::Date>, status: SourceStatus| {
                let day = day.map_or_else(|| words::unknown_date(lang).to_owned(), |day| day.to_string());
                if status == SourceStatus::Read {
                    day
                } else {
                    format!("{day} ({})", word(lang, "status", status.id()))
                }
            };
            let covers = if treaty.covers_judgments { words::treaty_covers(lang) } else { words::treaty_not(lang) };
            let signed = day(treaty.signed, treaty.signed_status);
            let line = words::treaty_line(lang, day(treaty.in_force, treaty.in_force_status), signed);
            self.pair(words::treaty(lang), &format!("{line}; {covers}"));
        }
        self.head(words::limitation(lang), &p.limitation.provenance);
        let years = words::years(lang, p.limitation.years);
        self.out.paragraph(format!("{years}; {}", p.limitation.runs_from.get(lang)));
        self.out.paragraph(p.limitation.note.get(lang));
        self.sources(&p.limitation.provenance);
    }

    fn service(&mut self) {
        let (lang, service) = (self.lang, &self.profile.service);
        self.head(words::service(lang), &service.provenance);
        self.out.paragraph(service.standard.get(lang));
        self.pair(words::announcement(lang), word(lang, "announcement", &service.announcement));
        self.pair(words::hague(lang), self.flag(service.hague_party));
        self.pair(words::post_objection(lang), self.flag(service.postal_objection));
        self.out.paragraph(service.note.get(lang));
        self.sources(&service.provenance);
    }

    fn grounds(&mut self) {
        let lang = self.lang;
        self.out.heading(3, "", words::grounds(lang));
        for ground in &self.profile.grounds {
            let must = if ground.mandatory { words::mandatory(lang) } else { words::optional(lang) };
            let seen = word(lang, "seen", &ground.seen);
            let mark = match ground.provenance.status {
                SourceStatus::Read => String::new(),
                status => format!("; {}", word(lang, "status", status.id())),
            };
            let name = ground_name(self.pack, &ground.id, lang);
            self.out.paragraph(format!("{name}: {} [{must}; {seen}{mark}]", ground.law.get(lang)));
            self.out.paragraph(format!("  {}", ground.how.get(lang)));
        }
    }

    fn court(&mut self) {
        let (lang, it) = (self.lang, &self.profile.procedure);
        self.head(words::in_court(lang), &it.provenance);
        let pairs: [(&str, &str); 8] = [
            (words::discovery(lang), self.level(&it.discovery)),
            (words::cross_examination(lang), self.level(&it.cross_examination)),
            (words::summary_judgment(lang), self.flag(it.summary_judgment)),
            (words::security(lang), self.level(&it.security_for_costs)),
            (words::loser_pays(lang), self.level(&it.loser_pays)),
            (words::freezing(lang), self.level(&it.freezing_order)),
            (words::asset_discovery(lang), self.level(&it.asset_discovery)),
            (words::translation(lang), it.translation.get(lang)),
        ];
        self.out.key_values(pairs.map(|(name, value)| (name.into(), value.into())).to_vec());
        self.out.paragraph(it.note.get(lang));
        self.out.heading(3, "", words::documents(lang));
        self.out.list(false, it.documents.iter().map(|document| document.get(lang).into()).collect());
    }

    fn money(&mut self) {
        let (lang, p) = (self.lang, self.profile);
        self.head(words::interest(lang), &p.interest.provenance);
        self.out.paragraph(self.level(&p.interest.double_interest));
        self.out.paragraph(p.interest.currency.get(lang));
        self.out.paragraph(p.interest.note.get(lang));
        self.head(words::mediation(lang), &p.mediation.provenance);
        self.out.paragraph(word(lang, "mediation", &p.mediation.status));
        self.out.paragraph(p.mediation.note.get(lang));
        for (name, range) in [(words::time(lang), &p.time), (words::cost(lang), &p.cost)] {
            self.head(name, &range.provenance);
            let quiet = words::uncontested(lang, range.uncontested[1], range.uncontested[0]);
            let fought = words::contested(lang, range.contested[1], range.contested[0]);
            self.out.paragraph(format!("{quiet}; {fought}"));
            self.out.paragraph(range.basis.get(lang));
        }
        self.pair(words::funding(lang), p.funding.get(lang));
    }

    fn record(&mut self) {
        let (lang, record) = (self.lang, &self.profile.record);
        self.head(words::track_record(lang), &record.provenance);
        self.out.paragraph(words::record(lang, record.recognised, record.refused));
        self.pair(words::counted_by(lang), record.counted_by.get(lang));
        self.out.paragraph(record.notes.get(lang));
        let counted: Vec<&str> = self.pack.counted_in(&self.profile.id).map(|case| case.id.as_str()).collect();
        self.pair(words::own_cases(lang), &counted.join(", "));
        let here = |case: &&crate::pack::Case| {
            target_of(self.pack, &case.jurisdiction).is_some_and(|target| target.id == self.profile.id)
        };
        let cases = self.pack.cases.iter().filter(here).map(|case| {
            let year = case.decided_year.map(|year| year.to_string()).unwrap_or_default();
            format!("{} ({year}, {})", case.name, word(lang, "outcome", case.outcome.id())).into()
        });
        self.out.list(false, cases.collect());
    }
}

/// The name of a ground as the hurdles call it, else its id.
fn ground_name(pack: &Pack, id: &str, lang: Lang) -> String {
    let hurdle = pack.case_facts.hurdle(id).unwrap_or(id);
    pack.hurdles.iter().find(|known| known.id == hurdle).map_or(id, |known| known.name.get(lang)).to_owned()
}

pub fn text(pack: &Pack, profile: &Profile, lang: Lang) -> String {
    let mut out = String::new();
    for block in page(pack, profile, lang) {
        match block {
            Block::Heading { level: 2, text, .. } => {
                let _ = writeln!(out, "{}", text.words());
            }
            Block::Heading { text, .. } | Block::Note(text) => {
                let _ = writeln!(out, "\n{}", text.words());
            }
            Block::Paragraph(text) => indented(&text.words(), &mut out),
            Block::KeyValues(pairs) => {
                for (name, value) in pairs {
                    indented(&format!("{}: {}", name.words(), value.words()), &mut out);
                }
            }
            Block::List { items, .. } => {
                for item in items {
                    match item.spans() {
                        [Span::Link(address)] => {
                            let _ = writeln!(out, "  - {address}");
                        }
                        _ => indented(&format!("- {}", item.words()), &mut out),
                    }
                }
            }
            Block::Table(_) | Block::Chart(_) | Block::Figure(_) => {}
        }
    }
    out
}

fn indented(words: &str, out: &mut String) {
    for line in wrap(words, WIDTH - 2) {
        let _ = writeln!(out, "  {line}");
    }
}
