//! What the typesetter may see: the template, the data, the fonts, and the date of the report.

use jiff::civil::Date;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};

use super::Fonts;

pub(super) struct World {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: (FileId, Bytes),
    today: Date,
}

impl World {
    pub(super) fn new(data: String, fonts: &Fonts, today: Date) -> Self {
        let mut all: Vec<Font> = Vec::new();
        for font in fonts.text.iter().chain(&fonts.heads).chain(&fonts.code) {
            if !all.contains(font) {
                all.push(font.clone());
            }
        }
        World {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&all)),
            fonts: all,
            template: Source::new(file("/report.typ"), include_str!("report.typ").to_owned()),
            data: (file("/report.json"), Bytes::from_string(data)),
            today,
        }
    }
}

/// The name of a file that is in memory only.
fn file(path: &str) -> FileId {
    // Both names are written above, and are paths.
    let path = VirtualPath::new(path).unwrap_or_else(|_not_a_path| unreachable!());
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let (month, day) = (self.today.month().unsigned_abs(), self.today.day().unsigned_abs());
        Datetime::from_ymd(self.today.year().into(), month, day)
    }
}
