//! What was answered, on what basis, with evidence and notes; and what does not fit. An unknown answer
//! and a question that nobody asked are told apart.

use crate::flow;
use crate::matter::Value;
use crate::messages::{answers, finding, num, report as heading, word};
use crate::report::sentences::Writer;
use crate::report::{Blocks, Text};

/// What does not fit; a line that says so where everything does.
pub(in crate::report) fn findings(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "findings", heading::findings(lang));
    let findings = &writer.assessment.findings;
    if findings.is_empty() {
        out.paragraph(finding::none(lang));
    }
    out.list(false, findings.iter().map(|it| writer.finding(it).into()).collect());
}

pub(in crate::report) fn write(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "answers", heading::answers(lang));
    let visible = flow::visible(writer.pack, &writer.matter);
    let progress = flow::progress(writer.pack, &writer.matter, &visible);
    let [shown, asked, unknown] =
        progress.iter().fold([0; 3], |[a, b, c], p| [a + p.shown, b + p.asked, c + p.unknown]);
    out.paragraph(answers::summary(lang, asked - unknown, shown - asked, unknown));
    load_bearing(writer, out);
    let columns = [
        (answers::question(lang), false),
        (answers::answer(lang), false),
        (answers::basis(lang), false),
        (answers::notes(lang), false),
    ];
    for (at, section) in writer.pack.sections.iter().enumerate() {
        let questions =
            writer.pack.questions.iter().zip(&visible).filter(|(question, shown)| **shown && question.section == at);
        let rows: Vec<Vec<Text>> = questions.map(|(question, _)| row(writer, question)).collect();
        if rows.is_empty() {
            continue;
        }
        out.heading(3, &format!("answers-{}", section.id), writer.say(&section.title));
        out.table(writer.say(&section.title), &columns, rows);
    }
}

fn row(writer: &Writer<'_>, question: &crate::pack::Question) -> Vec<Text> {
    let lang = writer.lang;
    let ask = writer.say(&question.ask).into();
    let Some(answer) = writer.matter.answer(&question.id) else {
        return vec![ask, answers::not_asked(lang).into(), num::none(lang).into(), num::none(lang).into()];
    };
    let basis = match (&answer.value, answer.basis) {
        (Value::Unknown, _) | (_, None) => num::none(lang),
        (_, Some(basis)) => word(lang, "basis", basis.id()),
    };
    let mut notes = Vec::new();
    if !answer.evidence.is_empty() {
        notes.push(answers::evidence(lang, &answer.evidence));
    }
    if !answer.note.is_empty() {
        notes.push(answer.note.clone());
    }
    let notes = if notes.is_empty() { num::none(lang).to_owned() } else { notes.join(num::semicolon(lang)) };
    vec![ask, writer.wording.value(question, &answer.value).into(), basis.into(), notes.into()]
}

/// Answers that carry a result and rest on less than a document; each once, at its most.
fn load_bearing(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    let mut most: Vec<(usize, f64)> = Vec::new();
    for (question, moves) in writer.assessment.rows.iter().flat_map(|target| &target.evidence.load_bearing) {
        match most.iter_mut().find(|(known, _)| known == question) {
            Some((_, known)) => *known = known.max(*moves),
            None => most.push((*question, *moves)),
        }
    }
    if most.is_empty() {
        return;
    }
    most.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.paragraph(Text::strong(answers::load_bearing(lang)));
    let items = most.into_iter().map(|(question, moves)| {
        let points = writer.points(moves);
        answers::moves(lang, points, writer.wording.fact(question)).into()
    });
    out.list(false, items.collect());
}
