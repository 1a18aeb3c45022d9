//! A map of the world with a mark for each target. Coasts come from the widget library.
//!
//! No target is hidden: where two fall into one cell, the later one moves to the nearest cell that is free.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget as _;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

use crate::text;
use crate::tui::model::Look;
use crate::tui::theme::Meaning;

/// The part of the world that is shown, in degrees: everything but the ice.
const EAST: [f64; 2] = [-180.0, 180.0];
const NORTH: [f64; 2] = [-56.0, 76.0];

/// A target on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Degrees north and east.
    pub position: [f64; 2],
    /// Its mark: one narrow character, so that the state can be read without colour.
    pub mark: char,
    pub meaning: Meaning,
    /// Its name, drawn where it is the one selected.
    pub name: String,
    /// The target under the cursor.
    pub selected: bool,
}

/// Rows that a map of so many columns takes: a cell is about twice as high as it is wide.
pub fn height(width: u16) -> u16 {
    let share = (NORTH[1] - NORTH[0]) / (EAST[1] - EAST[0]) / 2.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than the width")]
    let rows = (f64::from(width) * share).round() as u16;
    rows
}

/// The cell of a place within so many columns and rows.
pub fn cell([north, east]: [f64; 2], width: u16, height: u16) -> (u16, u16) {
    let place = |value: f64, [from, to]: [f64; 2], cells: u16| {
        let cell = super::cell_of((value - from) / (to - from), usize::from(cells));
        u16::try_from(cell).unwrap_or_default()
    };
    (place(east, EAST, width), height.saturating_sub(1) - place(north, NORTH, height))
}

/// Offsets to look for a free cell, nearest first.
const NEAR: [(i32, i32); 13] =
    [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 0), (-2, 0), (2, 1), (-2, 1)];

/// Gives every point a different cell, the selected one first.
fn assign_cells(points: &[Point], width: u16, height: u16) -> Vec<(usize, (u16, u16))> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|index| !points[*index].selected);
    let mut cells: Vec<(usize, (u16, u16))> = Vec::new();
    for index in order {
        let (x, y) = cell(points[index].position, width, height);
        let free = NEAR.iter().filter_map(|(dx, dy)| {
            let x = u16::try_from(i32::from(x) + dx).ok().filter(|x| *x < width)?;
            let y = u16::try_from(i32::from(y) + dy).ok().filter(|y| *y < height)?;
            cells.iter().all(|(_, taken)| *taken != (x, y)).then_some((x, y))
        });
        let place = free.into_iter().next().unwrap_or((x, y));
        cells.push((index, place));
    }
    cells
}

/// Draws the map; gives the cell of each point, by its place in the list.
pub fn draw(buffer: &mut Buffer, area: Rect, points: &[Point], look: Look) -> Vec<(usize, Position)> {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return Vec::new();
    }
    let muted = look.style(Meaning::Muted);
    let color = muted.fg.unwrap_or(Color::Reset);
    let marker = if look.ascii { Marker::Custom('.') } else { Marker::Braille };
    Canvas::default()
        .marker(marker)
        .x_bounds(EAST)
        .y_bounds(NORTH)
        .paint(|context| context.draw(&Map { resolution: MapResolution::High, color }))
        .render(area, buffer);
    buffer.set_style(area, muted);
    let mut hits = Vec::new();
    for (index, (x, y)) in assign_cells(points, area.width, area.height) {
        let place = Position::new(area.x + x, area.y + y);
        hits.push((index, place));
        let meaning = if points[index].selected { Meaning::Focus } else { points[index].meaning };
        if let Some(cell) = buffer.cell_mut(place) {
            cell.reset();
            cell.set_char(points[index].mark).set_style(look.style(meaning));
        }
    }
    // The name goes last: it may cover the marks of neighbours, which are selected one by one.
    if let Some((index, place)) = hits.first().filter(|(index, _)| points[*index].selected) {
        let words = format!(" {} ", points[*index].name);
        let words = text::clip(&words, usize::from(area.width.saturating_sub(1) / 2));
        let width = u16::try_from(text::width(&words)).unwrap_or_default();
        let right = place.x + 1;
        let x = if right + width <= area.right() { right } else { place.x.saturating_sub(width).max(area.x) };
        for n in 0..width {
            if let Some(cell) = buffer.cell_mut(Position::new(x + n, place.y)) {
                cell.reset();
            }
        }
        buffer.set_string(x, place.y, &words, look.style(Meaning::Title));
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    fn point(position: [f64; 2], mark: char, selected: bool) -> Point {
        Point { position, mark, meaning: Meaning::Good, name: "新加坡".to_owned(), selected }
    }

    #[test]
    fn places_fall_where_their_degrees_say() {
        // 37 columns of 10 degrees, 12 rows of 12 degrees from 76 north down to 56 south.
        assert_eq!(cell([76.0, -180.0], 37, 12), (0, 0));
        assert_eq!(cell([-56.0, 180.0], 37, 12), (36, 11));
        assert_eq!(cell([4.0, 0.0], 37, 12), (18, 6));
        assert_eq!(cell([-32.0, 150.0], 37, 12), (33, 9));
        // 132 degrees of 360, halved: 100 columns take 18 rows.
        assert_eq!(height(100), 18);
    }

    #[test]
    fn no_target_hides_another() {
        let same: Vec<Point> = (0..5).map(|n| point([22.0, 114.0], 'x', n == 3)).collect();
        let placed = assign_cells(&same, 60, 11);
        assert_eq!(placed[0].0, 3, "the selected one keeps its place");
        let cells: std::collections::BTreeSet<_> = placed.iter().map(|(_, cell)| *cell).collect();
        assert_eq!(cells.len(), 5);
    }

    #[test]
    fn a_chinese_name_moves_nothing_and_ascii_stays_ascii() {
        for ascii in [true, false] {
            let look = Look { ascii, theme: Theme::Mono, ..Look::default() };
            let area = Rect::new(0, 0, 60, 11);
            let mut buffer = Buffer::empty(area);
            // Fiji is at the right edge, so that its name is at its left.
            let hits =
                draw(&mut buffer, area, &[point([-18.0, 178.0], '7', true), point([1.3, 103.8], '4', false)], look);
            for (index, place) in hits {
                assert_eq!(buffer[place].symbol(), ["7", "4"][index]);
            }
            for y in 0..11 {
                let row: Vec<&str> = (0..60).map(|x| buffer[(x, y)].symbol()).collect();
                // A wide character fills two cells, of which the second is blank.
                let wide = row.iter().filter(|symbol| text::width(symbol) == 2).count();
                assert_eq!(text::width(&row.concat()) - wide, 60, "{row:?}");
                if ascii {
                    assert!(row.iter().all(|symbol| symbol.is_ascii() || text::width(symbol) == 2), "{row:?}");
                }
            }
        }
    }
}
