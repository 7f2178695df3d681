//! Sentences with who says what in them, language by language.

use super::{How, Kind, voices, voices_with};
use crate::document::{Article, Block, Container, OmissionReason, RichText, Role};

fn article(language: &str, text: &str) -> Article {
    let blocks = text.split("\n\n").map(|part| Block::paragraph(RichText::plain(part))).collect();
    let mut article = Article { blocks, ..Article::default() };
    article.metadata.language.compute(language.to_owned());
    article
}

/// All that is said, as "quote | mention | speaker", reported speech with a letter before it.
fn said(article: &Article) -> Vec<String> {
    let flat = article.flat_text();
    let words = |range: crate::document::TextRange| range.of(flat.as_str()).expect("a range of the text");
    voices(article)
        .quotations
        .iter()
        .map(|q| {
            let kind = match q.kind {
                Kind::Direct | Kind::SingleQuoted => "",
                Kind::Indirect => "i: ",
                Kind::Block => "b: ",
                Kind::Dialogue => "d: ",
                Kind::Transcript => "t: ",
            };
            let mention = q.mention.map_or("", words);
            format!("{kind}{} | {mention} | {}", words(q.range), q.speaker.as_deref().unwrap_or_default())
        })
        .collect()
}

fn check(language: &str, text: &str, expected: &[&str]) {
    assert_eq!(said(&article(language, text)), expected, "{text}");
}

/// Each sentence has one or more quotations, all of one speaker: the words that name them.
#[test]
fn english_speakers() {
    let mut wrong = Vec::new();
    for (text, mention) in [
        // Behind it.
        ("“We are leaving now,” said Ann Lee.", "Ann Lee"),
        ("“We are leaving now,” Ann Lee said on Friday.", "Ann Lee"),
        ("“We are leaving now,” she said, closing the door.", "she"),
        ("“We are leaving now,” said the minister.", "the minister"),
        ("“We are leaving now,” the minister told reporters in Paris.", "the minister"),
        ("“We are leaving now,” said Lee, who runs the port.", "Lee"),
        ("“We are leaving now,” said the port’s director, Ann Lee.", "Ann Lee"),
        ("“We are leaving now,” said Ann Lee, the port’s director, on Friday.", "Ann Lee"),
        ("“We are leaving now,” Lee, the port’s director, told the Gazette.", "Lee"),
        ("“We are leaving now,” the director, Ann Lee, told the Gazette.", "Ann Lee"),
        ("“We are leaving now,” Lee, who runs the port, said.", "Lee"),
        ("“We are leaving now,” Mr. Lee said.", "Mr. Lee"),
        ("“We are leaving now,” Rep. Ann Lee (D-Ohio) said in a statement.", "Rep. Ann Lee"),
        ("“We are leaving now,” a spokesman for the port said.", "a spokesman for the port"),
        ("“We are leaving now,” port spokeswoman Ann Lee wrote in an email.", "port spokeswoman Ann Lee"),
        ("“We are leaving now,” one resident complained.", "one resident"),
        ("“Are we leaving now?” Lee asked.", "Lee"),
        ("“We are leaving now!” shouted a man in the crowd.", "a man"),
        ("“We are leaving now,” according to Ann Lee.", "Ann Lee"),
        ("“We are leaving now,” according to a statement from the port.", "a statement"),
        ("“We are leaving now,” Lee later recalled.", "Lee"),
        ("“We are leaving now,” Lee had said on Monday.", "Lee"),
        ("“We are leaving now,” Lee continued, “and that is that.”", "Lee"),
        ("“We are leaving now,” said Lee, “and that is that.”", "Lee"),
        ("“We are leaving now,” Lee said. “And that is that.”", "Lee"),
        ("“We are leaving now,” said Lee, the port’s director, “and that is that.”", "Lee"),
        ("“We are leaving now,” says Ann Lee of the Port Institute.", "Ann Lee"),
        ("“We are leaving now” is how Lee put it.", "Lee"),
        ("It was “a mistake of the old kind,” as Lee put it.", "Lee"),
        ("The plan was “a mistake of the old kind,” Lee said.", "Lee"),
        ("The plan was “a mistake of the old kind” and a waste of money, Lee said on Friday.", "Lee"),
        // Before it.
        ("Ann Lee said: “We are leaving now.”", "Ann Lee"),
        ("Ann Lee said, “We are leaving now.”", "Ann Lee"),
        ("She added, “We are leaving now.”", "She"),
        ("The port said in a statement: “We are leaving now.”", "The port"),
        ("In a statement on Friday, the port’s office said: “We are leaving now.”", "the port’s office"),
        ("Asked about the ships, Lee replied, “We are leaving now.”", "Lee"),
        ("“No,” Lee told the council, adding that “we are leaving now.”", "Lee"),
        ("Lee told the council that the ships were “leaving for good and all.”", "Lee"),
        ("Lee called the plan “a mistake of the old kind.”", "Lee"),
        ("Lee, who runs the port, called the plan “a mistake of the old kind.”", "Lee"),
        ("Lee has repeatedly described the plan as “a mistake of the old kind.”", "Lee"),
        ("The plan was called “a mistake of the old kind” by Lee.", "Lee"),
        ("In Paris, Lee dismissed the plan as “a mistake of the old kind.”", "Lee"),
        ("According to Lee, the plan is “a mistake of the old kind.”", "Lee"),
        ("To Lee, “a mistake of the old kind” had been made.", "Lee"),
        ("Lee’s claim that the plan is “a mistake of the old kind” was new.", "Lee"),
        ("Lee shook her head and said, “We are leaving now.”", "Lee"),
        ("Lee went on to say that “we are leaving now.”", "Lee"),
        ("Critics such as Ann Lee say the plan is “a mistake of the old kind.”", "Critics"),
        ("The report says the plan is “a mistake of the old kind.”", "The report"),
        ("Lee issued a statement calling the plan “a mistake of the old kind.”", "Lee"),
        ("Lee wrote on her blog that the plan was “a mistake of the old kind.”", "Lee"),
        ("When the council met, Lee warned of “a mistake of the old kind.”", "Lee"),
        ("But Lee, speaking on Friday, insisted it was “a mistake of the old kind.”", "Lee"),
        ("Lee said she believes that the plan is “a mistake of the old kind.”", "Lee"),
        ("Lee accused the council of “a mistake of the old kind.”", "Lee"),
        ("Lee was quoted as saying “we are leaving now.”", "Lee"),
        ("Experts at the University of Paris say it was “a mistake of the old kind.”", "Experts"),
        ("The owner of the bakery, Ann Lee, says she was told to “leave by the end of May.”", "Ann Lee"),
        ("Lee and Ray said they were “glad that it is over.”", "Lee and Ray"),
        // Around it.
        ("Ann Lee disagreed. “It was a mistake of the old kind.”", "Ann Lee"),
        ("The ships would leave, Lee said. “It was a mistake of the old kind.”", "Lee"),
    ] {
        let found = article("en", text);
        let flat = found.flat_text();
        let facts = voices(&found).quotations;
        let direct: Vec<&str> = facts
            .iter()
            .filter(|q| q.kind == Kind::Direct)
            .map(|q| q.mention.and_then(|m| m.of(flat.as_str())).unwrap_or(""))
            .collect();
        if direct.is_empty() || direct.iter().any(|m| *m != mention) {
            wrong.push(format!("{text}: {direct:?}, not {mention:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
