//! Every word of the interface, in both languages.
//!
//! Invariant: no wording stands in Rust. It is in `src/messages/*.toml`; `src/build.rs` makes a function of
//! each message, so that a missing translation or a placeholder that only one language has stops the build.
//! Words of the law (questions, rules, profiles) belong to the pack, not here.
//!
//! ```
//! use exequatur::lang::Lang;
//! use exequatur::messages;
//! assert_eq!(messages::lookup(Lang::Zh, "grade.low"), Some("低"));
//! ```

use crate::lang::Lang;

pub use generated::*;

#[expect(
    clippy::match_same_arms,
    clippy::too_many_lines,
    clippy::too_many_arguments,
    reason = "made by src/build.rs from the message files"
)]
mod generated {
    use super::Lang;

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// A word that stands for an id of data, e.g. `word(lang, "basis", "told")`; the id itself where the
/// messages have none (a test says that this does not happen with the shipped packs).
pub fn word<'i>(lang: Lang, section: &str, id: &'i str) -> &'i str {
    lookup(lang, &format!("{section}.{id}")).unwrap_or(id)
}

/// Fills `{name}` in a message with words; used where the message is known only when running.
pub fn fill(message: &str, fields: &[(&str, String)]) -> String {
    fields.iter().fold(message.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}
