//! What to find out next: the open questions, each with how far an answer narrows the range.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::canvas::Canvas;
use super::Row;
use crate::messages::result as r;
use crate::numbers;
use crate::scoring::TargetResult;
use crate::scoring::questions::OpenQuestion;
use crate::text;
use crate::tui::model::{Model, ResultState};
use crate::tui::theme::Meaning;

/// Columns from which a question and its figures stand on one line.
const ONE_LINE: u16 = 90;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, result: &TargetResult, state: &ResultState) {
    let lang = model.lang;
    let Some(questions) = super::listed(model, &result.id, model.lists.questions.as_deref()) else {
        canvas.text(area.x, area.y, area.width, Meaning::Muted, r::working(lang));
        return;
    };
    if questions.is_empty() {
        canvas.text(area.x, area.y, area.width, Meaning::Muted, r::no_questions(lang));
        return;
    }
    let wide = area.width >= ONE_LINE;
    let ask = usize::from(area.width).saturating_sub(5 + 13 + 1 + 34);
    let mut top = area;
    if wide {
        let head = format!(
            "     {} {} {}",
            text::pad(r::column_question(lang), ask),
            text::pad(r::column_narrows(lang), 13),
            r::column_between(lang)
        );
        canvas.text(area.x, area.y, area.width, Meaning::Accent, &head);
        top = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    top.height = top.height.saturating_sub(1);
    let rows: Vec<Row> = questions
        .iter()
        .enumerate()
        .filter_map(|(n, open)| {
            let question = model.pack().questions.get(open.question)?;
            let pointer = if n == state.cursor { ">" } else { " " };
            let words = text::one_line(question.ask.get(lang));
            let room = if wide { ask } else { usize::from(area.width).saturating_sub(5) };
            let mut first =
                vec![canvas.span(Meaning::Text, format!("{pointer}{:>2}. {}", n + 1, text::pad(&words, room)))];
            let figures = figures(model, canvas, open, result.outlook.expected, wide);
            if wide {
                first.extend(figures);
                return Some(vec![Line::from(first)]);
            }
            let mut second = vec![Span::raw("     ")];
            second.extend(figures);
            Some(vec![Line::from(first), Line::from(second)])
        })
        .collect();
    canvas.rows(top, &rows, Some(state.cursor), true);
    canvas.text(area.x, area.bottom() - 1, area.width, Meaning::Muted, r::questions_says(lang));
}

/// How far the answer narrows the range, and between which outlooks it decides; the mark is the
/// outlook as it stands.
fn figures(model: &Model<'_>, canvas: &Canvas<'_>, open: &OpenQuestion, now: f64, wide: bool) -> Vec<Span<'static>> {
    let lang = model.lang;
    let whole = format!("{:.0}", open.narrows * 100.0);
    let range = numbers::percent_range(open.outlook, lang);
    if wide {
        let narrows = if whole == "0" { "-".to_owned() } else { numbers::points(open.narrows, lang) };
        let mut spans = vec![canvas.span(Meaning::Accent, format!(" {} ", text::pad(&narrows, 13)))];
        spans.extend(canvas.bar(18, open.outlook, now, Meaning::Accent));
        spans.push(canvas.span(Meaning::Text, format!(" {range}")));
        return spans;
    }
    let narrows = if whole == "0" {
        r::narrows_little(lang).to_owned()
    } else {
        r::narrows(lang, numbers::points(open.narrows, lang))
    };
    vec![
        canvas.span(Meaning::Accent, narrows),
        canvas.span(Meaning::Muted, crate::messages::ui::list_comma(lang)),
        canvas.span(Meaning::Text, r::between(lang, range)),
    ]
}
