//! The answers of a matter by the place of their question instead of by name, with options as small
//! numbers: whoever needs many of them looks nothing up.
//!
//! Must not: judge. What does not fit its question was refused before ([`super::accepts`]).

use std::borrow::Cow;

use jiff::civil::Date;
use smallvec::SmallVec;

use super::{Asset, Basis, Matter, Money, Value};
use crate::pack::{Pack, Question};

/// How many questions, and answers that are no options, find room without memory being asked for.
const QUESTIONS: usize = 96;
const VALUES: usize = 24;

/// What was answered, as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Response {
    /// The question was not asked.
    #[default]
    NotAsked,
    /// "I don't know".
    Unknown,
    /// The option with this index.
    Option(u8),
    /// The options ticked, as a mask of their indices.
    Ticks(u64),
    /// What is no option: its place among the values.
    Value(u16),
}

impl Response {
    /// The answer to a question that is an option, or not known.
    pub fn value(self, question: &Question) -> Value {
        let id = |at: usize| question.options.get(at).map(|option| option.id.clone());
        match self {
            Response::Option(option) => id(usize::from(option)).map_or(Value::Unknown, Value::Choice),
            Response::Ticks(ticks) => {
                let ticked = (0..question.options.len()).filter(|at| ticks >> at & 1 == 1);
                Value::Choices(ticked.filter_map(id).collect())
            }
            Response::NotAsked | Response::Unknown | Response::Value(_) => Value::Unknown,
        }
    }
}

/// The answers of a matter, by the place of their question in the pack.
#[derive(Clone, Debug)]
pub struct Answers<'m> {
    said: SmallVec<[Response; QUESTIONS]>,
    bases: SmallVec<[Option<Basis>; QUESTIONS]>,
    values: SmallVec<[Cow<'m, Value>; VALUES]>,
}

impl<'m> Answers<'m> {
    /// Nothing answered.
    pub fn new(pack: &Pack) -> Self {
        let questions = pack.questions.len();
        Answers {
            said: SmallVec::from_elem(Response::NotAsked, questions),
            bases: SmallVec::from_elem(None, questions),
            values: SmallVec::new(),
        }
    }

    /// The answers of a matter, those to hidden questions among them.
    pub fn of(pack: &Pack, matter: &'m Matter) -> Self {
        let mut out = Answers::new(pack);
        for (at, question) in pack.questions.iter().enumerate() {
            if let Some(answer) = matter.answers.get(&question.id) {
                out.put(question, at, Cow::Borrowed(&answer.value), answer.basis);
            }
        }
        out
    }

    /// Puts the answer to the question at a place.
    pub fn put(&mut self, question: &Question, at: usize, value: Cow<'m, Value>, basis: Option<Basis>) {
        let option = |id: &String| question.option_index(id).and_then(|option| u8::try_from(option).ok());
        let said = match &*value {
            Value::Unknown => Response::Unknown,
            Value::Choice(id) => option(id).map_or(Response::Unknown, Response::Option),
            Value::Choices(ids) => {
                Response::Ticks(ids.iter().filter_map(option).fold(0, |ticks, option| ticks | 1 << option))
            }
            _ => self.push(value),
        };
        self.set(at, said, basis);
    }

    /// Room for what is no option.
    fn push(&mut self, value: Cow<'m, Value>) -> Response {
        let Ok(place) = u16::try_from(self.values.len()) else { return Response::Unknown };
        self.values.push(value);
        Response::Value(place)
    }

    /// Puts an answer that is an option, or not known.
    pub fn set(&mut self, at: usize, said: Response, basis: Option<Basis>) {
        self.said[at] = said;
        self.bases[at] = basis;
    }

    /// Takes out the answers to questions that are not shown.
    pub fn hide(&mut self, shown: &[bool]) {
        for (said, shown) in self.said.iter_mut().zip(shown) {
            if !shown {
                *said = Response::NotAsked;
            }
        }
    }

    /// What was answered to the question at a place.
    pub fn said(&self, at: usize) -> Response {
        self.said[at]
    }

    /// On what a known answer rests.
    pub fn basis(&self, at: usize) -> Option<Basis> {
        if matches!(self.said[at], Response::NotAsked | Response::Unknown) { None } else { self.bases[at] }
    }

    /// Whether the question at a place has an answer that is known.
    pub fn is_known(&self, at: usize) -> bool {
        !matches!(self.said[at], Response::NotAsked | Response::Unknown)
    }

    /// Whether an answer is one of some options; `None` where that is not known.
    pub fn test(&self, at: usize, options: u64) -> Option<bool> {
        match self.said[at] {
            Response::Option(option) => Some(options >> option & 1 == 1),
            Response::Ticks(ticks) => Some(options & ticks != 0),
            _ => None,
        }
    }

    /// The known value of the question that plays a part, where it is no option.
    fn value(&self, role: Option<usize>) -> Option<&Value> {
        match self.said[role?] {
            Response::Value(place) => self.values.get(usize::from(place)).map(|value| &**value),
            _ => None,
        }
    }

    /// The options ticked in the question that plays a part.
    pub fn ticks(&self, role: Option<usize>) -> Option<u64> {
        match self.said[role?] {
            Response::Ticks(ticks) => Some(ticks),
            _ => None,
        }
    }

    /// The date given in the question that plays a part.
    pub fn date(&self, role: Option<usize>) -> Option<Date> {
        match self.value(role)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The amount given in the question that plays a part.
    pub fn money(&self, role: Option<usize>) -> Option<&Money> {
        match self.value(role)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// The number given in the question that plays a part.
    pub fn number(&self, role: Option<usize>) -> Option<rust_decimal::Decimal> {
        match self.value(role)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The place given in the question that plays a part.
    pub fn place(&self, role: Option<usize>) -> Option<&str> {
        match self.value(role)? {
            Value::Place(place) => Some(place),
            _ => None,
        }
    }

    /// The assets listed: `None` when not asked or not known.
    pub fn assets(&self, pack: &Pack) -> Option<&[Asset]> {
        match self.value(pack.roles.assets)? {
            Value::Assets(assets) => Some(assets),
            _ => None,
        }
    }

    /// The targets considered, as [`Matter::targets`] names them.
    pub fn targets<'c>(&'c self, pack: &'c Pack) -> impl Iterator<Item = &'c str> {
        let chosen = match self.value(pack.roles.targets) {
            Some(Value::Targets(targets)) => targets.as_slice(),
            _ => &[],
        };
        super::considered(pack, chosen, || self.assets(pack))
    }
}
