//! The result as JSON: the shape of `score --json`, which `report --format json` shares.
//!
//! Scripts rely on its fields: none is renamed or dropped. Probabilities run from 0 to 1 with four
//! decimals, money is a number in the named currency, dates are ISO, and what cannot be worked out
//! is null.

mod shape;

use rust_decimal::Decimal;

pub use shape::Score;
use shape::{
    Action, AnswerLine, Block, ConfidenceOf, Contribution, CureOf, Deadline, Documents, Evidence, FunderView, Ground,
    Hurdle, LoadBearing, Money, NearCase, Net, NextQuestion, Objection, Outlook, PackId, Paper, Rates, SupportOf,
    Target, Weights,
};

use super::sections::money::meets;
use super::sections::{advice, card, cases, hurdles, target as target_part};
use super::sentences::Writer;
use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::answers;
use crate::numbers::{json_number, parts_of_total};
use crate::pack::Support;
use crate::scoring::actions::Worth;
use crate::scoring::confidence::Confidence;
use crate::scoring::deadline::What;
use crate::scoring::target::Source;
use crate::scoring::{self, Assessment, Engine, GroundResult, TargetResult, rule_record};

/// The result as values; sentences are in one language.
pub fn score(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> Score {
    let writer = Writer::new(engine, matter, assessment, lang);
    let pack = engine.pack;
    Score {
        program: card::VERSION,
        pack: PackId { id: pack.id.clone(), version: pack.version.clone(), sha256: pack.sha256.clone() },
        as_of: assessment.as_of.to_string(),
        language: lang.code(),
        vector: assessment.vector.clone(),
        targets: assessment.rows.iter().map(|result| target(&writer, result)).collect(),
        confidence: writer.lead().map(|lead| confidence(&writer, &lead.id, &lead.confidence)),
        next_questions: next_questions(&writer),
        findings: assessment.findings.iter().map(|finding| writer.finding(finding)).collect(),
        answers: answer_lines(&writer),
        rates: Rates {
            currency: assessment.exchange.currency.clone(),
            as_of: assessment.exchange.as_of.to_string(),
            own: assessment.exchange.own,
        },
        weights: Weights {
            fitted: engine.weights.fitted_on.is_some(),
            cases: engine.weights.cases,
            sha256: engine.weights.sha256(engine.pack),
        },
    }
}

/// The result as indented JSON text.
///
/// # Errors
/// None that values of these types can cause; the writer's own.
pub fn text(score: &Score) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(score)? + "\n")
}

fn target(writer: &Writer<'_>, it: &TargetResult) -> Target {
    let worth = writer.actions(it);
    let blocks = |blocks: &[scoring::Block]| blocks.iter().map(|block| self::block(writer, it, block)).collect();
    Target {
        jurisdiction: it.id.clone(),
        name: writer.place(&it.id).to_owned(),
        blocked: blocks(&it.blocked),
        may_block: blocks(&it.may_block),
        outlook: Outlook {
            expected: four(it.outlook.expected),
            answers: it.outlook.answers.map(four),
            data: it.outlook.data.map(four),
            word: writer.say(&writer.pack.word(it.outlook.expected).name).to_owned(),
            standard_error: four(it.outlook.exactness.standard_error),
            outer_bound: it.outlook.exactness.outer_bound,
        },
        grounds: it.grounds.iter().map(|result| ground(writer, result)).collect(),
        contest: four(it.contest),
        evidence: Evidence {
            grade: it.evidence.grade.id(),
            reasons: writer.reasons(it),
            load_bearing: it
                .evidence
                .load_bearing
                .iter()
                .map(|(at, moves)| LoadBearing { question: writer.pack.questions[*at].id.clone(), moves: four(*moves) })
                .collect(),
        },
        money: money(writer, it),
        deadlines: it.deadlines.iter().map(|deadline| self::deadline(writer, it, deadline)).collect(),
        actions: actions(writer, worth),
        cases: nearest(writer, it),
        confidence: confidence(writer, &it.id, &it.confidence),
        cure_plan: cures(writer, it, worth),
        outlook_if_all_cured: advice::together(writer, it, worth).map(|outlook| four(outlook.expected)),
        objections: cases::objections(it).into_iter().map(|ground| objection(writer, it, ground)).collect(),
        documents: documents(writer, it),
    }
}

fn cures(writer: &Writer<'_>, it: &TargetResult, list: &[Worth]) -> Vec<CureOf> {
    let cures = advice::cures(writer, it, list).into_iter().map(|cure| {
        let hurdle = writer.hurdle(cure.ground.hurdle);
        let at = it.grounds.iter().position(|ground| ground.hurdle == cure.ground.hurdle);
        CureOf {
            ground: hurdle.id.clone(),
            p: four(cure.ground.p),
            cure: hurdle.cure.id(),
            action: cure.by.map(|worth| writer.pack.actions[worth.action].id.clone()),
            p_after: cure.by.and_then(|worth| worth.grounds.get(at?).copied()).map(four),
            outlook_after: cure.by.map(|worth| four(worth.after.expected)),
        }
    });
    cures.collect()
}

fn objection(writer: &Writer<'_>, it: &TargetResult, ground: &GroundResult) -> Objection {
    let hurdle = writer.hurdle(ground.hurdle);
    Objection {
        ground: hurdle.id.clone(),
        says: writer.say(&hurdle.objection).to_owned(),
        reply: writer.say(&hurdle.answer).to_owned(),
        case: rule_record::on_ground(writer.pack, it, ground).map(|case| case.id.clone()),
    }
}

fn documents(writer: &Writer<'_>, it: &TargetResult) -> Documents {
    let checklist = writer.checklist().into_iter().map(|paper| Paper {
        id: paper.id,
        name: paper.name,
        in_hand: paper.in_hand,
        action: paper.action.map(|action| writer.pack.actions[action].id.clone()),
    });
    let required = writer.profile(it).map(|profile| profile.procedure.documents.iter());
    Documents {
        checklist: checklist.collect(),
        required: required.into_iter().flatten().map(|text| writer.say(text).to_owned()).collect(),
    }
}

fn block(writer: &Writer<'_>, target: &TargetResult, it: &scoring::Block) -> Block {
    let hurdle = writer.hurdle(it.hurdle);
    Block {
        ground: hurdle.id.clone(),
        gate: hurdle.gates[it.gate].id.clone(),
        because: writer.because(it).to_owned(),
        cure: writer.lift(it).to_owned(),
        outlook_if_cured: four(target.outlook.expected),
    }
}

fn ground(writer: &Writer<'_>, it: &GroundResult) -> Ground {
    let hurdle = writer.hurdle(it.hurdle);
    let parts: Vec<f64> = it.contributions.iter().map(|contribution| contribution.logit).collect();
    let shown = parts_of_total(&parts, it.logit, 4);
    let contributions = it.contributions.iter().zip(shown).map(|(contribution, logit)| Contribution {
        rule: match contribution.of {
            Source::Base => "base".to_owned(),
            Source::Target => "target".to_owned(),
            Source::Averaging => "averaging".to_owned(),
            Source::Rule(rule) => hurdle.rules[rule].id.clone(),
        },
        logit,
        holds: four(contribution.holds),
        because: hurdles::because(writer, it, contribution),
        prior: hurdles::prior(writer, it, contribution.of).map(|weight| weight.mean),
        weight: hurdles::in_force(writer, it, contribution.of).map(|weight| weight.mean),
        spread: hurdles::in_force(writer, it, contribution.of).map(|weight| four(weight.spread)),
        reason: hurdles::reason(writer, it, contribution.of).map(str::to_owned),
        support: hurdles::source(writer, it, contribution.of)
            .map(|from| support(writer, it.hurdle, contribution.of, from)),
    });
    Ground {
        id: hurdle.id.clone(),
        name: writer.say(&hurdle.name).to_owned(),
        p: four(it.p),
        answers: it.answers.map(four),
        logit: four(it.logit),
        cure: hurdle.cure.id(),
        contributions: contributions.collect(),
    }
}

fn support(writer: &Writer<'_>, hurdle: usize, of: Source, support: &Support) -> SupportOf {
    let counts = match of {
        Source::Rule(rule) => Some(rule_record::counts(writer.engine, writer.decided(), hurdle, rule)),
        _ => None,
    };
    let cases_with = match of {
        Source::Rule(rule) => rule_record::with_fact(writer.engine, writer.decided(), hurdle, rule),
        _ => Vec::new(),
    };
    SupportOf {
        kind: support.kind(),
        cases: support.cases().iter().map(ToString::to_string).collect(),
        law: if let Support::Statute(law) = support { Some(law.clone()) } else { None },
        with: counts.map(|counts| counts.with),
        cases_with: cases_with.into_iter().map(|case| case.id.clone()).collect(),
        without: counts.map(|counts| counts.without),
    }
}

/// Decided cases named beside a target.
pub(super) const NEAREST: usize = 6;

fn actions(writer: &Writer<'_>, list: &[Worth]) -> Vec<Action> {
    let middle = |[low, high]: [f64; 2]| f64::midpoint(low, high);
    let list = list.iter().map(|worth| {
        let action = &writer.pack.actions[worth.action];
        Action {
            id: action.id.clone(),
            outlook: four(worth.outlook),
            net: worth.net.map(json_number),
            confidence: worth.confidence,
            cost: middle(action.cost),
            days: middle(action.days),
            cost_range: action.cost,
            days_range: action.days,
            estimate: true,
            width: four(worth.width),
            outlook_after: four(worth.after.expected),
            blocked_after: worth.blocked.len(),
            depends: worth.depends,
            name: writer.say(&action.name).to_owned(),
        }
    });
    list.collect()
}

fn nearest(writer: &Writer<'_>, it: &TargetResult) -> Vec<NearCase> {
    let Some(profile) = writer.profile(it) else { return Vec::new() };
    let ids = |list: &[usize]| list.iter().map(|at| writer.pack.questions[*at].id.clone()).collect();
    let near = writer.engine.nearest(&writer.answers(), profile, NEAREST).into_iter().map(|near| NearCase {
        id: near.case.id.clone(),
        shared: near.agrees.len(),
        agrees: ids(&near.agrees),
        differs: ids(&near.differs),
        nearness: near.nearness,
        outcome: near.case.outcome.id(),
    });
    near.collect()
}

fn next_questions(writer: &Writer<'_>) -> Vec<NextQuestion> {
    let open = writer.open_questions().iter();
    open.map(|open| NextQuestion {
        question: writer.pack.questions[open.question].id.clone(),
        narrows: four(open.narrows),
        outlook: open.outlook.map(four),
        number: open.question + 1,
    })
    .collect()
}

fn money(writer: &Writer<'_>, target: &TargetResult) -> Money {
    let it = &target.money;
    let ends = |[low, _, high]: [Decimal; 3]| [json_number(low), json_number(high)];
    Money {
        currency: writer.assessment.exchange.currency.clone(),
        cost: ends(it.cost),
        recoverable: it.recoverable.map(ends),
        net: it.net.map(|net| Net { expected: json_number(net[1]), range: ends(net) }),
        ratio: it.ratio,
        break_even: it.break_even.map(json_number),
        claim: it.claim.map(|claim| claim.map(json_number)),
        assets: it.assets.map(|assets| assets.map(json_number)),
        expected_cost: json_number(it.cost[1]),
        expected_recoverable: it.recoverable.map(|values| json_number(values[1])),
        funders: writer
            .pack
            .funders
            .iter()
            .map(|funder| FunderView {
                id: funder.id.clone(),
                met: meets(funder, target),
                source: funder.source.clone(),
            })
            .collect(),
    }
}

fn deadline(writer: &Writer<'_>, target: &TargetResult, it: &scoring::deadline::Deadline) -> Deadline {
    Deadline {
        what: writer.what(it, target),
        id: match it.what {
            What::Target => "target".to_owned(),
            What::Home(at) => writer.pack.home_deadlines[at].id.clone(),
        },
        date: it.date.map(|date| date.to_string()),
        days: it.days,
        earliest: it.earliest,
        interrupted: it.interrupted,
    }
}

fn confidence(writer: &Writer<'_>, target: &str, it: &Confidence) -> ConfidenceOf {
    let hurdles = it.lowest_first().into_iter().map(|value| {
        let hurdle = &writer.pack.confidence[value.hurdle];
        Hurdle {
            id: hurdle.id.clone(),
            value: four(value.value),
            weight: four(hurdle.weight),
            because: target_part::rests_on(writer, value),
            range: value.range.map(four),
            raise: writer.say(&hurdle.raise).to_owned(),
        }
    });
    ConfidenceOf { jurisdiction: target.to_owned(), index: it.index, hurdles: hurdles.collect() }
}

fn answer_lines(writer: &Writer<'_>) -> Vec<AnswerLine> {
    let visible = crate::flow::visible(writer.pack, &writer.matter);
    let questions = writer.pack.questions.iter().zip(visible).filter(|(_, shown)| *shown);
    questions
        .map(|(question, _)| {
            let answer = writer.matter.answer(&question.id);
            let known = answer.filter(|answer| answer.value != crate::matter::Value::Unknown);
            AnswerLine {
                question: question.id.clone(),
                answer: match (known, answer) {
                    (Some(answer), _) => writer.wording.value(question, &answer.value),
                    (None, Some(_)) => answers::unknown(writer.lang).to_owned(),
                    (None, None) => answers::not_asked(writer.lang).to_owned(),
                },
                basis: match (known, answer) {
                    (Some(answer), _) => answer.basis.map_or("told", crate::matter::Basis::id),
                    (None, Some(_)) => "unknown",
                    (None, None) => "not-asked",
                },
                evidence: answer.map(|answer| answer.evidence.clone()).unwrap_or_default(),
                note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

/// Four decimals: what a probability is printed with.
fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}
