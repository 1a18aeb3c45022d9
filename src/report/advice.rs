//! What to do and what to find out: actions with the verdict after each, open questions, and the
//! nearest decided cases.
//!
//! Must not: rank anything; the scoring has done so. Costs and days are estimates and say so.

use super::words::Writer;
use super::{Blocks, Form, Options, Text};
use crate::messages::{advice as words, num, word};
use crate::numbers;
use crate::pack::{Outcome, Profile};
use crate::scoring::TargetResult;

/// Lines of each list in the short form, and in the full form.
const SHORT: usize = 3;
const FULL: usize = 12;
/// Nearest cases shown.
const NEAREST: usize = 6;
/// Cases under which no rate is printed beside them (MODEL.md).
const FEW: usize = 5;

/// The cure plan: each action with what it changes and the verdict after it.
pub(super) fn actions(writer: &Writer<'_>, options: Options, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    let most = if options.form == Form::Short { SHORT } else { FULL };
    let list = writer.actions(target);
    if list.is_empty() {
        return;
    }
    out.heading(3, &format!("{}-actions", target.id), words::actions(lang));
    out.paragraph(words::actions_note(lang));
    let signed = |points: f64| {
        let points = (points * 100.0).round();
        if points == 0.0 { num::none(lang).to_owned() } else { format!("{points:+.0}") }
    };
    let rows = list.iter().take(most).map(|worth| {
        let action = &writer.pack.actions[worth.action];
        let name = writer.say(&action.name);
        let name = if worth.depends { words::depends(lang, name) } else { name.to_owned() };
        let after = writer.say(&writer.pack.word(worth.after.expected).name);
        let after = num::bracket(lang, writer.percent(worth.after.expected), after);
        let after = if worth.blocked.is_empty() { after } else { words::still_blocked(lang, after) };
        let money = |value: f64| writer.estimate(crate::scoring::money::decimal(value));
        let cost = numbers::range(&money(action.cost[0]), &money(action.cost[1]), lang);
        let days = words::days(lang, action.days[1], action.days[0]);
        let net = worth.net.map_or_else(|| num::none(lang).to_owned(), |net| writer.estimate(net));
        vec![
            name.into(),
            signed(worth.outlook).into(),
            after.into(),
            net.into(),
            (if worth.confidence == 0 { num::none(lang).to_owned() } else { format!("{:+}", worth.confidence) }).into(),
            cost.into(),
            days.into(),
        ]
    });
    let columns = [
        (words::action(lang), false),
        (words::outlook_points(lang), true),
        (words::after(lang), false),
        (words::net(lang), true),
        (words::confidence(lang), true),
        (words::cost(lang), true),
        (words::time(lang), true),
    ];
    out.table(words::actions(lang), &columns, rows.collect());
    if options.form == Form::Full {
        let how = list.iter().take(most).map(|worth| {
            let action = &writer.pack.actions[worth.action];
            Text::strong(writer.say(&action.name)).and(Text::plain(&format!(
                "{}{}",
                num::colon(lang),
                writer.sentences(&[writer.say(&action.how).to_owned(), writer.say(&action.estimate).to_owned()])
            )))
        });
        out.list(true, how.collect());
    }
}

/// The open questions, the most telling first.
pub(super) fn questions(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    let most = if options.form == Form::Short { SHORT } else { FULL };
    let open = writer.open_questions();
    if open.is_empty() {
        return;
    }
    out.heading(2, "next-questions", words::questions(lang));
    out.paragraph(words::questions_note(lang));
    let items = open.iter().take(most).map(|open| {
        let question = &writer.pack.questions[open.question];
        let narrows = num::points(lang, format!("{:.0}", open.narrows * 100.0));
        let between = numbers::percent_range(open.outlook, lang);
        let line = words::question(lang, writer.say(&question.ask), between, narrows, writer.say(&question.proof));
        Text::from(line)
    });
    out.list(true, items.collect());
}

/// The decided cases nearest by shared facts, won and lost alike.
pub(super) fn nearest(writer: &Writer<'_>, target: &TargetResult, profile: &Profile, out: &mut Blocks) {
    let lang = writer.lang;
    let near = writer.engine.nearest(&writer.matter, profile, NEAREST);
    out.heading(3, &format!("{}-nearest", target.id), words::nearest(lang));
    let lost = near.iter().filter(|near| !near.case.outcome.won()).count();
    out.paragraph(words::nearest_note(lang));
    if near.len() >= FEW {
        out.paragraph(words::nearest_count(lang, lost, near.len()));
    }
    let asks = |list: &[usize]| {
        let asks: Vec<String> = list.iter().map(|at| writer.quoted(*at)).collect();
        if asks.is_empty() { num::none(lang).to_owned() } else { asks.join(num::semicolon(lang)) }
    };
    let rows = near.iter().map(|near| {
        let outcome: &str = word(lang, "outcome", Outcome::id(near.case.outcome));
        vec![
            num::bracket(lang, writer.place(&near.case.jurisdiction), &near.case.name).into(),
            outcome.into(),
            asks(&near.agrees).into(),
            asks(&near.differs).into(),
            writer.say(&near.case.lesson).into(),
        ]
    });
    let columns = [
        (words::case(lang), false),
        (words::outcome(lang), false),
        (words::agrees(lang), false),
        (words::differs(lang), false),
        (words::lesson(lang), false),
    ];
    out.table(words::nearest(lang), &columns, rows.collect());
}
