//! Decided cases as matters: what their facts say of the questions of the pack.
//! The facts come through `case-facts.toml`; nothing here reads an outcome.

use super::model::{Domains, Model, Of};
use crate::matter::{Answer, Matter, Value};
use crate::pack::{Case, Fact, Pack, Profile};

/// The domains of the variables in a decided case: what its facts leave possible, everything else
/// open. The application was within time and the debtor had some tie to the target, or the court
/// would not have come to the grounds; an earlier refusal is another record.
pub(crate) fn domains(pack: &Pack, model: &Model, case: &Case, target: &Profile) -> Domains {
    let known = pack.case_facts.answers(case);
    let mut domains: Domains = (0..model.variables.len())
        .map(|at| match model.variables[at].of {
            Of::Question(question) => match (known.get(&question), pack.questions[question].elsewhere) {
                (Some(mask), _) => *mask & model.full(at),
                (None, Some(none)) => 1 << none,
                (None, None) => model.full(at),
            },
            Of::Tick(..) => 0b11,
            // Within time; and there was something to enforce against.
            Of::Fact(Fact::Limitation | Fact::AssetsHere) => 0b001,
            Of::Fact(Fact::Link) => 0b0111,
        })
        .collect();
    model.drop_ruled_out(&mut domains, target);
    model.drop_blocking(&mut domains, target);
    domains
}

/// A decided case opened as a matter: settled facts are answers seen in a document, everything else
/// is "I don't know". A fact that leaves several options possible stays in the note.
pub fn matter(pack: &Pack, case: &Case, lang: crate::lang::Lang) -> Matter {
    let known = pack.case_facts.answers(case);
    let mut matter = Matter { title: case.name.clone(), lang: Some(lang), ..Matter::default() };
    for (at, question) in pack.questions.iter().enumerate() {
        let mut answer = Answer::unknown();
        if let Some(mask) = known.get(&at) {
            let left: Vec<usize> = (0..question.options.len()).filter(|option| mask & 1 << option != 0).collect();
            match left.as_slice() {
                [option] => {
                    answer = Answer::told(Value::Choice(question.options[*option].id.clone()));
                    answer.basis = Some(crate::matter::Basis::Document);
                }
                several => {
                    let labels: Vec<&str> =
                        several.iter().map(|option| question.options[*option].label.get(lang)).collect();
                    answer.note = labels.join(" / ");
                }
            }
            answer.evidence.clone_from(&case.citation);
        }
        matter.answers.insert(question.id.clone(), answer);
    }
    if let Some(role) = pack.roles.targets
        && let Some(target) = crate::pack::case::target_of(pack, &case.jurisdiction)
    {
        let mut answer = Answer::told(Value::Targets(vec![target.id.clone()]));
        answer.basis = Some(crate::matter::Basis::Document);
        matter.answers.insert(pack.questions[role].id.clone(), answer);
    }
    if let (Some(role), Some(amount)) = (pack.roles.amount, case.amount)
        && case.currency.len() == 3
    {
        let amount = super::money::decimal(amount).normalize();
        let mut answer = Answer::told(Value::Money(crate::matter::Money { amount, currency: case.currency.clone() }));
        answer.basis = Some(crate::matter::Basis::Document);
        answer.evidence.clone_from(&case.citation);
        matter.answers.insert(pack.questions[role].id.clone(), answer);
    }
    matter
}
