//! Spreadsheets in and out.
//!
//! Invariant: nothing from data is written as a formula; every cell of the result is text or a number.
//!
//! A cell at fault is named as the reader's own program names it: sheet, column, row.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow, bail};
use calamine::{Data, Range, Reader as _, open_workbook_auto};
use csv::StringRecord;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::Plan;
use super::case::{Column, Reader, Wrong};
use super::result::{target, write, write_wrong};
use super::run::{Format, Outcome};
use crate::lang::Lang;
use crate::messages::{batch as words, word};
use crate::pack::Pack;
use crate::scoring::triage::Line;

/// What stands between the id of an option and its names in a drop-down.
pub(super) const BAR: &str = " | ";
/// A row whose first cell begins with this explains the columns and holds no case.
pub(super) const NOTE: char = '#';

/// The first sheet of a file.
#[derive(Debug)]
pub struct Sheet {
    pub name: String,
    pub columns: Vec<Column>,
    range: Range<Data>,
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it is no spreadsheet, or its head names an unknown column.
    pub fn open(path: &Path, plan: &Plan<'_>) -> Result<Self> {
        let shown = crate::text::one_line(&path.to_string_lossy());
        let unread = |why: &dyn std::fmt::Display| {
            anyhow!(words::sheet_unread(plan.lang, &shown, crate::text::one_line(&why.to_string())))
        };
        let mut book = open_workbook_auto(path).map_err(|fault| unread(&fault))?;
        let name = book.sheet_names().first().cloned().unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(|fault| unread(&fault))?;
        let Some(head) = range.rows().next() else { bail!(words::no_head(plan.lang, shown)) };
        let head: Vec<String> = head.iter().map(text).collect();
        // Columns without a name after the last one that has one hold nothing.
        let used = head.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
        let columns = Reader::new(plan.pack, plan.lang)
            .columns(head[..used].iter().map(String::as_str))
            .map_err(anyhow::Error::msg)
            .with_context(|| shown.clone())?;
        Ok(Sheet { name, columns, range })
    }

    /// Its rows with their numbers, without the head, empty rows and explanations.
    pub fn rows(&self) -> impl Iterator<Item = (u64, StringRecord)> + Send {
        let first = self.range.start().map_or(0, |(row, _)| u64::from(row));
        let width = self.columns.len();
        (first + 1..).zip(self.range.rows()).skip(1).filter_map(move |(number, cells)| {
            let cells: Vec<String> = cells.iter().take(width).map(text).collect();
            let empty = cells.iter().all(|cell| cell.trim().is_empty());
            let note = cells.first().is_some_and(|cell| cell.starts_with(NOTE));
            (!empty && !note).then(|| (number, StringRecord::from(cells)))
        })
    }
}

/// A cell as text: what a drop-down offered beside the id of an option is left out.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.split_once(BAR).map_or(text.as_str(), |(id, _)| id).to_owned(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(date) => date.get(..10).unwrap_or(date).to_owned(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        other => other.to_string(),
    }
}

/// Lines of JSON whose errors name the cell.
#[derive(Clone, Debug)]
pub struct Places {
    lang: Lang,
    sheet: String,
    column: u32,
}

impl Places {
    /// The places of a sheet, for messages in a language.
    pub fn new(sheet: &Sheet, lang: Lang) -> Self {
        Places { lang, sheet: sheet.name.clone(), column: sheet.range.start().map_or(0, |(_, column)| column) }
    }

    fn named(&self, wrong: &Wrong, row: u64, cell: Option<usize>) -> Wrong {
        let column = cell.map(|at| letters(self.column as usize + at)).unwrap_or_default();
        let place = format!("{}!{column}{row}", crate::text::one_line(&self.sheet));
        Wrong { id: wrong.id.clone(), why: words::cell(self.lang, place, &wrong.why) }
    }
}

impl Format for Places {
    fn put(&self, outcome: &Outcome<'_, '_>, out: &mut Vec<u8>) {
        match outcome {
            Outcome::Scored(id, triage) => write(id, triage, out),
            Outcome::Wrong(wrong, row, cell) => write_wrong(&self.named(wrong, *row, *cell), *row, out),
        }
    }
}

/// The name of a column (from zero): A, B, …, Z, AA, …
fn letters(mut column: usize) -> String {
    let mut out = Vec::new();
    loop {
        #[expect(clippy::cast_possible_truncation, reason = "below 26")]
        out.push(b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    out.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// A sheet of results, one row a case and target.
pub(crate) struct Writer<'w> {
    pack: &'w Pack,
    places: &'w Places,
    book: Mutex<Book>,
}

struct Book {
    inner: Workbook,
    next: u32,
    fault: Option<XlsxError>,
}

/// Rows that a sheet can hold.
const MOST_ROWS: u32 = 1_048_576;

impl<'w> Writer<'w> {
    /// An empty sheet with its head.
    ///
    /// # Errors
    /// Where the head cannot be written.
    pub fn new(pack: &'w Pack, places: &'w Places) -> Result<Self> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(words::result_sheet(places.lang))?;
        for (column, name) in (0..).zip(words::result_head(places.lang).split(BAR)) {
            sheet.write_string(0, column, name)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        Ok(Writer { pack, places, book: Mutex::new(Book { inner: book, next: 1, fault: None }) })
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// What could not be written; a sheet holds about a million rows.
    pub(crate) fn finish(&self) -> Result<Vec<u8>> {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = book.fault.take() {
            return Err(fault).context("writing the sheet");
        }
        book.inner.save_to_buffer().context("writing the sheet")
    }

    fn rows(&self, book: &mut Book, outcome: &Outcome<'_, '_>) -> Result<(), XlsxError> {
        match outcome {
            Outcome::Scored(id, triage) => {
                let best = triage.best().map(|best| best.id).unwrap_or_default();
                let results: Vec<&Line<'_>> = triage.ranked();
                if results.is_empty() {
                    self.row(book, id, "", None)?;
                }
                for result in results {
                    self.row(book, id, best, Some(result))?;
                }
                Ok(())
            }
            Outcome::Wrong(wrong, row, cell) => {
                let wrong = self.places.named(wrong, *row, *cell);
                let (row, sheet) = line(book)?;
                sheet.write_string(row, 0, reference(&wrong.id))?;
                sheet.write_string(row, 11, &wrong.why)?;
                Ok(())
            }
        }
    }

    fn row(
        &self,
        book: &mut Book,
        id: &serde_json::Value,
        best: &str,
        line_of: Option<&Line<'_>>,
    ) -> Result<(), XlsxError> {
        let lang = self.places.lang;
        let (row, sheet) = line(book)?;
        sheet.write_string(row, 0, reference(id))?;
        let Some(found) = line_of else { return Ok(()) };
        let result = target(found);
        sheet.write_string(row, 1, best)?;
        sheet.write_string(row, 2, result.jurisdiction)?;
        sheet.write_string(row, 3, self.pack.place_name(result.jurisdiction, lang))?;
        sheet.write_number(row, 4, result.expected)?;
        sheet.write_number(row, 5, result.low)?;
        sheet.write_number(row, 6, result.high)?;
        sheet.write_string(row, 7, if result.blocked { words::yes(lang) } else { "" })?;
        sheet.write_string(row, 8, word(lang, "grade", result.grade))?;
        if let Some(net) = found.net.and_then(|net| net.to_f64()) {
            sheet.write_number(row, 9, net)?;
        }
        sheet.write_string(row, 10, result.deadline.as_deref().unwrap_or_default())?;
        Ok(())
    }
}

/// The next free row and the sheet.
fn line(book: &mut Book) -> Result<(u32, &mut rust_xlsxwriter::Worksheet), XlsxError> {
    if book.next >= MOST_ROWS {
        return Err(XlsxError::RowColumnLimitError);
    }
    book.next += 1;
    Ok((book.next - 1, book.inner.worksheet_from_index(0)?))
}

fn reference(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| if id.is_null() { String::new() } else { id.to_string() }, str::to_owned)
}

impl Format for Writer<'_> {
    fn put(&self, outcome: &Outcome<'_, '_>, _: &mut Vec<u8>) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        if book.fault.is_none() {
            let done = self.rows(&mut book, outcome);
            book.fault = done.err();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
