//! The list of assets: its columns, and the share of a value that counts for each option.

use serde::{Deserialize, Serialize};

use super::hurdle::reason;
use super::question::Kind;
use super::reader::Table;
use crate::lang::Localized;

/// The list of assets: columns and how each option counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AssetForm {
    pub columns: Vec<AssetColumn>,
}

impl AssetForm {
    pub fn column(&self, id: &str) -> Option<&AssetColumn> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The share of an asset's value that counts for an option, 0 to 1. An option that the pack does
    /// not have counts in full, as an empty one does.
    pub fn factor(&self, column: &str, option: &str) -> f64 {
        self.column(column)
            .and_then(|column| column.options.iter().find(|candidate| candidate.id == option))
            .map_or(1.0, |option| option.factor)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssetColumn {
    /// `where`, `class`, `value`, `certainty`, `held`, `charges` or `moves`.
    pub id: String,
    /// `place`, `choice` or `money`.
    pub kind: Kind,
    pub label: Localized,
    pub help: Localized,
    pub options: Vec<AssetOption>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssetOption {
    pub id: String,
    pub label: Localized,
    /// The share of the value that counts, 0 to 1.
    pub factor: f64,
    pub reason: Localized,
}

pub(super) fn read(root: Table<'_, '_>) -> AssetForm {
    let columns = root
        .tables("column")
        .into_iter()
        .map(|table| {
            let options = table
                .tables("option")
                .into_iter()
                .map(|option| {
                    let out = AssetOption {
                        id: option.need_text("id").value,
                        label: option.localized("label"),
                        factor: option.need_number("factor", 0.0, 1.0),
                        reason: reason(&option),
                    };
                    option.finish();
                    out
                })
                .collect();
            let column = AssetColumn {
                id: table.need_text("id").value,
                kind: table.word("kind", Kind::WORDS),
                label: table.localized("label"),
                help: table.localized("help"),
                options,
            };
            table.finish();
            column
        })
        .collect();
    root.finish();
    AssetForm { columns }
}
