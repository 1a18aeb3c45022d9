//! Dates and amounts as people type them, in either language: one reading for both front ends.
//!
//! A currency is never guessed: where the pack names the one in which the court counts, and the
//! question asks for a sum of the judgment, the caller says so.

use jiff::civil::Date;

use super::Money;

/// Full-width digits, stops and signs as the half-width ones: Chinese input methods give both.
pub(crate) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\t' => ' ',
            '。' => '.',
            c => c,
        })
        .collect()
}

/// A day: `2026-11-22`, `2026/11/22`, `2026.11.22`, `20261122`, `2026年11月22日`, or as judgments print
/// it, `二〇二六年十一月二十二日`. `None` for anything else, and for years outside 1900 to 2200.
pub fn date(typed: &str) -> Option<Date> {
    let text = arabic(half_width(typed).trim());
    let known = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | '年' | '月' | '日' | '号');
    if !text.chars().all(known) {
        return None;
    }
    let mut parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if let [all] = parts.as_slice()
        && all.len() == 8
    {
        parts = [0..4, 4..6, 6..8].into_iter().filter_map(|part| all.get(part)).collect();
    }
    let [year, month, day] = parts.as_slice() else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// Names of currencies as people write them.
const CURRENCIES: [(&str, &str); 12] = [
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("加元", "CAD"),
    ("澳元", "AUD"),
    ("圆", "元"),
    ("整", ""),
];

/// An amount: what [`Money::parse`] reads, with the names of currencies in Chinese, amounts in words
/// (`叁佰贰拾万元整`) and `320w`. `assumed` is the currency of an amount that names none.
pub fn money(typed: &str, assumed: Option<&str>) -> Option<Money> {
    let mut text = ten_thousands(&arabic(half_width(typed).trim()));
    for (name, code) in CURRENCIES {
        text = text.replace(name, code);
    }
    Money::parse(&text).or_else(|| {
        let bare = text.chars().all(|c| !c.is_alphabetic() || matches!(c, '万' | '亿'));
        let currency = assumed.filter(|_| bare && text.chars().any(|c| c.is_ascii_digit()))?;
        Money::parse(&format!("{text} {currency}"))
    })
}

/// `320w` as `320万`.
fn ten_thousands(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let beside = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
    let scale = |(at, c): (usize, &char)| {
        let after_digit = beside(at.checked_sub(1)).is_some_and(|c| c.is_ascii_digit());
        let before_word = beside(Some(at + 1)).is_some_and(|c| c.is_ascii_alphabetic());
        if matches!(c, 'w' | 'W') && after_digit && !before_word { '万' } else { *c }
    };
    chars.iter().enumerate().map(scale).collect()
}

/// The value of a Chinese numeral, plain or as written on cheques.
const fn numeral(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

const fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Numbers in Chinese words as digits; everything else as it stands.
fn arabic(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if numeral(c).is_some() || unit(c).is_some() {
            run.push(c);
            continue;
        }
        out.push_str(&digits(&run));
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// A run of numerals and units as digits: by place (`二〇二六`) or by units (`二十六`). A unit that
/// scales digits before it (`320万`) stays a word.
fn digits(run: &str) -> String {
    let begins = run.chars().next().is_some_and(|c| numeral(c).is_some() || matches!(c, '十' | '拾'));
    if !begins {
        return run.to_owned();
    }
    if run.chars().all(|c| numeral(c).is_some()) {
        return run.chars().filter_map(numeral).map(|n| n.to_string()).collect();
    }
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64);
    for c in run.chars() {
        match (numeral(c), unit(c)) {
            (Some(n), _) => digit = n,
            (None, Some(small @ ..10_000)) => {
                section = section.saturating_add(digit.max(1).saturating_mul(small));
                digit = 0;
            }
            (None, Some(10_000)) => {
                total = total.saturating_add((section + digit).saturating_mul(10_000));
                (section, digit) = (0, 0);
            }
            (None, large) => {
                total = (total + section + digit).saturating_mul(large.unwrap_or(1));
                (section, digit) = (0, 0);
            }
        }
    }
    total.saturating_add(section).saturating_add(digit).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = jiff::civil::date(2026, 1, 22);
        for text in [
            "2026-01-22",
            "2026/1/22",
            "2026.1.22",
            "20260122",
            "2026年1月22日",
            "２０２６年１月２２日",
            "二〇二六年一月二十二日",
            "二零二六年元月22日".replace('元', "1").as_str(),
        ] {
            assert_eq!(date(text), Some(day), "{text}");
        }
        assert_eq!(date("二○二三年十月十日"), Some(jiff::civil::date(2023, 10, 10)));
        for text in ["1/2/2026", "2026-13-01", "2026", "soon", "2026-01-02-03", "", "99999999", "2023年6月"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let is = |text: &str, assumed, shown: Option<&str>| {
            assert_eq!(money(text, assumed).map(|money| money.to_string()).as_deref(), shown, "{text}");
        };
        let cny = Some("3200000 CNY");
        for text in [
            "320万元",
            "320万人民币",
            "人民币3200000元",
            "人民币 320 万元",
            "三百二十万元",
            "叁佰贰拾万元整",
            "320w人民币",
            "￥320万",
            "３２０万元",
            "CNY 3,200,000",
        ] {
            is(text, None, cny);
            is(text, Some("CNY"), cny);
        }
        for text in ["320万", "3200000", "320w", "3,200,000", "三百二十万"] {
            is(text, Some("CNY"), cny);
            is(text, None, None);
        }
        is("一亿零五百万元", None, Some("105000000 CNY"));
        is("1.2亿元", None, Some("120000000 CNY"));
        is("五万美元", None, Some("50000 USD"));
        is("320 w", Some("CNY"), None);
        is("soon", Some("CNY"), None);
        is("", Some("CNY"), None);
    }

    #[test]
    fn full_width_input_is_understood() {
        assert_eq!(half_width("１　３，＋？"), "1 3,+?");
    }
}
