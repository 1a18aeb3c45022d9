//! Line mode: text in, text out.

mod inbound;
mod parity;
#[path = "../support/mod.rs"]
mod support;
mod walks;

use anyhow::bail;
use exequatur::lang::Lang;
use exequatur::matter::{Answer, Asset, Basis, Matter, Money, Value};
use exequatur::plain;
use jiff::civil::date;
use support::line_mode::{Interview, interview, interview_with};
use support::{TODAY, engine, pack};

/// A matter that opens at a question.
fn at(id: &str) -> Matter {
    Matter { at: Some(id.to_owned()), ..Matter::default() }
}

fn value<'m>(done: &'m Interview, id: &str) -> Option<&'m Value> {
    done.matter.answer(id).map(|answer| &answer.value)
}

fn choice(id: &str) -> Value {
    Value::Choice(id.to_owned())
}

fn list(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// The questions put, in order, by the id that each save and the end would open at: done from the
/// text, since no two questions of the pack ask the same.
fn questions_put(text: &str, lang: Lang) -> Vec<usize> {
    let (start, colon) = match lang {
        Lang::En => ("Question ", ": "),
        Lang::Zh => ("第", "题）："),
    };
    let asks = text.lines().filter(|line| line.starts_with(start)).filter_map(|line| line.split_once(colon));
    asks.filter_map(|(_, ask)| pack().questions.iter().position(|question| question.ask.get(lang) == ask)).collect()
}

#[test]
fn a_question_is_put_as_whole_lines_in_both_languages() {
    let done = interview(Matter::default(), Lang::En, &["1", "q"]);
    for line in [
        "Section 1 of 9: The judgment",
        "1. Civil or commercial judgment",
        "Answer:",
        "Noted: Civil or commercial judgment (told by the client)",
        "There is no outlook yet: no asset and no target is known.",
        "To write a report: exequatur report FILE",
    ] {
        assert!(done.text.lines().any(|found| found == line), "{line}\n{}", done.text);
    }
    assert!(done.text.contains(": What kind of document do you hold?\n"), "{}", done.text);
    let done = interview(Matter::default(), Lang::Zh, &["1", "结束"]);
    for line in ["第1部分（共9部分）：判决", "1. 民事判决书", "请回答：", "已记录：民事判决书（当事人陈述）"]
    {
        assert!(done.text.lines().any(|found| found == line), "{line}\n{}", done.text);
    }
    assert_eq!(done.matter.lang, Some(Lang::Zh));
}

#[test]
fn the_section_is_named_only_when_it_changes() {
    let done = interview(Matter::default(), Lang::En, &["1", "1", "s", "b", "q"]);
    let sections: Vec<&str> = done.text.lines().filter(|line| line.starts_with("Section ")).collect();
    assert_eq!(sections.len(), 3, "{sections:?}");
    assert_eq!(sections[0], sections[2]);
}

#[test]
fn wrong_input_is_explained_and_asked_again() {
    for (open, line, says) in [
        ("judgment.kind", "9", "There is no such number; choose from 1 to 5."),
        ("judgment.kind", "judgement", "\"judgement\" is not an answer here. Nearest: judgment."),
        ("judgment.kind", "1 2", "Only one answer is possible here"),
        ("judgment.date", "31/12/2020", "is not a date"),
        ("judgment.date", "2021-02-30", "is not a date"),
        ("cost.worth", "5000000", "is not an amount with its currency"),
        ("judgment.amount", "-5 CNY", "is not an amount with its currency"),
        ("cost.horizon", "-3", "is not a number from 0 to 100,000"),
        ("cost.horizon", "100001", "is not a number from 0 to 100,000"),
        ("target.debtor_link", "1 4", "\"None\" excludes the others"),
        ("debtor.location", "atlantis", "No place is called \"atlantis\"."),
        ("debtor.location", "united states", "may be several: "),
        ("target.jurisdictions", "hk, atlantis", "No place is called \"atlantis\"."),
        ("assets", "5", "There is no asset with that number; listed: 0."),
        ("assets", "house", "Here + adds an asset"),
        ("judgment.kind", "b 2", "is not an answer here"),
        ("judgment.kind", "d", "There is no known answer here"),
        ("judgment.kind", "\u{1b}[A", "\"^[[A\" is not an answer here."),
        ("judgment.kind", "g nowhere", "No question is called \"nowhere\"."),
        ("judgment.kind", "g 999", "give a number from 1 to"),
        ("judgment.kind", "w", "Write the id or number of a question"),
        ("judgment.kind", "b", "This is the first question."),
    ] {
        let done = interview(at(open), Lang::En, &[line]);
        assert!(done.text.contains(says), "{open} {line}\n{}", done.text);
        assert!(done.matter.answers.is_empty(), "{open} {line}");
        let prompts = done.text.lines().filter(|found| *found == "Answer:").count();
        assert_eq!(prompts, 2, "{open} {line}\n{}", done.text);
        assert_eq!(questions_put(&done.text, Lang::En).len(), 1, "{open} {line}\n{}", done.text);
    }
    let done = interview(at("judgment.date"), Lang::Zh, &["明天"]);
    assert!(done.text.contains("“明天”不是日期"), "{}", done.text);
}

#[test]
fn answers_are_understood_as_people_write_them() {
    let money = |amount: i64, currency: &str| Value::Money(Money { amount: amount.into(), currency: currency.into() });
    for (open, line, expected) in [
        ("judgment.kind", "1", choice("judgment")),
        ("judgment.kind", "１", choice("judgment")),
        ("judgment.kind", "Mediation-Statement", choice("mediation-statement")),
        ("judgment.kind", "民事调解书", choice("mediation-statement")),
        ("judgment.date", "2020年3月4日", Value::Date(date(2020, 3, 4))),
        ("judgment.amount", "390万元", money(3_900_000, "CNY")),
        ("judgment.amount", "3，900，000 rmb", money(3_900_000, "CNY")),
        ("cost.horizon", "24 months", Value::Number(24.into())),
        ("target.debtor_link", "3 1 3", Value::Choices(list(&["lives", "property"]))),
        ("target.debtor_link", "4", Value::Choices(list(&["none"]))),
        ("debtor.location", "hong kong", Value::Place("hk".to_owned())),
        ("debtor.location", "新加坡", Value::Place("sg".to_owned())),
        ("debtor.location", "cn", Value::Place("cn".to_owned())),
        ("target.jurisdictions", "sg hk", Value::Targets(list(&["sg", "hk"]))),
        ("target.jurisdictions", "新加坡、香港", Value::Targets(list(&["sg", "hk"]))),
        ("assets", "0", Value::Assets(Vec::new())),
        ("judgment.kind", "0", Value::Unknown),
        ("judgment.amount", "320万", Value::Money(Money::parse("3200000 CNY").unwrap())),
        ("judgment.date", "二〇二三年六月十五日", Value::Date(jiff::civil::date(2023, 6, 15))),
        ("debtor.location", "温哥华", Value::Place("ca-bc".to_owned())),
        ("judgment.kind", "u", Value::Unknown),
        ("judgment.kind", "不知道", Value::Unknown),
    ] {
        let done = interview(at(open), Lang::En, &[line]);
        assert_eq!(value(&done, open), Some(&expected), "{open} {line}\n{}", done.text);
        assert_eq!(done.saves.len(), 2, "the answer, and at the end the place: {open} {line}");
        assert!(done.saves[0].answers.contains_key(open));
    }
}

#[test]
fn back_and_jump_lose_nothing() {
    let done = interview(
        Matter::default(),
        Lang::En,
        &["1 d", "n seen by 王律师", "2", "b", "", "b", "b", "g service.method", "post", "g 1", "", "s", "q"],
    );
    assert_eq!(value(&done, "judgment.kind"), Some(&choice("judgment")));
    assert_eq!(done.matter.answers["judgment.kind"].basis, Some(Basis::Document));
    assert_eq!(done.matter.answers["judgment.subject"].note, "seen by 王律师");
    assert_eq!(value(&done, "judgment.subject"), Some(&choice("loan-guarantee")));
    assert_eq!(value(&done, "service.method"), Some(&choice("post")));
    assert_eq!(done.matter.answers.len(), 3);
    assert!(done.text.contains("1. Chosen: Civil or commercial judgment"), "{}", done.text);
    assert!(done.text.contains("Present answer: Civil or commercial judgment (document seen)"), "{}", done.text);
}

#[test]
fn a_hidden_question_is_not_gone_to_and_its_answer_is_kept() {
    let mut matter = Matter::default();
    matter.answers.insert("service.method".to_owned(), Answer::told(choice("post")));
    let done = interview(matter, Lang::En, &["arbitral-award", "g service.method", "b", "1", "q"]);
    assert!(done.text.contains("Not asked, because earlier answers make it pointless"), "{}", done.text);
    assert_eq!(value(&done, "service.method"), Some(&choice("post")));
}

#[test]
fn basis_notes_and_evidence() {
    let done = interview(
        Matter::default(),
        Lang::En,
        &["1", "b", "a", "e the judgment", "e 第二份", "n one", "n -", "n", "x", "x", "n before", "q"],
    );
    let text = &done.text;
    assert!(text.contains("Rests on: assumed\n"), "{text}");
    assert!(text.contains("Evidence: the judgment 第二份\n"), "{text}");
    assert!(text.contains("Removed.\n"), "{text}");
    assert!(text.contains("Nothing is noted."), "{text}");
    assert!(text.contains("Taken back"), "{text}");
    assert!(text.contains("There is no answer to take back."), "{text}");
    assert!(text.contains("it is now noted as not known"), "{text}");
    assert_eq!(done.matter.answers["judgment.kind"], Answer { note: "before".into(), ..Answer::unknown() });
    let same = interview(Matter::default(), Lang::Zh, &["1 文件", "返回", "1", "返回", "2", "q"]);
    assert_eq!(same.saves[1].answers["judgment.kind"].basis, Some(Basis::Told), "a new value rests on nothing seen");
    assert_eq!(same.saves[0].answers["judgment.kind"].basis, Some(Basis::Document));
}

#[test]
fn help_names_every_command_and_says_why() {
    let done = interview(at("service.method"), Lang::En, &["?", "？"]);
    let helps = done.text.lines().filter(|line| line.starts_with("Why: ")).count();
    assert_eq!(helps, 2);
    for line in ["Help: ", "Proof: ", "Moves: ", "Id: service.method", "b or back: ", "w or what-if: "] {
        assert!(done.text.lines().any(|found| found.starts_with(line)), "{line}\n{}", done.text);
    }
    let done = interview(at("service.method"), Lang::Zh, &["帮助"]);
    assert!(done.text.contains("b 或 返回：返回上一题"), "{}", done.text);
}

#[test]
fn the_language_changes_at_any_moment() {
    let done = interview(Matter::default(), Lang::En, &["l", "1", "语言", "q"]);
    assert!(done.text.contains("Question 1 of"), "{}", done.text);
    assert!(done.text.contains("第1题（共"), "{}", done.text);
    assert!(done.text.contains("已记录：民事判决书"), "{}", done.text);
    assert_eq!(done.matter.lang, Some(Lang::En));
}

#[test]
fn the_review_numbers_answers_and_a_number_goes_there() {
    let mut matter = Matter::default();
    matter.answers.insert("service.method".to_owned(), Answer::told(choice("not-needed")));
    matter.answers.insert("participation.mode".to_owned(), Answer::told(choice("default")));
    matter.answers.insert("judgment.date".to_owned(), Answer::unknown());
    let done = interview(matter, Lang::En, &["r", "nowhere", "2", "q"]);
    let text = &done.text;
    assert!(text.contains("\n1. What kind of document do you hold? not asked\n"), "{text}");
    assert!(text.contains("\nNot known, 1: "), "{text}");
    assert!(text.contains("\nNot asked, "), "{text}");
    assert!(text.contains("Does not fit: Service is said not to be in issue"), "{text}");
    assert!(text.contains("No question is called \"nowhere\""), "{text}");
    assert_eq!(questions_put(text, Lang::En).last(), pack().question_index("judgment.subject").as_ref(), "{text}");
}

#[test]
fn a_contradiction_is_reported_when_it_arises() {
    let done = interview(at("service.method"), Lang::En, &["not-needed", "g participation.mode", "default", "q"]);
    assert_eq!(done.text.matches("Does not fit: ").count(), 1, "{}", done.text);
}

#[test]
fn assets_are_a_form_that_repeats() {
    let done = interview(
        at("assets"),
        Lang::En,
        &[
            "+",
            "hk",
            "cash",
            "5,000,000 hkd",
            "1",
            "",
            "0",
            "u",
            "account at 汇丰", // all fields
            "+",
            "亚特兰蒂斯",
            "?",
            "british columbia",
            "b",
            "sg",
            "4",
            "x", // wrong, help, back, given up
            "+",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "", // nothing
            "1 d",
            "",
            "2",
            "",
            "",
            "",
            "",
            "",
            "", // changed
            "",
        ],
    );
    let asset = Asset {
        place: "hk".into(),
        class: "listed-shares".into(),
        value: Money::parse("5000000 HKD"),
        certainty: "registered".into(),
        charges: Money::parse("0 HKD"),
        note: "account at 汇丰".into(),
        ..Asset::default()
    };
    let text = &done.text;
    assert_eq!(value(&done, "assets"), Some(&Value::Assets(vec![asset])), "{text}");
    assert_eq!(done.matter.answers["assets"].basis, Some(Basis::Document));
    assert!(text.contains("Asset 2, field 1 of 8: Where\n"), "{text}");
    let line = "1. Hong Kong SAR, Listed shares, funds, HKD 5,000,000 (about USD 640,000), ";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("Given up: the list is as before.\n"), "{text}");
    assert!(text.contains("Nothing was entered; no asset was added.\n"), "{text}");
    assert!(text.contains("No place is called \"亚特兰蒂斯\""), "{text}");
    // What an end of the input in the middle of an asset leaves is saved.
    let cut = interview(at("assets"), Lang::Zh, &["+", "香"]);
    let started = Asset { place: "hk".into(), ..Asset::default() };
    assert_eq!(cut.saves.last(), Some(&cut.matter));
    assert_eq!(value(&cut, "assets"), Some(&Value::Assets(vec![started])));
    // A list is emptied one by one and is then no answer.
    let done = interview(cut.matter, Lang::Zh, &["0", "u", "-2", "-1", "q"]);
    assert_eq!(done.text.matches("清单中已有财产").count(), 2, "{}", done.text);
    assert!(done.text.contains("已删除：香港"), "{}", done.text);
    assert_eq!(value(&done, "assets"), None);
}

fn with_assets() -> Matter {
    let asset = |place: &str| Asset { place: place.into(), value: Money::parse("5000000 HKD"), ..Asset::default() };
    let mut matter = Matter::default();
    let assets = Value::Assets(vec![asset("sg"), asset("hk")]);
    matter.answers.insert("assets".into(), Answer::told(assets));
    matter
}

#[test]
fn targets_are_proposed_by_number_and_the_first_is_the_first_choice() {
    let open = Matter { at: Some("target.jurisdictions".into()), ..with_assets() };
    let done = interview(open.clone(), Lang::En, &["2 1", "b", "+us-ny -sg", "b", "*", "q"]);
    let text = &done.text;
    assert!(text.contains("1. Proposed, assets are listed there: Singapore (sg)\n"), "{text}");
    assert!(text.contains("1. First choice: Hong Kong SAR (hk)\n"), "{text}");
    assert_eq!(value(&done, "target.jurisdictions"), Some(&Value::Targets(list(&["hk", "us-ny"]))));
    let all = pack().profiles.len();
    assert!(text.contains(&format!("\n{all}. ")), "* lists all: {text}");
    // Nothing answered: the places of the assets stand.
    let done = interview(open, Lang::En, &["", "q"]);
    assert_eq!(value(&done, "target.jurisdictions"), None);
    assert!(done.text.contains("\n1. Singapore: "), "{}", done.text);
    assert!(done.text.contains("\n2. Hong Kong SAR: "), "{}", done.text);
}

#[test]
fn what_if_says_the_outlook_and_keeps_nothing() {
    let matter = with_assets();
    let done = interview(matter.clone(), Lang::En, &["w service.method public-announcement", "w . u", "w 1 99", "q"]);
    assert_eq!(done.matter.answers, matter.answers);
    assert!(done.saves.iter().all(|saved| saved.answers == matter.answers));
    assert_eq!(done.text.matches("Nothing was kept of this.\n").count(), 2, "{}", done.text);
    assert_eq!(done.text.matches("\nAt present: ").count(), 4, "{}", done.text);
    assert!(done.text.contains("There is no such number"), "{}", done.text);
}

#[test]
fn the_last_words_are_the_outlook() {
    for (lang, words) in [
        (Lang::En, ["1. Singapore: ", "Evidence grade: ", "Nearest deadline, ", "Net recovery: "]),
        (Lang::Zh, ["1. 新加坡：", "证据等级：", "最近期限（", "净回款："]),
    ] {
        let done = interview(with_assets(), lang, &["g judgment.effective_date", "2025-01-01"]);
        let (_, last) = done.text.split_once(if lang == Lang::En { "Outlook as of" } else { "前景（截至" }).unwrap();
        for word in words {
            assert!(last.lines().any(|line| line.starts_with(word)), "{word}\n{last}");
        }
    }
}

#[test]
fn a_failed_save_is_said_and_tried_again() {
    let mut output = Vec::new();
    let mut calls = 0;
    let save = |_: &Matter| {
        calls += 1;
        if calls == 1 {
            bail!("disk full\u{1b}[2J");
        }
        Ok(())
    };
    let input = "1\n2\nq\n".as_bytes();
    plain::run(engine(), Matter::default(), Lang::En, TODAY, input, &mut output, save).unwrap();
    let text = String::from_utf8(output).unwrap();
    assert!(text.contains("Not saved (disk full^[[2J). The answers are kept here"), "{text}");
    assert!(text.contains("Saved again, with everything.\n"), "{text}");

    let mut output = Vec::new();
    let never = |_: &Matter| bail!("disk full");
    let ended = plain::run(engine(), Matter::default(), Lang::En, TODAY, input, &mut output, never);
    assert_eq!(format!("{:#}", ended.unwrap_err()), "the last changes are not saved: disk full");
    assert!(String::from_utf8(output).unwrap().contains("To write a report"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    struct Gone;
    impl std::io::Write for Gone {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let input = "1\n".as_bytes();
    assert!(plain::run(engine(), Matter::default(), Lang::En, TODAY, input, Gone, |_| Ok(())).is_ok());
}

#[test]
fn binary_and_endless_lines_are_asked_for_again() {
    let mut input = b"\xef\xbb\xbf1\r\n\xff\xfe\n".to_vec();
    input.extend(std::iter::repeat_n(b'n', 300_000));
    input.extend(b"\n2\nn no line feed at the end");
    let done = interview_with(engine(), Matter::default(), Lang::En, &input);
    assert!(done.text.contains("not text in UTF-8"), "{}", done.text);
    assert!(done.text.contains("too long"), "{}", done.text);
    assert_eq!(value(&done, "judgment.subject"), Some(&choice("loan-guarantee")));
    assert_eq!(done.matter.answers["judgment.relief"].note, "no line feed at the end");
}

#[test]
fn typed_control_characters_are_made_visible() {
    let matter = Matter { title: "a\u{1b}[2J\nb\u{202e}".into(), ..Matter::default() };
    let done = interview(matter, Lang::En, &["n \u{1b}]0;x\u{7}", "r", "", "q"]);
    assert!(done.text.contains("Matter: a^[[2J b<U+202E>\n"), "{}", done.text);
}
