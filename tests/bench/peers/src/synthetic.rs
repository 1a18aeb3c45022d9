//! The synthetic model of the performance goals: 40 questions of 2 to 6 options, 12 grounds of 6 rules
//! ("if the answer to q is x, multiply the odds by r"), 35 targets; each ground as lowest, expected and
//! highest chance, where an unknown answer counts as `min(1, r)`, `w r + 1 - w` and `max(1, r)`.
//!
//! Ours is a table of factors by rule and answer.

use super::Random;

/// Questions, grounds, rules of a ground, targets; codes of an answer (the last one is unknown).
pub const QUESTIONS: usize = 40;
/// Grounds.
pub const GROUNDS: usize = 12;
/// Rules of a ground.
pub const RULES: usize = 6;
/// Targets.
pub const TARGETS: usize = 35;
/// Codes.
pub const CODES: usize = 8;
/// The code of an unknown answer.
pub const UNKNOWN: u8 = 7;

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The question that it reads.
    pub question: usize,
    /// The answer that it waits for.
    pub option: u8,
    /// What that answer multiplies the odds by.
    pub ratio: f64,
    /// How much of an unknown answer counts as that answer.
    pub share: f64,
}

/// The model.
#[derive(Debug)]
pub struct Model {
    /// Base odds and rules, by target and ground.
    pub grounds: Vec<[(f64, [Rule; RULES]); GROUNDS]>,
    /// Options of each question.
    pub options: Vec<u8>,
    /// Factors by target, ground, rule and code.
    table: Vec<[[[[f64; 3]; CODES]; RULES]; GROUNDS]>,
    questions: Vec<[[usize; RULES]; GROUNDS]>,
}

/// Lowest, expected and highest chance that some ground defeats the case.
pub type Total = [f64; 3];

/// What the answer to a rule's question multiplies the odds by, in the three forms.
pub fn factors(rule: &Rule, code: u8) -> [f64; 3] {
    if code == UNKNOWN {
        [rule.ratio.min(1.0), rule.share * rule.ratio + 1.0 - rule.share, rule.ratio.max(1.0)]
    } else if code == rule.option {
        [rule.ratio; 3]
    } else {
        [1.0; 3]
    }
}

fn total(odds: impl Iterator<Item = [f64; 3]>) -> Total {
    let survives = odds.fold([1.0; 3], |mut survives, odds| {
        survives.iter_mut().zip(odds).for_each(|(survives, odds)| *survives *= 1.0 - odds / (1.0 + odds));
        survives
    });
    survives.map(|survives| 1.0 - survives)
}

impl Model {
    /// A model from a seed.
    pub fn new(random: &mut Random) -> Self {
        let options: Vec<u8> = (0..QUESTIONS).map(|_| 2 + random.below(5) as u8).collect();
        let unit = |random: &mut Random| random.below(1 << 20) as f64 / f64::from(1 << 20);
        let grounds: Vec<[(f64, [Rule; RULES]); GROUNDS]> = (0..TARGETS)
            .map(|_| {
                let mut places = Random(5);
                std::array::from_fn(|_| {
                    let base = 0.05 + 0.5 * unit(random);
                    let rules = std::array::from_fn(|_| {
                        let question = places.below(QUESTIONS);
                        let option = places.below(usize::from(options[question])) as u8;
                        Rule { question, option, ratio: 0.3 + 3.0 * unit(random), share: unit(random) }
                    });
                    (base, rules)
                })
            })
            .collect();
        let table = grounds
            .iter()
            .map(|grounds| {
                std::array::from_fn(|g| {
                    std::array::from_fn(|r| std::array::from_fn(|code| factors(&grounds[g].1[r], code as u8)))
                })
            })
            .collect();
        let questions = grounds
            .iter()
            .map(|grounds| std::array::from_fn(|g| std::array::from_fn(|r| grounds[g].1[r].question)))
            .collect();
        Model { grounds, options, table, questions }
    }

    /// Codes of a case: 15 of a hundred answers unknown.
    pub fn case(&self, random: &mut Random) -> [u8; QUESTIONS] {
        std::array::from_fn(|question| {
            if random.below(100) < 15 { UNKNOWN } else { random.below(usize::from(self.options[question])) as u8 }
        })
    }

    /// By the table of factors.
    pub fn by_table(&self, target: usize, case: &[u8; QUESTIONS]) -> Total {
        let (table, questions, grounds) = (&self.table[target], &self.questions[target], &self.grounds[target]);
        total((0..GROUNDS).map(|ground| {
            let mut odds = [grounds[ground].0; 3];
            for rule in 0..RULES {
                let factors = &table[ground][rule][usize::from(case[questions[ground][rule]])];
                odds.iter_mut().zip(factors).for_each(|(odds, factor)| *odds *= factor);
            }
            odds
        }))
    }
}
