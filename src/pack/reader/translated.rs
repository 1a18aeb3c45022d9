//! Texts in both languages, in the two ways in which packs write them.
//!
//! A text in one language only is a fault.

use super::Table;
use crate::diagnostic::Code;
use crate::lang::Localized;

impl Table<'_, '_> {
    /// A text in both languages that must be there and complete.
    pub(crate) fn localized(&self, key: &'static str) -> Localized {
        if !self.has(key) {
            self.missing(key);
            return Localized::default();
        }
        self.localized_or(key)
    }

    /// A text in both languages; empty where the key is absent, a fault where one language is.
    pub(crate) fn localized_or(&self, key: &'static str) -> Localized {
        if !self.has(key) {
            return Localized::default();
        }
        let Some(table) = self.table(key) else { return Localized::default() };
        let mut out = Localized::default();
        for (lang, slot) in [("en", &mut out.en), ("zh", &mut out.zh)] {
            match table.text(lang) {
                Some(text) if !text.value.trim().is_empty() => *slot = text.value,
                _ => {
                    self.reader.fault(
                        table.span.clone(),
                        Code::MissingTranslation,
                        &[("key", key), ("language", lang)],
                    );
                }
            }
        }
        table.finish();
        out
    }

    /// `key` and `key_zh` side by side, as in the data on cases and jurisdictions.
    pub fn pair(&self, key: &'static str, key_zh: &'static str) -> Localized {
        let en = self.string(key);
        let zh = self.string(key_zh);
        if !en.is_empty() && zh.is_empty() {
            let span = self.span_of(key);
            self.reader.fault(span, Code::MissingTranslation, &[("key", key), ("language", "zh")]);
        }
        Localized { en, zh }
    }
}
