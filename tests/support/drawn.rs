//! Walks through the interview, drawn by chance: shared by the tests of both front ends.

use exequatur::matter::{Money, Value};
use exequatur::pack::{Kind, Pack, Question};
use jiff::civil::date;
use proptest::prelude::*;

/// What a line does to the present question in a walk.
#[derive(Clone, Debug)]
pub enum Move {
    Answer(u16, u16),
    Unknown,
    Enter,
    Back,
}

/// Moves of a walk.
pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        8 => (any::<u16>(), any::<u16>()).prop_map(|(a, b)| Move::Answer(a, b)),
        1 => Just(Move::Unknown),
        1 => Just(Move::Enter),
        1 => Just(Move::Back),
    ];
    proptest::collection::vec(one, 0..90)
}

/// An answer drawn by two numbers: the value, and the line that gives it.
pub fn drawn(pack: &Pack, question: &Question, a: u16, b: u16) -> (Value, String) {
    let (days, cents) = (i64::from(a) % 10_000, u64::from(a));
    let (a, b) = (usize::from(a), usize::from(b));
    let options = question.options.len().max(1);
    match question.kind {
        Kind::Choice => (Value::Choice(question.options[a % options].id.clone()), (a % options + 1).to_string()),
        Kind::Choices => {
            let (mut x, mut y) = (a % options, b % options);
            if [x, y].iter().any(|at| question.options[*at].exclusive) {
                y = x;
            }
            (x, y) = (x.min(y), x.max(y));
            let mut ids = vec![question.options[x].id.clone(), question.options[y].id.clone()];
            ids.dedup();
            (Value::Choices(ids), format!("{} {}", y + 1, x + 1))
        }
        Kind::Date => {
            let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
            (Value::Date(day), day.to_string())
        }
        Kind::Money => {
            let money = Money { amount: cents.into(), currency: "CNY".into() };
            let line = money.to_string();
            (Value::Money(money), line)
        }
        Kind::Number => (Value::Number((cents % 100).into()), (a % 100).to_string()),
        Kind::Place => {
            let id = pack.profiles[a % pack.profiles.len()].id.clone();
            (Value::Place(id.clone()), id)
        }
        // One target at most, so that the outlook at the end of each walk stays quick.
        Kind::Targets => {
            let id = pack.profiles[a % pack.profiles.len()].id.clone();
            (Value::Targets(vec![id.clone()]), id)
        }
        Kind::Assets => (Value::Assets(Vec::new()), "0".to_owned()),
    }
}
