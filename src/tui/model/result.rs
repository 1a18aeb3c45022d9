//! The result screen: which view is shown, and how it is sorted and opened.

use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultView {
    /// What matters most.
    #[default]
    Summary,
    Hurdles,
    Confidence,
    Money,
    Targets,
    Answers,
    /// What to do.
    Actions,
    /// What to find out.
    Questions,
    Debtor,
    /// The method on one page.
    Card,
}

impl ResultView {
    /// Every view, in the order of its key.
    pub const ALL: [ResultView; 10] = [
        ResultView::Summary,
        ResultView::Hurdles,
        ResultView::Confidence,
        ResultView::Money,
        ResultView::Targets,
        ResultView::Answers,
        ResultView::Actions,
        ResultView::Questions,
        ResultView::Debtor,
        ResultView::Card,
    ];
}

#[derive(Clone, Debug, Default)]
pub struct ResultState {
    pub view: ResultView,
    /// The row under the cursor, in views with rows.
    pub cursor: usize,
    pub open: BTreeSet<usize>,
    pub scroll: u16,
    /// The column by which targets are sorted.
    pub sort: SortBy,
    pub worst_first: bool,
    /// The comparison shows the law rather than figures.
    pub law: bool,
}

impl ResultState {
    /// The index that means the waterfall among the hurdles that are opened.
    pub(crate) const WATERFALL: usize = usize::MAX;
}

/// The column by which targets are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Expected net recovery, else outlook.
    #[default]
    Worth,
    Outlook,
    Confidence,
    Cost,
    /// Months until a ruling, when the debtor fights.
    Time,
    Evidence,
    Name,
}

impl SortBy {
    /// Every column, in the order in which a key goes through them.
    pub const ALL: [SortBy; 7] = [
        SortBy::Worth,
        SortBy::Outlook,
        SortBy::Confidence,
        SortBy::Cost,
        SortBy::Time,
        SortBy::Evidence,
        SortBy::Name,
    ];

    /// The column after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let index = SortBy::ALL.iter().position(|column| *column == self).unwrap_or_default();
        SortBy::ALL[(index + 1) % SortBy::ALL.len()]
    }
}
