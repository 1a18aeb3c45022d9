//! The full-screen program: one [`Model`], one `update`, one `view`.
//!
//! Must not: hold state of its own. The loop draws, waits for one event, turns it into a message by
//! the key table, lets `update` change the model, and does what `update` asks for outside. While
//! nothing waits to be read it lets `update` score one target at a time, so that no key ever waits
//! for more than one of them; there is no thread and no tick.
//!
//! Reading order: `message` (everything that can happen) → `model` → `keymap` → `update` → `view`.

pub mod context;
pub mod effect;
pub mod facets;
pub mod keymap;
pub mod message;
pub mod model;
mod moves;
pub mod pick;
pub mod settings;
pub mod text_field;
pub mod theme;
pub mod update;
pub mod view;
pub mod words;

use std::io::stdout;
use std::time::Duration;

use anyhow::Context as _;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyEventKind,
    MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{Clear, ClearType};

use crate::scoring::Engine;
use effect::World;
use message::{Click, Effect, Message};
pub use model::{Look, Model, Outcome, Session};

/// Runs the full-screen program until the user leaves.
///
/// # Errors
/// Where the terminal cannot be set up, read or written.
pub fn run(engine: &Engine<'_>, session: Session) -> anyhow::Result<Outcome> {
    let mut terminal = ratatui::try_init().context("setting up the terminal")?;
    // ratatui's own hook restores the screen; what was switched on here is switched off before it.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        switch_off();
        hook(info);
    }));
    let mouse = if session.mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) };
    let result = mouse
        // A console without an alternate screen still shows what stood there. `Terminal::clear` would ask
        // the terminal where its cursor is, and wait for an answer.
        .and_then(|()| execute!(stdout(), EnableBracketedPaste, Clear(ClearType::All)))
        .context("setting up the terminal")
        .and_then(|()| run_in(&mut terminal, engine, session));
    switch_off();
    ratatui::restore();
    result
}

fn switch_off() {
    // Nothing can be done where the terminal is gone already.
    let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste);
}

fn run_in(terminal: &mut DefaultTerminal, engine: &Engine<'_>, session: Session) -> anyhow::Result<Outcome> {
    let size = terminal.size().context("measuring the terminal")?;
    let world = World::new(engine);
    let mut model = Model::new(engine, session, (size.width, size.height));
    let recent = effect::perform(Effect::ListRecent, &world, model.lang);
    handle(&mut model, recent, &world);
    while model.outcome.is_none() {
        terminal.draw(|frame| view::view(&model, frame)).context("drawing")?;
        // Scoring fills the time in which nothing waits to be read.
        while model.wants_idle() && !event::poll(Duration::ZERO).context("waiting for a key")? {
            handle(&mut model, Message::Idle, &world);
            terminal.draw(|frame| view::view(&model, frame)).context("drawing")?;
        }
        // A pasted line or a held key gives many events: all that wait are taken before drawing.
        loop {
            let event = event::read().context("reading a key")?;
            if let Some(message) = message_of(&model, event) {
                handle(&mut model, message, &world);
            }
            if model.outcome.is_some() || !event::poll(Duration::ZERO).context("waiting for a key")? {
                break;
            }
        }
    }
    Ok(model.outcome.unwrap_or_default())
}

/// Updates the model and does what is asked for outside, until nothing more is.
pub fn handle(model: &mut Model<'_>, message: Message, world: &World<'_>) {
    let mut next = Some(message);
    while let Some(message) = next.take() {
        if let Some(effect) = update::update(model, message) {
            next = Some(effect::perform(effect, world, model.lang));
        }
    }
}

/// The message of an event of the terminal, if it means anything in this state.
pub fn message_of(model: &Model<'_>, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => update::message_of(model, key),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(columns, rows) => Some(Message::Resized(columns, rows)),
        Event::Mouse(mouse) => mouse_message(model, mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn mouse_message(model: &Model<'_>, mouse: MouseEvent) -> Option<Message> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => view::hit(model, mouse.column, mouse.row).map(Message::Clicked),
        MouseEventKind::ScrollUp => Some(Message::Clicked(Click::Wheel(-1))),
        MouseEventKind::ScrollDown => Some(Message::Clicked(Click::Wheel(1))),
        _ => None,
    }
}
