//! The first screen. It explains itself in three lines to who has never seen a program like this.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::centred;
use super::doc::Doc;
use crate::messages::{home, ui};
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::Model;
use crate::tui::theme::Meaning;
use crate::tui::update::{HomeItem, home_items};

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let lang = model.lang;
    let width = area.width.saturating_sub(4).min(76);
    let items = home_items(model);
    let mut intro = Doc::new(width, model.look);
    let asked = text::one_line(model.pack().wording.home.get(lang));
    intro.para(Meaning::Title, &asked);
    intro.blank();
    for line in [home::intro_1(lang), home::intro_2(lang), home::intro_3(lang)] {
        intro.para(Meaning::Text, line);
    }
    // On a low screen the blank lines between the groups go first, the introduction last.
    let tall = |spaced: bool| {
        u16::try_from(intro.lines.len() + 1 + rows(model, canvas, &items, width, spaced).len()).unwrap_or(u16::MAX)
    };
    let spaced = tall(true) <= area.height;
    let height = tall(spaced);
    let place = centred(area, width, height);
    // A little above the middle looks calmer than the middle itself.
    let y = area.y + (place.y - area.y) / 2 + u16::from(area.height > height + 2);
    let intro_height = u16::try_from(intro.lines.len()).unwrap_or(u16::MAX);
    let short = area.height < height;
    let head = Rect { y, height: intro_height.min(area.height), ..place };
    if short {
        // Not everything fits: the list matters more than the introduction.
        let mut title = Doc::new(width, model.look);
        title.para(Meaning::Title, &asked);
        canvas.doc(Rect { y: area.y, height: 2, ..place }, &title, 0, false);
        list(model, canvas, Rect { y: area.y + 2, height: area.height - 2, ..place }, &items, true);
        return;
    }
    canvas.doc(head, &intro, 0, false);
    let top = y + intro_height + 1;
    list(model, canvas, Rect { y: top, height: area.bottom().saturating_sub(top), ..place }, &items, spaced);
}

/// Draws the rows, with headings that the cursor passes over.
fn list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, items: &[HomeItem], spaced: bool) {
    let all = rows(model, canvas, items, area.width, spaced);
    let cursor = all.iter().position(|(item, _)| *item == Some(model.home_cursor));
    let lines: Vec<Vec<Line<'static>>> = all.iter().map(|(_, line)| vec![line.clone()]).collect();
    let from = canvas.hits.len();
    canvas.rows(area, &lines, cursor, true);
    // Rows were counted with the headings; clicks count items.
    let hits = canvas.hits.split_off(from);
    for (place, click) in hits {
        if let Click::Row(row) = click
            && let Some((Some(item), _)) = all.get(row)
        {
            canvas.hits.push((place, Click::Row(*item)));
        }
    }
}

/// The rows: items with their place in the list, and headings without one.
fn rows(
    model: &Model<'_>,
    canvas: &Canvas<'_>,
    items: &[HomeItem],
    width: u16,
    spaced: bool,
) -> Vec<(Option<usize>, Line<'static>)> {
    let lang = model.lang;
    let mut rows: Vec<(Option<usize>, Line<'static>)> = Vec::new();
    let mut group = "";
    for (n, item) in items.iter().enumerate() {
        let (heading, words, detail) = match item {
            HomeItem::New => ("", home::new(lang).to_owned(), home::new_detail(lang).to_owned()),
            HomeItem::GoOn => ("", home::go_on(lang).to_owned(), home::go_on_detail(lang).to_owned()),
            HomeItem::Recent(index) => {
                let recent = model.recent.get(*index);
                let title = recent.map(|recent| text::one_line(&recent.title)).unwrap_or_default();
                let title = if title.is_empty() { ui::unnamed(lang).to_owned() } else { title };
                let file = recent.and_then(|recent| recent.path.file_name()).unwrap_or_default();
                (home::recent(lang), title, text::one_line(&file.to_string_lossy()))
            }
            HomeItem::Example(index) => {
                let id = model.pack().examples.get(*index).map_or("", |(id, _)| id);
                let name = model.pack().example_name(id).map_or(id, |it| it.name.get(lang));
                (home::examples(lang), text::one_line(name), String::new())
            }
            HomeItem::OtherPack(index) => {
                let title = model.others.get(*index).map_or("", |(_, title)| title.get(lang));
                ("", text::one_line(title), String::new())
            }
            HomeItem::Jurisdictions => {
                let count = model.pack().profiles.len();
                (home::look_up(lang), home::jurisdictions(lang).to_owned(), home::jurisdictions_detail(lang, count))
            }
            HomeItem::Cases => {
                let count = model.pack().cases.len();
                let of = text::one_line(model.pack().wording.cases.get(lang));
                (home::look_up(lang), home::cases(lang).to_owned(), home::cases_detail(lang, count, of))
            }
            HomeItem::Language => {
                (home::program(lang), ui::other_language(lang).to_owned(), home::language_detail(lang).to_owned())
            }
            HomeItem::Help => (home::program(lang), home::help(lang).to_owned(), home::help_detail(lang).to_owned()),
            HomeItem::Quit => (home::program(lang), home::quit(lang).to_owned(), home::quit_detail(lang).to_owned()),
        };
        if heading != group {
            group = heading;
            if spaced {
                rows.push((None, Line::default()));
            }
            rows.push((None, Line::from(canvas.span(Meaning::Accent, heading.to_owned()))));
        }
        let mark = if n == model.home_cursor { "> " } else { "  " };
        // A name without anything beside it may take the whole line.
        let all = usize::from(width).saturating_sub(2);
        let left = if detail.is_empty() { all } else { all * 2 / 5 };
        let label = text::pad(&words, left);
        let detail = text::clip(&detail, usize::from(width).saturating_sub(left + 4));
        rows.push((
            Some(n),
            Line::from(vec![
                canvas.span(Meaning::Text, format!("{mark}{label}  ")),
                canvas.span(Meaning::Muted, detail),
            ]),
        ));
    }
    rows
}
