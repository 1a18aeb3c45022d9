//! The browsers and the comparison, driven by key scripts on a terminal in memory.

use crate::assert_snapshot;
use crate::support;
use crate::support::screen::Program;
use exequatur::lang::Lang;
use exequatur::pack::case::target_of;
use exequatur::pack::{Case, Outcome, Profile};
use exequatur::tui::message::{Click, Message};
use exequatur::tui::model::{Browser, Screen, SortBy};
use exequatur::tui::update::{browser_rows, target_rows};
use exequatur::tui::view;

const WIDE: (u16, u16) = (160, 50);

/// The example with assets in three places.
fn three_places() -> &'static str {
    support::example(support::pack(), "three-places")
}

fn browser(program: &Program) -> &Browser {
    match &program.model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => browser,
        other => panic!("no browser: {other:?}"),
    }
}

fn cases(program: &Program) -> Vec<&'static Case> {
    assert!(matches!(program.model.screen, Screen::Cases(_)));
    browser_rows(&program.model, browser(program)).into_iter().map(|at| &support::pack().cases[at]).collect()
}

fn targets(program: &Program) -> Vec<&'static Profile> {
    assert!(matches!(program.model.screen, Screen::Jurisdictions(_)));
    browser_rows(&program.model, browser(program)).into_iter().map(|at| &support::pack().profiles[at]).collect()
}

fn at_cases(size: (u16, u16)) -> Program {
    let mut program = Program::start(Lang::En, size);
    program.press("C-k text:decided_cases Enter");
    program
}

fn at_targets(size: (u16, u16)) -> Program {
    let mut program = Program::start(Lang::En, size);
    program.press("C-k text:jurisdictions Enter").settle();
    program
}

#[test]
fn filters_narrow_together_are_seen_and_are_lifted_with_one_key() {
    let pack = support::pack();
    let mut program = at_cases((120, 36));
    assert_eq!(cases(&program).len(), pack.cases.len());
    program.press("F4 text:recognised Enter");
    let won: Vec<&Case> = pack.cases.iter().filter(|case| case.outcome == Outcome::Recognised).collect();
    assert_eq!(cases(&program).len(), won.len());
    assert!(cases(&program).iter().all(|case| case.outcome == Outcome::Recognised));
    program.press("F3 text:oceania Enter F6 text:appeared Enter");
    let there = |case: &&&Case| {
        target_of(pack, &case.jurisdiction).is_some_and(|target| target.region == "oceania")
            && case.facts.get("service").is_some_and(|service| service == "appeared")
    };
    assert_eq!(cases(&program).len(), won.iter().filter(there).count());
    assert!(!cases(&program).is_empty());
    let screen = program.screen();
    for words in ["[Region: Oceania]", "[Outcome: recognised]", "[Service: appeared, none needed]", "F9 clear filters"]
    {
        assert!(screen.contains(words), "{words} in {screen}");
    }
    program.press("F9");
    assert!(browser(&program).filters.is_empty());
    assert_eq!(cases(&program).len(), pack.cases.len());
    let count = format!("{0} of {0}", pack.cases.len());
    assert!(program.screen().contains(&count), "{count} in {}", program.screen());
}

#[test]
fn a_filter_counts_what_it_would_leave() {
    let pack = support::pack();
    let mut program = at_cases((120, 36));
    program.press("F4");
    for outcome in [Outcome::Recognised, Outcome::Refused, Outcome::Remitted] {
        let word = exequatur::messages::word(Lang::En, "outcome", outcome.id());
        let count = pack.cases.iter().filter(|case| case.outcome == outcome).count().to_string();
        let screen = program.screen();
        let counted = |line: &str| {
            let after = line.split(&format!("│   {word} ")).nth(1);
            after.is_some_and(|after| after.trim_start().starts_with(&format!("{count} ")))
        };
        assert!(screen.lines().any(counted), "{word} {count} in {screen}");
    }
}

#[test]
fn a_search_finds_by_name_court_ground_and_region_in_both_languages() {
    for query in ["singapore", "新加坡", "south-east_asia", "东南亚"] {
        let mut program = at_targets((80, 24));
        program.press(&format!("text:{query}"));
        assert!(targets(&program).iter().any(|target| target.id == "sg"), "{query}");
    }
    for query in ["Folex", "supreme_court", "送达", "service", "公告送达", "大洋洲", "refused", "拒绝"] {
        let mut program = at_cases((80, 24));
        program.press(&format!("text:{query}"));
        let found = cases(&program).len();
        assert!(found > 0 && found < support::pack().cases.len(), "{query}: {found}");
    }
}

#[test]
fn from_a_target_to_its_cases_and_back() {
    let mut program = at_targets((120, 36));
    program.press("text:singapore F7");
    let pack = support::pack();
    let here = |case: &&Case| target_of(pack, &case.jurisdiction).is_some_and(|target| target.id == "sg");
    assert_eq!(cases(&program).len(), pack.cases.iter().filter(here).count());
    assert!(cases(&program).iter().all(here));
    // From a case to its target, back to the case, and back to where it began.
    program.press("F7");
    assert_eq!(targets(&program)[browser(&program).list.cursor].id, "sg");
    program.press("Esc");
    assert!(matches!(program.model.screen, Screen::Cases(_)));
    program.press("Esc");
    assert_eq!(browser(&program).list.field.text(), "singapore");
    assert_eq!(targets(&program).len(), 1);
}

#[test]
fn a_case_opens_as_a_matter_without_writing_a_file() {
    let mut program = at_cases((80, 24));
    program.press("text:Folex");
    let case = cases(&program)[0];
    program.press("F8");
    assert!(matches!(program.model.screen, Screen::Result(_)));
    let matter = program.matter();
    assert_eq!(matter.title, case.name);
    let target = target_of(support::pack(), &case.jurisdiction).expect("a target");
    assert_eq!(matter.targets(support::pack()), std::slice::from_ref(&target.id));
    assert_eq!(std::fs::read_dir(program.folder.path()).unwrap().count(), 0);
    let outcome = exequatur::messages::word(Lang::En, "outcome", case.outcome.id());
    assert!(program.screen().contains(outcome), "{}", program.screen());
}

#[test]
fn targets_are_filtered_by_outlook_and_by_law() {
    let pack = support::pack();
    let mut program = at_targets((120, 36));
    program.press("F5 text:treaty Enter");
    assert!(targets(&program).iter().all(|target| target.basis.kind == "treaty"));
    assert_eq!(targets(&program).len(), pack.profiles.iter().filter(|target| target.basis.kind == "treaty").count());
    program.press("F9 F4 text:blocked Enter");
    let blocked = targets(&program);
    assert!(!blocked.is_empty());
    for target in blocked {
        assert!(program.model.lists.outlook_of(&target.id).is_some_and(|brief| brief.blocked), "{}", target.id);
    }
}

#[test]
fn the_map_shows_every_target_where_there_is_room_and_can_be_clicked() {
    let program = at_targets((99, 50));
    assert!(!program.screen().contains("n = 35"));
    let mut program = at_targets((100, 40));
    let n = support::pack().profiles.len();
    assert!(program.screen().contains(&format!("n = {n}")), "{}", program.screen());
    let measured = view::measure(&program.model);
    let marks: Vec<_> =
        measured.hits.iter().filter(|(place, click)| place.width == 1 && matches!(click, Click::Row(_))).collect();
    assert_eq!(marks.len(), n);
    let (place, click) = marks[7];
    program.send(Message::Clicked(view::hit(&program.model, place.x, place.y).expect("a mark")));
    assert_eq!(*click, Click::Row(browser(&program).list.cursor));
    program.press("F8");
    assert!(!program.screen().contains(&format!("n = {n}")));
}

#[test]
fn the_comparison_sorts_by_every_column_and_shows_which() {
    for size in [(160, 50), (120, 36), (80, 24), (60, 20)] {
        let mut program = Program::open(Lang::En, size, Some(three_places()));
        program.settle().press("F4 5").settle();
        for sort in SortBy::ALL {
            let Screen::Result(state) = &program.model.screen else { panic!("no result") };
            assert_eq!(state.sort, sort);
            let screen = program.screen();
            let head = screen.lines().find(|line| line.contains("Jurisdiction ")).expect("the head");
            assert!(head.contains(" v"), "{sort:?} at {size:?}: {head}");
            program.press("o");
        }
    }
}

#[test]
fn a_click_on_a_head_sorts_and_a_second_turns_the_order_round() {
    let mut program = Program::open(Lang::En, (120, 36), Some(three_places()));
    program.settle().press("F4 5").settle();
    let order = |program: &Program| {
        let Screen::Result(state) = &program.model.screen else { panic!("no result") };
        target_rows(&program.model, state)
    };
    program.send(Message::Clicked(Click::Column(SortBy::Outlook)));
    let first = order(&program);
    let work = program.model.work.as_ref().expect("a matter");
    let outlook = |id: &String| work.result(id).expect("a result").outlook.expected;
    assert!(first.windows(2).all(|pair| outlook(&pair[0]) >= outlook(&pair[1])), "{first:?}");
    program.send(Message::Clicked(Click::Column(SortBy::Outlook)));
    assert_eq!(order(&program), first.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn law_that_differs_is_marked() {
    let mut program = Program::open(Lang::En, (120, 36), Some(three_places()));
    program.settle().press("F4 5 d").settle();
    // Hong Kong has an arrangement, the two others common law.
    let screen = program.screen();
    let line = |name: &str| screen.lines().find(|line| line.contains(name)).expect("a row").to_owned();
    assert!(line("> British Columbia").contains("common law") && !line("> British Columbia").contains('*'));
    assert!(line("│   Hong Kong").contains("* arrangement"), "{screen}");
    assert!(line("│   Singapore").contains("  common law") && line("│   Singapore").contains("* 6 y"), "{screen}");
}

#[test]
fn charts_and_map_have_a_form_in_ascii() {
    let mut program = Program::open(Lang::En, (120, 36), Some(three_places()));
    program.model.look.ascii = true;
    program.settle();
    for script in ["F4", "2", "2 Enter", "4", "5", "5 d", "0 PageDown", "C-k text:jurisdictions Enter"] {
        program.press(script).settle();
        let screen = program.screen();
        // Names, the other language and the signs of prose aside, no line or block is drawn.
        let drawn = |c: &char| matches!(*c, '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}');
        assert_eq!(screen.chars().find(drawn), None, "{script}: {screen}");
    }
}

#[test]
fn the_screens_at_full_size() {
    for lang in Lang::ALL {
        let mut program = Program::start(lang, WIDE);
        program.press("C-k text:jurisdictions Enter").settle();
        assert_snapshot("jurisdictions", &program);
        let mut program = Program::open(lang, WIDE, Some(three_places()));
        program.press("F4").settle();
        assert_snapshot("result-summary", &program);
        program.press("2").settle();
        assert_snapshot("result-hurdles", &program);
        program.press("4").settle();
        assert_snapshot("result-money", &program);
        program.press("5").settle();
        assert_snapshot("result-compare", &program);
        program.press("0");
        assert_snapshot("result-card", &program);
    }
}
