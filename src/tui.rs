//! The full-screen program: one [`Model`], one `update`, one `view`.
//!
//! Must not: hold state of its own. The loop waits for one event, turns it into a message by the key
//! table, lets `update` change the model, and does what `update` asks for outside. Then `update` scores
//! one target at a time while nothing waits to be read, so that no key ever waits for more than one of
//! them, and the screen is drawn once for all that half a frame had room for. Last, the disk confirms what
//! was saved. There is no thread and no tick: `wait` sleeps until a key or a signal.
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
pub mod screen;
pub mod settings;
pub mod text_field;
pub mod theme;
pub mod update;
pub mod view;
mod wait;
pub mod words;

use std::time::{Duration, Instant};

use anyhow::Context as _;
use ratatui::crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};

use crate::scoring::Engine;
use crate::store::keeper::Keeper;
use effect::World;
use message::{Click, Effect, Message};
pub use model::{Look, Model, Outcome, Session};
use wait::{HUNG_UP, Wait, Woken};

/// Runs the full-screen program until the user leaves. `keeper` has opened the matter of the session.
///
/// # Errors
/// Where the terminal cannot be set up, read or written.
pub fn run(engine: &Engine<'_>, session: Session, keeper: Keeper) -> anyhow::Result<Outcome> {
    // Signals first: one that comes while the screen is being set up must restore it too.
    let wait = Wait::new().context("listening for signals")?;
    let mut terminal = screen::enter(session.mouse)?;
    let result = run_in(&mut terminal, &wait, engine, session, keeper);
    screen::leave();
    result
}

fn run_in(
    terminal: &mut screen::Screen,
    wait: &Wait,
    engine: &Engine<'_>,
    session: Session,
    keeper: Keeper,
) -> anyhow::Result<Outcome> {
    let size = screen::size()?;
    let world = World { keeper: keeper.into(), ..World::new(engine) };
    let mouse = session.mouse;
    let mut model = Model::new(engine, session, size);
    // A matter that is opened leaves the list to the key that goes home.
    if matches!(model.screen, model::Screen::Home) {
        let recent = effect::perform(Effect::ListRecent, &world, model.lang);
        handle(&mut model, recent, &world);
    }
    let mut kept = view::Kept::default();
    while model.outcome.is_none() {
        let mut woken = work_out(&mut model, wait, &world)?;
        draw(terminal, &mut model, &mut kept, &world);
        if !confirm(&mut model, &world) {
            continue;
        }
        if woken == Woken::Nothing && model.outcome.is_none() && model.wants_idle() {
            // What takes longer, or is announced before it is done, comes after the screen that says so.
            woken = wait.look(false)?;
            if woken == Woken::Nothing {
                handle(&mut model, Message::Idle, &world);
                continue;
            }
        }
        if model.outcome.is_some() {
            break;
        }
        if woken == Woken::Nothing {
            woken = wait.look(true)?;
        }
        match woken {
            Woken::Nothing => {}
            Woken::Input => read(&mut model, &world)?,
            Woken::Ended(signal) => handle(&mut model, Message::Ended(signal), &world),
            Woken::Suspend => {
                screen::leave();
                wait.stop()?;
                resume(terminal, mouse, &mut model, &world)?;
            }
            Woken::Resumed => resume(terminal, mouse, &mut model, &world)?,
        }
    }
    Ok(model.outcome.unwrap_or_default())
}

/// How long a screen may wait for what is worked out of the answers: half of a frame.
const BEFORE_DRAWING: Duration = Duration::from_millis(8);

/// Works out what a change has made old, so that the screen that is drawn next shows all of it. A key
/// that waits, and the half of a frame, come first.
fn work_out(model: &mut Model<'_>, wait: &Wait, world: &World<'_>) -> anyhow::Result<Woken> {
    let begun = Instant::now();
    while model.outcome.is_none() && model.wants_idle() && !update::exporting(model) && begun.elapsed() < BEFORE_DRAWING
    {
        let woken = wait.look(false)?;
        if woken != Woken::Nothing {
            return Ok(woken);
        }
        handle(model, Message::Idle, world);
    }
    Ok(Woken::Nothing)
}

/// Draws. A terminal that cannot be drawn on has gone: what is typed is kept, and the program ends.
fn draw(terminal: &mut screen::Screen, model: &mut Model<'_>, kept: &mut view::Kept, world: &World<'_>) {
    if terminal.draw(model.size, |cells| view::paint(model, kept, cells)).is_err() {
        handle(model, Message::Ended(HUNG_UP), world);
    }
}

/// Takes every event that waits: a pasted line or a held key gives many.
fn read(model: &mut Model<'_>, world: &World<'_>) -> anyhow::Result<()> {
    while model.outcome.is_none() && Wait::has_event()? {
        let event = event::read().context("reading a key")?;
        if let Some(message) = message_of(model, event) {
            handle(model, message, world);
        }
    }
    Ok(())
}

/// Sets the screen up again after the program was stopped, and draws everything anew.
fn resume(terminal: &mut screen::Screen, mouse: bool, model: &mut Model<'_>, world: &World<'_>) -> anyhow::Result<()> {
    screen::set_up(mouse)?;
    let (columns, rows) = screen::size()?;
    handle(model, Message::Resized(columns, rows), world);
    terminal.forget();
    Ok(())
}

/// Updates the model and does what is asked for outside, until nothing more is.
pub fn handle(model: &mut Model<'_>, message: Message, world: &World<'_>) {
    let mut next = Some(message);
    while let Some(message) = next.take() {
        if let Some(effect) = update::update(model, message) {
            next = Some(outside(effect, model, world));
        }
    }
}

/// Does what is asked for outside. Who leaves a matter does not come back to a screen that could say that
/// the disk has not confirmed it, so that it has to do so first.
pub fn outside(effect: Effect, model: &Model<'_>, world: &World<'_>) -> Message {
    let done = effect::perform(effect, world, model.lang);
    if model.leaving.is_some()
        && let Some(Message::Confirmed(Err(reason))) = effect::confirm(world)
    {
        return Message::Saved(Err(reason));
    }
    done
}

/// Lets the disk confirm what was saved, which takes longer than drawing: so it comes after the screen,
/// and before the next key is read. False where it failed, which the screen has to say.
pub fn confirm(model: &mut Model<'_>, world: &World<'_>) -> bool {
    let Some(confirmed) = effect::confirm(world) else { return true };
    let well = matches!(confirmed, Message::Confirmed(Ok(())));
    handle(model, confirmed, world);
    well
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
