//! Times the import of pages against `dom_smoothie` called alone on the same text, in one run:
//! `cargo run --release --no-default-features --example time_html -- FILE…`. Prints medians and their ratio; has no opinion
//! on them.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::time::{Duration, Instant};

use recto::import::{Source, html};

/// How often each page is read by each; the shortest time counts, which a busy machine disturbs least.
const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut ours, mut alone, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for argument in std::env::args_os().skip(1) {
        let source = Source::read(std::path::Path::new(&argument))?;
        let text = html::encoding::decode(&source.bytes).text;
        let (mut import_time, mut alone_time) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            let began = Instant::now();
            std::hint::black_box(html::import(&source).is_ok());
            import_time = import_time.min(began.elapsed());
            let began = Instant::now();
            let parsed = dom_smoothie::Readability::new(text.as_str(), None, None).and_then(|mut r| r.parse());
            std::hint::black_box(parsed.is_ok());
            alone_time = alone_time.min(began.elapsed());
        }
        ours.push(import_time.as_secs_f64() * 1000.0);
        alone.push(alone_time.as_secs_f64() * 1000.0);
        ratios.push(import_time.as_secs_f64() / alone_time.as_secs_f64());
    }
    println!("pages            {:>8}", ratios.len());
    println!("import           {:>8.2} ms, median", median(&mut ours));
    println!("dom_smoothie     {:>8.2} ms, median", median(&mut alone));
    println!("ratio of medians {:>8.2}", median(&mut ours) / median(&mut alone));
    println!("median of ratios {:>8.2}", median(&mut ratios));
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
