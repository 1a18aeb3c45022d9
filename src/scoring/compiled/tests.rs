//! The compiled rules held against the readable ones.

use jiff::civil::date;

use super::super::Engine;
use crate::matter::{Answer, Matter, Value};
use crate::pack::{Kind, Pack};

/// `SplitMix64`.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A matter in which `known` of a hundred questions with listed options are answered.
fn matter(pack: &Pack, known: u64, seed: &mut u64) -> Matter {
    let mut matter = Matter::default();
    for question in &pack.questions {
        let which = usize::try_from(random(seed) >> 40).unwrap_or_default();
        if random(seed) % 100 >= known {
            continue;
        }
        let value = match question.kind {
            Kind::Choice => Value::Choice(question.options[which % question.options.len()].id.clone()),
            Kind::Choices => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| which >> n & 1 == 1);
                Value::Choices(ticked.map(|(_, option)| option.id.clone()).collect())
            }
            _ => continue,
        };
        matter.answers.insert(question.id.clone(), Answer::told(value));
    }
    matter
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} is not {b}");
}

#[test]
fn the_compiled_rules_give_what_the_readable_ones_give() {
    let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
    let engine = Engine::new(&pack);
    let mut seed = 7;
    for round in 0..60_u64 {
        let matter =
            matter(&pack, [0, 5, 30, 60, 80, 95, 100][usize::try_from(round % 7).unwrap_or_default()], &mut seed);
        let at = usize::try_from(random(&mut seed) % 1000).unwrap_or_default() % pack.profiles.len();
        let target = &pack.profiles[at];
        let mut states = engine.model.states(&pack, &matter, target, date(2026, 11, 22));
        engine.model.drop_blocking(&mut states, target);
        let hurdles = 0..pack.hurdles.len();
        let (readable, factors) = engine.readable(hurdles.clone(), &states, target);
        let full = engine.full(&states, target);
        near(full.solved.expected, readable.expected);
        near(full.solved.range[0], readable.range[0]);
        near(full.solved.range[1], readable.range[1]);
        for (hurdle, (ours, theirs)) in full.solved.grounds.iter().zip(&readable.grounds).enumerate() {
            near(ours.p, theirs.p);
            near(ours.range[0], theirs.range[0]);
            near(ours.range[1], theirs.range[1]);
            near(ours.by_base, theirs.by_base);
            assert_eq!(super::ones(full.holds[hurdle]).collect::<Vec<_>>(), factors.settled[hurdle]);
            assert_eq!(super::ones(full.open[hurdle]).collect::<Vec<_>>(), factors.open_rules[hurdle]);
            assert_eq!(ours.by_rule.len(), theirs.by_rule.len());
            ours.by_rule.iter().zip(&theirs.by_rule).for_each(|(a, b)| near(*a, *b));
            ours.holds.iter().zip(&theirs.holds).for_each(|(a, b)| near(*a, *b));
        }
        // Another answer, looked at only in the hurdles that read it, and from the beginning.
        let seat = engine.seat(&states, target);
        for _ in 0..10 {
            let variable = usize::try_from(random(&mut seed) % 1000).unwrap_or_default() % states.len();
            let values = engine.model.variables[variable].prior.len() as u64;
            let mut other = states.clone();
            other[variable] = 1 << (random(&mut seed) % values);
            let then = engine.what_if(seat.as_ref(), &other, &[variable], target);
            let readable = engine.readable(hurdles.clone(), &other, target).0;
            near(then.expected, readable.expected);
            near(then.range[0], readable.range[0]);
            near(then.range[1], readable.range[1]);
        }
    }
}
