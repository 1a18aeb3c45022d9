//! The full-screen program: one [`Model`], one `update`, one `view`.
//!
//! The loop waits for one event, turns it into a message by the key table, lets `update` change the model, and does
//! what `update` asks for outside. Then `update` scores one target at a time while nothing waits to be read, so that
//! no key ever waits for more than one of them, and the screen is drawn once for all that half a frame had time for.
//! Last, the disk confirms what was saved. There is no thread and no tick: `input` sleeps until a key or a signal.
//!
//! Invariant: the loop holds no state of its own.
//!
//! Reading order: `message` (everything that can happen) → `model` → `keymap` → `update` → `view`.

pub mod context;
pub mod effect;
mod filters;
mod input;
pub mod keymap;
pub mod message;
pub mod model;
pub mod search;
pub mod settings;
mod signals;
pub mod terminal;
mod text_field;
pub mod theme;
pub mod update;
pub mod view;
mod words;

use std::time::{Duration, Instant};

use anyhow::Context as _;
use ratatui::layout::Rect;

use crate::scoring::Engine;
use crate::store::open_matter::OpenMatter;
use effect::Env;
pub use input::message_of;
use input::{Input, Wake};
use message::{Effect, Message};
pub use model::{Look, Model, Outcome, Session};
use signals::{HUNG_UP, Signal};
use terminal::Screen;

/// Runs the full-screen program until the user leaves. `open_matter` has opened the matter of the session.
///
/// # Errors
/// Where the terminal cannot be set up, read or written.
pub fn run(engine: &Engine<'_>, session: Session, open_matter: OpenMatter) -> anyhow::Result<Outcome> {
    // Signals first: one that comes while the screen is being set up must restore it too.
    let input = Input::new().context("listening for signals")?;
    let mut screen = terminal::enter(session.mouse)?;
    let result = run_in(&mut screen, &input, engine, session, open_matter);
    terminal::leave(screen);
    result
}

fn run_in(
    screen: &mut Screen,
    input: &Input,
    engine: &Engine<'_>,
    session: Session,
    open_matter: OpenMatter,
) -> anyhow::Result<Outcome> {
    let size = terminal::size()?;
    let env = Env { open_matter: open_matter.into(), ..Env::new(engine) };
    let mouse = session.mouse;
    let mut model = Model::new(engine, session, size);
    // A matter that is opened leaves the list to the key that goes home.
    if matches!(model.screen, model::Screen::Home) {
        let recent = effect::perform(Effect::ListRecent, &env, model.lang);
        handle(&mut model, recent, &env);
    }
    while model.outcome.is_none() {
        let mut wake = score_before_drawing(&mut model, input, &env)?;
        if terminal::draw(screen, |frame| view::view(&model, frame)).is_err() {
            // A terminal that cannot be drawn on has gone: what is typed is kept, and the program ends.
            handle(&mut model, Message::Ended(HUNG_UP), &env);
        }
        if !confirm(&mut model, &env) {
            continue;
        }
        if wake == Wake::Nothing && model.outcome.is_none() && model.wants_idle() {
            // What takes longer, or is announced before it is done, comes after the screen that says so.
            wake = input.poll()?;
            if wake == Wake::Nothing {
                handle(&mut model, Message::Idle, &env);
                continue;
            }
        }
        if model.outcome.is_some() {
            break;
        }
        if wake == Wake::Nothing {
            wake = input.wait()?;
        }
        match wake {
            Wake::Nothing => {}
            Wake::Input => read(&mut model, &env)?,
            Wake::Signal(Signal::End(number)) => handle(&mut model, Message::Ended(number), &env),
            Wake::Signal(Signal::Stop) => {
                terminal::restore();
                input.stop()?;
                resume(screen, mouse, &mut model, &env)?;
            }
            Wake::Signal(Signal::Continue) => resume(screen, mouse, &mut model, &env)?,
        }
    }
    Ok(model.outcome.unwrap_or_default())
}

/// How long a frame may wait for the scores that it shows: half of a sixtieth of a second.
const BEFORE_DRAWING: Duration = Duration::from_millis(8);

/// Scores what a change has made old, so that the screen that is drawn next shows all of it. Stops for a key or a
/// signal, and when the time is up.
fn score_before_drawing(model: &mut Model<'_>, input: &Input, env: &Env<'_>) -> anyhow::Result<Wake> {
    let start = Instant::now();
    while model.outcome.is_none() && model.wants_idle() && !update::exporting(model) {
        if start.elapsed() >= BEFORE_DRAWING {
            break;
        }
        let wake = input.poll()?;
        if wake != Wake::Nothing {
            return Ok(wake);
        }
        handle(model, Message::Idle, env);
    }
    Ok(Wake::Nothing)
}

/// Takes every event that waits: a pasted line or a held key gives many.
fn read(model: &mut Model<'_>, env: &Env<'_>) -> anyhow::Result<()> {
    while model.outcome.is_none()
        && let Some(event) = Input::next_event()?
    {
        if let Some(message) = message_of(model, event) {
            handle(model, message, env);
        }
    }
    Ok(())
}

/// Sets the screen up again after the program was stopped, and draws everything anew.
fn resume(screen: &mut Screen, mouse: bool, model: &mut Model<'_>, env: &Env<'_>) -> anyhow::Result<()> {
    terminal::set_up(mouse)?;
    let (columns, rows) = terminal::size()?;
    handle(model, Message::Resized(columns, rows), env);
    // `Terminal::clear` would ask the terminal where its cursor is, and wait for an answer.
    screen.resize(Rect::new(0, 0, columns, rows)).context("drawing anew")
}

/// Updates the model and does what is asked for outside, until nothing more is.
pub fn handle(model: &mut Model<'_>, message: Message, env: &Env<'_>) {
    let mut next = Some(message);
    while let Some(message) = next.take() {
        if let Some(effect) = update::update(model, message) {
            next = Some(outside(effect, model, env));
        }
    }
}

/// Does what is asked for outside. Who leaves a matter does not come back to a screen that could say that
/// the disk has not confirmed it, so that it has to do so first.
pub fn outside(effect: Effect, model: &Model<'_>, env: &Env<'_>) -> Message {
    let done = effect::perform(effect, env, model.lang);
    if model.leaving.is_some()
        && let Some(Message::Confirmed(Err(reason))) = effect::confirm(env)
    {
        return Message::Saved(Err(reason));
    }
    done
}

/// Lets the disk confirm what was saved, which takes longer than drawing: so it comes after the screen,
/// and before the next key is read. False where it failed, which the screen has to say.
pub fn confirm(model: &mut Model<'_>, env: &Env<'_>) -> bool {
    let Some(confirmed) = effect::confirm(env) else { return true };
    let well = matches!(confirmed, Message::Confirmed(Ok(())));
    handle(model, confirmed, env);
    well
}
