fn main() {
    let l = exequatur::library::built_in("prc-outbound").unwrap();
    for f in &l.faults { eprintln!("{} {:?} {:?}", f.file, f.code, f.fields); }
    print!("{}", exequatur::scoring::weights::Weights::fitted(&l.pack).write(&l.pack));
}
