//! The two languages of the program, as values that are passed down.
//!
//! Invariant: no environment; [`Lang::choose`] works on strings that the caller has read.
//!
//! ```
//! use exequatur::lang::Lang;
//! assert_eq!(Lang::choose(None, Some("zh_CN.UTF-8")), Lang::Zh);
//! assert_eq!(Lang::choose(Some("en"), Some("zh_CN.UTF-8")), Lang::En);
//! ```

use serde::{Deserialize, Serialize};

/// A language of the interface, the pack and the reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// Both languages, in the order in which files carry them.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The code used in files and on the command line: `en` or `zh`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Lang::En => Lang::Zh,
            Lang::Zh => Lang::En,
        }
    }

    /// The language that a locale name asks for: any `zh…` is Simplified Chinese, everything else
    /// (also `C` and an empty name) is English.
    fn from_locale(name: &str) -> Self {
        if name.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }

    /// What was asked for wins; then the system's locale; then English.
    pub fn choose(asked: Option<&str>, locale: Option<&str>) -> Self {
        asked.or(locale).map_or(Lang::En, Lang::from_locale)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    pub en: String,
    pub zh: String,
}

impl Localized {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// True when neither language has any text.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}
