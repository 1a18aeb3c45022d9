//! Ids that a pack gave to questions and options and has since changed: `renames.toml` of the pack.
//!
//! A matter of an older version is read with the table; what the table does not
//! know is kept as it is written.
//!
//! ```toml
//! [[rename]]
//! since = "1.1.0"            # the version that has the new id
//! from = "summons.mode"
//! to = "summons.method"
//!
//! [[rename]]
//! since = "1.1.0"
//! option-of = "summons.method"   # the question, by its new id
//! from = "mail"
//! to = "post"
//! ```

use serde::{Deserialize, Serialize};

use super::reader::Table;

/// One change of an id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// The first version of the pack with the new id.
    pub since: String,
    /// The question whose option it is; `None` for a question itself.
    pub option_of: Option<String>,
    pub from: String,
    pub to: String,
}

/// Reads the table, in the order in which it is written.
pub fn read(root: Table<'_, '_>) -> Vec<Rename> {
    let read = |table: Table<'_, '_>| {
        let rename = Rename {
            since: table.need_text("since").value,
            option_of: table.text("option-of").map(|located| located.value),
            from: table.need_text("from").value,
            to: table.need_text("to").value,
        };
        table.finish();
        rename
    };
    let renames = root.tables("rename").into_iter().map(read).collect();
    root.finish();
    renames
}
