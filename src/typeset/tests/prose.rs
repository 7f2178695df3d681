//! Running text of any length in three languages, made of words of our own: the lengths of the words and where they can be
//! hyphenated are those of prose, the sense is not.

/// A language's words: the short ones that half of a text is made of, and the others.
pub(super) struct Prose {
    pub(super) language: &'static str,
    short: &'static str,
    long: &'static str,
    comma: &'static str,
    stops: [&'static str; 4],
}

pub(super) const ENGLISH: Prose = Prose {
    language: "en",
    short: "the of and to a in that is was it for on with as at by he she they had from not but or an be were their which \
        have this all one more so when who out up if no would there what about into than its only some them then over \
        after his her we could been",
    long: "harbour council ferry winter morning Tuesday passenger crossing timetable operator decision majority figure \
        island quay water engine captain neighbour evening question answer letter market weather bridge harvest station \
        government committee responsibility administration nevertheless extraordinary reasonable discussion proposal \
        opposition contract investigation published meanwhile community development particularly improvement \
        understanding remembered considered announced continued believed returned expected carried followed between \
        through against without because although however several thousand hundred percent important different \
        possible certain ordinary careful narrow ancient distant electric public private national regional temporary \
        independent professional environmental international maintenance equipment transport education university \
        newspaper photograph librarian fisherman schoolteacher shopkeeper neighbourhood wheelwright machinery window \
        garden kitchen mountain river village street corner table chair paper silver copper timber stone light dark \
        early late small large long short good better heavy quiet open close turned looked walked asked spoke knew \
        thought found brought wrote began stood sat left came went saw held kept",
    comma: ",",
    stops: [".", ".", "?", "!”"],
};

pub(super) const GERMAN: Prose = Prose {
    language: "de",
    short: "der die das und in zu den dem des ein eine einen mit auf für ist war nicht auch sich von im es an als aus bei \
        nach wie noch so nur wenn dass er sie wir man aber oder um am über vor durch hat sind wird bis zum zur ihre \
        seine mehr schon dann hier",
    long: "Hafen Gemeinderat Fähre Winter Morgen Dienstag Fahrgäste Überfahrt Fahrplan Betreiber Entscheidung Mehrheit \
        Insel Wasser Maschine Kapitän Nachbarin Abend Frage Antwort Zeitung Markt Wetter Brücke Ernte Bahnhof \
        Verwaltung Verantwortung Verkehrsgesellschaft Bürgermeisterin Haushaltsausschuss Genehmigungsverfahren \
        Umweltverträglichkeit Landesregierung Wasserstandsmeldung Schifffahrtsamt Entwicklung Verbesserung \
        außergewöhnlich selbstverständlich verantwortlich vernünftig vorläufig öffentlich regional unabhängig \
        beschlossen angekündigt zurückgekehrt veröffentlicht untersucht erwartet getragen gefolgt zwischen gegen ohne \
        weil obwohl jedoch mehrere tausend hundert Prozent wichtig möglich gewöhnlich sorgfältig schmal alt entfernt \
        elektrisch Ausrüstung Bildung Universität Bibliothekarin Fischer Lehrerin Ladenbesitzer Nachbarschaft Fenster \
        Garten Küche Gebirge Fluss Dorf Straße Ecke Tisch Stuhl Papier Silber Kupfer Holz Stein hell dunkel früh spät \
        klein groß lang kurz gut besser schwer ruhig offen stand saß ging kam sah hielt schrieb begann fand brachte \
        dachte wusste sprach fragte",
    comma: ",",
    stops: [".", ".", "?", "!“"],
};

pub(super) const ARABIC: Prose = Prose {
    language: "ar",
    short: "في من على إلى أن عن مع هذا هذه التي الذي ما لا لم قد كان كانت بين بعد قبل كل أو ثم حتى عند غير هو هي هم منذ لكن إذا \
        أي ذلك تلك حول دون نحو",
    long: "المجلس البلدي الميناء العبارة الشتاء الصباح الثلاثاء الركاب الجزيرة الماء القبطان الجيران المساء السؤال الجواب الرسالة \
        السوق الطقس الجسر الحصاد المحطة الحكومة اللجنة المسؤولية الإدارة القرار الأغلبية الاقتراح المعارضة العقد التحقيق المجتمع \
        التنمية التحسين الاستمرار النافذة الحديقة المطبخ الجبل النهر القرية الشارع الزاوية الطاولة الورق الفضة النحاس الخشب الحجر \
        الضوء الليل النهار مبكرا متأخرا صغير كبير طويل قصير جيد ثقيل هادئ مفتوح مغلق قال سأل كتب وجد حمل عاد وقف جلس ذهب جاء رأى \
        بدأ أعلن استمر اعتقد توقع تابع ناقش وافق رفض يستطيع يريد ينتظر يعرف يسمع الاقتصادية السياسية الاجتماعية والمدرسة والجامعة \
        والصحيفة والمهندسون والصيادون بالإضافة للمسافرين",
    comma: "،",
    stops: [".", ".", "؟", "!"],
};

impl Prose {
    /// Paragraphs that together have at least this many words.
    pub(super) fn paragraphs(&self, words: usize) -> Vec<String> {
        let short: Vec<&str> = self.short.split_whitespace().collect();
        let long: Vec<&str> = self.long.split_whitespace().collect();
        // Numerical Recipes' linear congruential generator: the same text on every machine.
        let mut state = 20_261_127u32;
        let mut below = |limit: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % limit
        };
        let mut paragraphs = Vec::new();
        let mut written = 0;
        while written < words {
            let mut paragraph = String::new();
            for _ in 0..3 + below(5) {
                let length = 6 + below(22);
                for number in 0..length {
                    let word = if below(100) < 56 { short[below(short.len())] } else { long[below(long.len())] };
                    if number > 0 || !paragraph.is_empty() {
                        paragraph.push(' ');
                    }
                    if number == 0 {
                        let mut letters = word.chars();
                        paragraph.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                        paragraph.push_str(letters.as_str());
                    } else {
                        paragraph.push_str(word);
                    }
                    if number + 1 < length && below(11) == 0 {
                        paragraph.push_str(self.comma);
                    }
                }
                paragraph.push_str(self.stops[below(4)]);
                written += length;
            }
            paragraphs.push(paragraph);
        }
        paragraphs
    }
}
