//! Reports: the same figures in every format, in both languages, and nothing typed becomes markup.

use std::collections::BTreeSet;

use crate::assert_snapshot;
use crate::support::{TODAY, assess, engine, matter, pack};
use exequatur::flow;
use exequatur::lang::Lang;
use exequatur::library;
use exequatur::matter::{Matter, fact_vector};
use exequatur::messages;
use exequatur::numbers;
use exequatur::report::{self, Audience, Block, Form, Options, Report, json, listing::score, markdown, plain_text};
use exequatur::scoring::target::logistic;
use exequatur::scoring::{Assessment, Scope, rule_record};
use exequatur::text;

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

struct Made {
    matter: Matter,
    assessment: Assessment,
}

fn made(text: &str) -> Made {
    let matter = matter(text);
    let assessment = assess(engine(), &matter);
    Made { matter, assessment }
}

impl Made {
    fn report(&self, lang: Lang, form: Form, audience: Audience) -> Report {
        report::build(engine(), &self.matter, &self.assessment, Options { lang, form, audience })
    }

    fn json(&self, lang: Lang) -> serde_json::Value {
        let score = json::score(engine(), &self.matter, &self.assessment, lang);
        serde_json::from_str(&json::text(&score).expect("JSON")).expect("JSON")
    }

    fn screen(&self, lang: Lang) -> String {
        score::write(engine(), &self.matter, &self.assessment, lang)
    }
}

#[test]
fn the_comparison_stands_in_the_order_that_names_the_best_target() {
    let mut made = made(MATTER);
    made.assessment = engine().assess(&made.matter, TODAY, &Scope::All);
    let report = made.report(Lang::En, Form::Full, Audience::Counsel);
    let compared =
        report.blocks.iter().position(|block| matches!(block, Block::Heading { id, .. } if id == "compared"));
    let Some(Block::Table(table)) = compared.and_then(|at| report.blocks.get(at + 1)) else { panic!("no table") };
    let names: Vec<String> = table.rows.iter().map(|row| row[0].words()).collect();
    let ranked = made.assessment.ranked();
    let expected: Vec<&str> = ranked.into_iter().map(|target| engine().pack.place_name(&target.id, Lang::En)).collect();
    assert_eq!(names, expected);
}

#[test]
fn formats_in_both_languages() {
    let mut made = made(MATTER);
    for lang in Lang::ALL {
        let code = lang.code();
        let short = made.report(lang, Form::Short, Audience::Creditor);
        assert_snapshot(&format!("short-{code}.txt"), &plain_text::write(&short));
        assert_snapshot(&format!("screen-{code}.txt"), &made.screen(lang));
    }
    // One target is enough to read the long ones.
    made.assessment = engine().assess(&made.matter, TODAY, &Scope::Only(vec!["au-nsw".to_owned()]));
    for lang in Lang::ALL {
        let full = made.report(lang, Form::Full, Audience::Counsel);
        assert_snapshot(&format!("full-{}.md", lang.code()), &markdown::write(&full));
    }
    let score = json::score(engine(), &made.matter, &made.assessment, Lang::En);
    assert_snapshot("score.json", &json::text(&score).expect("JSON"));
}

/// The names of all fields, in their order.
fn fields(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn the_json_has_the_shape_that_scripts_rely_on() {
    let made = made(MATTER);
    let score = made.json(Lang::Zh);
    let has = |value: &serde_json::Value, names: &[&str]| {
        let found = fields(value);
        for name in names {
            assert!(found.contains(name), "{name} is missing from {found:?}");
        }
    };
    has(&score, &["program", "pack", "as_of", "vector", "targets", "confidence", "next_questions"]);
    has(&score["pack"], &["id", "version", "sha256"]);
    let hong_kong = &score["targets"][2];
    has(
        hong_kong,
        &["jurisdiction", "blocked", "outlook", "grounds", "evidence", "money", "deadlines", "actions", "cases"],
    );
    let award = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\n\
                 judgment.kind = \"arbitral-award\"\ntarget.jurisdictions = [\"sg\"]\n";
    has(&json_of(award)["targets"][0]["blocked"][0], &["ground", "because", "outlook_if_cured"]);
    has(&hong_kong["outlook"], &["expected", "answers", "data", "word"]);
    has(&hong_kong["grounds"][0], &["id", "p", "answers", "logit", "contributions"]);
    let rules = hong_kong["grounds"][0]["contributions"].as_array().expect("contributions");
    let precedent = rules.iter().find(|rule| rule["support"]["kind"] == "precedent").expect("a precedent");
    has(precedent, &["rule", "logit", "because", "support"]);
    has(&precedent["support"], &["kind", "cases", "with", "without"]);
    has(&hong_kong["evidence"], &["grade", "reasons"]);
    has(&hong_kong["money"], &["currency", "cost", "recoverable", "net", "ratio", "break_even"]);
    has(&hong_kong["money"]["net"], &["expected", "range"]);
    has(&hong_kong["deadlines"][0], &["what", "date", "days"]);
    has(&score["confidence"], &["index", "hurdles"]);
    has(&score["confidence"]["hurdles"][0], &["id", "value", "weight", "because"]);
    assert_eq!(hong_kong["deadlines"][0]["date"], "2025-11-20");
    assert!(hong_kong["money"]["cost"][0].is_i64());
    // Without assets and sum there is nothing to work out.
    let empty =
        "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n[answers]\ntarget.jurisdictions = [\"sg\"]\n";
    let money = &json_of(empty)["targets"][0]["money"];
    assert!(money["net"].is_null() && money["recoverable"].is_null() && money["ratio"].is_null());
}

fn json_of(text: &str) -> serde_json::Value {
    made(text).json(Lang::En)
}

/// Everything that decides how a report is laid out, without its words.
fn shape(report: &Report) -> Vec<String> {
    let shapes = report.blocks.iter().map(|block| match block {
        Block::Heading { level, id, .. } => format!("{level} {id}"),
        Block::Paragraph(_) => "paragraph".to_owned(),
        Block::Note(_) => "note".to_owned(),
        Block::List { numbered, items } => format!("list {numbered} {}", items.len()),
        Block::KeyValues(pairs) => format!("pairs {}", pairs.len()),
        Block::Chart(chart) => {
            format!("chart {:?}", chart.rows.iter().map(|row| (row.value, row.range)).collect::<Vec<_>>())
        }
        Block::Figure(figure) => {
            let table = figure.table(report.lang);
            format!("figure {}x{}", table.rows.len(), table.head.len())
        }
        Block::Table(table) => {
            assert!(table.rows.iter().all(|row| row.len() == table.head.len() && row.len() == table.figures.len()));
            format!("table {}x{}", table.rows.len(), table.head.len())
        }
    });
    shapes.collect()
}

#[test]
fn both_languages_have_the_same_structure() {
    let made = made(MATTER);
    for form in [Form::Short, Form::Full] {
        for audience in [Audience::Creditor, Audience::Counsel] {
            let [en, zh] = Lang::ALL.map(|lang| made.report(lang, form, audience));
            assert_eq!(shape(&en), shape(&zh));
            let ids: Vec<&String> = en
                .blocks
                .iter()
                .filter_map(|block| if let Block::Heading { id, .. } = block { Some(id) } else { None })
                .collect();
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "a name for links stands twice");
        }
    }
}

#[test]
fn contributions_add_up_to_the_logit_and_the_logit_gives_the_chance() {
    let made = made(MATTER);
    for target in made.json(Lang::En)["targets"].as_array().expect("targets") {
        for ground in target["grounds"].as_array().expect("grounds") {
            let number = |value: &serde_json::Value| value.as_f64().expect("a number");
            let sum: f64 =
                ground["contributions"].as_array().expect("contributions").iter().map(|c| number(&c["logit"])).sum();
            assert!((sum - number(&ground["logit"])).abs() < 1e-9, "{ground}");
            assert!((logistic(sum) - number(&ground["p"])).abs() < 1e-4, "{ground}");
        }
    }
}

/// Every percentage in a text, as printed.
fn percentages(text: &str) -> BTreeSet<String> {
    let before = |at: usize| {
        let digits: String = text[..at].chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        digits.chars().rev().collect::<String>()
    };
    text.match_indices('%').map(|(at, _)| before(at)).collect()
}

/// Every number from 0 to 1 of a JSON value, as a whole percentage.
fn chances(value: &serde_json::Value, out: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Number(number) => {
            let number = number.as_f64().unwrap_or(-1.0);
            if (0.0..=1.0).contains(&number) {
                out.extend(percentages(&numbers::percent(number, Lang::En)));
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| chances(value, out)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| chances(value, out)),
        _ => {}
    }
}

#[test]
fn every_percentage_in_a_text_is_a_chance_of_the_json() {
    let pack = pack();
    let made = made(MATTER);
    let mut pack_texts = BTreeSet::new();
    for file in library::files(library::DEFAULT).expect("the shipped pack") {
        pack_texts.extend(percentages(&file.text));
    }
    for lang in Lang::ALL {
        let mut known = BTreeSet::new();
        chances(&made.json(lang), &mut known);
        let short = made.report(lang, Form::Short, Audience::Creditor);
        for text in [made.screen(lang), markdown::write(&short), plain_text::write(&short)] {
            let found = percentages(&text);
            assert!(found.len() > 5);
            assert!(found.is_subset(&known), "{:?}", found.difference(&known).collect::<Vec<_>>());
        }
        // The walk down to the outlook multiplies chances of the JSON, the worst hurdle first; the
        // calibration stands in the pack.
        for target in made.json(lang)["targets"].as_array().expect("targets") {
            let mut left = 1.0;
            let grounds =
                &made.assessment.rows.iter().find(|t| t.id == target["jurisdiction"]).expect("it").worst_first();
            for ground in grounds {
                left *= 1.0 - ground.p;
                for chance in [1.0 - ground.p, left] {
                    known.extend(percentages(&numbers::percent(chance, Lang::En)));
                }
            }
        }
        let bins = &pack.validation.as_ref().expect("the figures of the test").calibration;
        assert_eq!(bins.len(), 5);
        let shares = bins.iter().flat_map(|bin| [bin.from, bin.to, bin.predicted, bin.observed]);
        known.extend(shares.flat_map(|share| percentages(&numbers::percent(share, Lang::En))));
        // Texts of the pack may hold percentages of their own, e.g. a rate of interest.
        known.extend(pack_texts.iter().cloned());
        let full = made.report(lang, Form::Full, Audience::Counsel);
        let found = percentages(&markdown::write(&full));
        assert!(found.is_subset(&known), "{:?}", found.difference(&known).collect::<Vec<_>>());
        assert!(found.iter().all(|printed| !printed.contains('.') || pack_texts.contains(printed)));
    }
}

/// What somebody may type, or paste from a message.
const HOSTILE: &str = "a | b `c` **d** <script>alert(1)</script> [x](http://evil.example) ![y](z) &lt; \\u001b[2J\\u202Eabc\\n# heading\\n| - |\\n```\\n1. item";

#[test]
fn nothing_typed_becomes_markup() {
    let note = format!("note = \"{HOSTILE}\"").replace("\\\\", "\\");
    let text = MATTER
        .replace("note = \"announcement of 2 June 2023\"", &note)
        .replace("evidence = \"ruling ending the round of enforcement\"", &note.replace("note =", "evidence ="))
        .replace("title = \"Li v Zhang\"", &note.replace("note =", "title ="));
    let [tame, hostile] = [MATTER, &text].map(|text| {
        let made = made(text);
        let full = made.report(Lang::En, Form::Full, Audience::Counsel);
        let all = [markdown::write(&full), plain_text::write(&full), made.screen(Lang::En)];
        for text in &all {
            let hidden = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
            assert!(!text.chars().any(hidden), "{:?}", text.chars().find(|c| hidden(*c)));
        }
        all
    });
    let [tame, hostile] = [&tame[0], &hostile[0]];
    assert!(hostile.contains("alert(1)"));
    // The same lines begin the same blocks, and every row of a table has its columns.
    let skeleton = |text: &str| -> Vec<(String, usize)> {
        let bars = |line: &str| line.matches('|').count() - line.matches("\\|").count();
        text.lines()
            .map(|line| (line.chars().take_while(|c| !c.is_alphanumeric()).take(1).collect(), bars(line)))
            .collect()
    };
    assert_eq!(skeleton(tame), skeleton(hostile));
    for typed in ["<script", "[x](", "![y]", "**d**"] {
        for (at, _) in hostile.match_indices(typed) {
            assert!(hostile[..at].ends_with('\\'), "{typed} at {at}");
        }
    }
}

#[test]
fn lines_fit_the_terminal() {
    let pack = pack();
    let made = made(MATTER);
    for lang in Lang::ALL {
        let screen = made.screen(lang);
        assert!(screen.lines().count() <= 40, "{}", screen.lines().count());
        let full = plain_text::write(&made.report(lang, Form::Full, Audience::Counsel));
        let whole = |line: &str| line.contains("://") || line.contains("exq1;") || line.contains(&pack.sha256);
        for line in screen.lines().chain(full.lines()).filter(|line| !whole(line)) {
            assert!(text::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn a_matter_without_answers_and_every_target_can_be_reported() {
    let empty = "format = 1\npack = \"prc-outbound\"\npack-version = \"1.0.0\"\n";
    for text in [empty, MATTER] {
        let mut made = made(text);
        for scope in [Scope::Matter, Scope::All] {
            made.assessment = engine().assess(&made.matter, TODAY, &scope);
            for lang in Lang::ALL {
                let report = markdown::write(&made.report(lang, Form::Full, Audience::Counsel));
                assert!(!report.contains('{'), "a placeholder is left");
                assert!(!made.json(lang)["targets"].is_null());
                assert!(!made.screen(lang).is_empty());
            }
        }
    }
}

#[test]
fn a_rule_is_counted_over_the_cases_that_have_its_fact() {
    let pack = pack();
    let decided = rule_record::decided(engine());
    let matters: BTreeSet<&str> = decided.iter().map(|decided| decided.case.matter.as_str()).collect();
    assert_eq!(matters.len(), decided.len(), "a matter counts once");
    for (hurdle, _) in pack.hurdles.iter().enumerate() {
        for (rule, _) in pack.hurdles[hurdle].rules.iter().enumerate() {
            let counts = rule_record::counts(engine(), &decided, hurdle, rule);
            assert!(counts.with[0] <= counts.with[1] && counts.without[0] <= counts.without[1]);
            assert!(counts.with[1] + counts.without[1] <= decided.len());
        }
    }
    // The reason of this rule says "all three decided cases with this fact".
    let service = pack.hurdles.iter().position(|hurdle| hurdle.id == "service").expect("service");
    let rule = pack.hurdles[service].rules.iter().position(|rule| rule.id == "announcement").expect("the rule");
    assert_eq!(rule_record::counts(engine(), &decided, service, rule).with, [3, 3]);
}

/// All words of a report, a part a line.
fn words(report: &Report) -> String {
    let mut out = Vec::new();
    for block in &report.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Note(text) => out.push(text.words()),
            Block::List { items, .. } => out.extend(items.iter().map(report::Text::words)),
            Block::KeyValues(pairs) => {
                out.extend(pairs.iter().flat_map(|(label, value)| [label.words(), value.words()]));
            }
            Block::Table(table) => {
                out.extend(table.head.iter().chain(table.rows.iter().flatten()).map(report::Text::words));
            }
            Block::Chart(chart) => out.extend(chart.rows.iter().map(|row| row.words.words())),
            Block::Figure(figure) => {
                let table = figure.table(report.lang);
                out.extend(table.head.iter().chain(table.rows.iter().flatten()).map(report::Text::words));
            }
        }
    }
    out.join("\n")
}

/// Words of the trade that a creditor's version does without.
const JARGON: [&str; 14] = [
    "log-odds",
    "logit",
    "prior,",
    "priors",
    "posterior",
    "Brier",
    "coded",
    "walk-forward",
    "[memory]",
    "对数几率",
    "先验",
    "后验",
    "编码",
    "前推检验",
];

#[test]
fn a_creditor_reads_no_jargon_and_the_same_figures_as_counsel() {
    let pack = pack();
    let made = made(MATTER);
    let texts: Vec<String> =
        library::files(library::DEFAULT).expect("the shipped pack").into_iter().map(|file| file.text).collect();
    for lang in Lang::ALL {
        for form in [Form::Short, Form::Full] {
            let creditor = words(&made.report(lang, form, Audience::Creditor));
            let counsel = words(&made.report(lang, form, Audience::Counsel));
            for jargon in JARGON {
                assert!(!creditor.contains(jargon), "{jargon}");
            }
            for hurdle in &pack.hurdles {
                // Ids of rules are one word or have hyphens; those that are no plain word must not show.
                for rule in hurdle.rules.iter().filter(|rule| rule.id.contains('-')) {
                    let shown =
                        creditor.lines().any(|line| line == rule.id || line.contains(&format!("[{}]", rule.id)));
                    assert!(!shown, "{}", rule.id);
                }
            }
            for case in &pack.cases {
                assert!(!creditor.contains(&format!("[{}]", case.id)), "{}", case.id);
            }
            // Money and dates are the same; of the percentages the creditor's may lack only those in
            // the statistics of the method.
            let amounts = |text: &str| -> BTreeSet<String> {
                let marks = [' ', '\n', '；', '，', '。', '（', '）', '：', ';', ':', '(', ')'];
                let bare = text.split(marks).map(|word| word.trim_end_matches([',', '.']).to_owned());
                let amount = |word: &String| {
                    word.chars().any(|c| c.is_ascii_digit()) && (word.contains(',') || word.contains('万'))
                };
                bare.filter(amount).collect()
            };
            // Counsel reads more of other people's cases, whose sums stand in the texts of the pack.
            let (less, more) = (amounts(&creditor), amounts(&counsel));
            assert!(less.is_subset(&more), "{:?}", less.difference(&more).collect::<Vec<_>>());
            for amount in more.difference(&less) {
                assert!(texts.iter().any(|text| text.contains(amount.as_str())), "{amount}");
            }
            let own = ["50".to_owned()];
            let mut known = percentages(&counsel);
            known.extend(own);
            assert!(percentages(&creditor).is_subset(&known));
        }
        // Counsel sees the weight with its prior, the case with its id, the statute.
        let counsel = words(&made.report(lang, Form::Full, Audience::Counsel));
        assert!(counsel.contains("[au-vic-yin-wu-2023]"));
        assert!(counsel.contains(messages::weigh::column(lang)));
        assert!(counsel.contains("CPLR"));
    }
}

#[test]
fn the_first_page_has_at_most_three_things_to_do_with_who_when_and_how_much() {
    let made = made(MATTER);
    let report = made.report(Lang::En, Form::Short, Audience::Creditor);
    let at = report.blocks.iter().position(|block| matches!(block, Block::Heading { id, .. } if id == "first-steps"));
    let Some(Block::List { numbered: true, items }) = at.and_then(|at| report.blocks.get(at + 1)) else {
        panic!("a numbered list follows the heading")
    };
    assert!((1..=3).contains(&items.len()));
    let step = items.iter().map(report::Text::words).find(|words| words.contains("Who: ")).expect("an action");
    assert!(step.contains("if begun now") && step.contains("USD ") && step.contains("estimates"), "{step}");
}

#[test]
fn chinese_and_english_write_ones_dates_and_currencies_as_their_readers_do() {
    assert_eq!(numbers::points(0.01, Lang::En), "1 point");
    assert_eq!(numbers::points(0.26, Lang::En), "26 points");
    assert_eq!(numbers::points(0.01, Lang::Zh), "1个百分点");
    assert_eq!(numbers::whole_points("-1", Lang::En), "-1 point");
    assert_eq!(numbers::years(1, Lang::En), "1 year");
    assert_eq!(numbers::years(2, Lang::Zh), "2年");
    assert_eq!(numbers::months([1.0, 1.0], Lang::En), "1 month");
    assert_eq!(numbers::months([3.0, 3.0], Lang::Zh), "3个月");
    assert_eq!(numbers::months([4.0, 12.0], Lang::En), "4 to 12 months");
    assert_eq!(numbers::in_currency("0.73", "USD", Lang::Zh), "0.73美元");
    assert_eq!(numbers::in_currency("1", "CNY", Lang::Zh), "人民币1元");
    assert_eq!(numbers::currency("USD", Lang::Zh), "美元");
    assert_eq!(numbers::currency("CNY", Lang::Zh), "人民币");
    assert_eq!(numbers::currency("TWD", Lang::Zh), "新台币");
    assert_eq!(numbers::currency("USD", Lang::En), "USD");
    assert_eq!(numbers::date(TODAY, Lang::Zh), "2026年11月22日");
}

#[test]
fn a_vector_gives_the_report_of_the_matter_without_what_it_leaves_out() {
    let pack = pack();
    let examples = pack.examples.iter().map(|(_, text)| &**text);
    for text in examples.chain([MATTER]) {
        let whole = matter(text);
        let bare = fact_vector::redact(flow::in_force(pack, &whole));
        let read = fact_vector::read(pack, &fact_vector::write(pack, &flow::in_force(pack, &whole))).expect("a vector");
        let write = |matter: &Matter| {
            let assessment = assess(engine(), matter);
            let options = Options { lang: Lang::En, form: Form::Full, audience: Audience::Counsel };
            let score = json::score(engine(), matter, &assessment, Lang::Zh);
            let report = markdown::write(&report::replayed(engine(), matter, &assessment, options));
            [report, json::text(&score).expect("JSON")]
        };
        let [first, second] = [write(&bare), write(&read)];
        assert_eq!(first, second);
        assert!(first[0].contains("rebuilt from a fact vector"));
        assert!(!first[0].contains("Li v Zhang") && !first[0].contains("3,900,000"));
        // The outlook is that of the whole matter.
        let outlooks = |matter: &Matter| -> Vec<f64> {
            assess(engine(), matter).rows.iter().map(|target| target.outlook.expected).collect()
        };
        assert_eq!(outlooks(&whole), outlooks(&read));
    }
}
