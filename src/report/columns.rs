//! What targets are compared by: one list, read by the report's table, by `compare` as text and as CSV,
//! and by the screen. A new column is one entry of [`COLUMNS`].

use rust_decimal::Decimal;

use super::sentences::{Writer, target_deadline};
use crate::lang::Lang;
use crate::messages::{compare, listing, num, ranking, summary, word};
use crate::numbers;
use crate::pack::Profile;
use crate::scoring::{Assessment, TargetResult, rule_record};

/// A target with its place among those compared.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// 1 for the best.
    pub rank: usize,
    pub target: &'r TargetResult,
}

/// The targets in the order of every comparison, the best first.
pub fn rows(assessment: &Assessment) -> impl Iterator<Item = Row<'_>> {
    assessment.ranked().into_iter().enumerate().map(|(n, target)| Row { rank: n + 1, target })
}

type Name = fn(Lang) -> &'static str;
type Cell = fn(&Writer<'_>, Row<'_>) -> String;
type Lines = fn(&Writer<'_>, Row<'_>) -> Vec<String>;

/// Something that targets are compared by, with how each output shows it; `None` or nothing where an
/// output leaves it out.
pub struct Column {
    /// The same in every language.
    pub id: &'static str,
    /// Heading and cell in the report's table, and whether it holds figures.
    pub report: Option<(Name, bool, Cell)>,
    /// Label and lines in the text of `compare`; no line where there is nothing to say.
    pub text: Option<(Name, Lines)>,
    /// Headings and cells in the CSV of `compare`.
    pub csv: &'static [(&'static str, Cell)],
    /// How the screen shows it.
    pub screen: Option<Screen>,
}

/// A column of the table on the screen.
pub struct Screen {
    pub name: Name,
    /// How many cells of the terminal it takes.
    pub width: usize,
    /// Which columns stay where there is no room for all: 1 goes last.
    pub weight: u8,
    /// True in the view of the law, false in that of the figures.
    pub law: bool,
    pub cell: Cell,
}

const NONE: Column = Column { id: "", report: None, text: None, csv: &[], screen: None };

/// The columns of every comparison, in their order.
pub static COLUMNS: [Column; 20] = [
    Column { id: "rank", csv: &[("rank", |_, row| row.rank.to_string())], ..NONE },
    Column {
        id: "target",
        report: Some((summary::target, false, |writer, row| writer.place(&row.target.id).to_owned())),
        csv: &[
            ("jurisdiction", |_, row| row.target.id.clone()),
            ("name", |writer, row| writer.place(&row.target.id).to_owned()),
        ],
        ..NONE
    },
    Column {
        id: "standing",
        report: Some((compare::status, false, standing)),
        csv: &[("blocked", |_, row| (!row.target.blocked.is_empty()).to_string())],
        ..NONE
    },
    Column {
        id: "outlook",
        report: Some((compare::outlook, true, outlook)),
        text: Some((ranking::outlook, |writer, row| vec![writer.outlook(row.target)])),
        csv: &[
            ("expected", |_, row| chance(row.target.outlook.expected)),
            ("low", |_, row| chance(row.target.outlook.answers[0])),
            ("high", |_, row| chance(row.target.outlook.answers[1])),
            ("word", |writer, row| writer.say(&writer.pack.word(row.target.outlook.expected).name).to_owned()),
        ],
        ..NONE
    },
    Column {
        id: "blocks",
        text: Some((ranking::blocked, |writer, row| {
            row.target.blocked.iter().map(|block| writer.block(block)).collect()
        })),
        ..NONE
    },
    Column {
        id: "net",
        report: Some((summary::net, true, |writer, row| {
            row.target.money.net.map_or_else(|| none(writer), |net| writer.estimate(net[1]))
        })),
        text: Some((ranking::net, |writer, row| vec![net(writer, row)])),
        csv: &[
            ("currency", |writer, _| writer.assessment.exchange.currency.clone()),
            ("net", |_, row| amount(row.target.money.net.map(|net| net[1]))),
            ("net_low", |_, row| amount(row.target.money.net.map(|net| net[0]))),
            ("net_high", |_, row| amount(row.target.money.net.map(|net| net[2]))),
        ],
        screen: Some(Screen {
            name: compare::column_net,
            width: 8,
            weight: 1,
            law: false,
            cell: |writer, row| {
                let net = row.target.money.net;
                net.map_or_else(|| none(writer), |net| numbers::short_amount(net[1], writer.lang))
            },
        }),
    },
    Column {
        id: "cost",
        text: Some((ranking::cost, |writer, row| {
            vec![writer.estimates(row.target.money.cost[0], row.target.money.cost[2])]
        })),
        csv: &[
            ("cost_low", |_, row| amount(Some(row.target.money.cost[0]))),
            ("cost_high", |_, row| amount(Some(row.target.money.cost[2]))),
        ],
        screen: Some(Screen {
            name: compare::column_cost,
            width: 8,
            weight: 3,
            law: false,
            cell: |writer, row| numbers::short_amount(row.target.money.cost[1], writer.lang),
        }),
        ..NONE
    },
    Column {
        id: "contest",
        text: Some((ranking::contest, |writer, row| vec![writer.percent(row.target.contest)])),
        ..NONE
    },
    Column {
        id: "months",
        screen: Some(Screen {
            name: compare::column_months,
            width: 8,
            weight: 5,
            law: false,
            cell: |writer, row| {
                of_profile(writer, row, |profile| {
                    let [low, high] = profile.time.contested.map(|months| format!("{months:.0}"));
                    numbers::range(&low, &high, writer.lang)
                })
            },
        }),
        ..NONE
    },
    Column {
        id: "confidence",
        screen: Some(Screen {
            name: compare::column_confidence,
            width: 12,
            weight: 4,
            law: false,
            cell: |writer, row| numbers::of_hundred(f64::from(row.target.confidence.index) / 100.0, writer.lang),
        }),
        ..NONE
    },
    Column {
        id: "route",
        text: Some((ranking::route, |writer, row| {
            let route = |profile: &Profile| {
                let kind = word(writer.lang, "basis-kind", &profile.basis.kind);
                format!("{kind}: {}", writer.say(&profile.basis.instrument))
            };
            writer.profile(row.target).map(route).into_iter().collect()
        })),
        screen: Some(Screen {
            name: compare::column_route,
            width: 14,
            weight: 1,
            law: true,
            cell: |writer, row| {
                of_profile(writer, row, |profile| word(writer.lang, "basis-kind", &profile.basis.kind).to_owned())
            },
        }),
        ..NONE
    },
    Column {
        id: "reciprocity",
        text: Some((ranking::reciprocity, |writer, row| {
            writer.profile(row.target).map(|profile| reciprocity(writer, profile)).into_iter().collect()
        })),
        screen: Some(Screen {
            name: compare::column_reciprocity,
            width: 24,
            weight: 2,
            law: true,
            cell: |writer, row| {
                of_profile(writer, row, |it| word(writer.lang, "reciprocity", &it.basis.reciprocity).to_owned())
            },
        }),
        ..NONE
    },
    Column {
        id: "announcement",
        screen: Some(Screen {
            name: compare::column_announcement,
            width: 19,
            weight: 3,
            law: true,
            cell: |writer, row| {
                of_profile(writer, row, |it| word(writer.lang, "announcement", &it.service.announcement).to_owned())
            },
        }),
        ..NONE
    },
    Column {
        id: "limitation",
        report: Some((summary::deadline, false, |writer, row| {
            let date = target_deadline(row.target).and_then(|deadline| deadline.date);
            date.map_or_else(|| none(writer), |date| writer.date(date))
        })),
        text: Some((ranking::limitation, |writer, row| {
            target_deadline(row.target).map(|deadline| writer.when(deadline)).into_iter().collect()
        })),
        csv: &[("deadline", |_, row| {
            let date = target_deadline(row.target).and_then(|deadline| deadline.date);
            date.map(|date| date.to_string()).unwrap_or_default()
        })],
        screen: Some(Screen {
            name: compare::column_years,
            width: 8,
            weight: 4,
            law: true,
            cell: |writer, row| of_profile(writer, row, |it| numbers::years(it.limitation.years, writer.lang)),
        }),
    },
    Column {
        id: "loser_pays",
        screen: Some(Screen {
            name: compare::column_loser,
            width: 12,
            weight: 5,
            law: true,
            cell: |writer, row| {
                of_profile(writer, row, |it| word(writer.lang, "level", &it.procedure.loser_pays).to_owned())
            },
        }),
        ..NONE
    },
    Column {
        id: "freezing",
        screen: Some(Screen {
            name: compare::column_freezing,
            width: 11,
            weight: 6,
            law: true,
            cell: |writer, row| {
                of_profile(writer, row, |it| word(writer.lang, "level", &it.procedure.freezing_order).to_owned())
            },
        }),
        ..NONE
    },
    Column { id: "cases", text: Some((ranking::cases, |writer, row| vec![cases(writer, row)])), ..NONE },
    Column {
        id: "worst",
        text: Some((ranking::worst, |writer, row| {
            let worst = row.target.worst_first().into_iter().take(1);
            let words = worst.map(|ground| {
                format!("{}, {}", writer.say(&writer.hurdle(ground.hurdle).name), writer.percent(ground.p))
            });
            words.collect()
        })),
        ..NONE
    },
    Column {
        id: "evidence",
        report: Some((summary::evidence, false, |writer, row| writer.grade(row.target).to_owned())),
        text: Some((ranking::evidence, |writer, row| vec![writer.grade(row.target).to_owned()])),
        csv: &[("grade", |_, row| row.target.evidence.grade.id().to_owned())],
        screen: Some(Screen {
            name: compare::column_evidence,
            width: 10,
            weight: 6,
            law: false,
            cell: |writer, row| writer.grade(row.target).to_owned(),
        }),
    },
    Column {
        id: "why",
        text: Some((ranking::why, |writer, row| vec![because(writer, row)])),
        csv: &[("because", because)],
        ..NONE
    },
];

/// Decided cases under which no rate is shown.
const FEW: usize = 5;

fn none(writer: &Writer<'_>) -> String {
    num::none(writer.lang).to_owned()
}

fn of_profile(writer: &Writer<'_>, row: Row<'_>, cell: impl Fn(&Profile) -> String) -> String {
    writer.profile(row.target).map(cell).unwrap_or_default()
}

fn chance(p: f64) -> String {
    format!("{p:.4}")
}

fn amount(sum: Option<Decimal>) -> String {
    sum.map(|sum| sum.round_dp(2).to_string()).unwrap_or_default()
}

fn standing(writer: &Writer<'_>, row: Row<'_>) -> String {
    let words = if !row.target.blocked.is_empty() {
        compare::blocked(writer.lang)
    } else if !row.target.may_block.is_empty() {
        compare::may(writer.lang)
    } else {
        compare::open(writer.lang)
    };
    words.to_owned()
}

/// `likely 72% (60% to 80%)`.
fn outlook(writer: &Writer<'_>, row: Row<'_>) -> String {
    let it = &row.target.outlook;
    let word = writer.say(&writer.pack.word(it.expected).name);
    let range = numbers::percent_range(it.answers, writer.lang);
    num::bracket(writer.lang, range, format!("{word} {}", writer.percent(it.expected)))
}

fn net(writer: &Writer<'_>, row: Row<'_>) -> String {
    match row.target.money.net {
        Some([low, expected, high]) => format!("{} ({})", writer.estimate(expected), writer.estimates(low, high)),
        None => ranking::net_unknown(writer.lang).to_owned(),
    }
}

/// What the target asks for, and the record in both directions.
fn reciprocity(writer: &Writer<'_>, profile: &Profile) -> String {
    let lang = writer.lang;
    let there = listing::record(lang, profile.record.recognised, profile.record.refused);
    let record = writer.matter.state_of(writer.pack, &profile.id).and_then(|state| writer.pack.record_of(state));
    let back = record.and_then(|state| {
        let marks = word(lang, "status", state.status.id());
        let counts = ranking::inbound(lang, state.recognised?, state.refused.unwrap_or(0));
        Some(format!("{counts} [{marks}]"))
    });
    let wording = &writer.pack.wording;
    ranking::both_ways(
        lang,
        back.unwrap_or_else(|| ranking::inbound_unknown(lang).to_owned()),
        writer.say(&wording.record_back),
        word(lang, "reciprocity", &profile.basis.reciprocity),
        there,
        writer.say(&wording.record_there),
    )
}

fn cases(writer: &Writer<'_>, row: Row<'_>) -> String {
    let [_, matters, lost] = rule_record::of_target(writer.pack, writer.decided(), &row.target.id);
    if matters < FEW {
        ranking::cases_few(writer.lang, lost, matters)
    } else {
        ranking::cases_line(writer.lang, lost, matters)
    }
}

/// Why a target has its place.
pub(super) fn because(writer: &Writer<'_>, row: Row<'_>) -> String {
    let lang = writer.lang;
    if !row.target.blocked.is_empty() {
        return ranking::because_blocked(lang).to_owned();
    }
    match row.target.money.net {
        Some(net) => ranking::because_net(lang, writer.estimate(net[1])),
        None => ranking::because_outlook(lang, writer.percent(row.target.outlook.expected)),
    }
}
