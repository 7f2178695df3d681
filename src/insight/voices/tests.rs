//! Sentences with who says what in them, language by language.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::{How, Kind, Voices, voices, voices_with};
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
        // More of both, as newspapers have it.
        ("Lee: “We are leaving now.”", "Lee"),
        ("Lee, on the other hand, said “we are leaving now.”", "Lee"),
        ("In an op-ed for the Times, Lee wrote that “we are leaving now.”", "Lee"),
        ("“We are leaving now,” the statement read.", "the statement"),
        ("“We are leaving now,” read one sign.", "one sign"),
        ("A message from Lee read: “We are leaving now.”", "Lee"),
        ("Lee, asked whether she was going, said “we are leaving now.”", "Lee"),
        ("Asked if she was going, Lee said: “We are leaving now.”", "Lee"),
        ("Said Lee: “We are leaving now.”", "Lee"),
        ("As Lee put it, “we are leaving now.”", "Lee"),
        ("As Lee said last week, “we are leaving now.”", "Lee"),
        ("“We are leaving now”, Lee tweeted.", "Lee"),
        ("Lee has said she will be “leaving for good and all” in May.", "Lee"),
        ("Lee said her rival was “slow on his feet” and “quick with his tongue and pen.”", "Lee"),
        ("Lee’s campaign manager, Bo Ray, said “we are leaving now.”", "Bo Ray"),
        (
            "Lee campaign chairman Bo Ray told the Gazette’s Ann Moss that “we are leaving now.”",
            "Lee campaign chairman Bo Ray",
        ),
        ("A senior official, who spoke on condition of anonymity, said “we are leaving now.”", "A senior official"),
        ("“We are leaving now,” Lee told the Gazette in an interview published Monday, “and that is that.”", "Lee"),
        ("Speaking at a rally in Ohio, Lee said “we are leaving now.”", "Lee"),
        ("She then asked the crowd, “Are we leaving now?”", "She"),
        ("The crowd chanted “we are leaving.”", "The crowd"),
        ("The letter, signed by Lee, said “we are leaving now.”", "The letter"),
        ("According to the complaint, the captain “left in great haste” at noon.", "the complaint"),
        ("The captain “left in great haste” at noon, according to the complaint.", "the complaint"),
        ("The captain “left in great haste,” the complaint says.", "the complaint"),
        ("“We are leaving now,” said an angry Lee.", "an angry Lee"),
        ("“We are leaving now,” said Lee’s brother, Bo.", "Lee’s brother"),
        ("“We are leaving now,” said Bo Ray, 42, a baker from Ohio.", "Bo Ray"),
        ("“We are leaving now,” Bo Ray, 42, a baker from Ohio, said.", "Bo Ray"),
        ("“We are leaving now,” says 42-year-old Bo Ray.", "42-year-old Bo Ray"),
        ("Bo Ray, a baker who lives in Ohio, said he was “glad to leave it all.”", "Bo Ray"),
        ("Lee told Ray that he was “quick with his tongue and pen.”", "Lee"),
        ("Ray was told by Lee that he was “quick with his tongue.”", "Lee"),
        ("Lee denied the report, calling it “a mistake of the old kind.”", "Lee"),
        ("Lee, calling it “a mistake of the old kind,” denied the report.", "Lee"),
        ("Calling it “a mistake of the old kind,” Lee denied the report.", "Lee"),
        ("The report was denied by Lee, who called it “a mistake of the old kind.”", "Lee"),
        ("The council, which met on Friday, called it “a mistake of the old kind.”", "The council"),
        ("Both Lee and Ray called it “a mistake of the old kind.”", "Both Lee and Ray"),
        ("Neither side would comment, but Lee told the Gazette it was “a mistake of the old kind.”", "Lee"),
        ("While Ray was silent, Lee said it was “a mistake of the old kind.”", "Lee"),
        ("Lee said it was wrong, and Ray called it “a mistake of the old kind.”", "Ray"),
        ("Lee said it was wrong; Ray called it “a mistake of the old kind.”", "Ray"),
        ("Lee’s lawyer, who asked not to be named, said it was “a mistake of the old kind.”", "Lee’s lawyer"),
        ("“We are leaving now!” Ann Lee, the director of the port, shouted.", "Ann Lee"),
        ("The mayor of Paris, Ann Lee, described it as “a mistake of the old kind.”", "Ann Lee"),
        ("Paris Mayor Ann Lee described it as “a mistake of the old kind.”", "Paris Mayor Ann Lee"),
        ("“We are leaving now,” Sen. Ann Lee, a Democrat from Ohio, told the Gazette.", "Sen. Ann Lee"),
        ("Lee said in a Facebook post that she was “glad to leave it all.”", "Lee"),
        ("Lee’s office said in a statement the plan was “a mistake of the old kind.”", "Lee’s office"),
        ("Police said the man was “armed to the teeth and dangerous.”", "Police"),
        ("“We are leaving now,” he said, according to Lee.", "he"),
        ("When Ray asked about it, Lee said: “We are leaving now.”", "Lee"),
        ("“If we leave,” said Lee, pausing, “we leave for good.”", "Lee"),
        ("Lee — who runs the port — said, “We are leaving now.”", "Lee"),
        ("But not everyone agreed. Lee said “we are leaving now.”", "Lee"),
        ("There was, Lee said, “no time to lose at all.”", "Lee"),
        ("It would be, in Lee’s words, “a mistake of the old kind.”", "Lee"),
        ("Lee’s response: “We are leaving now.”", "Lee"),
        ("Lee was blunt: “We are leaving now.”", "Lee"),
        ("Lee tweeted on Friday morning: “We are leaving now.”", "Lee"),
        ("The ship’s captain, Bo Ray, was heard shouting “we are leaving now.”", "Bo Ray"),
        ("For Lee, it was “a mistake of the old kind.”", "Lee"),
        ("Some said “we are leaving now.”", "Some"),
        ("The 34-year-old mother of three replied, “We are leaving now.”", "The 34-year-old mother of three"),
        (
            "“We are leaving now!” Lee’s niece, Del. Marcia “Cia” Price (D-Newport News), shouted.",
            "Del. Marcia “Cia” Price",
        ),
        ("He’s claiming that the plan is “a mistake of the old kind.”", "He"),
        // Who and what no list has.
        ("“We are leaving now,” said one ferrywright.", "one ferrywright"),
        ("“We are leaving now,” said two ropemakers on the quay.", "two ropemakers"),
        ("“We are leaving now,” a young ropemaker said.", "a young ropemaker"),
        ("“We are leaving now,” said ropemakers in the port.", "ropemakers"),
        ("“We are leaving now,” Lee bristled.", "Lee"),
        ("“We are leaving now!” bristled Ann Lee.", "Ann Lee"),
        ("“Leave the quay!” an officer ordered.", "an officer"),
        ("One reader identified “too many ferries on too few days” as the trouble.", "One reader"),
        ("The delay began with orders from Lee to “leave nobody behind on the quay.”", "Lee"),
        ("In the words of Ann Lee: “We are leaving now.”", "Ann Lee"),
        ("“We are leaving now and for good ” Lee said.", "Lee"),
        // Of two clauses, the right one.
        ("The crowd laughed when she asked, “Are we leaving now?”", "she"),
        ("Lee said that, once you use it, “there is no way back at all.”", "Lee"),
        ("Ray has a new ship, and the Port Company will be left to wonder: “Are we leaving now?”", "the Port Company"),
        ("Ann Lee went to Paris telling the port it was “a good day for all of us.”", "Ann Lee"),
        ("One user on Pondnet, which is a forum, posted: “We are leaving now.”", "One user"),
        ("Ann Lee of the Port Institute said: “We are leaving now.”", "Ann Lee"),
        ("Analyst Ann Lee at Bay Bank said it was “a mistake of the old kind.”", "Analyst Ann Lee"),
        ("Ray was known for telling guests “it is only a boat” for all its size, said Ann Lee.", "Ann Lee"),
        ("The Gazette reports: “The ferries cannot find a quay” in the old port, said Ann Lee.", "Ann Lee"),
        ("“We are leaving now,’’ said Ann Lee. “It is late.’’", "Ann Lee"),
        ("“We are leaving now,” Will Moss, head of the port, told the Gazette.", "Will Moss"),
        ("“We are leaving now,” said Lee. The price is “the best that I have ever seen.”", "Lee"),
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

#[test]
fn speech_stands_in_many_forms() {
    for (language, text, expected) in [
        // Transcripts.
        (
            "en",
            "A talk between Ann Lee and Bo Ray:\n\nLEE: When did it sink?\n\nRAY: At noon.",
            &["t: When did it sink? | LEE | Ann Lee", "t: At noon. | RAY | Bo Ray"][..],
        ),
        ("en", "Note: the ferry is late.\n\nThe ferry sails.", &[]),
        ("en", "Q: Is it late?\n\nA: It is.", &["t: Is it late? | Q | Q", "t: It is. | A | A"]),
        // Dialogue.
        (
            "es",
            "—¿Viene el barco? —preguntó Ana.\n\n—No viene —dijo Luis—. Ya es tarde.",
            &["d: ¿Viene el barco? | Ana | Ana", "d: No viene | Luis | Luis", "d: Ya es tarde. | Luis | Luis"],
        ),
        ("fr", "— Le bac arrive-t-il ? demanda Paul.", &["d: Le bac arrive-t-il ? | Paul | Paul"]),
        ("en", "— one thing\n\nThe ferry sails.", &[]),
        // Over paragraphs.
        (
            "en",
            "Ann Lee said: “It sank in the night.\n\n“Nobody saw it sink.”",
            &["It sank in the night. | Ann Lee | Ann Lee", "Nobody saw it sink. | Ann Lee | Ann Lee"],
        ),
        // A mark that none closes.
        ("en", "“It sank in the night, she thought.\n\nNobody saw it.", &[]),
        // Signed.
        ("en", "“It sank in the night.” — Ann Lee", &["It sank in the night. | Ann Lee | Ann Lee"]),
        ("en", "“It sank in the night.”\n\n— Ann Lee, 1911", &["It sank in the night. | Ann Lee | Ann Lee"]),
        // Nobody.
        ("en", "The quay was empty. “It sank in the night.” Two boys were fishing.", &["It sank in the night. |  | "]),
        // No speech.
        (
            "en",
            "She was on “Meet the Coast” in May, and the “night ferry” has its name from the film “A Long Way Down.”",
            &[],
        ),
        ("en", "They ate at the “Harbour Inn” and read “The Ferry Times.”", &[]),
        ("en", "Residents launched “save the old ferry” marches through the town.", &[]),
        ("en", "They sell small things (e.g., “a very small boat”) and songs such as “the boat that never came”.", &[]),
        ("en", "3. “The boat that never came”", &[]),
        // A line between two paragraphs that leads to another story.
        (
            "en",
            "Ann Lee said: “It sank in the night.\n\nREAD MORE: The night of the ferry\n\n“Nobody saw it sink.”",
            &["It sank in the night. | Ann Lee | Ann Lee", "Nobody saw it sink. | Ann Lee | Ann Lee"],
        ),
        // Languages whose words are not known.
        ("sv", "”Vi seglar i morgon.” Så sade hon.", &["Vi seglar i morgon. |  | "]),
        ("zh", "他说：“我们明天出发，谁也不等，风停了就走。”", &["我们明天出发，谁也不等，风停了就走。 |  | "]),
    ] {
        check(language, text, expected);
    }
}

#[test]
fn speakers_have_the_fullest_name() {
    for (language, text, expected) in [
        ("en", "Ann Lee came. “We sail at noon,” Lee said.", "Ann Lee"),
        ("en", "Mr. Lee and his wife Ann Ray came. “We sail at noon,” she said.", "Ann Ray"),
        ("en", "Ann Lee met Bob Ray. “We sail at noon,” he said.", "Bob Ray"),
        ("en", "Ann Lee met Bob Ray. “We sail at noon,” she said.", "Ann Lee"),
        ("en", "The minister, Ann Lee, met Bob Ray. “We sail at noon,” the minister said.", "Ann Lee"),
        ("en", "Ann Lee, the mayor, was away. “We sail at noon,” her office said.", "Ann Lee"),
        ("en", "Ann Lee, the mayor, was away. “We sail at noon,” the mayor’s office said.", "Ann Lee"),
        ("en", "A sailor waited. “We sail at noon,” the sailor said.", "A sailor"),
        ("en", "The Coast Times wrote of it. “We sail at noon,” the Times said.", "Coast Times"),
        ("en", "“We sail at noon,” they said.", ""),
        ("en", "Ann Lee came. “We sail at noon,” some people said.", "some people"),
        ("en", "Ann Lee came. “We sail,” said Ms. Lee. “Now,” Ms. Lee said.", "Ann Lee"),
        ("en", "“We sail at noon,” said Lee, “or never.” Ann Lee owns the ferry.", "Ann Lee"),
        ("de", "Bürgermeisterin Eva Brandt kam. „Wir fahren jetzt los“, sagte Brandt.", "Eva Brandt"),
        ("de", "Bürgermeisterin Eva Brandt kam. „Wir fahren jetzt los“, sagte die Bürgermeisterin.", "Eva Brandt"),
        ("de", "Eva Brandt traf Karl Moor. „Wir fahren jetzt los“, sagte er.", "Karl Moor"),
        ("fr", "La maire, Anne Petit, est venue. « Nous partons tout de suite », a-t-elle dit.", "Anne Petit"),
        ("es", "La alcaldesa, Ana Gil, vino. «Salimos ahora mismo», dijo ella.", "Ana Gil"),
        ("it", "La sindaca, Anna Neri, è venuta. «Partiamo subito e basta», ha detto Neri.", "Anna Neri"),
        ("pt", "A presidente da câmara, Ana Reis, veio. “Partimos agora mesmo”, disse ela.", "Ana Reis"),
        ("nl", "Burgemeester Anna de Boer kwam. “We varen nu meteen uit”, zei De Boer.", "Anna de Boer"),
    ] {
        let found = voices(&article(language, text)).quotations;
        let speakers: Vec<&str> = found.iter().map(|q| q.speaker.as_deref().unwrap_or_default()).collect();
        assert!(!speakers.is_empty() && speakers.iter().all(|speaker| *speaker == expected), "{text}: {speakers:?}");
    }
}

#[test]
fn reported_speech_is_a_fact_of_its_own() {
    for (language, text, expected) in [
        ("en", "Ann Lee believes that the ferry is late.", &["i: the ferry is late | Ann Lee | Ann Lee"][..]),
        ("en", "According to Ann Lee, the ferry is late.", &["i: the ferry is late | Ann Lee | Ann Lee"]),
        (
            "en",
            "The night ferry to the island is late, Ann Lee said.",
            &["i: The night ferry to the island is late | Ann Lee | Ann Lee"],
        ),
        ("en", "Ann Lee told reporters that the ferry is late.", &["i: the ferry is late | Ann Lee | Ann Lee"]),
        ("en", "Ann Lee said the ferry was late.", &["i: the ferry was late | Ann Lee | Ann Lee"]),
        ("en", "Ann Lee did not say that the ferry is late.", &[]),
        ("en", "Ann Lee said nothing.", &[]),
        ("en", "It is said that the ferry is late.", &[]),
        ("en", "Ann Lee spoke in a speech that lasted an hour.", &[]),
        ("en", "Ann Lee said that it was “late as it always is.”", &["late as it always is. | Ann Lee | Ann Lee"]),
        ("de", "Eva Brandt sagte, die Fähre komme später.", &["i: die Fähre komme später | Eva Brandt | Eva Brandt"]),
        ("de", "Laut Eva Brandt kommt die Fähre später.", &["i: kommt die Fähre später | Eva Brandt | Eva Brandt"]),
        ("fr", "Anne Petit affirme que le bac arrive.", &["i: le bac arrive | Anne Petit | Anne Petit"]),
        ("es", "Ana Gil aseguró que el barco llega.", &["i: el barco llega | Ana Gil | Ana Gil"]),
        ("it", "Anna Neri ha detto che il traghetto arriva.", &["i: il traghetto arriva | Anna Neri | Anna Neri"]),
        ("pt", "Ana Reis disse que o barco chega.", &["i: o barco chega | Ana Reis | Ana Reis"]),
        ("nl", "Anna de Boer zegt dat de veerboot komt.", &["i: de veerboot komt | Anna de Boer | Anna de Boer"]),
    ] {
        check(language, text, expected);
    }
}

#[test]
fn blocks_are_quoted_by_what_leads_to_them_or_signs_them() {
    let within = |quotation, text: &str| {
        Block::paragraph(RichText::plain(text)).within(vec![Container::Quotation { quotation }])
    };
    let mut article = Article {
        blocks: vec![
            Block::paragraph(RichText::plain("Ann Lee wrote to her sister:")),
            within(1, "It sank."),
            within(1, "Nobody saw it."),
            Block::paragraph(RichText::plain("That was all.")),
            within(2, "We sailed on."),
            within(2, "— Bob Ray, 1911"),
            Block::paragraph(RichText::plain("“Hidden as it is,” said Lee.")).omitted(OmissionReason::Related),
            Block::heading(1, RichText::plain("“A title that says this,” says Lee")).with_role(Role::Title),
        ],
        ..Article::default()
    };
    article.metadata.language.compute("en".to_owned());
    assert_eq!(
        said(&article),
        [
            "b: It sank. | Ann Lee | Ann Lee",
            "b: Nobody saw it. | Ann Lee | Ann Lee",
            "b: We sailed on. | Bob Ray | Bob Ray"
        ]
    );
    let how: Vec<How> = voices(&article).quotations.iter().map(|q| q.how).collect();
    assert_eq!(how, [How::PreviousParagraph, How::Continued, How::Signature]);
}

#[test]
fn a_heading_quotes_somebody_or_nobody() {
    let of = |heading: &str| {
        let blocks = vec![
            Block::heading(2, RichText::plain(heading)),
            Block::paragraph(RichText::plain("Ann Lee said: “I knew that it had sunk.”")),
        ];
        let mut article = Article { blocks, ..Article::default() };
        article.metadata.language.compute("en".to_owned());
        said(&article)
    };
    let told = "I knew that it had sunk. | Ann Lee | Ann Lee";
    assert_eq!(of("“I knew that it had sunk”"), [told]);
    assert_eq!(of("“I knew that it had sunk,” says Lee"), ["I knew that it had sunk, | Lee | Ann Lee", told]);
}

#[test]
fn who_writes_says_i() {
    let mut article = article("en", "“Where is the ferry?” I asked.");
    article.metadata.authors.compute(vec!["Ann Lee".to_owned()]);
    assert_eq!(said(&article), ["Where is the ferry? | I | Ann Lee"]);
}

#[test]
fn who_no_longer_wants_it_gets_nothing() {
    let article = article("en", &"“We sail at noon,” Ann Lee said.\n\n".repeat(9));
    let mut calls = 0;
    let found = voices_with(&article, &mut |done, total| {
        assert!(done <= total);
        calls += 1;
        if calls == 12 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((found, calls), (None, 12));
    assert_eq!(voices(&article).quotations.len(), 9);
}

#[test]
fn facts_survive_being_kept() {
    let facts = voices(&article("en", "“We sail at noon,” Ann Lee said. She believes that it is late."));
    let json = serde_json::to_string(&facts).expect("JSON");
    assert_eq!(serde_json::from_str::<Voices>(&json).expect("facts"), facts);
}

/// Words that the rules look for, and signs that they part by.
const PIECES: &str = "“|”|\"|„|‘|’|'|«|»|—|– |, |. |: |? |\n\n| |said|Ann Lee|he|she|told|that|who|according to|the minister|(|)|é|I|\u{301}|'s|of|LEE: |''|\u{A0}|第|「|」|🙂|a|";

fn properties(text: &str, language: &str) -> Result<(), TestCaseError> {
    let article = article(language, text);
    let flat = article.flat_text();
    let facts = voices(&article);
    let mut last = 0;
    for quotation in &facts.quotations {
        let words = quotation.range.of(flat.as_str());
        prop_assert!(
            words.is_some_and(|words| !words.trim().is_empty() && words.trim() == words),
            "{:?} of {:?}",
            quotation,
            text
        );
        prop_assert!(quotation.range.start >= last, "out of order: {:?}", facts);
        prop_assert_eq!(quotation.words, words.unwrap_or_default().split_whitespace().count());
        last = quotation.range.start;
        if let Some(mention) = quotation.mention {
            prop_assert!(
                mention.of(flat.as_str()).is_some_and(|words| !words.trim().is_empty()),
                "{:?} of {:?}",
                quotation,
                text
            );
        }
        prop_assert!(quotation.mention.is_some() || quotation.how == How::Unattributed);
        prop_assert!(quotation.mention.is_some() || quotation.speaker.is_none());
    }
    prop_assert_eq!(voices(&article), facts);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ranges_of_it(text in any::<String>()) {
        properties(&text, "en")?;
    }

    #[test]
    fn any_speech_gives_ranges_of_it(
        pieces in prop::collection::vec(prop::sample::select(PIECES.split('|').collect::<Vec<_>>()), 0..60),
        language in prop::sample::select(vec!["en", "de", "fr", "es", "it", "pt", "nl", "zh"]),
        spaced in any::<bool>(),
    ) {
        properties(&pieces.join(if spaced { " " } else { "" }), language)?;
    }
}
