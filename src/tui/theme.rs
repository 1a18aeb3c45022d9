//! Colour by meaning: code asks for [`Meaning::Warn`], never for a colour.
//!
//! Every state also has a word or a mark, so that the monochrome theme (also chosen by `NO_COLOR`) loses nothing.

use anstyle_lossy::{palette, rgb_to_ansi, rgb_to_xterm, xterm_to_ansi};
use ratatui::style::{Color, Modifier, Style};
use strum::{EnumIter, IntoEnumIterator as _, IntoStaticStr};

/// What a piece of text means. Its name in the settings is the same in small letters with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum Meaning {
    Text,
    /// Text that may be passed over.
    Muted,
    Title,
    /// The name of the thing in hand, and keys in hints.
    Accent,
    Good,
    /// To be looked at.
    Warn,
    /// Bad for the creditor, or a fault.
    Bad,
    /// The row under the cursor.
    Focus,
    Chosen,
    /// A frame without the focus.
    Border,
    BorderFocus,
    /// The line at the top.
    Header,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    /// Strong contrast, on any background.
    HighContrast,
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
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Theme::ALL.iter().find(|(word, _)| *word == id).map(|(_, theme)| *theme)
    }

    /// The theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let index = Theme::ALL.iter().position(|(_, theme)| *theme == self).unwrap_or_default();
        Theme::ALL[(index + 1) % Theme::ALL.len()].1
    }

    /// How a meaning looks in the sixteen colours of every terminal, so that the user's own palette
    /// decides what they are.
    fn sixteen(self, meaning: Meaning) -> Style {
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

    /// How a meaning looks where the terminal has more colours. Text stays in the terminal's own
    /// colour; the others have a contrast of at least 4.5 to one with black or with white.
    fn rich(self, meaning: Meaning) -> Style {
        let hex = |rgb: u32| Color::from_u32(rgb);
        let (muted, border, accent, good, warn, bad, on_accent) = match self {
            Theme::Dark => (
                hex(0x9a_a5_b1),
                hex(0x7a_86_93),
                hex(0x5f_c9_d8),
                hex(0x7f_d3_8a),
                hex(0xe6_c1_5c),
                hex(0xff_8a_7a),
                hex(0),
            ),
            Theme::Light => (
                hex(0x56_61_6c),
                hex(0x6b_77_83),
                hex(0x0b_5c_ad),
                hex(0x1b_6e_2c),
                hex(0x8a_4b_00),
                hex(0xb3_26_1e),
                hex(0xff_ff_ff),
            ),
            Theme::HighContrast | Theme::Mono => return self.sixteen(meaning),
        };
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        match meaning {
            Meaning::Text => plain,
            Meaning::Muted => plain.fg(muted),
            Meaning::Border => plain.fg(border),
            Meaning::Title => bold,
            Meaning::Accent | Meaning::BorderFocus => plain.fg(accent),
            Meaning::Good | Meaning::Chosen => plain.fg(good),
            Meaning::Warn => plain.fg(warn),
            Meaning::Bad => plain.fg(bad),
            Meaning::Focus => bold.fg(on_accent).bg(accent),
            Meaning::Header => bold.fg(accent),
        }
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    None,
    #[default]
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    True,
}

impl Depth {
    /// What the environment says: `COLORTERM` and `TERM`. The terminal itself is never asked, because
    /// one that does not answer would hold up the first screen.
    pub fn of(term: Option<&str>, colorterm: Option<&str>) -> Self {
        if matches!(colorterm, Some("truecolor" | "24bit")) {
            return Depth::True;
        }
        match term {
            Some(term) if term.ends_with("-direct") => Depth::True,
            Some(term) if term.contains("256color") => Depth::Indexed,
            _ => Depth::Sixteen,
        }
    }
}

/// The user's own style for some meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UserStyles([Option<Style>; Meaning::COUNT]);

impl Meaning {
    const COUNT: usize = 12;

    /// The meaning with this name in the settings.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Meaning::iter().find(|meaning| meaning.id() == id)
    }

    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        self.into()
    }
}

impl UserStyles {
    /// Sets the style of a meaning.
    pub fn set(&mut self, meaning: Meaning, style: Style) {
        if let Some(slot) = self.0.get_mut(meaning as usize) {
            *slot = Some(style);
        }
    }
}

/// How a meaning looks: the user's own style, or the theme's, in the colours that there are.
pub(super) fn style(theme: Theme, depth: Depth, styles: &UserStyles, meaning: Meaning) -> Style {
    let themed = match depth {
        Depth::None => Theme::Mono.sixteen(meaning),
        Depth::Sixteen => theme.sixteen(meaning),
        Depth::Indexed | Depth::True => theme.rich(meaning),
    };
    let style = match styles.0.get(meaning as usize).copied().flatten() {
        // Without colours a style that is only colour says nothing; the monochrome one does.
        Some(style) if depth > Depth::None || !style.add_modifier.is_empty() => style,
        _ => themed,
    };
    Style {
        fg: style.fg.and_then(|colour| fit(colour, depth)),
        bg: style.bg.and_then(|colour| fit(colour, depth)),
        ..style
    }
}

/// The nearest colour that the terminal has.
fn fit(colour: Color, depth: Depth) -> Option<Color> {
    let ansi = |colour: anstyle::AnsiColor| Color::Indexed(anstyle::Ansi256Color::from(colour).0);
    match (depth, colour) {
        (Depth::None, _) => None,
        (Depth::Sixteen, Color::Rgb(r, g, b)) => Some(ansi(rgb_to_ansi(anstyle::RgbColor(r, g, b), palette::VGA))),
        (Depth::Sixteen, Color::Indexed(n)) if n > 15 => {
            Some(ansi(xterm_to_ansi(anstyle::Ansi256Color(n), palette::VGA)))
        }
        (Depth::Indexed, Color::Rgb(r, g, b)) => Some(Color::Indexed(rgb_to_xterm(anstyle::RgbColor(r, g, b)).0)),
        (_, colour) => Some(colour),
    }
}

/// A style as the settings write it: `bold #e6c15c`, `black on cyan`, `underline`, `dim 244`.
///
/// # Errors
/// The word that means nothing.
pub(crate) fn read_style(text: &str) -> Result<Style, &str> {
    let mut style = Style::new();
    let mut behind = false;
    for word in text.split_whitespace() {
        let modifier = match word {
            "on" => {
                behind = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            colour => {
                let colour: Color = colour.parse().map_err(|_no_colour| word)?;
                style = if std::mem::take(&mut behind) { style.bg(colour) } else { style.fg(colour) };
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    if behind { Err("on") } else { Ok(style) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_many_colours() {
        assert_eq!(Depth::of(Some("xterm-256color"), None), Depth::Indexed);
        assert_eq!(Depth::of(Some("xterm-256color"), Some("truecolor")), Depth::True);
        assert_eq!(Depth::of(Some("linux"), Some("")), Depth::Sixteen);
        assert_eq!(Depth::of(None, None), Depth::Sixteen);
    }

    #[test]
    fn styles_are_read_as_they_are_written() {
        let style = read_style("bold #e6c15c on 17").unwrap();
        assert_eq!(style.fg, Some(Color::Rgb(0xe6, 0xc1, 0x5c)));
        assert_eq!(style.bg, Some(Color::Indexed(17)));
        assert!(style.add_modifier.contains(Modifier::BOLD));
        assert_eq!(read_style("bold blurple"), Err("blurple"));
        assert_eq!(read_style("black on"), Err("on"));
    }

    #[test]
    fn a_colour_becomes_the_nearest_that_there_is() {
        // Pure red is index 196 of the cube; in the sixteen it is bright red.
        assert_eq!(fit(Color::Rgb(255, 0, 0), Depth::Indexed), Some(Color::Indexed(196)));
        assert_eq!(fit(Color::Rgb(255, 85, 85), Depth::Sixteen), Some(Color::Indexed(9)));
        assert_eq!(fit(Color::Rgb(1, 2, 3), Depth::True), Some(Color::Rgb(1, 2, 3)));
        assert_eq!(fit(Color::Red, Depth::None), None);
    }

    #[test]
    fn without_colour_every_theme_is_the_monochrome_one() {
        let mut styles = UserStyles::default();
        styles.set(Meaning::Warn, Style::new().fg(Color::Red));
        for (_, theme) in Theme::ALL {
            for meaning in Meaning::iter() {
                let shown = style(theme, Depth::None, &styles, meaning);
                assert_eq!(shown, style(Theme::Mono, Depth::None, &UserStyles::default(), meaning), "{meaning:?}");
                assert_eq!((shown.fg, shown.bg), (None, None));
            }
        }
        assert_eq!(Meaning::iter().count(), Meaning::COUNT);
    }

    /// Relative luminance and contrast as WCAG 2 defines them.
    fn contrast(one: Color, other: Color) -> f64 {
        let light = |colour: Color| {
            let Color::Rgb(red, green, blue) = colour else { panic!("{colour:?}") };
            let part = |byte: u8| {
                let share = f64::from(byte) / 255.0;
                if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
        };
        let (one, other) = (light(one), light(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn rich_colours_can_be_read() {
        for (theme, ground) in [(Theme::Dark, Color::Rgb(0, 0, 0)), (Theme::Light, Color::Rgb(255, 255, 255))] {
            for meaning in Meaning::iter() {
                let style = theme.rich(meaning);
                if let Some(fg) = style.fg {
                    let found = contrast(fg, style.bg.unwrap_or(ground));
                    assert!(found >= 4.5, "{theme:?} {meaning:?} {found}");
                }
            }
        }
    }
}
