//! What to do and what to find out: actions with the verdict after each, open questions, and the
//! nearest decided cases, in the order of the scoring. Costs and days are estimates and say so.

use crate::messages::{advice as words, cases_one, num, plan, word};
use crate::numbers;
use crate::pack::{Action, Cure, Outcome};
use crate::report::sentences::Writer;
use crate::report::{Blocks, Form, Options, Text};
use crate::scoring::actions::Worth;
use crate::scoring::nearest_cases::Nearest;
use crate::scoring::questions::OpenQuestion;
use crate::scoring::{Assessment, GroundResult, Outlook, TargetResult};

/// Lines of each list in the short form, and in the full form.
const SHORT: usize = 3;
const FULL: usize = 12;
/// Nearest cases shown.
pub(crate) const NEAREST: usize = 6;
/// Cases under which no rate is printed beside them (MODEL.md).
const FEW: usize = 5;

/// An action as something to do: how, by whom, by when, for what.
pub(in crate::report) fn step(writer: &Writer<'_>, worth: &Worth) -> Text {
    let lang = writer.lang;
    let action = &writer.pack.actions[worth.action];
    let (how, who) = (writer.say(&action.how), writer.say(&action.who));
    let (cost, date) = (cost(writer, action), done_by(writer, action));
    let rest =
        if who.is_empty() { plan::step_nobody(lang, cost, date, how) } else { plan::step(lang, cost, date, how, who) };
    let name = writer.say(&action.name);
    let name = if worth.depends { words::depends(lang, name) } else { name.to_owned() };
    Text::strong(&name).and(Text::plain(&rest))
}

/// What an action may cost.
pub(in crate::report) fn cost(writer: &Writer<'_>, action: &Action) -> String {
    let [low, high] = action.cost.map(crate::scoring::money::decimal);
    writer.estimates(low, high)
}

/// Days that an action may take.
pub(in crate::report) fn days(writer: &Writer<'_>, action: &Action) -> String {
    plan::days(writer.lang, action.days[1], action.days[0])
}

/// The day by which an action is done if it is begun on the day of the report and takes its longest.
fn done_by(writer: &Writer<'_>, action: &Action) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the pack keeps days within a few years")]
    let span = jiff::Span::new().try_days(action.days[1].ceil() as i64);
    let date = span.and_then(|span| writer.assessment.as_of.checked_add(span));
    date.map_or_else(|_out_of_range| num::none(writer.lang).to_owned(), |date| writer.date(date))
}

/// Each action with what it changes.
pub(crate) fn actions(writer: &Writer<'_>, options: Options, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    let most = if options.form == Form::Short { SHORT } else { FULL };
    let list = writer.actions(target);
    if list.is_empty() {
        return;
    }
    out.heading(3, &format!("{}-actions", target.id), words::actions(lang));
    if options.form == Form::Full {
        out.paragraph(words::actions_note(lang));
    }
    let signed = |points: f64| {
        let points = (points * 100.0).round();
        if points == 0.0 { num::none(lang).to_owned() } else { format!("{points:+.0}") }
    };
    let rows = list.iter().take(most).map(|worth| {
        let action = &writer.pack.actions[worth.action];
        let name = writer.say(&action.name);
        let name = if worth.depends { words::depends(lang, name) } else { name.to_owned() };
        let after = outlook_after(writer, &worth.after);
        let after = if worth.blocked.is_empty() { after } else { words::still_blocked(lang, after) };
        let net = worth.net.map_or_else(|| num::none(lang).to_owned(), |net| writer.estimate(net));
        let (who, date) = (writer.say(&action.who), done_by(writer, action));
        let who_when = if who.is_empty() { date } else { plan::who_by(lang, date, who) };
        if options.form == Form::Short {
            // Who does it and by when has stood on the first page.
            return vec![name.into(), after.into(), net.into(), cost(writer, action).into()];
        }
        vec![
            name.into(),
            signed(worth.outlook).into(),
            after.into(),
            net.into(),
            (if worth.confidence == 0 { num::none(lang).to_owned() } else { format!("{:+}", worth.confidence) }).into(),
            cost(writer, action).into(),
            who_when.into(),
        ]
    });
    if options.form == Form::Short {
        let columns = [
            (words::action(lang), false),
            (words::after(lang), false),
            (words::net(lang), true),
            (words::cost(lang), true),
        ];
        out.table(words::actions(lang), &columns, rows.collect());
        return;
    }
    let columns = [
        (words::action(lang), false),
        (words::outlook_points(lang), true),
        (words::after(lang), false),
        (words::net(lang), true),
        (words::confidence(lang), true),
        (words::cost(lang), true),
        (plan::who_when(lang), false),
    ];
    out.table(words::actions(lang), &columns, rows.collect());
    let how = list.iter().take(most).map(|worth| {
        let action = &writer.pack.actions[worth.action];
        let estimate = num::bracket(lang, writer.say(&action.estimate), days(writer, action));
        Text::strong(writer.say(&action.name)).and(Text::plain(&format!(
            "{}{}",
            num::colon(lang),
            writer.sentences(&[writer.say(&action.how).to_owned(), estimate])
        )))
    });
    out.list(true, how.collect());
}

/// `likely (69%)`.
fn outlook_after(writer: &Writer<'_>, after: &Outlook) -> String {
    let word = writer.say(&writer.pack.word(after.expected).name);
    num::bracket(writer.lang, writer.percent(after.expected), word)
}

/// Chance under which a hurdle needs no cure.
const SMALL: f64 = 0.02;
/// Fall of a hurdle's chance from which an action is said to mend it.
const MENDS: f64 = 0.002;

/// A weakness with what mends it most.
pub(in crate::report) struct CureOf<'a> {
    pub(in crate::report) ground: &'a GroundResult,
    /// The action, and its place among the actions of the target.
    pub(in crate::report) by: Option<&'a Worth>,
}

/// Each hurdle that matters, the worst first, with the action that lowers it most.
pub(in crate::report) fn cures<'a>(
    writer: &Writer<'_>,
    target: &'a TargetResult,
    list: &'a [Worth],
) -> Vec<CureOf<'a>> {
    let order = |hurdle: usize| target.grounds.iter().position(|ground| ground.hurdle == hurdle);
    let blocked = |hurdle: usize| target.blocked.iter().any(|block| block.hurdle == hurdle);
    let weak = target.worst_first().into_iter().filter(|ground| ground.p >= SMALL || blocked(ground.hurdle));
    let cures = weak.map(|ground| {
        let p = |worth: &Worth| order(ground.hurdle).and_then(|at| worth.grounds.get(at).copied()).unwrap_or(ground.p);
        let best = list
            .iter()
            .filter(|worth| ground.p - p(worth) >= MENDS)
            .filter(|_| writer.hurdle(ground.hurdle).cure != Cure::Fixed)
            .min_by(|a, b| p(a).total_cmp(&p(b)).then(a.action.cmp(&b.action)));
        CureOf { ground, by: best }
    });
    cures.collect()
}

/// The outlook after every action that makes sense on what is known, taken together.
pub(in crate::report) fn together(writer: &Writer<'_>, target: &TargetResult, list: &[Worth]) -> Option<Outlook> {
    let sure: Vec<usize> = list.iter().filter(|worth| !worth.depends).map(|worth| worth.action).collect();
    let profile = writer.profile(target)?;
    let Assessment { exchange, as_of, .. } = writer.assessment;
    let all = || writer.engine.together(&writer.answers(), profile, exchange, *as_of, &sure);
    (!sure.is_empty()).then(all)
}

/// The cure plan, weakness by weakness.
pub(in crate::report) fn plan(writer: &Writer<'_>, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    let list = writer.actions(target);
    let cures = cures(writer, target, list);
    if cures.is_empty() {
        return;
    }
    out.heading(3, &format!("{}-cure", target.id), plan::heading(lang));
    out.paragraph(plan::note(lang));
    let rows = cures.iter().map(|cure| {
        let hurdle = writer.hurdle(cure.ground.hurdle);
        let none = || num::none(lang).to_owned();
        let at = target.grounds.iter().position(|ground| ground.hurdle == cure.ground.hurdle);
        let (action, then, verdict) = match cure.by {
            Some(worth) => {
                let name = writer.say(&writer.pack.actions[worth.action].name);
                let name = if worth.depends { words::depends(lang, name) } else { name.to_owned() };
                let p = at.and_then(|at| worth.grounds.get(at).copied()).unwrap_or(cure.ground.p);
                (name, writer.percent(p), outlook_after(writer, &worth.after))
            }
            None if hurdle.cure == Cure::Fixed => (plan::fixed(lang, writer.say(&hurdle.answer)), none(), none()),
            None => (plan::no_action(lang, writer.say(&hurdle.answer)), none(), none()),
        };
        vec![
            writer.say(&hurdle.name).into(),
            writer.percent(cure.ground.p).into(),
            writer.cure(hurdle.cure).into(),
            action.into(),
            then.into(),
            verdict.into(),
        ]
    });
    let columns = [
        (plan::weakness(lang), false),
        (plan::now(lang), true),
        (plan::cure(lang), false),
        (plan::action(lang), false),
        (plan::then(lang), true),
        (plan::verdict(lang), false),
    ];
    out.table(plan::heading(lang), &columns, rows.collect());
    if let Some(all) = together(writer, target, list) {
        out.paragraph(plan::together(lang, outlook_after(writer, &all)));
    }
}

/// The open questions, the most telling first.
pub(in crate::report) fn questions(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    let most = if options.form == Form::Short { SHORT } else { FULL };
    // What would be printed as no points at all is left out.
    let open: Vec<&OpenQuestion> = writer.open_questions().iter().filter(|open| open.narrows >= 0.005).collect();
    if open.is_empty() {
        return;
    }
    out.heading(2, "next-questions", words::questions(lang));
    if options.form == Form::Full {
        out.paragraph(words::questions_note(lang));
    }
    let items = open.iter().take(most).map(|open| {
        let question = &writer.pack.questions[open.question];
        let narrows = writer.points(open.narrows);
        let between = numbers::percent_range(open.outlook, lang);
        if options.form == Form::Short {
            return plan::find_out_short(lang, writer.say(&question.ask), narrows).into();
        }
        let line = words::question(lang, writer.say(&question.ask), between, narrows, writer.say(&question.proof));
        Text::from(line)
    });
    out.list(true, items.collect());
}

/// The decided cases nearest by shared facts, won and lost alike.
pub(crate) fn nearest<'a>(writer: &Writer<'a>, target: &TargetResult, near: &[Nearest<'a>], out: &mut Blocks) {
    let lang = writer.lang;
    if near.is_empty() {
        return;
    }
    out.heading(3, &format!("{}-nearest", target.id), words::nearest(lang));
    let lost = near.iter().filter(|near| !near.case.outcome.won()).count();
    let count = if near.len() >= FEW { cases_one::nearest } else { cases_one::nearest_few };
    out.paragraph(count(lang, lost, near.len()));
    out.paragraph(words::nearest_note(lang));
    let asks = |list: &[usize]| {
        let asks: Vec<String> = list.iter().map(|at| writer.wording.fact(*at)).collect();
        if asks.is_empty() { num::none(lang).to_owned() } else { asks.join(num::semicolon(lang)) }
    };
    let rows = near.iter().map(|near| {
        let outcome: &str = word(lang, "outcome", Outcome::id(near.case.outcome));
        vec![
            num::bracket(lang, writer.place_of_case(near.case), &near.case.name).into(),
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
