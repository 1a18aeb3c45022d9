//! Line mode: lines in, text out.

use std::cell::RefCell;

use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::plain;
use exequatur::scoring::Engine;

use super::{TODAY, engine};

/// An interview that has ended.
pub struct Interview {
    pub matter: Matter,
    pub text: String,
    /// What was given to be saved, in order.
    pub saves: Vec<Matter>,
}

/// Runs the interview over lines of input; every save succeeds.
pub fn interview(matter: Matter, lang: Lang, lines: &[&str]) -> Interview {
    let input: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
    interview_with(engine(), matter, lang, input.as_bytes())
}

/// The same with any pack, over any bytes.
pub fn interview_with(engine: &Engine<'_>, matter: Matter, lang: Lang, input: &[u8]) -> Interview {
    let mut output = Vec::new();
    let saves = RefCell::new(Vec::new());
    let save = |matter: &Matter| {
        saves.borrow_mut().push(matter.clone());
        Ok(())
    };
    let matter = plain::run(engine, matter, lang, TODAY, input, &mut output, save).unwrap();
    let text = String::from_utf8(output).unwrap();
    let control = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None, "{text}");
    let boxes = |text: &str| text.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c));
    assert!(boxes(&String::from_utf8_lossy(input)) || !boxes(&text), "box drawing: {text}");
    Interview { matter, text, saves: saves.into_inner() }
}
