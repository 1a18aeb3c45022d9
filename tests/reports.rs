//! Reports: the same figures in every format, in both languages, and nothing typed becomes markup.

use exequatur::lang::Lang;
use exequatur::library;
use exequatur::matter::{Matter, file};
use exequatur::pack::Pack;
use exequatur::report::{self, Audience, Block, Form, Options, Report, json, markdown, plain, screen};
use exequatur::scoring::{Assessment, Engine, Scope};
use exequatur::text;
use jiff::civil::date;

/// A loan judgment of a district court, served by announcement; the debtor moved to Australia.
const MATTER: &str = r#"
format = 1
pack = "prc-outbound"
pack-version = "1.0.0"
title = "Li v Zhang"

[answers]
judgment.kind = { value = "judgment", basis = "document", evidence = "sealed copy of (2023) Su 0602 Min Chu 1234" }
judgment.subject = "loan-guarantee"
judgment.relief = "fixed-sum"
judgment.finality = "effective-no-certificate"
judgment.date = 2023-09-12
judgment.effective_date = { value = 2023-11-20, basis = "document" }
judgment.amount = { value = "3,900,000 CNY", basis = "document" }
judgment.interest = "610,000 CNY"
judgment.double_interest = "yes"
judgment.enforcement_in_china = { value = "ended-no-assets", basis = "document", evidence = "ruling ending the round of enforcement" }
judgment.court_level = "basic"
judgment.reasons = "full"
jurisdiction.basis = "agreement"
jurisdiction.objection = "no"
jurisdiction.other_forum = "none"
service.method = { value = "public-announcement", basis = "document", note = "announcement of 2 June 2023" }
service.abroad = "abroad-known"
service.address = "identity-card-only"
service.better_contact = "yes"
service.attempts = "one-way"
service.notice = "unknown"
participation.mode = "default"
participation.counsel = "no"
participation.reason = "left-china"
fairness.systemic = "no"
fraud.allegation = "none"
policy.triggers = ["none"]
conflict.other = "none"
debtor.kind = "person"
debtor.location = "au-nsw"
debtor.resistance = "full-contest"
target.jurisdictions = ["au-nsw", "sg", "hk"]
target.debtor_link = ["lives", "property"]
cost.budget = "120,000 USD"
cost.fee_models = ["capped-or-fixed", "staged"]
cost.adverse = "no"
cost.horizon = 24
cost.worth = "100,000 USD"
cost.settlement = "200,000 USD"
ready.counsel_china = "none"
ready.counsel_local = "known"
ready.documents = ["sealed-copy", "enforcement-ruling"]
ready.witness = "yes-interpreter"

[[asset]]
where = "au-nsw"
class = "real-property"
value = "1,400,000 AUD"
certainty = "registered"
held = "debtor"
charges = "650,000 AUD"
moves = "low"

[[asset]]
where = "sg"
class = "cash"
value = "80,000 SGD"
certainty = "suspected"
held = "company"
moves = "high"
"#;

fn pack() -> Pack {
    library::built_in(library::DEFAULT).expect("the shipped pack").pack
}

fn matter(pack: &Pack, text: &str) -> Matter {
    let read = file::read("matter.toml", text, pack);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    read.matter.expect("a matter")
}

struct Made<'p> {
    engine: Engine<'p>,
    matter: Matter,
    assessment: Assessment,
}

fn made<'p>(pack: &'p Pack, text: &str) -> Made<'p> {
    let matter = matter(pack, text);
    let engine = Engine::new(pack);
    let assessment = engine.assess(&matter, date(2026, 11, 22), &Scope::Matter);
    Made { engine, matter, assessment }
}

impl Made<'_> {
    fn report(&self, lang: Lang, form: Form, audience: Audience) -> Report {
        report::build(&self.engine, &self.matter, &self.assessment, Options { lang, form, audience })
    }

    fn json(&self, lang: Lang) -> serde_json::Value {
        let score = json::score(&self.engine, &self.matter, &self.assessment, lang);
        serde_json::from_str(&json::text(&score).expect("JSON")).expect("JSON")
    }

    fn screen(&self, lang: Lang) -> String {
        screen::write(&self.engine, &self.matter, &self.assessment, lang)
    }
}

/// The pack's hash changes with every correction of a lawyer: it is no part of a snapshot.
fn without_hash(text: &str, pack: &Pack) -> String {
    text.replace(&pack.sha256, "<sha256>")
}

#[test]
fn formats_in_both_languages() {
    let pack = pack();
    let made = made(&pack, MATTER);
    for lang in Lang::ALL {
        let code = lang.code();
        let full = made.report(lang, Form::Full, Audience::Counsel);
        insta::assert_snapshot!(format!("full-{code}.md"), without_hash(&markdown::write(&full), &pack));
        let short = made.report(lang, Form::Short, Audience::Creditor);
        insta::assert_snapshot!(format!("short-{code}.txt"), without_hash(&plain::write(&short), &pack));
        let score = json::score(&made.engine, &made.matter, &made.assessment, lang);
        insta::assert_snapshot!(format!("score-{code}.json"), without_hash(&json::text(&score).expect("JSON"), &pack));
        insta::assert_snapshot!(format!("screen-{code}.txt"), made.screen(lang));
    }
}
