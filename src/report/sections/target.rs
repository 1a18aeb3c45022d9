//! One target: outlook, law, hurdles, confidence, money, deadlines, the debtor's case, cases,
//! documents, each in its own file or below.

use super::{advice, cases, hurdles, money};
use crate::messages::{
    confidence, deadline, documents, law, num, outlook, papers as papers_words, report as heading, word,
};
use crate::numbers;
use crate::pack::{Measure, Profile};
use crate::report::sentences::Writer;
use crate::report::{Audience, Bar, Blocks, Form, Options, Text};
use crate::scoring::TargetResult;
use crate::scoring::confidence::{HurdleValue, Measured};
use crate::scoring::deadline::What;

pub(in crate::report) fn write(
    writer: &Writer<'_>,
    options: Options,
    target: &TargetResult,
    profile: &Profile,
    out: &mut Blocks,
) {
    out.heading(2, &target.id, writer.say(&profile.name));
    outlook_part(writer, options, target, out);
    if options.form == Form::Full {
        law_part(writer, options, profile, out);
    }
    hurdles::write(writer, options, target, profile, out);
    confidence_part(writer, options, target, out);
    money::write(writer, options, target, profile, out);
    deadlines(writer, options, target, profile, out);
    if options.form == Form::Full {
        advice::plan(writer, target, out);
    }
    advice::actions(writer, options, target, out);
    if options.form == Form::Full {
        cases::debtor(writer, options, target, false, out);
        advice::nearest(writer, target, &writer.engine.nearest(&writer.answers(), profile, advice::NEAREST), out);
        cases::decided(writer, target, profile, out);
        papers(writer, target, profile, out);
    }
}

/// Standard error, in points, under which the sample counts as good as exact for a reader.
const ONE_POINT: f64 = 0.01;

/// The outlook with its ranges; in the short form only what may block, as the first page has the rest.
pub(crate) fn outlook_part(writer: &Writer<'_>, options: Options, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    if options.form == Form::Short {
        // The first page has said the rest; blocks stand there with their cures.
        out.list(false, target.may_block.iter().map(|block| writer.may_block(block).into()).collect());
        return;
    }
    out.heading(3, &format!("{}-outlook", target.id), heading::outlook(lang));
    out.paragraph(Text::strong(&writer.outlook(target)));
    for words in writer.blocks_with_cure(target).into_iter().flatten() {
        out.note(words);
    }
    out.paragraph(outlook::ranges(lang));
    let exact = target.outlook.exactness;
    if exact.standard_error >= ONE_POINT {
        let points = writer.points(exact.standard_error);
        out.note(outlook::sampled_rough(lang, points));
    } else if exact.standard_error > 0.0 {
        out.note(outlook::sampled(lang));
    }
    if exact.outer_bound {
        out.note(outlook::bound(lang));
    }
}

fn law_part(writer: &Writer<'_>, options: Options, profile: &Profile, out: &mut Blocks) {
    let lang = writer.lang;
    let say = |text| writer.say(text);
    out.heading(3, &format!("{}-law", profile.id), heading::law(lang));
    let with_word = |section: &str, id: &str, text: &str| {
        let word = word(lang, section, id);
        if text.is_empty() { word.to_owned() } else { format!("{word}{}{text}", num::semicolon(lang)) }
    };
    let procedure = &profile.procedure;
    let mut pairs: Vec<(Text, Text)> = vec![
        (law::basis(lang).into(), with_word("basis-kind", &profile.basis.kind, say(&profile.basis.instrument)).into()),
        (law::procedure(lang).into(), say(&profile.basis.procedure).into()),
    ];
    let reciprocity = with_word("reciprocity", &profile.basis.reciprocity, say(&profile.basis.reciprocity_note));
    pairs.push((law::reciprocity(lang).into(), reciprocity.into()));
    pairs.push((law::service(lang).into(), say(&profile.service.standard).into()));
    let announcement = word(lang, "announcement", &profile.service.announcement);
    pairs.push((law::announcement(lang).into(), announcement.into()));
    let discovery = law::discovery_value(
        lang,
        word(lang, "level", &procedure.cross_examination),
        word(lang, "level", &procedure.discovery),
        word(lang, "level", &procedure.security_for_costs),
    );
    pairs.push((law::discovery(lang).into(), discovery.into()));
    pairs.push((law::translation(lang).into(), say(&procedure.translation).into()));
    if options.audience == Audience::Counsel {
        pairs.push((
            law::mediation(lang).into(),
            with_word("mediation", &profile.mediation.status, say(&profile.mediation.note)).into(),
        ));
        let interest = with_word("level", &profile.interest.double_interest, say(&profile.interest.note));
        pairs.push((law::interest(lang).into(), interest.into()));
        pairs.push((law::currency(lang).into(), say(&profile.interest.currency).into()));
        let state = writer.matter.state_of(writer.pack, &profile.id);
        for treaty in state.into_iter().flat_map(|state| writer.pack.treaties_with(state)) {
            let covers = if treaty.covers_judgments { law::treaty_covers(lang) } else { law::treaty_not(lang) };
            pairs.push((law::treaty(lang).into(), num::bracket(lang, covers, say(&treaty.state)).into()));
        }
    }
    pairs.push((law::notes(lang).into(), say(&profile.notes).into()));
    out.key_values(pairs);
}

/// Hurdles of confidence that the short form names.
const SHORT: usize = 2;

/// Creditor confidence: each hurdle with what it rests on.
pub(crate) fn confidence_part(writer: &Writer<'_>, options: Options, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(3, &format!("{}-confidence", target.id), heading::confidence(lang));
    if options.form == Form::Full {
        let index = numbers::of_hundred(f64::from(target.confidence.index) / 100.0, lang);
        out.paragraph(confidence::index(lang, index));
    }
    let lowest = target.confidence.lowest_first();
    if options.form == Form::Short {
        let lines = lowest.into_iter().take(SHORT).map(|value| {
            let name = num::bracket(
                lang,
                numbers::of_hundred(value.value, lang),
                writer.say(&writer.pack.confidence[value.hurdle].name),
            );
            [name, rests_on(writer, value)].join(num::colon(lang)).into()
        });
        out.list(false, lines.collect());
        return;
    }
    let rows = lowest.iter().map(|value| {
        let hurdle = &writer.pack.confidence[value.hurdle];
        vec![
            writer.say(&hurdle.name).into(),
            numbers::of_hundred(value.value, lang).into(),
            writer.percent(hurdle.weight).into(),
            rests_on(writer, value).into(),
            writer.say(&hurdle.raise).into(),
        ]
    });
    let columns = [
        (confidence::hurdle(lang), false),
        (confidence::value(lang), true),
        (confidence::weight(lang), true),
        (confidence::because(lang), false),
        (confidence::raise(lang), false),
    ];
    out.table(heading::confidence(lang), &columns, rows.collect());
    let bars = lowest.iter().map(|value| Bar {
        label: writer.say(&writer.pack.confidence[value.hurdle].name).into(),
        value: value.value,
        range: Some(value.range),
        words: numbers::of_hundred(value.value, lang).into(),
    });
    out.chart(confidence::chart(lang), true, bars.collect());
}

/// What a hurdle of confidence rests on: its measure, the rules that hold, what is open.
pub(in crate::report) fn rests_on(writer: &Writer<'_>, value: &HurdleValue) -> String {
    let lang = writer.lang;
    let hurdle = &writer.pack.confidence[value.hurdle];
    let mut parts: Vec<String> = value.measured.iter().map(|measured| measure(writer, measured)).collect();
    parts.extend(value.rules.iter().map(|rule| writer.say(&hurdle.rules[*rule].because).to_owned()));
    if value.open && value.range[1] - value.range[0] > 1e-9 {
        let [low, high] = value.range.map(|end| format!("{:.0}", end * 100.0));
        parts.push(confidence::open(lang, numbers::range(&low, &high, lang)));
    }
    if parts.is_empty() {
        return writer.sentence(confidence::start(lang));
    }
    let parts: Vec<String> = parts.iter().map(|part| writer.sentence(part)).collect();
    writer.sentences(&parts)
}

fn measure(writer: &Writer<'_>, it: &Measured) -> String {
    let lang = writer.lang;
    let dollars = |value: f64| writer.estimate(crate::scoring::money::decimal(value));
    let whole = |value: f64| format!("{value:.0}");
    match (it.measure, it.have) {
        (Measure::BudgetOverCost, Some(have)) => confidence::budget(lang, dollars(have), dollars(it.need)),
        (Measure::BudgetOverCost, None) => confidence::budget_unknown(lang, dollars(it.need)),
        (Measure::HorizonOverMonths, Some(have)) => confidence::months(lang, whole(have), whole(it.need)),
        (Measure::HorizonOverMonths, None) => confidence::months_unknown(lang, whole(it.need)),
        (Measure::DocumentsInHand, Some(have)) => confidence::papers(lang, whole(have), whole(it.need)),
        (Measure::DocumentsInHand, None) => confidence::papers_unknown(lang, whole(it.need)),
    }
}

/// Until when recognition can be asked for, there and at home.
pub(crate) fn deadlines(
    writer: &Writer<'_>,
    options: Options,
    target: &TargetResult,
    profile: &Profile,
    out: &mut Blocks,
) {
    let lang = writer.lang;
    out.heading(3, &format!("{}-deadlines", target.id), heading::deadlines(lang));
    if options.form == Form::Short {
        let line = |it| [writer.what(it, target), writer.when(it)].join(num::colon(lang)).into();
        out.list(false, target.deadlines.iter().map(line).collect());
        return;
    }
    let rows = target.deadlines.iter().map(|it| {
        let period = match it.what {
            What::Target => {
                let years = numbers::years(profile.limitation.years, lang);
                deadline::period(lang, writer.say(&profile.limitation.runs_from), years)
            }
            What::Home(at) => {
                let years = writer.pack.home_deadlines[at].years;
                deadline::period_home(lang, numbers::years(years, lang))
            }
        };
        vec![writer.what(it, target).into(), writer.when(it).into(), period.into()]
    });
    let columns = [(deadline::what(lang), false), (deadline::when(lang), false), (deadline::how_long(lang), false)];
    out.table(heading::deadlines(lang), &columns, rows.collect());
    out.paragraph(writer.say(&profile.limitation.note));
    for it in &target.deadlines {
        if let What::Home(at) = it.what {
            let home = &writer.pack.home_deadlines[at];
            out.paragraph(writer.sentences(&[writer.say(&home.note).to_owned(), writer.say(&home.reason).to_owned()]));
        }
    }
}

/// The documents: the usual ones with what is in hand and how to get the rest, then the target's list.
fn papers(writer: &Writer<'_>, target: &TargetResult, profile: &Profile, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(3, &format!("{}-documents", target.id), heading::documents(lang));
    let list = writer.checklist();
    if list.iter().all(|paper| paper.in_hand.is_none()) {
        out.paragraph(documents::unknown(lang));
    }
    let rows = list.iter().map(|paper| {
        let have = match paper.in_hand {
            Some(true) => papers_words::yes(lang),
            Some(false) => papers_words::no(lang),
            None => papers_words::unknown(lang),
        };
        let none = || num::none(lang).to_owned();
        let (how, cost) = match (paper.in_hand, paper.action) {
            (Some(true), _) => (none(), none()),
            (_, Some(action)) => {
                let action = &writer.pack.actions[action];
                let (cost, days) = (advice::cost(writer, action), advice::days(writer, action));
                (writer.say(&action.how).to_owned(), papers_words::cost_time(lang, cost, days))
            }
            (_, None) => (papers_words::how_none(lang).to_owned(), none()),
        };
        vec![paper.name.as_str().into(), have.into(), how.into(), cost.into()]
    });
    let columns = [
        (papers_words::paper(lang), false),
        (papers_words::have(lang), false),
        (papers_words::how(lang), false),
        (papers_words::cost(lang), false),
    ];
    out.table(papers_words::standard(lang), &columns, rows.collect());
    out.paragraph(Text::strong(&documents::asked(lang, writer.say(&profile.name))));
    out.list(false, profile.procedure.documents.iter().map(|text| writer.say(text).into()).collect());
    out.paragraph(documents::note(lang));
}
