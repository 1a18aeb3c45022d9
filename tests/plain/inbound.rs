//! The other pack in line mode.

use crate::support::line_mode::interview_with;
use crate::support::{assess, inbound};
use exequatur::flow;
use exequatur::lang::Lang;
use exequatur::matter::Matter;
use exequatur::pack::Kind;

/// A line that answers a question in the line interview.
fn line(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice | Kind::Choices => "1",
        Kind::Date => "2026-01-15",
        Kind::Money => "USD 1000",
        Kind::Number => "12",
        Kind::Place | Kind::Targets => "cn-sh",
        Kind::Assets => "0",
    }
}

#[test]
fn the_line_interview_asks_every_question_that_its_answers_leave() {
    let pack = inbound().pack;
    for lang in Lang::ALL {
        let mut matter = Matter::default();
        // One question at a time, at the place where the matter says: the walk of a user who answers all.
        for question in &pack.questions {
            if !flow::visible(pack, &matter)[pack.question_index(&question.id).expect("its place")] {
                continue;
            }
            matter.at = Some(question.id.clone());
            let input = format!("{}\n", line(question.kind));
            let done = interview_with(inbound(), matter, lang, input.as_bytes());
            let text = done.text;
            matter = done.matter;
            assert!(text.contains(question.ask.get(lang)), "{}", question.id);
            // The hints take their examples from the pack in hand.
            assert!(!matches!(question.kind, Kind::Place | Kind::Targets) || text.contains("cn-js"), "{text}");
            assert!(matter.answer(&question.id).is_some(), "{}: {text}", question.id);
        }
        assert!(assess(inbound(), &matter).rows[0].outlook.expected > 0.0);
    }
}
