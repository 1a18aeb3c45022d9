fn main() {
    let files = exequatur::library::files("prc-outbound").unwrap();
    let t = std::time::Instant::now();
    let l = exequatur::pack::load(&files);
    eprintln!("{:?} {} faults", t.elapsed(), l.faults.len());
    let n: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(30);
    println!(
        "{}",
        exequatur::faults::render(&l.faults[..l.faults.len().min(n)], exequatur::lang::Lang::En, false, |f| files
            .iter()
            .find(|x| x.path == f)
            .map(|x| x.text.as_str()))
    );
}
