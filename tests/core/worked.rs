//! Worked examples: figures reached by hand, each with its arithmetic.

use crate::small;
use exequatur::matter::Matter;
use exequatur::matter::answers::Answers;
use exequatur::scoring::deadline::What;
use exequatur::scoring::evidence::{Grade, Reason};
use exequatur::scoring::money::Exchange;
use exequatur::scoring::{Engine, Scope, TargetResult};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

fn score(answers: &str, as_of: Date) -> TargetResult {
    let pack = small::pack();
    let matter = small::matter(&pack, answers);
    let engine = Engine::new(&pack);
    engine.assess(&matter, as_of, &Scope::Only(vec!["xx".to_owned()])).rows.remove(0)
}

const TODAY: Date = date(2026, 6, 1);

#[track_caller]
fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

fn dollars(n: i64) -> Decimal {
    Decimal::from(n)
}

#[test]
fn the_outlook_with_everything_known_is_a_plain_product() {
    // Both hurdles at their base: p = 1 / (1 + 3) = 1/4 each. Outlook (3/4)^2 = 9/16.
    let result = score("q.notice = \"clear\"\nq.shared = \"no\"", TODAY);
    near(result.outlook.expected, 9.0 / 16.0);
    near(result.outlook.answers[0], 9.0 / 16.0);
    near(result.outlook.answers[1], 9.0 / 16.0);
}

#[test]
fn a_rule_that_holds_adds_its_weight() {
    // No notice: -ln 3 + ln 3 = 0, p = 1/2. Outlook 1/2 x 3/4 = 3/8.
    let result = score("q.notice = \"none\"\nq.shared = \"no\"", TODAY);
    near(result.outlook.expected, 3.0 / 8.0);
    near(result.grounds[0].logit, 0.0);
    let sum: f64 = result.grounds[0].contributions.iter().map(|c| c.logit).sum();
    near(sum, result.grounds[0].logit);
}

#[test]
fn an_unknown_shared_by_two_hurdles_is_averaged_jointly() {
    // Shared unknown (even chances, no cases), notice clear, detail open where shared.
    // Not shared: (3/4)(3/4) = 9/16. Shared: first 1/2; second 1/2 with a good detail, and with a bad
    // one -ln 3 + 2 ln 3 = ln 3, p = 3/4, so 1/4. Mean of the second: 3/8. Together 1/2 x 3/8 = 3/16.
    // Expected (9/16 + 3/16) / 2 = 3/8. Lowest 1/2 x 1/4 = 1/8, highest 9/16.
    let result = score("q.notice = \"clear\"", TODAY);
    near(result.outlook.expected, 3.0 / 8.0);
    near(result.outlook.answers[0], 1.0 / 8.0);
    near(result.outlook.answers[1], 9.0 / 16.0);
}

#[test]
fn a_hidden_answer_is_kept_but_does_not_count() {
    // The detail is bad, but it is only asked where the shared fact holds, and that is denied.
    let hidden = score("q.notice = \"clear\"\nq.shared = \"no\"\nq.detail = \"bad\"", TODAY);
    near(hidden.outlook.expected, 9.0 / 16.0);
    let asked = score("q.notice = \"clear\"\nq.shared = \"yes\"\nq.detail = \"bad\"", TODAY);
    near(asked.outlook.expected, 1.0 / 8.0);
}

#[test]
fn the_data_range_is_the_delta_method_on_the_log_odds() {
    // All known, both at base. d(outlook)/d(base) = -outlook x p = -(9/16)(1/4) = -9/64 for each.
    // Spread of each base 1/2: variance 2 x (9/64 x 1/2)^2, sd = 9 sqrt(2) / 128.
    // On log-odds: divide by (9/16)(7/16) = 63/256: sd = 0.40406... ; z80 = 1.2815515655446.
    let result = score("q.notice = \"clear\"\nq.shared = \"no\"", TODAY);
    let sd = 9.0 * 2.0_f64.sqrt() / 128.0 / (63.0 / 256.0);
    let centre = (9.0_f64 / 7.0).ln();
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    near(result.outlook.data[0], logistic(centre - 1.281_551_565_544_6 * sd));
    near(result.outlook.data[1], logistic(centre + 1.281_551_565_544_6 * sd));
}

#[test]
fn the_limitation_date_is_whole_years_from_the_effective_date() {
    // Effective 29 February 2024, six years: 28 February 2030 (2030 is no leap year).
    // From 1 June 2026: 2026-06-01 .. 2030-02-28 = 1368 days (365 x 3 to 2029-06-01, plus one for the
    // leap day of 2028 = 1096; from 2029-06-01 to 2030-02-28 are 272).
    let result = score("m.effective = 2024-02-29", TODAY);
    let target = &result.deadlines[0];
    assert_eq!(target.what, What::Target);
    assert_eq!(target.date, Some(date(2030, 2, 28)));
    assert_eq!(target.days, Some(1368));
    // China's two years: 28 February 2026 has passed 93 days ago (31 + 30 + 31 + 1).
    assert_eq!(result.deadlines[1].date, Some(date(2026, 2, 28)));
    assert_eq!(result.deadlines[1].days, Some(-93));
    assert!(result.blocked.is_empty());
}

#[test]
fn an_expired_period_blocks_and_the_outlook_stays() {
    // Effective 31 May 2020, six years: 31 May 2026, one day before.
    let result = score("q.notice = \"clear\"\nq.shared = \"no\"\nm.effective = 2020-05-31", TODAY);
    assert_eq!(result.blocked.len(), 1);
    assert_eq!(result.deadlines[0].days, Some(-1));
    near(result.outlook.expected, 9.0 / 16.0);
    // On the last day itself it is not too late.
    assert!(score("m.effective = 2020-06-01", TODAY).blocked.is_empty());
}

#[test]
fn costs_are_mixed_by_the_chance_of_a_contest() {
    // Even chance: (20,000 + 200,000) / 2 = 110,000. Range 10,000 to 300,000.
    let result = score("", TODAY);
    near(result.contest, 0.5);
    assert_eq!(result.money.cost, [dollars(10_000), dollars(110_000), dollars(300_000)]);
}

#[test]
fn recoverable_is_the_smaller_of_judgment_and_assets() {
    // Judgment 10,000,000 CNY less 1,000,000 paid = 9,000,000 CNY = 1,260,000 USD at 0.14.
    // House 1,500,000 with 500,000 charged: free 1,000,000; x 0.8 = 800,000, registered.
    // Second, suspected, 400,000: x 0.8 x 0.25 = 80,000; at face value 400,000.
    // Low 800,000; expected 880,000; high 1,400,000 capped by the judgment at 1,260,000.
    let answers = "q.notice = \"clear\"\nq.shared = \"no\"\nm.amount = \"10000000 CNY\"\nm.paid = \"1000000 CNY\"\n\
                   [[asset]]\nwhere = \"xx\"\nclass = \"house\"\nvalue = \"1500000 USD\"\ncharges = \"500000 USD\"\n\
                   certainty = \"registered\"\n\
                   [[asset]]\nwhere = \"xx\"\nclass = \"house\"\nvalue = \"400000 USD\"\ncertainty = \"suspected\"";
    let result = score(answers, TODAY);
    let money = &result.money;
    assert_eq!(money.claim, Some([dollars(1_260_000), dollars(1_260_000)]));
    assert_eq!(money.recoverable, Some([dollars(800_000), dollars(880_000), dollars(1_260_000)]));
    // Net: 0.5625 x 880,000 - 110,000 = 385,000. Its range takes the wider of the two ranges of the
    // outlook, here the data range of the test above: 0.433 and 0.683.
    // Low: 0.433744 x 800,000 - 300,000 = 46,995. High: 0.683276 x 1,260,000 - 10,000 = 850,928.
    let net = money.net.expect("all is known");
    assert_eq!(net[1], dollars(385_000));
    let sd = 9.0 * 2.0_f64.sqrt() / 128.0 / (63.0 / 256.0);
    let end = |sign: f64| 1.0 / (1.0 + (-((9.0_f64 / 7.0).ln() + sign * 1.281_551_565_544_6 * sd)).exp());
    for (found, expected) in [(net[0], end(-1.0) * 800_000.0 - 300_000.0), (net[2], end(1.0) * 1_260_000.0 - 10_000.0)]
    {
        assert!((found - Decimal::from_f64_retain(expected).expect("finite")).abs() < dollars(2), "{found} {expected}");
    }
    // Ratio 880,000 / 110,000 = 8.0; break-even 110,000 / 0.5625 = 195,555.6 rounded.
    assert_eq!(money.ratio, Some(8.0));
    assert_eq!(money.break_even, Some(dollars(195_556)));
}

#[test]
fn interest_for_late_performance_counts_only_at_the_top_where_it_is_not_tested() {
    // 1,000,000 CNY with 200,000 ordinary interest and 100,000 for late performance, which the target
    // has not tested: 1,200,000 x 0.14 = 168,000 at the bottom, 1,300,000 x 0.14 = 182,000 at the top.
    let answers = "m.amount = \"1000000 CNY\"\nm.interest = \"200000 CNY\"\nm.late = \"100000 CNY\"";
    assert_eq!(score(answers, TODAY).money.claim, Some([dollars(168_000), dollars(182_000)]));
}

#[test]
fn an_amount_without_a_rate_is_not_guessed() {
    let result = score("m.amount = \"1000000 XAU\"", TODAY);
    assert_eq!(result.money.claim, None);
    assert_eq!(result.money.net, None);
}

#[test]
fn confidence_is_the_weighted_mean() {
    // Budget 55,000 over 110,000 = 0.5, weight 0.6; seal in hand 1.0, weight 0.4: 0.3 + 0.4 = 0.70.
    let ready = score("m.budget = \"55000 USD\"\nq.papers = [\"seal\"]", TODAY);
    assert_eq!(ready.confidence.index, 70);
    // Without the seal 1.0 - 0.5 = 0.5: 0.3 + 0.2 = 0.50.
    let bare = score("m.budget = \"55000 USD\"\nq.papers = [\"nothing\"]", TODAY);
    assert_eq!(bare.confidence.index, 50);
    // Papers unknown: the seal has the share 1/2 (one pseudo-case an option, two options), so the
    // hurdle is (1.0 + 0.5) / 2 = 0.75 and the index 0.3 + 0.3 = 0.60.
    let open = score("m.budget = \"55000 USD\"", TODAY);
    assert_eq!(open.confidence.index, 60);
    assert!(open.confidence.hurdles[1].open);
}

#[test]
fn the_evidence_grade_goes_down_a_step_for_each_reason() {
    // No decided cases: one step. Data range: 56 % within 44..69 %, 25 points, no step. No answer is
    // open. The rule that rests on our judgement does not hold. Told answers carry weight: notice
    // "none" would give 3/8 instead of 9/16, 19 points; shared "yes" with a detail open would give
    // 3/16. One step. The profile is five months old. High less two: low.
    let result = score("q.notice = \"clear\"\nq.shared = \"no\"", TODAY);
    assert_eq!(result.evidence.grade, Grade::Low);
    assert!(matches!(result.evidence.reasons[..], [Reason::FewCases(0), Reason::LoadBearing(_)]));
    // With documents seen only the first step remains.
    let seen = "q.notice = { value = \"clear\", basis = \"document\" }\n\
                q.shared = { value = \"no\", basis = \"document\" }";
    assert_eq!(score(seen, TODAY).evidence.grade, Grade::Moderate);
    // A profile older than twelve months costs one more.
    let old = score(seen, date(2027, 1, 2));
    assert!(old.evidence.reasons.contains(&Reason::OldProfile(date(2026, 1, 1))));
}

#[test]
fn an_action_is_worth_what_it_changes() {
    // Proving notice moves 3/8 to 9/16: +3/16. Getting the seal moves nothing but confidence.
    let pack = small::pack();
    let answers = "q.notice = \"none\"\nq.shared = \"no\"\nq.papers = [\"nothing\"]\nm.budget = \"55000 USD\"";
    let matter: Matter = small::matter(&pack, answers);
    let engine = Engine::new(&pack);
    let target = pack.profile("xx").expect("the target");
    let worth = engine.actions(&Answers::of(&pack, &matter), target, &Exchange::new(&pack, &matter), TODAY);
    let ids: Vec<&str> = worth.iter().map(|worth| pack.actions[worth.action].id.as_str()).collect();
    assert_eq!(ids, ["prove-notice", "get-seal"]);
    near(worth[0].outlook, 3.0 / 16.0);
    near(worth[0].after.expected, 9.0 / 16.0);
    // The seal: 0.30 + 0.20 = 50 to 0.30 + 0.40 = 70.
    assert_eq!(worth[1].confidence, 20);
    near(worth[1].outlook, 0.0);
}

#[test]
fn the_next_question_is_the_one_that_narrows_the_range_most() {
    // Notice and shared unknown (detail with it). Width now: lowest notice none, shared, bad: first
    // ln 3, 1/4; second 1/4: 1/16. Highest 9/16. Width 1/2.
    // Notice answered: clear 1/8..9/16 = 7/16; none 1/16..3/8 = 5/16. Mean 3/8: narrows by 1/8.
    // Shared answered: no 3/8..9/16 = 3/16; yes 1/16..1/4 = 3/16. Mean 3/16: narrows by 5/16.
    // Detail answered (still open whether shared): good 1/8..9/16 = 7/16; bad 1/16..9/16 = 1/2.
    // Mean 15/32: narrows by 1/32.
    let pack = small::pack();
    let matter = small::matter(&pack, "");
    let engine = Engine::new(&pack);
    let target = pack.profile("xx").expect("the target");
    let open = engine.open_questions(&Answers::of(&pack, &matter), target, TODAY);
    let found: Vec<(&str, f64)> =
        open.iter().map(|open| (pack.questions[open.question].id.as_str(), open.narrows)).collect();
    let expected = [("q.shared", 5.0 / 16.0), ("q.notice", 1.0 / 8.0), ("q.detail", 1.0 / 32.0)];
    assert_eq!(found.len(), 3, "{found:?}");
    for ((id, narrows), (expected_id, expected)) in found.into_iter().zip(expected) {
        assert_eq!(id, expected_id);
        near(narrows, expected);
    }
}
