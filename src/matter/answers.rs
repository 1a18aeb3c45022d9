//! The answers of one debtor, indexed by question, with options as small numbers: what is scored.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Answer, Asset, Basis, Matter, Money, Value};
use crate::pack::{Expr, Pack, Question, Subject};

/// What was answered to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Response {
    #[default]
    NotAsked,
    /// "I don't know".
    Unknown,
    Option(usize),
    /// The options ticked, as a mask of their indices.
    Ticks(u64),
    /// A date, an amount, a list and the like.
    Value(Value),
}

impl Response {
    /// The response that a value is. An option that the question does not have counts as not known.
    fn of(question: &Question, value: &Value) -> Self {
        match value {
            Value::Unknown => Response::Unknown,
            Value::Choice(id) => question.option_index(id).map_or(Response::Unknown, Response::Option),
            Value::Choices(ids) => {
                let ticked = ids.iter().filter_map(|id| question.option_index(id));
                Response::Ticks(ticked.fold(0, |ticks, option| ticks | 1 << option))
            }
            other => Response::Value(other.clone()),
        }
    }

    /// The value that it is in a matter.
    pub(crate) fn value(&self, question: &Question) -> Value {
        let id = |option: usize| question.options.get(option).map(|option| option.id.clone());
        match self {
            Response::NotAsked | Response::Unknown => Value::Unknown,
            Response::Option(option) => id(*option).map_or(Value::Unknown, Value::Choice),
            Response::Ticks(ticks) => {
                let ticked = (0..question.options.len()).filter(|option| ticks >> option & 1 == 1);
                Value::Choices(ticked.filter_map(id).collect())
            }
            Response::Value(value) => value.clone(),
        }
    }
}

/// The answers of one debtor, by the index of their question in the pack.
#[derive(Clone, Debug)]
pub struct Answers {
    responses: Vec<Response>,
    bases: Vec<Option<Basis>>,
}

impl Answers {
    /// Nothing answered.
    pub fn new(pack: &Pack) -> Self {
        let questions = pack.questions.len();
        Answers { responses: vec![Response::NotAsked; questions], bases: vec![None; questions] }
    }

    /// The answers of a matter, those to hidden questions among them.
    pub fn of(pack: &Pack, matter: &Matter) -> Self {
        let mut answers = Answers::new(pack);
        for (index, question) in pack.questions.iter().enumerate() {
            if let Some(Answer { value, basis, .. }) = matter.answers.get(&question.id) {
                answers.set(index, Response::of(question, value), *basis);
            }
        }
        answers
    }

    /// Sets the answer to a question.
    pub fn set(&mut self, question: usize, response: Response, basis: Option<Basis>) {
        self.responses[question] = response;
        self.bases[question] = basis;
    }

    /// Sets the answer to a question to a value that it accepts ([`super::accepts`]).
    pub(crate) fn set_value(&mut self, pack: &Pack, question: usize, value: &Value, basis: Option<Basis>) {
        self.set(question, Response::of(&pack.questions[question], value), basis);
    }

    /// For each question, whether it is asked: it is hidden only where its show-if certainly fails. The answer to a
    /// hidden question does not count for later show-ifs.
    pub fn visible(&self, pack: &Pack) -> Vec<bool> {
        let mut visible = vec![true; pack.questions.len()];
        for (index, question) in pack.questions.iter().enumerate() {
            let asked = question.show_if.eval(&|expr| self.test_visible(expr, &visible));
            visible[index] = asked != Some(false);
        }
        visible
    }

    /// Removes the answers to hidden questions.
    pub fn hide(&mut self, pack: &Pack) {
        let visible = self.visible(pack);
        for (response, visible) in self.responses.iter_mut().zip(visible) {
            if !visible {
                *response = Response::NotAsked;
            }
        }
    }

    /// What was answered to a question.
    pub(crate) fn response(&self, question: usize) -> &Response {
        &self.responses[question]
    }

    /// Whether a question has an answer, be it "I don't know".
    pub(crate) fn is_asked(&self, question: usize) -> bool {
        self.responses[question] != Response::NotAsked
    }

    /// Whether a question has an answer that is known.
    pub(crate) fn is_known(&self, question: usize) -> bool {
        !matches!(self.responses[question], Response::NotAsked | Response::Unknown)
    }

    /// On what a known answer rests.
    pub fn basis(&self, question: usize) -> Option<Basis> {
        if self.is_known(question) { self.bases[question] } else { None }
    }

    /// What the test of a question in a condition gives; `None` where the answer is not known, and for a test of
    /// anything else.
    pub(crate) fn test(&self, expr: &Expr) -> Option<bool> {
        let Expr::Test(Subject::Question(question), options) = expr else { return None };
        match &self.responses[*question] {
            Response::Option(option) => Some(options >> option & 1 == 1),
            Response::Ticks(ticks) => Some(options & ticks != 0),
            _ => None,
        }
    }

    /// The same, where the answer to a hidden question is not known.
    pub(crate) fn test_visible(&self, expr: &Expr, visible: &[bool]) -> Option<bool> {
        match expr {
            Expr::Test(Subject::Question(question), _) if !visible[*question] => None,
            _ => self.test(expr),
        }
    }

    /// The known value of the question that has a role, where it is no option.
    fn value(&self, role: Option<usize>) -> Option<&Value> {
        match &self.responses[role?] {
            Response::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The options ticked in the question that has a role, as a mask.
    pub fn ticks(&self, role: Option<usize>) -> Option<u64> {
        match self.responses[role?] {
            Response::Ticks(ticks) => Some(ticks),
            _ => None,
        }
    }

    pub fn date(&self, role: Option<usize>) -> Option<Date> {
        match self.value(role)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    pub fn money(&self, role: Option<usize>) -> Option<&Money> {
        match self.value(role)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// Every amount that answers a question.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = &Money> {
        self.responses.iter().filter_map(|response| match response {
            Response::Value(Value::Money(money)) => Some(money),
            _ => None,
        })
    }

    pub fn number(&self, role: Option<usize>) -> Option<Decimal> {
        match self.value(role)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

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
    pub fn targets<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = &'a str> {
        let chosen = match self.value(pack.roles.targets) {
            Some(Value::Targets(targets)) => targets.as_slice(),
            _ => &[],
        };
        super::considered(pack, chosen, || self.assets(pack))
    }
}
