//! The engine against every completion written out, on small packs with random hurdles.

use std::fmt::Write as _;

use crate::small;
use crate::support::{Random, TODAY};
use exequatur::pack::{File, Pack, load};
use exequatur::scoring::{Engine, Scope};

/// What the small pack asks, as one number for each thing that may be unknown: notice, shared, detail, seal, nothing.
type Point = [usize; 5];

/// A test of the small pack: its text, which thing it reads, and the value with which it passes.
const TESTS: [(&str, usize, usize); 8] = [
    ("q.notice is clear", 0, 0),
    ("q.notice is none", 0, 1),
    ("q.shared is no", 1, 0),
    ("q.shared is yes", 1, 1),
    ("q.detail is good", 2, 0),
    ("q.detail is bad", 2, 1),
    ("q.papers has seal", 3, 1),
    ("q.papers has nothing", 4, 1),
];

enum Condition {
    Test(usize),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

impl Condition {
    fn random(depth: usize, random: &mut Random) -> Self {
        match random.below(if depth == 0 { 1 } else { 4 }) {
            0 => Condition::Test(random.below(TESTS.len())),
            1 => Condition::Not(Box::new(Condition::random(depth - 1, random))),
            kind => {
                let parts = (0..2).map(|_| Condition::random(depth - 1, random)).collect();
                if kind == 2 { Condition::All(parts) } else { Condition::Any(parts) }
            }
        }
    }

    fn text(&self) -> String {
        let joined = |parts: &[Condition], word: &str| {
            parts.iter().map(|part| format!("({})", part.text())).collect::<Vec<_>>().join(word)
        };
        match self {
            Condition::Test(test) => TESTS[*test].0.to_owned(),
            Condition::Not(inner) => format!("not ({})", inner.text()),
            Condition::All(parts) => joined(parts, " and "),
            Condition::Any(parts) => joined(parts, " or "),
        }
    }

    fn holds(&self, point: &Point) -> bool {
        match self {
            Condition::Test(test) => {
                let (_, thing, value) = TESTS[*test];
                // The detail is asked only where the fact is shared; a test of a hidden question fails.
                point[thing] == value && (thing != 2 || point[1] == 1)
            }
            Condition::Not(inner) => !inner.holds(point),
            Condition::All(parts) => parts.iter().all(|part| part.holds(point)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(point)),
        }
    }
}

/// A hurdle: its base, and its rules with their weights in log-odds.
struct Hurdle(f64, Vec<(f64, Condition)>);

impl Hurdle {
    fn random(random: &mut Random) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let mut number = |from: f64| from + random.below(400) as f64 / 100.0;
        let (base, weights) = (number(-4.0), [number(-2.0), number(-2.0), number(-2.0)]);
        Hurdle(base, weights.map(|weight| (weight, Condition::random(2, random))).into())
    }

    fn file(&self, id: &str) -> File {
        let Hurdle(base, rules) = self;
        let mut text = format!(
            "[hurdle]\nid = \"{id}\"\nname = {{ en = \"-\", zh = \"-\" }}\nasks = {{ en = \"-\", zh = \"-\" }}\n\
             base = {base:?}\nspread = 0.5\nreason = {{ en = \"-\", zh = \"-\" }}\nsupport = \"judgement\"\n\
             cure = \"fixed\"\nobjection = {{ en = \"-\", zh = \"-\" }}\nanswer = {{ en = \"-\", zh = \"-\" }}\n"
        );
        for (at, (weight, condition)) in rules.iter().enumerate() {
            let _ = write!(
                text,
                "\n[[rule]]\nid = \"rule-{at}\"\nwhen = \"{}\"\nweight = {weight:?}\nspread = 0.5\n\
                 because = {{ en = \"-\", zh = \"-\" }}\nreason = {{ en = \"-\", zh = \"-\" }}\nsupport = \"judgement\"\n",
                condition.text()
            );
        }
        File { path: format!("hurdles/{id}.toml"), text }
    }

    /// The chance that it does not defeat the judgment.
    fn clearance(&self, point: &Point) -> f64 {
        let Hurdle(base, rules) = self;
        let logit = base + rules.iter().filter(|(_, rule)| rule.holds(point)).map(|(weight, _)| weight).sum::<f64>();
        1.0 / (1.0 + logit.exp())
    }
}

/// Every completion of what is not known, with its share.
fn completions(pack: &Pack, known: &[Option<usize>; 5]) -> Vec<(f64, Point)> {
    let prior = |question: &str, option: usize| pack.question(question).expect("a question").prior[option];
    let share = |thing: usize, value: usize| match (known[thing], thing) {
        (Some(known), _) => f64::from(u8::from(known == value)),
        (None, 0) => prior("q.notice", value),
        (None, 1) => prior("q.shared", value),
        (None, 2) => prior("q.detail", value),
        (None, tick) => {
            let ticked = prior("q.papers", tick - 3);
            if value == 1 { ticked } else { 1.0 - ticked }
        }
    };
    let points = (0..32).map(|bits: usize| [0, 1, 2, 3, 4].map(|thing| bits >> thing & 1));
    let weighed = points.map(|point| ((0..5).map(|thing| share(thing, point[thing])).product(), point));
    weighed.filter(|(share, _): &(f64, Point)| *share > 0.0).collect()
}

#[test]
fn the_engine_equals_the_sum_over_every_completion() {
    let mut random = Random(20);
    for _ in 0..60 {
        let hurdles: Vec<Hurdle> = (0..3).map(|_| Hurdle::random(&mut random)).collect();
        let mut files = small::files();
        files.retain(|file| !file.path.starts_with("hurdles/") || file.path.ends_with("contest.toml"));
        files.extend(hurdles.iter().zip(["a", "b", "c"]).map(|(hurdle, id)| hurdle.file(id)));
        let loaded = load(&files);
        assert!(loaded.faults.is_empty(), "{:#?}", loaded.faults);
        let (pack, engine) = (&loaded.pack, Engine::new(&loaded.pack));
        for _ in 0..8 {
            let mut known = [None; 5];
            let mut answers = String::new();
            for (thing, (question, options)) in
                [("q.notice", ["clear", "none"]), ("q.shared", ["no", "yes"]), ("q.detail", ["good", "bad"])]
                    .into_iter()
                    .enumerate()
            {
                // The answer to a hidden question does not count.
                if random.below(2) == 0 || thing == 2 && known[1] == Some(0) {
                    continue;
                }
                let option = random.below(2);
                known[thing] = Some(option);
                let _ = writeln!(answers, "\"{question}\" = \"{}\"", options[option]);
            }
            if random.below(2) == 0 {
                let seal = random.below(2);
                (known[3], known[4]) = (Some(seal), Some(1 - seal));
                let _ = writeln!(answers, "\"q.papers\" = [\"{}\"]", ["nothing", "seal"][seal]);
            }
            let matter = small::matter(pack, &answers);
            let scope = Scope::Only(vec!["xx".to_owned()]);
            let result = engine.assess(&matter, TODAY, &scope).rows.remove(0);
            let completions = completions(pack, &known);
            let outlook = |point: &Point| hurdles.iter().map(|hurdle| hurdle.clearance(point)).product::<f64>();
            let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
            near(result.outlook.expected, completions.iter().map(|(share, point)| share * outlook(point)).sum());
            let all = || completions.iter().map(|(_, point)| outlook(point));
            near(result.outlook.answers[0], all().fold(1.0, f64::min));
            near(result.outlook.answers[1], all().fold(0.0, f64::max));
            for (ground, hurdle) in result.grounds.iter().zip(&hurdles) {
                near(ground.p, completions.iter().map(|(share, point)| share * (1.0 - hurdle.clearance(point))).sum());
            }
        }
    }
}
