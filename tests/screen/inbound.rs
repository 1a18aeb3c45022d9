//! The other pack in the full screen, and the way from one to the other.

use crate::support::screen::Program;
use crate::support::{example, inbound, pack};
use exequatur::lang::{Lang, Localized};
use exequatur::tui::effect::perform;
use exequatur::tui::message::Effect;
use exequatur::tui::model::Opening;
use exequatur::tui::update::{HomeItem, home_items};

/// Without spaces, which wide characters and wrapping put in between.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_full_screen_asks_and_words_the_other_pack() {
    for lang in Lang::ALL {
        let mut program = Program::of(inbound(), lang, (120, 40), None, Vec::new());
        assert!(squeezed(&program.screen()).contains(&squeezed(inbound().pack.wording.home.get(lang))));
        program.press(&"Enter ".repeat(inbound().pack.questions.len() + 1));
        assert!(
            program.matter().answer("origin.state").is_some(),
            "Enter chose the first option of the first question"
        );
        assert!(program.folder.path().read_dir().expect("the folder").count() > 0, "it is saved as it goes");
    }
}

/// The screen of this pack, which offers another one.
fn offering(lang: Lang) -> Program {
    let title = Localized { en: "The other one".into(), zh: "另一方向".into() };
    Program::of(inbound(), lang, (80, 24), None, vec![("other".to_owned(), title)])
}

#[test]
fn opening_a_matter_of_another_pack_starts_the_screen_again_with_that_pack() {
    let mut program = offering(Lang::En);
    let path = program.folder.path().join("theirs.toml");
    std::fs::write(&path, example(pack(), "nsw-2023-post")).expect("a matter of the other pack");
    let opened = perform(Effect::Open(path.clone()), &program.env, Lang::En);
    program.send(opened);
    assert_eq!(program.model.outcome.expect("the screen ends").opening, Some(Opening::Matter(path)));
}

#[test]
fn home_offers_the_other_pack_and_starts_again_with_it() {
    let mut program = offering(Lang::Zh);
    let row = home_items(&program.model).iter().position(|item| matches!(item, HomeItem::OtherPack(0)));
    program.press(&"Down ".repeat(row.expect("a row"))).press("Enter");
    assert_eq!(program.model.outcome.expect("the screen ends").opening, Some(Opening::Pack("other".to_owned())));
}
