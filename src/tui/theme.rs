//! Colour by meaning: code asks for [`Meaning::Warn`], never for a colour.
//!
//! Must not: be the only carrier of a state. Every state also has a word or a mark, so that the
//! monochrome theme (also chosen by `NO_COLOR`) loses nothing.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Ordinary text.
    Text,
    /// Text that may be passed over.
    Muted,
    /// A heading.
    Title,
    /// The name of the thing in hand, and keys in hints.
    Accent,
    /// Good for the creditor.
    Good,
    /// To be looked at.
    Warn,
    /// Bad for the creditor, or a fault.
    Bad,
    /// The row under the cursor.
    Focus,
    /// What is chosen.
    Chosen,
    /// A frame without the focus.
    Border,
    /// The frame that has the focus.
    BorderFocus,
    /// The line at the top.
    Header,
}

/// A theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For dark terminals.
    #[default]
    Dark,
    /// For light terminals.
    Light,
    /// Strong contrast, on any background.
    HighContrast,
    /// Without colour.
    Mono,
}

impl Theme {
    /// Every theme with the word used in settings.
    pub const ALL: [(&'static str, Theme); 4] =
        [("dark", Theme::Dark), ("light", Theme::Light), ("high-contrast", Theme::HighContrast), ("mono", Theme::Mono)];

    /// The word used in settings.
    pub fn id(self) -> &'static str {
        Theme::ALL.iter().find(|(_, theme)| *theme == self).map_or("dark", |(id, _)| id)
    }

    /// The theme that a word of the settings names.
    pub fn from_id(id: &str) -> Option<Self> {
        Theme::ALL.iter().find(|(word, _)| *word == id).map(|(_, theme)| *theme)
    }

    /// The theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Theme::ALL.iter().position(|(_, theme)| *theme == self).unwrap_or_default();
        Theme::ALL[(at + 1) % Theme::ALL.len()].1
    }

    /// How a meaning looks. Only the sixteen colours of every terminal are used, so that the user's
    /// own palette decides what they are.
    pub fn style(self, meaning: Meaning) -> Style {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        match self {
            Theme::Dark => match meaning {
                Meaning::Text => plain,
                Meaning::Muted | Meaning::Border => plain.fg(Color::DarkGray),
                Meaning::Title => bold,
                Meaning::Accent | Meaning::BorderFocus => plain.fg(Color::Cyan),
                Meaning::Good | Meaning::Chosen => plain.fg(Color::Green),
                Meaning::Warn => plain.fg(Color::Yellow),
                Meaning::Bad => plain.fg(Color::LightRed),
                Meaning::Focus => bold.fg(Color::Black).bg(Color::Cyan),
                Meaning::Header => bold.fg(Color::Cyan),
            },
            Theme::Light => match meaning {
                Meaning::Text => plain,
                Meaning::Muted | Meaning::Border => plain.fg(Color::DarkGray),
                Meaning::Title => bold,
                Meaning::Accent | Meaning::BorderFocus => plain.fg(Color::Blue),
                Meaning::Good | Meaning::Chosen => plain.fg(Color::Green),
                Meaning::Warn => plain.fg(Color::Magenta),
                Meaning::Bad => plain.fg(Color::Red),
                Meaning::Focus => bold.fg(Color::White).bg(Color::Blue),
                Meaning::Header => bold.fg(Color::Blue),
            },
            Theme::HighContrast => match meaning {
                Meaning::Text | Meaning::Muted | Meaning::Border => plain,
                Meaning::Title | Meaning::Accent | Meaning::BorderFocus | Meaning::Chosen | Meaning::Good => bold,
                Meaning::Warn | Meaning::Header => bold.add_modifier(Modifier::UNDERLINED),
                Meaning::Bad | Meaning::Focus => bold.add_modifier(Modifier::REVERSED),
            },
            Theme::Mono => match meaning {
                Meaning::Text | Meaning::Good | Meaning::Border => plain,
                Meaning::Muted => plain.add_modifier(Modifier::DIM),
                Meaning::Title
                | Meaning::Accent
                | Meaning::Chosen
                | Meaning::Bad
                | Meaning::BorderFocus
                | Meaning::Header => bold,
                Meaning::Warn => plain.add_modifier(Modifier::UNDERLINED),
                Meaning::Focus => plain.add_modifier(Modifier::REVERSED),
            },
        }
    }
}
