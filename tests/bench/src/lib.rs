//! Random matters and portfolios, and the synthetic model in three forms, for the benchmarks.

pub mod measure;
pub mod synthetic;

use exequatur::flow;
use exequatur::matter::{Answer, Basis, Matter, Value};
use exequatur::pack::{Kind, Pack};

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n
    }
}

/// A matter in which about `unknown` of a hundred questions with listed options are open.
pub fn matter(pack: &Pack, unknown: usize, random: &mut Random) -> Matter {
    let mut matter = Matter::default();
    for question in &pack.questions {
        if random.below(100) < unknown {
            continue;
        }
        let pick = random.below(1 << 20);
        let value = match question.kind {
            Kind::Choice => Value::Choice(question.options[pick % question.options.len()].id.clone()),
            Kind::Choices => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| pick >> n & 1 == 1);
                Value::Choices(ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)))
            }
            _ => continue,
        };
        let mut answer = Answer::told(value);
        if pick % 3 == 0 {
            answer.basis = Some(Basis::Document);
        }
        matter.answers.insert(question.id.clone(), answer);
    }
    matter
}

/// A line of a portfolio: every question with listed options, 15 of a hundred unknown, two targets, an
/// asset, dates and amounts.
pub fn line(pack: &Pack, at: usize, random: &mut Random) -> String {
    let mut answers = serde_json::Map::new();
    for question in &pack.questions {
        if random.below(100) < 15 {
            if random.below(2) == 0 && question.kind == Kind::Choice {
                answers.insert(question.id.clone(), "unknown".into());
            }
            continue;
        }
        let pick = random.below(1 << 20);
        let value: serde_json::Value = match question.kind {
            Kind::Choice => question.options[pick % question.options.len()].id.clone().into(),
            Kind::Choices => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| pick >> n & 1 == 1);
                ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)).into()
            }
            Kind::Date => format!("20{}-0{}-1{}", 15 + pick % 10, 1 + pick % 9, pick % 10).into(),
            Kind::Money => format!("{} CNY", 10_000 + pick).into(),
            _ => continue,
        };
        answers.insert(question.id.clone(), value);
    }
    let mut target = || pack.profiles[random.below(pack.profiles.len())].id.clone();
    let (first, second) = (target(), target());
    let asset = serde_json::json!({"where": first, "class": "cash", "value": "1000000 USD", "certainty": "registered"});
    serde_json::json!({"id": at, "answers": answers, "assets": [asset], "targets": [first, second]}).to_string()
}
