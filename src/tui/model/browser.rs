//! The browsers of targets and of decided cases.
//!
//! Must not: hold what is found; it follows from the pack and what is searched for.

use super::{Picker, Screen};
use crate::tui::filters::Filters;

/// A browser: a list searched by typing with the thing under the cursor beside it.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The list.
    pub list: Picker,
    /// Lines of the page scrolled.
    pub scroll: u16,
    /// The page has the focus; it alone is shown where there is no room for both.
    pub page: bool,
    /// What is filtered by.
    pub filters: Filters,
    /// The map is folded away.
    pub no_map: bool,
    /// The browser from which a jump led here.
    pub from: Option<Box<Screen>>,
}
