//! The browsers of targets and of decided cases. The rows that they list follow from the pack and from what is searched
//! for, and are not kept.

use super::{Picker, Screen};
use crate::tui::filters::Filters;

/// A browser: a list searched by typing with the thing under the cursor beside it.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    pub list: Picker,
    /// Lines of the page scrolled.
    pub scroll: u16,
    /// The page has the focus; it alone is shown on narrow screens.
    pub page: bool,
    pub filters: Filters,
    /// The map is folded away.
    pub no_map: bool,
    /// The browser from which a jump led here.
    pub from: Option<Box<Screen>>,
}
