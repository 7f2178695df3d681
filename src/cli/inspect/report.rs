//! The report of `recto inspect`, for people: title, metadata with where each value stood, coverage, what was left out
//! and why, warnings. Programs read [`super::json`] instead; this wording may change.

use std::fmt::Display;
use std::io::{self, Write};

use super::Inspected;
use crate::document::{Article, Metadata, Readings};
use crate::text::collapse_whitespace;

/// Width of the column of names, in characters.
const NAMES_COLUMN: usize = 12;
/// An omitted block is quoted up to so many characters; the whole of it is in the JSON.
const QUOTE_CHARACTERS: usize = 72;

/// Writes one file's report. What could not be read has been said on standard error and has none.
///
/// # Errors
/// Those of writing.
pub fn write(inspected: &Inspected, out: &mut impl Write) -> io::Result<()> {
    let Ok(import) = &inspected.outcome else { return Ok(()) };
    write!(out, "{} ({}", inspected.file.display(), import.format)?;
    match import.encoding {
        Some(encoding) => writeln!(out, ", {encoding})")?,
        None => writeln!(out, ")")?,
    }
    for warning in &import.warnings {
        writeln!(out, "  Warning: {}", warning.message)?;
    }
    for article in &import.articles {
        writeln!(out)?;
        write_story(article, out)?;
    }
    writeln!(out)
}

fn write_story(article: &Article, out: &mut impl Write) -> io::Result<()> {
    let Metadata {
        title,
        site,
        authors,
        published,
        modified,
        language,
        direction,
        url,
        saved,
        stated_minutes,
        description,
        tags,
        state,
        favorite,
        read_percent,
        words,
        minutes,
    } = &article.metadata;
    writeln!(out, "  {}", title.value().map_or("Untitled", String::as_str))?;
    write_readings("title", title, String::clone, out)?;
    write_readings("site", site, String::clone, out)?;
    write_readings("authors", authors, |names| names.join(", "), out)?;
    write_readings("published", published, ToString::to_string, out)?;
    write_readings("modified", modified, ToString::to_string, out)?;
    write_readings("language", language, String::clone, out)?;
    write_readings("direction", direction, |direction| direction.as_str().to_owned(), out)?;
    write_readings("url", url, String::clone, out)?;
    write_readings("saved", saved, ToString::to_string, out)?;
    write_readings("stated time", stated_minutes, |minutes| format!("{minutes} min"), out)?;
    write_readings("description", description, |text| quote(text), out)?;
    write_readings("tags", tags, |tags| tags.join(", "), out)?;
    write_readings("state", state, ToString::to_string, out)?;
    write_readings("favourite", favorite, |yes| if *yes { "yes" } else { "no" }.to_owned(), out)?;
    write_readings("read", read_percent, |percent| format!("{percent} %"), out)?;
    write_line("length", &format!("{words} words, {minutes} min"), &"computed", out)?;
    for highlight in &article.highlights {
        let note = highlight.note.as_ref().map(|note| format!(" ({})", quote(note))).unwrap_or_default();
        write_line("marked", &format!("{}{note}", quote(&highlight.quote)), &highlight.from, out)?;
    }
    if article.is_link_only() {
        return writeln!(out, "    {:NAMES_COLUMN$}none: the file has the address alone", "text");
    }
    let coverage = article.coverage();
    writeln!(out, "    {:NAMES_COLUMN$}{} of {} text blocks shown", "coverage", coverage.shown, coverage.total)?;
    for block in &article.blocks {
        if let Some(reason) = block.omitted {
            writeln!(out, "    {:NAMES_COLUMN$}{}: {}", "left out", reason.label(), quote(&block.plain_text()))?;
        }
    }
    Ok(())
}

/// The shown reading, then those that disagree.
fn write_readings<T: PartialEq>(
    name: &str,
    readings: &Readings<T>,
    text: impl Fn(&T) -> String,
    out: &mut impl Write,
) -> io::Result<()> {
    if let Some(reading) = readings.first() {
        write_line(name, &text(&reading.value), &reading.from, out)?;
    }
    for reading in readings.disagreeing() {
        write_line("  or", &text(&reading.value), &reading.from, out)?;
    }
    Ok(())
}

fn write_line(name: &str, value: &str, from: &impl Display, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "    {name:NAMES_COLUMN$}{value} [{from}]")
}

/// A text on one line, cut at [`QUOTE_CHARACTERS`].
fn quote(text: &str) -> String {
    let text = collapse_whitespace(text);
    let mut quoted: String = text.chars().take(QUOTE_CHARACTERS).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}
