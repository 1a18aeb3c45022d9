//! The least that a form in a terminal can be with the same library: a list of 40 questions, a gauge.
//! What the program's own first frame and keys are measured against. `q` leaves.

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, Gauge, List, ListState};

fn main() -> std::io::Result<()> {
    ratatui::run(|terminal| {
        let names: Vec<String> = (1..=40).map(|n| format!("Question {n}")).collect();
        let mut state = ListState::default().with_selected(Some(0));
        loop {
            terminal.draw(|frame| {
                let [list, gauge] = Layout::vertical([Constraint::Min(0), Constraint::Length(3)]).areas(frame.area());
                let at = state.selected().unwrap_or_default();
                let widget = List::new(names.iter().map(String::as_str))
                    .highlight_symbol("> ")
                    .block(Block::bordered().title("Form"));
                frame.render_stateful_widget(widget, list, &mut state);
                frame.render_widget(Gauge::default().block(Block::bordered()).ratio(at as f64 / 40.0), gauge);
            })?;
            if let Event::Key(key) = event::read()? {
                match key.code {
                    KeyCode::Char('q') => return Ok(()),
                    KeyCode::Down | KeyCode::Char('j') => state.select_next(),
                    KeyCode::Up => state.select_previous(),
                    _ => {}
                }
            }
        }
    })
}
