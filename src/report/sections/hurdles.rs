//! The legal hurdles of a target: how likely each is to defeat the judgment, and why. The contributions printed add up to the log-odds printed, also when they
//! are added up by hand.

use crate::messages::{figure, hurdle, num, report as heading, weigh, word};
use crate::numbers;
use crate::pack::hurdle::Weight;
use crate::pack::{Profile, Support};
use crate::report::figure::{Figure, Step, Steps, Total};
use crate::report::sentences::Writer;
use crate::report::{Audience, Bar, Blocks, Form, Options, Text};
use crate::scoring::target::Source;
use crate::scoring::{Contribution, GroundResult, TargetResult, rule_record};

/// Hurdles that the short form names.
const SHORT: usize = 3;

pub(in crate::report) fn write(
    writer: &Writer<'_>,
    options: Options,
    target: &TargetResult,
    profile: &Profile,
    out: &mut Blocks,
) {
    let lang = writer.lang;
    out.heading(3, &format!("{}-hurdles", target.id), heading::hurdles(lang));
    let short = options.form == Form::Short;
    let worst: Vec<&GroundResult> =
        target.worst_first().into_iter().take(if short { SHORT } else { usize::MAX }).collect();
    let rows = worst.iter().map(|ground| {
        let it = writer.hurdle(ground.hurdle);
        vec![
            writer.say(&it.name).into(),
            writer.percent(ground.p).into(),
            numbers::percent_range(ground.answers, lang).into(),
            writer.cure(it.cure).into(),
        ]
    });
    let columns = [
        (hurdle::name(lang), false),
        (hurdle::chance(lang), true),
        (hurdle::range(lang), true),
        (hurdle::cure(lang), false),
    ];
    out.table(heading::hurdles(lang), &columns, rows.collect());
    if short {
        return;
    }
    chart(writer, &worst, out);
    out.paragraph(hurdle::product(lang));
    out.figure(Figure::Steps(steps(writer, target, &worst)));
    out.heading(3, &format!("{}-details", target.id), heading::hurdle_details(lang));
    if options.audience == Audience::Counsel {
        out.paragraph(hurdle::scale(lang));
    }
    for ground in worst {
        detail(writer, options, target, profile, ground, out);
    }
}

/// How likely each of some hurdles is to defeat the judgment, drawn.
pub(crate) fn chart(writer: &Writer<'_>, grounds: &[&GroundResult], out: &mut Blocks) {
    let bars = grounds.iter().map(|ground| bar(writer, ground));
    out.chart(hurdle::chart(writer.lang), false, bars.collect());
}

/// From certainty down to the outlook, the worst hurdle first. Where the product of the expected
/// figures prints otherwise than the outlook, the difference is a step of its own.
pub(crate) fn steps(writer: &Writer<'_>, target: &TargetResult, worst: &[&GroundResult]) -> Steps {
    let lang = writer.lang;
    let mut left = 1.0;
    let mut rows: Vec<Step> = worst
        .iter()
        .map(|ground| {
            let from = left;
            left *= 1.0 - ground.p;
            let label = writer.say(&writer.hurdle(ground.hurdle).name).into();
            Step { label, factor: Some(1.0 - ground.p), from, to: left }
        })
        .collect();
    let expected = target.outlook.expected;
    if writer.percent(left) != writer.percent(expected) {
        rows.push(Step { label: figure::shared(lang).into(), factor: None, from: left, to: expected });
    }
    let total = Total { label: figure::total(lang).into(), value: expected };
    Steps { caption: figure::steps(lang).into(), rows, total }
}

fn bar(writer: &Writer<'_>, ground: &GroundResult) -> Bar {
    Bar {
        label: writer.say(&writer.hurdle(ground.hurdle).name).into(),
        value: ground.p,
        range: Some(ground.answers),
        words: writer.percent(ground.p).into(),
    }
}

fn detail(
    writer: &Writer<'_>,
    options: Options,
    target: &TargetResult,
    profile: &Profile,
    ground: &GroundResult,
    out: &mut Blocks,
) {
    let lang = writer.lang;
    let it = writer.hurdle(ground.hurdle);
    let title = crate::messages::debtor::heading(lang, writer.say(&it.name), writer.percent(ground.p));
    out.heading(4, &format!("{}-{}", target.id, it.id), &title);
    out.paragraph(hurdle::court_asks(lang, writer.say(&it.asks)));
    match options.audience {
        Audience::Counsel => weights(writer, ground, out),
        Audience::Creditor => sentences(writer, ground, out),
    }
    if options.audience == Audience::Counsel
        && let Some(seen) = profile.ground(&it.id)
    {
        out.paragraph(hurdle::seen(lang, writer.say(&seen.how), word(lang, "seen", &seen.seen)));
    }
}

/// For a creditor: what speaks for and against, weightiest first.
fn sentences(writer: &Writer<'_>, ground: &GroundResult, out: &mut Blocks) {
    let lang = writer.lang;
    let items: Vec<Text> = ground
        .contributions
        .iter()
        .filter(|contribution| matches!(contribution.of, Source::Rule(_)))
        .map(|contribution| {
            let because = because(writer, ground, contribution);
            if contribution.logit > 0.0 { hurdle::against(lang, because) } else { hurdle::for_you(lang, because) }
                .into()
        })
        .collect();
    if items.is_empty() {
        out.paragraph(hurdle::nothing(lang));
    }
    out.list(false, items);
}

/// For counsel: every weight with its support.
fn weights(writer: &Writer<'_>, ground: &GroundResult, out: &mut Blocks) {
    let lang = writer.lang;
    let parts: Vec<f64> = ground.contributions.iter().map(|contribution| contribution.logit).collect();
    let shown = numbers::parts_of_total(&parts, ground.logit, 2);
    let mut rows: Vec<Vec<Text>> = ground
        .contributions
        .iter()
        .zip(shown)
        .map(|(contribution, logit)| {
            let weight = weight(writer, ground, contribution.of);
            vec![
                because(writer, ground, contribution).into(),
                numbers::log_odds(logit).into(),
                weight.unwrap_or_else(|| num::none(lang).to_owned()).into(),
                support(writer, ground, contribution).into(),
            ]
        })
        .collect();
    rows.push(vec![
        hurdle::sum(lang, writer.percent(ground.p)).into(),
        numbers::log_odds(ground.logit).into(),
        num::none(lang).into(),
        num::none(lang).into(),
    ]);
    let columns = [
        (hurdle::what(lang), false),
        (hurdle::logit(lang), true),
        (weigh::column(lang), false),
        (hurdle::support(lang), false),
    ];
    out.table(writer.say(&writer.hurdle(ground.hurdle).name), &columns, rows);
}

/// The weight of a contribution: prior, in force, spread; `None` for what has no weight of its own.
pub(crate) fn weight(writer: &Writer<'_>, ground: &GroundResult, of: Source) -> Option<String> {
    let (prior, weight) = prior(writer, ground, of).zip(in_force(writer, ground, of))?;
    let spread = format!("{:.2}", weight.spread);
    Some(weigh::value(writer.lang, numbers::log_odds(prior.mean), spread, numbers::log_odds(weight.mean)))
}

/// What a contribution is, in a sentence.
pub(crate) fn because(writer: &Writer<'_>, ground: &GroundResult, contribution: &Contribution) -> String {
    let lang = writer.lang;
    let it = writer.hurdle(ground.hurdle);
    match contribution.of {
        Source::Base => hurdle::base(lang, writer.say(&it.reason)),
        Source::Target => hurdle::here(lang).to_owned(),
        Source::Averaging => hurdle::averaging(lang).to_owned(),
        Source::Rule(rule) => {
            let because = writer.say(&it.rules[rule].because);
            if contribution.holds < 1.0 {
                hurdle::holds(lang, because, writer.percent(contribution.holds))
            } else {
                because.to_owned()
            }
        }
    }
}

/// The prior of a contribution's weight; `None` for what has no weight of its own.
pub(in crate::report) fn prior(writer: &Writer<'_>, ground: &GroundResult, of: Source) -> Option<Weight> {
    let it = writer.hurdle(ground.hurdle);
    match of {
        Source::Base => Some(it.base),
        Source::Rule(rule) => Some(it.rules[rule].weight),
        Source::Target | Source::Averaging => None,
    }
}

/// The weight in force, with its standard deviation.
pub(in crate::report) fn in_force(writer: &Writer<'_>, ground: &GroundResult, of: Source) -> Option<Weight> {
    let weights = &writer.engine.weights.hurdles[ground.hurdle];
    let at = match of {
        Source::Base => 0,
        Source::Rule(rule) => rule + 1,
        Source::Target | Source::Averaging => return None,
    };
    Some(Weight { mean: weights.means[at], spread: weights.spread(at) })
}

/// Why the prior has its size.
pub(crate) fn reason<'w>(writer: &Writer<'w>, ground: &GroundResult, of: Source) -> Option<&'w str> {
    let it = writer.hurdle(ground.hurdle);
    match of {
        Source::Base => Some(writer.say(&it.reason)),
        Source::Rule(rule) => Some(writer.say(&it.rules[rule].reason)),
        Source::Target | Source::Averaging => None,
    }
}

/// The support of a contribution, as the pack has it.
pub(crate) fn source<'w>(writer: &Writer<'w>, ground: &GroundResult, of: Source) -> Option<&'w Support> {
    let it = writer.hurdle(ground.hurdle);
    match of {
        Source::Base => Some(&it.support),
        Source::Rule(rule) => Some(&it.rules[rule].support),
        Source::Target | Source::Averaging => None,
    }
}

/// The counts in words; where no case speaks to the fact, that is said.
pub(crate) fn counts_in_words(counts: rule_record::Counts, lang: crate::lang::Lang) -> String {
    match (counts.with, counts.without) {
        ([_, 0], [_, 0]) => hurdle::counts_none(lang).to_owned(),
        ([_, 0], [without, without_of]) => hurdle::counts_without(lang, without, without_of),
        ([n, of], [_, 0]) => hurdle::counts_with(lang, n, of),
        ([n, of], [without, without_of]) => hurdle::counts(lang, n, of, without, without_of),
    }
}

fn support(writer: &Writer<'_>, ground: &GroundResult, contribution: &Contribution) -> String {
    let lang = writer.lang;
    let Some(support) = source(writer, ground, contribution.of) else { return num::none(lang).to_owned() };
    let words = writer.support(support);
    match (support, contribution.of) {
        // Whatever a rule rests on, the decided cases that have its fact are counted beside it.
        (_, Source::Rule(rule)) => {
            let counts = writer.counts(ground.hurdle, rule);
            [words, counts_in_words(counts, lang)].join(num::semicolon(lang))
        }
        _ => words,
    }
}
