//! An empty sheet to fill in: a column an answer, with drop-downs, help and both languages.
//! The words are those of the pack.

use anyhow::{Context as _, Result};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Formula, Workbook};

use super::sheet::{BAR, NOTE};
use crate::lang::Lang;
use crate::matter::raw_input::expected;
use crate::messages::batch as words;
use crate::pack::{Kind, Pack, Question};
use crate::text::clip;

/// The first row for answers, from zero: names of columns, then the question in each language.
const FIRST: u32 = 3;
/// The last row that the drop-downs reach.
const LAST: u32 = 20_000;
/// Most characters of a title and a text of a drop-down's help.
const TITLE: usize = 30;
const HELP: usize = 240;

/// The bytes of the file.
///
/// # Errors
/// Where the pack holds what no sheet can (a text of more than 32,767 characters).
pub fn template(pack: &Pack, lang: Lang) -> Result<Vec<u8>> {
    build(pack, lang).context("making the template")
}

fn build(pack: &Pack, lang: Lang) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap().set_italic();
    let options = words::template_options(lang);
    let asked: Vec<&Question> = pack.questions.iter().collect();
    // The options first in memory: the drop-downs refer to their cells.
    let mut lists = Vec::new();
    let mut rows: Vec<[String; 4]> = Vec::new();
    for question in &asked {
        let first = rows.len() + 1;
        let mut offer = |id: &str, en: &str, zh: &str| {
            rows.push([question.id.clone(), format!("{id}{BAR}{en}{BAR}{zh}"), en.to_owned(), zh.to_owned()]);
        };
        match question.kind {
            Kind::Choice | Kind::Choices => {
                question.options.iter().for_each(|option| offer(&option.id, &option.label.en, &option.label.zh));
            }
            Kind::Place | Kind::Targets => {
                pack.profiles.iter().for_each(|target| offer(&target.id, &target.name.en, &target.name.zh));
            }
            _ => {}
        }
        if question.kind == Kind::Place {
            pack.places.iter().for_each(|place| offer(&place.id, &place.name.en, &place.name.zh));
        }
        if rows.len() + 1 > first {
            rows.push([question.id.clone(), "unknown".to_owned(), String::new(), String::new()]);
        }
        lists.push((first + 1, rows.len() + 1));
    }
    let sheet = book.add_worksheet();
    sheet.set_name(words::template_name(lang))?;
    sheet.write_string_with_format(0, 0, "id", &bold)?;
    sheet.write_string(1, 0, format!("{NOTE} {}", words::template_note(Lang::En)))?;
    sheet.write_string(2, 0, format!("{NOTE} {}", words::template_note(Lang::Zh)))?;
    for (column, (question, (first, last))) in (1..).zip(asked.iter().zip(&lists)) {
        let name = match question.kind {
            Kind::Assets => "assets",
            Kind::Targets => "targets",
            _ => &question.id,
        };
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.write_string_with_format(1, column, &question.ask.en, &wrap)?;
        sheet.write_string_with_format(2, column, &question.ask.zh, &wrap)?;
        sheet.set_column_width(column, 24)?;
        let mut rule = DataValidation::new();
        if last >= first {
            let cells = Formula::new(format!("='{options}'!$B${first}:$B${last}"));
            rule = rule.allow_list_formula(cells);
        }
        // A question with several answers takes what no drop-down can offer; the batch itself checks.
        let several = matches!(question.kind, Kind::Choices | Kind::Targets);
        let style = if several { DataValidationErrorStyle::Information } else { DataValidationErrorStyle::Stop };
        let form = if question.options.is_empty() { format!(" ({})", expected(question.kind)) } else { String::new() };
        let help = format!("{}{form}\n{}{form}", clip(&question.help.en, HELP / 2), clip(&question.help.zh, HELP / 4));
        rule = rule
            .set_error_style(style)
            .set_input_title(clip(question.ask.get(lang), TITLE))?
            .set_input_message(help.chars().take(HELP).collect::<String>())?;
        sheet.add_data_validation(FIRST, column, LAST, column, &rule)?;
    }
    sheet.set_column_width(0, 18)?;
    sheet.set_freeze_panes(FIRST, 1)?;
    let sheet = book.add_worksheet();
    sheet.set_name(options)?;
    for (column, name) in (0..).zip(words::template_head(lang).split(BAR)) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    for (row, cells) in (1..).zip(&rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    sheet.set_column_width(0, 26)?;
    sheet.set_column_width(1, 60)?;
    book.save_to_buffer()
}
