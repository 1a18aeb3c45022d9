//! The files that a lawyer edits, read into values: questions, hurdles, advice, the pack itself.
//!
//! Must not: judge what was read against other files; `check` does. Conditions are resolved here,
//! because every question is known (see [`Index`]) before the first rule is read.

use super::condition::{self, Expr, Subject, Test};
use super::hurdle::Weight;
use super::question::{Choice, Kind, Question, Section};
use super::read::{At, Reader, Table, nearest};
use super::{
    Action, ActionKind, AssetColumn, AssetForm, AssetOption, CaseColumns, CaseFacts, ConfidenceHurdle, ConfidenceRule,
    Contradiction, Cure, ExampleName, Fact, Funder, Gate, HomeDeadline, Hurdle, LikelihoodWord, Measure, OtherNames,
    Pack, Place, Profile, Rates, Roles, Rule, Support, Wording,
};
use crate::diagnostic::Code;
use crate::lang::Localized;

/// Options of a question are bits of a mask.
const MAX_OPTIONS: usize = 60;

/// The questions of all files, before any condition is read.
#[derive(Debug, Default)]
pub(super) struct Index {
    entries: Vec<(String, Kind, Vec<String>)>,
}

impl Index {
    /// Adds the questions of one file. Faults are left to the second reading.
    pub(super) fn add(&mut self, root: &Table<'_, '_>) {
        for question in root.tables("question") {
            let id = question.text("id").map(|at| at.value).unwrap_or_default();
            let kind = question.text("kind").map(|at| at.value).unwrap_or_default();
            let kind = Kind::WORDS.iter().find(|(word, _)| *word == kind).map_or(Kind::Choice, |(_, kind)| *kind);
            let options = question
                .tables("option")
                .iter()
                .map(|option| option.text("id").map(|at| at.value).unwrap_or_default())
                .take(MAX_OPTIONS)
                .collect();
            self.entries.push((id, kind, options));
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.entries.iter().position(|(entry, _, _)| entry == id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(id, _, _)| id.as_str())
    }

    /// A question named in a file; a fault where there is none.
    pub(super) fn need(&self, reader: &Reader<'_>, id: &At<String>) -> Option<usize> {
        let found = self.find(&id.value);
        if found.is_none() {
            let near = nearest(&id.value, self.ids()).unwrap_or("-");
            reader.fault(id.span.clone(), Code::NoSuchQuestion, &[("id", &id.value), ("near", near)]);
        }
        found
    }

    /// An option of a question named in a file; a fault where there is none.
    pub(super) fn need_option(&self, reader: &Reader<'_>, question: usize, option: &At<String>) -> Option<usize> {
        let (id, _, options) = &self.entries[question];
        let found = options.iter().position(|candidate| *candidate == option.value);
        if found.is_none() {
            let near = nearest(&option.value, options.iter().map(String::as_str)).unwrap_or("-");
            reader.fault(
                option.span.clone(),
                Code::NoSuchOption,
                &[("subject", id), ("found", &option.value), ("near", near), ("allowed", &options.join(", "))],
            );
        }
        found
    }

    /// Reads the condition under a key; `otherwise` where the key is absent.
    fn condition(&self, table: &Table<'_, '_>, key: &'static str, otherwise: bool) -> (Expr, String) {
        let Some(text) = table.text(key) else { return (Expr::Always(otherwise), String::new()) };
        (self.resolve(table.reader, &text), text.value)
    }

    fn need_condition(&self, table: &Table<'_, '_>, key: &'static str) -> (Expr, String) {
        if !table.has(key) {
            table.missing(key);
        }
        self.condition(table, key, false)
    }

    fn resolve(&self, reader: &Reader<'_>, text: &At<String>) -> Expr {
        // A basic string starts after its quotation mark; escapes do not occur in conditions.
        let start = text.span.start + 1;
        let place = |span: &std::ops::Range<usize>| start + span.start..(start + span.end).max(start + span.start + 1);
        match condition::parse(&text.value) {
            Ok(sentence) => condition::resolve(&sentence, &mut |test| self.look(reader, test, &place)),
            Err(fault) => {
                reader.fault(place(&fault.span), Code::BadCondition, &[("expected", fault.expected)]);
                Expr::Always(false)
            }
        }
    }

    fn look(
        &self,
        reader: &Reader<'_>,
        test: &Test,
        place: &impl Fn(&std::ops::Range<usize>) -> std::ops::Range<usize>,
    ) -> Option<Expr> {
        let subject = &test.subject;
        let name = subject.text.as_str();
        let no_option = |word: &condition::Word, allowed: &[&str]| {
            let near = nearest(&word.text, allowed.iter().copied()).unwrap_or("-");
            reader.fault(
                place(&word.span),
                Code::NoSuchOption,
                &[("subject", name), ("found", &word.text), ("near", near), ("allowed", &allowed.join(", "))],
            );
        };
        let mask = |allowed: &[&str]| {
            test.words.iter().fold(0_u64, |mask, word| {
                if let Some(bit) = allowed.iter().position(|option| *option == word.text) {
                    mask | 1 << bit
                } else {
                    no_option(word, allowed);
                    mask
                }
            })
        };
        if let Some(fact) = Fact::ALL.into_iter().find(|fact| fact.id() == name) {
            return Some(Expr::Test(Subject::Fact(fact), mask(fact.words())));
        }
        if let Some(words) = Profile::field_words(name) {
            if !words.is_empty() {
                let _ = mask(words);
            }
            return Some(Expr::Profile(name.to_owned(), test.words.iter().map(|word| word.text.clone()).collect()));
        }
        let Some(question) = self.find(name) else {
            let known = self
                .ids()
                .chain(Fact::ALL.iter().map(|fact| fact.id()))
                .chain(Profile::FIELDS.iter().map(|(field, _)| *field));
            let near = nearest(name, known).unwrap_or("-");
            reader.fault(place(&subject.span), Code::NoSuchSubject, &[("found", name), ("near", near)]);
            return None;
        };
        let (_, kind, options) = &self.entries[question];
        if !kind.listable() {
            reader.fault(place(&subject.span), Code::NotListable, &[("id", name)]);
            return None;
        }
        if test.has != (*kind == Kind::Choices) {
            let expected = if test.has { "is" } else { "has" };
            reader.fault(place(&subject.span), Code::BadCondition, &[("expected", expected)]);
        }
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        Some(Expr::Test(Subject::Question(question), mask(&options)))
    }
}

/// Reads a file of questions: its section and its questions.
pub(super) fn questions(root: Table<'_, '_>, index: &Index, section: usize) -> (Section, Vec<Question>) {
    let mut head = Section { id: String::new(), title: Localized::default(), intro: Localized::default() };
    match root.table("section") {
        Some(table) => {
            head = Section {
                id: table.need_text("id").value,
                title: table.localized("title"),
                intro: table.localized("intro"),
            };
            table.finish();
        }
        None => root.missing("section"),
    }
    let questions = root.tables("question").into_iter().map(|table| question(table, index, section)).collect();
    root.finish();
    (head, questions)
}

fn question(table: Table<'_, '_>, index: &Index, section: usize) -> Question {
    let id = table.need_text("id").value;
    let kind = table.word("kind", Kind::WORDS);
    let options: Vec<Choice> =
        table.tables("option").into_iter().take(MAX_OPTIONS).map(|option| choice(option, index)).collect();
    if kind.listable() && options.is_empty() {
        table.missing("option");
    }
    let elsewhere = table.text("elsewhere").and_then(|at| {
        let question = index.find(&id)?;
        index.need_option(table.reader, question, &at)
    });
    let question = Question {
        section,
        kind,
        ordered: table.flag("ordered").unwrap_or_default(),
        show_if: index.condition(&table, "show-if", true).0,
        ask: table.localized("ask"),
        help: table.localized("help"),
        why: table.localized("why"),
        proof: table.localized("proof"),
        record_only: table.localized_or("record-only"),
        elsewhere,
        unit: table.localized_or("unit"),
        options,
        prior: Vec::new(),
        id,
    };
    table.finish();
    question
}

fn choice(table: Table<'_, '_>, index: &Index) -> Choice {
    let choice = Choice {
        id: table.need_text("id").value,
        label: table.localized("label"),
        note: table.localized_or("note"),
        exclusive: table.flag("exclusive").unwrap_or_default(),
        at_least: table.number("at-least").map(|at| at.value),
        impossible_if: index.condition(&table, "impossible-if", false).0,
    };
    if choice.id == "unknown" {
        let span = table.span_of("id");
        table.reader.fault(span, Code::DuplicateId, &[("id", "unknown")]);
    }
    table.finish();
    choice
}

/// Largest log-odds weight that a pack may carry: e^8 is about 3000 to 1.
const MAX_WEIGHT: f64 = 8.0;

fn support(table: &Table<'_, '_>) -> Support {
    let cases: Vec<String> = table.texts("cases").into_iter().map(|at| at.value).collect();
    let law = table.text("law").map(|at| at.value).unwrap_or_default();
    let kind = table.word_or("support", &[("precedent", 0), ("statute", 1), ("judgement", 2)]);
    match kind {
        Some(0) if !cases.is_empty() => Support::Precedent(cases),
        Some(1) if !law.is_empty() => Support::Statute(law),
        Some(2) => Support::Judgement,
        _ => {
            table.reader.fault(table.span.clone(), Code::NoSupport, &[]);
            Support::Judgement
        }
    }
}

fn reason(table: &Table<'_, '_>) -> Localized {
    if !table.has("reason") {
        table.reader.fault(table.span.clone(), Code::NoReason, &[]);
    }
    table.localized_or("reason")
}

/// Reads a file with one hurdle.
pub(super) fn hurdle(root: Table<'_, '_>, index: &Index) -> Option<Hurdle> {
    let Some(head) = root.table("hurdle") else {
        root.missing("hurdle");
        return None;
    };
    let spread = |table: &Table<'_, '_>| table.need_number("spread", 0.01, MAX_WEIGHT);
    let rules = root
        .tables("rule")
        .into_iter()
        .map(|table| {
            let (when, sentence) = index.need_condition(&table, "when");
            let rule = Rule {
                id: table.need_text("id").value,
                when,
                sentence,
                weight: Weight { mean: table.need_number("weight", -MAX_WEIGHT, MAX_WEIGHT), spread: spread(&table) },
                because: table.localized("because"),
                reason: reason(&table),
                support: support(&table),
            };
            table.finish();
            rule
        })
        .collect();
    let gates = root
        .tables("gate")
        .into_iter()
        .map(|table| {
            let gate = Gate {
                id: table.need_text("id").value,
                when: index.need_condition(&table, "when").0,
                because: table.localized("because"),
                reason: reason(&table),
                cure: table.localized("cure"),
                support: support(&table),
            };
            table.finish();
            gate
        })
        .collect();
    let hurdle = Hurdle {
        id: head.need_text("id").value,
        name: head.localized("name"),
        asks: head.localized("asks"),
        base: Weight { mean: head.need_number("base", -MAX_WEIGHT, MAX_WEIGHT), spread: spread(&head) },
        support: support(&head),
        reason: reason(&head),
        cure: head.word("cure", Cure::WORDS),
        objection: head.localized("objection"),
        answer: head.localized("answer"),
        rules,
        gates,
    };
    head.finish();
    root.finish();
    Some(hurdle)
}

/// Reads the confidence hurdles.
pub(super) fn confidence(root: Table<'_, '_>, index: &Index) -> Vec<ConfidenceHurdle> {
    let mut sum = 0.0;
    let hurdles = root
        .tables("hurdle")
        .into_iter()
        .map(|table| {
            let rules = table
                .tables("rule")
                .into_iter()
                .map(|table| {
                    let rule = ConfidenceRule {
                        id: table.need_text("id").value,
                        when: index.need_condition(&table, "when").0,
                        change: table.need_number("change", -1.0, 1.0),
                        because: table.localized("because"),
                    };
                    table.finish();
                    rule
                })
                .collect();
            let measure = table.word_or("measure", Measure::WORDS);
            let hurdle = ConfidenceHurdle {
                id: table.need_text("id").value,
                name: table.localized("name"),
                weight: table.need_number("weight", 0.0, 1.0),
                reason: reason(&table),
                measure,
                start: table.number_in("start", 0.0, 1.0).unwrap_or(1.0),
                raise: table.localized("raise"),
                rules,
            };
            let _ = table.text("support");
            sum += hurdle.weight;
            table.finish();
            hurdle
        })
        .collect();
    if (sum - 1.0).abs() > 1e-9 {
        root.reader.fault(root.span.clone(), Code::WeightsSum, &[("sum", &format!("{sum:.4}"))]);
    }
    root.finish();
    hurdles
}

/// Reads the actions.
pub(super) fn actions(root: Table<'_, '_>, index: &Index) -> Vec<Action> {
    let actions = root
        .tables("action")
        .into_iter()
        .map(|table| {
            let changes = |key: &'static str| -> Vec<(usize, usize)> {
                let Some(changes) = table.table(key) else { return Vec::new() };
                let mut out = Vec::new();
                for (id, value) in changes.entries() {
                    let Some(question) = index.need(table.reader, &id) else { continue };
                    let words: Vec<At<String>> = match value.get_ref() {
                        toml::de::DeValue::String(word) => vec![At { value: word.to_string(), span: value.span() }],
                        toml::de::DeValue::Array(words) => words
                            .iter()
                            .filter_map(|word| {
                                Some(At { value: word.get_ref().as_str()?.to_owned(), span: word.span() })
                            })
                            .collect(),
                        _ => Vec::new(),
                    };
                    for word in words {
                        out.extend(index.need_option(table.reader, question, &word).map(|option| (question, option)));
                    }
                }
                out
            };
            let (set, add) = (changes("set"), changes("add"));
            let action = Action {
                id: table.need_text("id").value,
                name: table.localized("name"),
                how: table.localized("how"),
                who: table.localized_or("who"),
                when: index.need_condition(&table, "when").0,
                set,
                add,
                cost: table.range("cost_usd"),
                days: table.range("days"),
                estimate: table.localized("estimate"),
                kind: table.word("kind", ActionKind::WORDS),
            };
            table.finish();
            action
        })
        .collect();
    root.finish();
    actions
}

/// Reads the contradictions.
pub(super) fn contradictions(root: Table<'_, '_>, index: &Index) -> Vec<Contradiction> {
    let out = root
        .tables("contradiction")
        .into_iter()
        .map(|table| {
            let questions = table.texts("questions").iter().filter_map(|id| index.need(table.reader, id)).collect();
            let contradiction = Contradiction {
                id: table.need_text("id").value,
                when: index.need_condition(&table, "when").0,
                says: table.localized("says"),
                questions,
            };
            table.finish();
            contradiction
        })
        .collect();
    root.finish();
    out
}

/// Reads the columns of the list of assets.
pub(super) fn assets(root: Table<'_, '_>) -> AssetForm {
    let columns = root
        .tables("column")
        .into_iter()
        .map(|table| {
            let options = table
                .tables("option")
                .into_iter()
                .map(|option| {
                    let out = AssetOption {
                        id: option.need_text("id").value,
                        label: option.localized("label"),
                        factor: option.need_number("factor", 0.0, 1.0),
                        reason: reason(&option),
                    };
                    option.finish();
                    out
                })
                .collect();
            let column = AssetColumn {
                id: table.need_text("id").value,
                kind: table.word("kind", Kind::WORDS),
                label: table.localized("label"),
                help: table.localized("help"),
                options,
            };
            table.finish();
            column
        })
        .collect();
    root.finish();
    AssetForm { columns }
}

/// Reads how facts of cases answer questions.
pub(super) fn case_facts(root: Table<'_, '_>, index: &Index) -> CaseFacts {
    let mut out = CaseFacts::default();
    for table in root.tables("fact") {
        let field = table.need_text("field");
        if !super::Case::may_answer(&field.value) {
            let allowed = super::Case::FIELDS_AND_FACTS.join(", ");
            let fields = [("key", "field"), ("found", field.value.as_str()), ("allowed", allowed.as_str())];
            table.reader.fault(field.span.clone(), Code::BadWord, &fields);
        }
        let question = index.need(table.reader, &table.need_text("answers"));
        if let (Some(question), Some(values)) = (question, table.table("values")) {
            for (value, options) in values.entries() {
                let words: Vec<At<String>> = match options.get_ref() {
                    toml::de::DeValue::Array(words) => words
                        .iter()
                        .filter_map(|word| Some(At { value: word.get_ref().as_str()?.to_owned(), span: word.span() }))
                        .collect(),
                    toml::de::DeValue::String(word) => vec![At { value: word.to_string(), span: options.span() }],
                    _ => Vec::new(),
                };
                let mask = words
                    .iter()
                    .filter_map(|word| index.need_option(table.reader, question, word))
                    .fold(0_u64, |mask, bit| mask | 1 << bit);
                out.facts.push(super::case::FactMap {
                    field: field.value.clone(),
                    value: value.value,
                    question,
                    options: mask,
                });
            }
        }
        let _ = table.text("reason");
        table.finish();
    }
    if let Some(grounds) = root.table("grounds") {
        for (ground, hurdle) in grounds.entries() {
            let hurdle = hurdle.get_ref().as_str().unwrap_or_default().to_owned();
            out.grounds.insert(ground.value, hurdle);
        }
    }
    root.finish();
    out
}

/// Reads `pack.toml` into a pack whose lists are still empty.
pub(super) fn head(root: Table<'_, '_>, index: &Index) -> Pack {
    let mut roles = Roles::default();
    if let Some(table) = root.table("roles") {
        let role = |key: &'static str| table.text(key).and_then(|id| index.need(table.reader, &id));
        roles = Roles {
            judgment_date: role("judgment-date"),
            effective_date: role("effective-date"),
            amount: role("amount"),
            interest: role("interest"),
            late_interest: role("late-interest"),
            paid: role("paid"),
            debtor_place: role("debtor-place"),
            assets: role("assets"),
            targets: role("targets"),
            debtor_link: role("debtor-link"),
            home_enforcement: role("home-enforcement"),
            budget: role("budget"),
            horizon: role("horizon"),
            worth: role("worth"),
            settlement: role("settlement"),
            documents: role("documents"),
            finality: role("finality"),
            adverse_sum: role("adverse-sum"),
            origin: role("origin"),
        };
        table.finish();
    }
    let pack = Pack {
        id: root.need_text("id").value,
        version: root.need_text("version").value,
        title: root.localized("title"),
        provenance: root.localized("provenance"),
        is_default: root.flag("default").unwrap_or_default(),
        wording: wording(&root),
        case_columns: root.table("case-columns").map_or_else(CaseColumns::default, case_columns),
        sha256: String::new(),
        cases_sha256: String::new(),
        sections: Vec::new(),
        questions: Vec::new(),
        hurdles: Vec::new(),
        contest: empty_hurdle(),
        confidence: Vec::new(),
        actions: Vec::new(),
        contradictions: Vec::new(),
        assets: AssetForm::default(),
        places: root.tables("place").into_iter().map(place).collect(),
        regions: root.tables("region").into_iter().map(place).collect(),
        words: root.tables("word").into_iter().map(word).collect(),
        roles,
        rates: root.table("rates").map_or_else(no_rates, rates),
        home_deadlines: root.tables("deadline").into_iter().map(|table| deadline(table, index)).collect(),
        funders: root.tables("funder").into_iter().map(funder).collect(),
        profiles: Vec::new(),
        cases: Vec::new(),
        case_facts: CaseFacts::default(),
        treaties: Vec::new(),
        inbound: Vec::new(),
        renames: Vec::new(),
        also: root.tables("also").into_iter().map(other_names).collect(),
        examples: Vec::new(),
        example_names: root.tables("example").into_iter().map(example_name).collect(),
        target_spread: root.number_in("target-spread", 0.0, 3.0).unwrap_or(0.5),
        case_weight: root.number_in("case-weight", 0.01, 1.0).unwrap_or(1.0),
        fitted: None,
        validation: None,
    };
    if pack.words.is_empty() {
        root.missing("word");
    }
    root.finish();
    pack
}

/// The words of a pack where the program speaks of its subject. Each must be there.
fn wording(root: &Table<'_, '_>) -> Wording {
    let Some(table) = root.table("wording") else {
        root.missing("wording");
        return Wording::default();
    };
    let out = Wording {
        report: table.localized("report"),
        home: table.localized("home"),
        cases: table.localized("cases"),
        origin_court: table.localized("origin-court"),
        record_there: table.localized("record-there"),
        record_back: table.localized("record-back"),
    };
    table.finish();
    out
}

fn case_columns(table: Table<'_, '_>) -> CaseColumns {
    let out = CaseColumns {
        facts: Vec::new(),
        origin_court: table.text("origin-court").map(|at| at.value).unwrap_or_default(),
        others: table.texts("others").into_iter().map(|at| at.value).collect(),
    };
    table.finish();
    out
}

/// Stands in for a hurdle whose file is missing; the missing file is a fault of its own.
pub(super) fn empty_hurdle() -> Hurdle {
    Hurdle {
        id: "contest".to_owned(),
        name: Localized::default(),
        asks: Localized::default(),
        base: Weight { mean: 0.0, spread: 1.0 },
        support: Support::Judgement,
        reason: Localized::default(),
        cure: Cure::Fixed,
        objection: Localized::default(),
        answer: Localized::default(),
        rules: Vec::new(),
        gates: Vec::new(),
    }
}

fn example_name(table: Table<'_, '_>) -> ExampleName {
    let out =
        ExampleName { id: table.need_text("id").value, name: table.localized("name"), title: table.localized("title") };
    table.finish();
    out
}

fn place(table: Table<'_, '_>) -> Place {
    let out = Place { id: table.need_text("id").value, name: table.localized("name") };
    table.finish();
    out
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "need_number bounds the value")]
fn word(table: Table<'_, '_>) -> LikelihoodWord {
    let out = LikelihoodWord {
        up_to: table.need_number("up-to", 0.0, 100.0) as u8,
        name: table.localized("name"),
        meaning: table.localized("meaning"),
    };
    table.finish();
    out
}

fn no_rates() -> Rates {
    Rates {
        currency: "USD".to_owned(),
        sum_currency: String::new(),
        as_of: jiff::civil::Date::default(),
        note: Localized::default(),
        per_unit: Vec::new(),
    }
}

fn other_names(table: Table<'_, '_>) -> OtherNames {
    let out = OtherNames {
        place: table.need_text("place").value,
        names: table.texts("names").into_iter().map(|at| at.value).collect(),
    };
    table.finish();
    out
}

fn rates(table: Table<'_, '_>) -> Rates {
    let mut per_unit = Vec::new();
    if let Some(units) = table.table("per-unit") {
        for (currency, value) in units.entries() {
            match value.get_ref().as_str().and_then(|text| text.parse().ok()) {
                Some(rate) => per_unit.push((currency.value, rate)),
                None => table.reader.fault(value.span(), Code::BadMoney, &[("found", &currency.value)]),
            }
        }
    }
    let out = Rates {
        currency: table.need_text("currency").value,
        sum_currency: table.text("sum-currency").map(|at| at.value).unwrap_or_default(),
        as_of: table.date("as-of").unwrap_or_default(),
        note: table.localized("note"),
        per_unit,
    };
    table.finish();
    out
}

#[expect(clippy::cast_possible_truncation, reason = "need_number bounds the value")]
fn deadline(table: Table<'_, '_>, index: &Index) -> HomeDeadline {
    let out = HomeDeadline {
        id: table.need_text("id").value,
        name: table.localized("name"),
        years: table.need_number("years", 1.0, 100.0) as i32,
        note: table.localized("note"),
        support: support(&table),
        reason: reason(&table),
        interrupted_if: index.condition(&table, "interrupted-if", false).0,
        interrupted: if table.has("interrupted-if") {
            table.localized("interrupted")
        } else {
            table.localized_or("interrupted")
        },
    };
    table.finish();
    out
}

fn funder(table: Table<'_, '_>) -> Funder {
    let out = Funder {
        id: table.need_text("id").value,
        name: table.localized("name"),
        least_claim: table.number("least-claim").map(|at| at.value),
        least_ratio: table.number("least-ratio").map(|at| at.value),
        source: table.need_text("source").value,
        dated: table.localized("dated"),
    };
    table.finish();
    out
}
