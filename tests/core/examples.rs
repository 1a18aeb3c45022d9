//! The example matters make legal sense: said in words and orderings, not in decimals.

use crate::support::{self, assess, engine, pack};
use exequatur::lang::Lang;
use exequatur::matter::{Matter, file};
use exequatur::scoring::{TargetResult, case_matters};

fn example(name: &str) -> Matter {
    support::matter(support::example(pack(), name))
}

fn score(matter: &Matter) -> Vec<TargetResult> {
    assess(engine(), matter).rows
}

fn worst(result: &TargetResult) -> Vec<&str> {
    result.worst_first().into_iter().map(|ground| pack().hurdles[ground.hurdle].id.as_str()).collect()
}

/// Lists of both languages name every example, and nothing else.
#[test]
fn every_example_has_its_names() {
    let pack = pack();
    let ids: Vec<&String> = pack.examples.iter().map(|(id, _)| id).collect();
    for id in &ids {
        let name = pack.example_name(id).expect("a name");
        assert!(!name.name.zh.is_empty() && !name.title.zh.is_empty());
    }
    assert_eq!(pack.example_names.len(), ids.len());
}

#[test]
fn every_example_opens_and_is_scored() {
    assert!(pack().examples.len() >= 4);
    for (name, _) in &pack().examples {
        assert!(!score(&example(name)).is_empty(), "{name} names a target");
    }
}

#[test]
fn treaty_service_scores_above_post_and_post_above_an_announcement() {
    let outlook = |name| score(&example(name))[0].outlook;
    let california = outlook("california-2009-treaty");
    let sydney = outlook("nsw-2023-post");
    let melbourne = outlook("victoria-2023-announcement");
    assert!(california.expected > sydney.expected && sydney.expected > melbourne.expected);
    assert!(california.expected > 0.5, "the case that was won is more likely than not");
    assert!(melbourne.expected < 0.5, "the case that was lost is less likely than not");
    // The ranges say how much of that is known: even the best case of the announcement stays below
    // the best case of the treaty service.
    assert!(melbourne.answers[1] < california.answers[1]);
}

#[test]
fn examples_refused_over_service_show_service_first() {
    for name in ["nsw-2023-post", "victoria-2023-announcement"] {
        let result = &score(&example(name))[0];
        assert_eq!(worst(result)[0], "service", "{name}");
    }
    let california = &score(&example("california-2009-treaty"))[0];
    assert!(!worst(california)[..3].contains(&"service"));
}

#[test]
fn unknown_answers_block_no_target() {
    for (name, _) in &pack().examples {
        for result in score(&example(name)) {
            assert!(result.blocked.is_empty(), "{name} in {}", result.id);
        }
    }
}

#[test]
fn the_example_of_three_places_trusts_unknowns_least_and_british_columbia_pays_best() {
    let results = score(&example("three-places"));
    assert_eq!(results.iter().map(|result| result.id.as_str()).collect::<Vec<_>>(), ["hk", "sg", "ca-bc"]);
    for result in &results {
        assert!(result.evidence.grade >= exequatur::scoring::evidence::Grade::Low);
        assert!(result.outlook.answers[1] - result.outlook.answers[0] > 0.2);
    }
    let net = |at: usize| results[at].money.net.expect("assets and amounts are given")[1];
    // The house in the debtor's own name is worth more than shares that may move, or a house in the
    // spouse's name with a mortgage, although recognition is no likelier there.
    assert!(net(2) > net(0) && net(2) > net(1));
    // Hong Kong's period is by far the shortest.
    let left = |at: usize| results[at].deadlines[0].days.expect("the effective date is known");
    assert!(left(0) < left(1) && left(0) < left(2));
}

#[test]
fn every_decided_case_opens_as_a_matter_without_its_outcome() {
    for case in &pack().cases {
        let matter = case_matters::matter(pack(), case, Lang::En);
        let text = file::write(&matter, pack());
        support::matter(&text);
        assert_eq!(score(&matter).len(), 1, "{}", case.id);
        for told in [&case.summary.en, &case.lesson.en] {
            assert!(!text.contains(&**told), "{} tells how it ended", case.id);
        }
    }
}

#[test]
fn forgetting_the_service_moves_the_outlook_towards_the_average() {
    // In each example, forgetting how the papers were served brings the outlook nearer to what it is
    // for a file of which nothing is known.
    for (name, target) in
        [("california-2009-treaty", "us-ca"), ("victoria-2023-announcement", "au-vic"), ("nsw-2023-post", "au-nsw")]
    {
        let known = example(name);
        let mut forgotten = known.clone();
        for id in ["service.method", "service.notice", "participation.mode", "participation.counsel"] {
            forgotten.answers.remove(id);
        }
        let mut blank = Matter::default();
        blank.answers.insert("target.jurisdictions".into(), known.answers["target.jurisdictions"].clone());
        let outlook = |matter: &Matter| score(matter)[0].outlook.expected;
        let (known, forgotten, average) = (outlook(&known), outlook(&forgotten), outlook(&blank));
        assert!((forgotten - average).abs() < (known - average).abs(), "{name} in {target}");
    }
}
