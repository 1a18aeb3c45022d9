//! A pack small enough to work out by hand: four questions, two hurdles, one target.

#![allow(dead_code, reason = "each test file uses its own part")]

use exequatur::matter::Matter;
use exequatur::matter::file;
use exequatur::pack::{File, Pack, load};

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

const QUESTIONS: &str = r#"
[section]
id = "facts"
title = { en = "Facts", zh = "事实" }
intro = { en = "Facts.", zh = "事实。" }

[[question]]
id = "q.notice"
kind = "choice"
ordered = true
ask = { en = "Notice?", zh = "是否知悉？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }
[[question.option]]
id = "clear"
label = { en = "clear", zh = "明确" }
[[question.option]]
id = "none"
label = { en = "none", zh = "无" }

[[question]]
id = "q.shared"
kind = "choice"
ask = { en = "Shared?", zh = "共同事实？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }
[[question.option]]
id = "no"
label = { en = "no", zh = "否" }
[[question.option]]
id = "yes"
label = { en = "yes", zh = "是" }

[[question]]
id = "q.detail"
kind = "choice"
show-if = "q.shared is yes"
ask = { en = "Detail?", zh = "细节？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }
[[question.option]]
id = "good"
label = { en = "good", zh = "好" }
[[question.option]]
id = "bad"
label = { en = "bad", zh = "坏" }

[[question]]
id = "q.papers"
kind = "choices"
ask = { en = "Papers?", zh = "文件？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }
[[question.option]]
id = "seal"
label = { en = "seal", zh = "盖章" }
[[question.option]]
id = "nothing"
label = { en = "nothing", zh = "无" }
exclusive = true

[[question]]
id = "m.effective"
kind = "date"
ask = { en = "Since when?", zh = "何时生效？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "m.amount"
kind = "money"
ask = { en = "How much?", zh = "多少？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "m.paid"
kind = "money"
ask = { en = "Paid?", zh = "已付？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "m.interest"
kind = "money"
ask = { en = "Interest?", zh = "利息？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "m.late"
kind = "money"
ask = { en = "Late interest?", zh = "迟延利息？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "m.budget"
kind = "money"
ask = { en = "Budget?", zh = "预算？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "assets"
kind = "assets"
ask = { en = "Assets?", zh = "财产？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }

[[question]]
id = "targets"
kind = "targets"
ask = { en = "Targets?", zh = "法域？" }
help = { en = "-", zh = "-" }
why = { en = "-", zh = "-" }
proof = { en = "-", zh = "-" }
"#;

/// Base -ln 3 (a quarter); without notice +ln 3 (an even chance); shared +ln 3.
const FIRST: &str = r#"
[hurdle]
id = "first"
name = { en = "First", zh = "第一" }
asks = { en = "-", zh = "-" }
base = -1.0986122886681098
spread = 0.5
reason = { en = "-", zh = "-" }
support = "judgement"
cure = "curable"
objection = { en = "-", zh = "-" }
answer = { en = "-", zh = "-" }

[[rule]]
id = "no-notice"
when = "q.notice is none"
weight = 1.0986122886681098
spread = 0.5
because = { en = "no notice", zh = "未获通知" }
reason = { en = "-", zh = "-" }
support = "judgement"

[[rule]]
id = "shared"
when = "q.shared is yes"
weight = 1.0986122886681098
spread = 0.5
because = { en = "shared", zh = "共同" }
reason = { en = "-", zh = "-" }
support = "judgement"

[[gate]]
id = "expired"
when = "fact.limitation is expired"
because = { en = "too late", zh = "已过期" }
reason = { en = "-", zh = "-" }
cure = { en = "nothing", zh = "无" }
support = "judgement"
"#;

/// Base -ln 3; shared +ln 3; a bad detail, asked only where shared, +ln 3.
const SECOND: &str = r#"
[hurdle]
id = "second"
name = { en = "Second", zh = "第二" }
asks = { en = "-", zh = "-" }
base = -1.0986122886681098
spread = 0.5
reason = { en = "-", zh = "-" }
support = "judgement"
cure = "fixed"
objection = { en = "-", zh = "-" }
answer = { en = "-", zh = "-" }

[[rule]]
id = "shared"
when = "q.shared is yes"
weight = 1.0986122886681098
spread = 0.5
because = { en = "shared", zh = "共同" }
reason = { en = "-", zh = "-" }
support = "judgement"

[[rule]]
id = "detail"
when = "q.detail is bad"
weight = 1.0986122886681098
spread = 0.5
because = { en = "bad detail", zh = "细节不利" }
reason = { en = "-", zh = "-" }
support = "judgement"
"#;

const CONTEST: &str = r#"
[hurdle]
id = "contest"
name = { en = "Contest", zh = "抗辩" }
asks = { en = "-", zh = "-" }
base = 0.0
spread = 0.5
reason = { en = "-", zh = "-" }
support = "judgement"
cure = "fixed"
objection = { en = "-", zh = "-" }
answer = { en = "-", zh = "-" }
"#;

const CONFIDENCE: &str = r#"
[[hurdle]]
id = "cost"
name = { en = "Cost", zh = "费用" }
weight = 0.6
reason = { en = "-", zh = "-" }
measure = "budget-over-cost"
raise = { en = "-", zh = "-" }

[[hurdle]]
id = "papers"
name = { en = "Papers", zh = "文件" }
weight = 0.4
reason = { en = "-", zh = "-" }
start = 1.0
raise = { en = "-", zh = "-" }
[[hurdle.rule]]
id = "no-seal"
when = "not (q.papers has seal)"
change = -0.5
because = { en = "no seal", zh = "无盖章" }
"#;

const ACTIONS: &str = r#"
[[action]]
id = "prove-notice"
name = { en = "Prove notice", zh = "证明知悉" }
how = { en = "-", zh = "-" }
when = "q.notice is none"
set = { "q.notice" = "clear" }
cost_usd = [100, 300]
days = [1, 2]
estimate = { en = "our estimate", zh = "我们的估计" }
kind = "evidence"

[[action]]
id = "get-seal"
name = { en = "Get the seal", zh = "取得盖章" }
how = { en = "-", zh = "-" }
when = "not (q.papers has seal)"
set = {}
add = { "q.papers" = ["seal"] }
cost_usd = [10, 30]
days = [1, 2]
estimate = { en = "our estimate", zh = "我们的估计" }
kind = "cure"
"#;

const ASSETS: &str = r#"
[[column]]
id = "where"
kind = "place"
label = { en = "where", zh = "地点" }
help = { en = "-", zh = "-" }

[[column]]
id = "class"
kind = "choice"
label = { en = "class", zh = "类别" }
help = { en = "-", zh = "-" }
[[column.option]]
id = "house"
label = { en = "house", zh = "房产" }
factor = 0.8
reason = { en = "-", zh = "-" }

[[column]]
id = "certainty"
kind = "choice"
label = { en = "certainty", zh = "确定性" }
help = { en = "-", zh = "-" }
[[column.option]]
id = "registered"
label = { en = "registered", zh = "登记" }
factor = 1.0
reason = { en = "-", zh = "-" }
[[column.option]]
id = "suspected"
label = { en = "suspected", zh = "怀疑" }
factor = 0.25
reason = { en = "-", zh = "-" }

[[column]]
id = "value"
kind = "money"
label = { en = "value", zh = "价值" }
help = { en = "-", zh = "-" }

[[column]]
id = "charges"
kind = "money"
label = { en = "charges", zh = "负担" }
help = { en = "-", zh = "-" }
"#;

const PACK: &str = r#"
id = "small"
version = "1.0.0"
title = { en = "Small", zh = "小" }
provenance = { en = "-", zh = "-" }
target-spread = 0.0

[wording]
report = { en = "Report", zh = "报告" }
home = { en = "Home", zh = "首页" }
cases = { en = "rulings", zh = "件裁判" }
origin-court = { en = "Court of origin", zh = "原审法院" }
record-there = { en = "there", zh = "当地" }
record-back = { en = "back", zh = "反向" }

[roles]
effective-date = "m.effective"
amount = "m.amount"
paid = "m.paid"
interest = "m.interest"
late-interest = "m.late"
budget = "m.budget"
assets = "assets"
targets = "targets"

[[region]]
id = "somewhere"
name = { en = "Somewhere", zh = "某处" }

[[word]]
up-to = 50
name = { en = "unlikely", zh = "较低" }
meaning = { en = "-", zh = "-" }
[[word]]
up-to = 100
name = { en = "likely", zh = "较高" }
meaning = { en = "-", zh = "-" }

[rates]
currency = "USD"
as-of = 2026-01-01
note = { en = "-", zh = "-" }
[rates.per-unit]
CNY = "0.14"

[[deadline]]
id = "home"
name = { en = "home", zh = "国内" }
years = 2
note = { en = "-", zh = "-" }
support = "judgement"
reason = { en = "-", zh = "-" }
"#;

/// A target whose months and costs are round: 10 to 30 thousand uncontested, 100 to 300 contested.
const TARGET: &str = r#"
id = "xx"
name_en = "Exland"
name_zh = "某地"
region = "somewhere"
position = [10.0, 20.0]
legal_family = "common-law"
as_of = 2026-01-01
notes = ""
[basis]
kind = "common-law"
instrument = ""
procedure = ""
reciprocity = "not-required"
reciprocity_note = ""
sources = ["x"]
[limitation]
years = 6
runs_from = ""
note = ""
sources = ["x"]
[service]
standard = ""
hague_service_party = true
postal_channel_objection = false
public_announcement = "unknown"
note = ""
sources = ["x"]
[procedure]
discovery = "none"
cross_examination = "none"
summary_judgment = true
security_for_costs = "no"
loser_pays = "yes"
freezing_order = "available"
asset_discovery = "strong"
translation = ""
documents = []
note = ""
sources = ["x"]
[interest]
double_interest = "not-tested"
currency = ""
note = ""
sources = ["x"]
[mediation]
status = "untested"
note = ""
sources = ["x"]
[time_months]
uncontested = [4, 8]
contested = [12, 24]
basis = ""
sources = ["x"]
[cost_usd]
uncontested = [10000, 30000]
contested = [100000, 300000]
funding = ""
basis = ""
sources = ["x"]
[track_record]
recognised = 0
refused = 0
as_counted_by = ""
sources = ["x"]
"#;

/// The files of the small pack.
pub fn files() -> Vec<File> {
    vec![
        file("pack.toml", PACK),
        file("questions/1.toml", QUESTIONS),
        file("hurdles/1.toml", FIRST),
        file("hurdles/2.toml", SECOND),
        file("hurdles/contest.toml", CONTEST),
        file("confidence.toml", CONFIDENCE),
        file("actions.toml", ACTIONS),
        file("assets.toml", ASSETS),
        file("jurisdictions/xx.toml", TARGET),
    ]
}

/// The small pack, which must be without fault.
pub fn pack() -> Pack {
    let loaded = load(&files());
    assert!(loaded.faults.is_empty(), "{:#?}", loaded.faults);
    loaded.pack
}

/// A matter from the lines under `[answers]` (and tables after them).
pub fn matter(pack: &Pack, answers: &str) -> Matter {
    let (id, version) = (&pack.id, &pack.version);
    let text = format!("format = 1\npack = \"{id}\"\npack-version = \"{version}\"\n[answers]\n{answers}\n");
    let read = file::read("matter.toml", &text, pack);
    assert!(read.faults.is_empty(), "{:#?}", read.faults);
    read.matter.expect("a matter without faults")
}
