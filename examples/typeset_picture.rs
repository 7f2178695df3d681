//! Draws a page of made-up text to a PNG without a window, to look at what the typesetter does.
//!
//! `cargo run --no-default-features --example typeset_picture -- page.png [scale] [width] [family]`

use image::{Rgba, RgbaImage};
use recto::document::{
    Alignment, Block, Cell, Container, Content, Figure, InlineStyle, Marker, ResourceId, RichText, Row, Table,
};
use recto::typeset::{
    BlockRequest, ColorRole, Fonts, GlyphContent, ImageBox, PaintItem, Rasterizer, Rect, SetBlock, Style, TextLook,
    TextRequest, Typesetter,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().map_or("page.png", String::as_str);
    let scale: f32 = arguments.get(1).map_or(Ok(1.0), |s| s.parse())?;
    let width: f32 = arguments.get(2).map_or(Ok(560.0), |s| s.parse())?;
    let mut style = Style::default();
    if let Some(family) = arguments.get(3) {
        style.text_family.clone_from(family);
    }

    let fonts = if arguments.iter().any(|a| a == "--system") { Fonts::with_system() } else { Fonts::bundled() };
    let mut typesetter = Typesetter::new(fonts);
    let mut page = Page::new(width, scale);
    let head = |text, look: TextLook| (text, look);
    for (text, look) in [
        head("Coastal Ledger", TextLook::site_line(&style)),
        head("Harbour town votes to keep its ferry after a winter of doubt", TextLook::story_title(&style)),
        head("Ines Halloran · 4 March 2026 · 4 minutes", TextLook::byline(&style)),
    ] {
        let request =
            TextRequest { text, look: &look, width, scale, language: Some("en"), direction: None, max_lines: None };
        let mut set = typesetter.set_text(&request);
        set.space_after = (8.0 * scale).round();
        page.add(&set);
    }
    page.space(20.0);
    let blocks = story();
    let mut previous = None;
    for block in &blocks {
        let request = BlockRequest {
            block,
            part: None,
            previous,
            style: &style,
            width,
            scale,
            language: block.language.as_deref().or(Some("en")),
            code: &[],
            scrolls: false,
            image_size: &|id| match id {
                ResourceId(0) => ImageBox::Size { width: 900.0, height: 300.0 },
                ResourceId(1) => ImageBox::Size { width: 18.0, height: 18.0 },
                _ => ImageBox::Missing { label: "Image on the web, not fetched".to_owned() },
            },
        };
        let set = typesetter.set_block(&request);
        page.add(&set);
        previous = Some(block);
    }
    page.save(path)?;
    Ok(())
}

fn story() -> Vec<Block> {
    let mut first = RichText::plain(
        "The ferry will go on. By nine votes to four the council of Marren agreed on Tuesday to run the crossing itself, \
         ending eleven months in which three operators withdrew and the timetable shrank to ",
    );
    first.push_styled("two sailings a day", InlineStyle::Highlight);
    first.push_str(". The committee’s ");
    first.push_styled("full report", InlineStyle::Link { target: "https://ledger.example/report".into() });
    first.push_str(" is ");
    first.push_styled("unusually", InlineStyle::Emphasis);
    first.push_str(" frank.");
    first.push_styled("2", InlineStyle::Superscript);

    let mut second = RichText::plain("“A town on the wrong side of the water is not a town for long,” said ");
    second.push_styled("Ada Verin", InlineStyle::Strong);
    second.push_str(", who chairs the harbour committee and has crossed to school, to work and to hospital on the same boat. She put the cost of keeping it at 1.4 million a year, a third of which fares should meet, and the CO");
    second.push_styled("2", InlineStyle::Subscript);
    second.push_str(" saved at ");
    second.push_styled("some", InlineStyle::Strikethrough);
    second.push_str(" 900 tonnes; the model behind it, ");
    second.push_styled("ferry_model.fit()", InlineStyle::Code);
    second.push_str(", is ");
    second.push_styled("public", InlineStyle::Underline);
    second.push_str(". A flag ");
    second.push_styled("\u{FFFC}", InlineStyle::Image { image: ResourceId(1), alt: "flag".into() });
    second.push_str(" and a missing one ");
    second.push_styled("\u{FFFC}", InlineStyle::Image { image: ResourceId(9), alt: "crest of the town".into() });
    second.push_str(" stand in the line.");

    let quotation = Container::Quotation { quotation: 0 };
    let item = |item: u32, marker: Marker| Container::ListItem { list: 0, item, marker };
    let nested = |number: u32| Container::ListItem { list: 1, item: number, marker: Marker::Number(number + 9) };
    let task = |number: u32, done| Container::ListItem { list: 2, item: number, marker: Marker::Task(done) };
    let p = |text: &str| Block::paragraph(text.into());
    let rtl = "قرر المجلس البلدي مساء الثلاثاء أن تستمر العبّارة (MV Marren) في الإبحار 12 مرة كل يوم.";
    vec![
        Block::paragraph(first),
        Block::paragraph(second),
        p("We counted everything except what happens when it stops.").within(vec![quotation.clone()]),
        p("And then it stopped, for eleven days in February, and nobody had to be told what the numbers meant any more.").within(vec![quotation]),
        p("Opponents called the figure hopeful. Passenger numbers fell from 212,000 to 148,000 in four years, and the engine, overhauled in 2019, is due again within eighteen months, according to the operator’s final report."),
        Block::heading(2, "What the report proposes".into()),
        p("Nothing in it is new, which is what recommends it to an authority that distrusts novelties:"),
        p("Two boats in summer and one in winter, with a relief crew that lives on the town’s own side.").within(vec![item(0, Marker::Bullet)]),
        p("A second paragraph of the same item has no marker of its own.").within(vec![item(0, Marker::Bullet)]),
        p("Fares that follow distance:").within(vec![item(1, Marker::Bullet)]),
        p("children free,").within(vec![item(1, Marker::Bullet), nested(0)]),
        p("everyone else by the zone in which they live, and no more than a bus would cost them for the same way.").within(vec![item(1, Marker::Bullet), nested(1)]),
        p("Sell the old pontoon").within(vec![task(0, true)]),
        p("Order the new ramp").within(vec![task(1, false)]),
        Block::heading(3, "Sailings and passengers".into()),
        Block::new(Content::Table(table())),
        Block::new(Content::Figure(Figure {
            image: ResourceId(0),
            alt: String::new(),
            caption: "The slipway at low water. Photograph: harbour office".into(),
        })),
        Block::new(Content::Figure(Figure {
            image: ResourceId(9),
            alt: "A map of the estuary with both landing places".into(),
            caption: RichText::default(),
        })),
        Block::code(
            Some("python".into()),
            "def crossings(day):\n    \"\"\"Sailings on a day, -> list\"\"\"\n\treturn [s for s in timetable if s.day == day and s.state != \"withdrawn\" or s.is_relief_crossing]".into(),
        ),
        Block::rule(),
        p(rtl),
        p("هذا اقتباس قصير من التقرير.").within(vec![Container::Quotation { quotation: 4 }]),
        p("بند أول في القائمة").within(vec![Container::ListItem { list: 7, item: 0, marker: Marker::Number(1) }]),
        p("Паром будет ходить и зимой, решил во вторник вечером городской совет; ΠΛΟΙΟ και θάλασσα, Ếch ộp tiếng Việt."),
        in_language("ja", "渡船は冬の間も運航を続けると、町議会は火曜日の夜に九対四で決めた。「水の向こうの町は、長くは町でいられない」と議長は言った。"),
        in_language("zh", "市议会星期二晚上以九票对四票决定，渡轮在冬季将继续运行。主席说：“隔水的小镇，终将不再是小镇。”"),
        in_language("hi", "नगर परिषद ने मंगलवार को नौ के मुकाबले चार मतों से निर्णय लिया कि नौका सर्दियों में भी चलती रहेगी।"),
        in_language("th", "สภาเทศบาลมีมติเมื่อเย็นวันอังคารว่าเรือข้ามฟากจะยังคงให้บริการต่อไปตลอดฤดูหนาว"),
        in_language("he", "מועצת העיר החליטה ביום שלישי בערב, ברוב של 9 מול 4, שהמעבורת תמשיך לפעול גם בחורף."),
        in_language("de", "Die Schifffahrtsgesellschaft verabschiedete umfangreiche Sicherheitsvorschriften; die Fähre ⛴️ fährt 😀 weiter 🇫🇷 👩‍👩‍👧 → 30 ✓."),
        p("The figures are those of the harbour office, rounded to the nearest thousand; the office publishes them each March.").within(vec![Container::Note { label: "2".into() }]),
    ]
}

fn in_language(language: &str, text: &str) -> Block {
    Block { language: Some(language.to_owned()), ..Block::paragraph(text.into()) }
}

fn table() -> Table {
    let cell = |text: &str, alignment| Cell { alignment, ..Cell::new(text.into()) };
    let row = |cells: [&str; 4], header| Row {
        header,
        cells: cells
            .iter()
            .enumerate()
            .map(|(n, text)| cell(text, if n == 0 || n == 3 { Alignment::Start } else { Alignment::End }))
            .collect(),
    };
    let mut rows = vec![
        row(["Year", "Sailings", "Passengers", "Remarks"], true),
        row(["2019", "4,380", "212,000", "Engine overhauled"], false),
        row(
            ["2022", "3,650", "171,500", "First operator withdrew in the autumn, after the fuel contract ended"],
            false,
        ),
        row(["2025", "730", "148,000", "Two sailings a day"], false),
    ];
    rows.push(Row {
        header: false,
        cells: vec![Cell { columns: 3, ..Cell::new("Spanning three columns".into()) }, Cell::new("—".into())],
    });
    Table { caption: "Sailings and passengers, by year".into(), rows }
}

/// A picture that blocks are added to from the top.
struct Page {
    picture: RgbaImage,
    rasterizer: Rasterizer,
    top: f32,
    space: f32,
    scale: f32,
    margin: f32,
}

const PAPER: [u8; 3] = [0xFB, 0xF9, 0xF4];

impl Page {
    fn new(width: f32, scale: f32) -> Self {
        let margin = (40.0 * scale).round();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture's size")]
        let picture = RgbaImage::from_pixel((width * scale + 2.0 * margin) as u32, (3600.0 * scale) as u32, paper());
        Self { picture, rasterizer: Rasterizer::new(), top: margin, space: 0.0, scale, margin }
    }

    fn space(&mut self, points: f32) {
        self.space = self.space.max(points * self.scale);
    }

    fn add(&mut self, block: &SetBlock) {
        self.top += self.space.max(block.space_before);
        for item in &block.items {
            match item {
                PaintItem::Rect { rect, role } => self.fill(*rect, color(*role)),
                PaintItem::Image { rect, .. } => self.fill(*rect, [0xC9, 0xD3, 0xD6]),
                PaintItem::Glyphs(run) => {
                    for glyph in &run.glyphs {
                        let x = self.margin + glyph.x;
                        let y = (self.top + glyph.y).round();
                        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
                        let subpixel = ((x - x.floor()) * 4.0) as u8;
                        if let Some(picture) = self.rasterizer.glyph(run, glyph.id, subpixel) {
                            self.blend(&picture, x.floor(), y, color(run.role));
                        }
                    }
                }
            }
        }
        self.top += block.height;
        self.space = block.space_after;
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "pixels of a picture")]
    fn blend(&mut self, glyph: &recto::typeset::GlyphImage, x: f32, y: f32, color: [u8; 3]) {
        let (left, top) = (x as i32 + glyph.left, y as i32 - glyph.top);
        let pixels = (0..glyph.height).flat_map(|v| (0..glyph.width).map(move |u| (u, v)));
        for (number, (u, v)) in pixels.enumerate() {
            let (at_x, at_y) = (left + u as i32, top + v as i32);
            let (rgb, alpha) = match &glyph.content {
                GlyphContent::Alpha(alpha) => (color, alpha.get(number).copied().unwrap_or(0)),
                GlyphContent::Rgba(data) => match data.get(number * 4..number * 4 + 4) {
                    Some([r, g, b, a]) => ([*r, *g, *b], *a),
                    _ => (color, 0),
                },
            };
            self.mix(at_x, at_y, rgb, f32::from(alpha) / 255.0);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
    fn fill(&mut self, rect: Rect, color: [u8; 3]) {
        let rect = rect.shifted(self.margin, self.top.round());
        for y in rect.y0.round() as i32..rect.y1.round() as i32 {
            for x in rect.x0.round() as i32..rect.x1.round() as i32 {
                self.mix(x, y, color, 1.0);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a colour's byte")]
    fn mix(&mut self, x: i32, y: i32, color: [u8; 3], alpha: f32) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        let Some(Rgba(pixel)) = self.picture.get_pixel_mut_checked(x, y) else { return };
        for (under, over) in pixel.iter_mut().zip(color) {
            *under = (f32::from(*under) * (1.0 - alpha) + f32::from(over) * alpha).round() as u8;
        }
    }

    fn save(mut self, path: &str) -> image::ImageResult<()> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture's size")]
        let height = (self.top + self.margin).min(self.picture.height() as f32) as u32;
        image::imageops::crop(&mut self.picture, 0, 0, u32::MAX, height).to_image().save(path)
    }
}

fn paper() -> Rgba<u8> {
    Rgba([PAPER[0], PAPER[1], PAPER[2], 255])
}

/// The light theme's colours.
fn color(role: ColorRole) -> [u8; 3] {
    match role {
        ColorRole::Text => [0x23, 0x21, 0x1D],
        ColorRole::Soft => [0x6B, 0x65, 0x5A],
        ColorRole::Faint => [0x82, 0x7B, 0x6F],
        ColorRole::Link | ColorRole::Accent => [0x9A, 0x3B, 0x1E],
        ColorRole::Rule => [0xE2, 0xDD, 0xD2],
        ColorRole::CodeBackground => [0xF0, 0xEC, 0xE3],
        ColorRole::Highlight => [0xF6, 0xE3, 0xA8],
        ColorRole::CodeKeyword => [0x8A, 0x2F, 0x6B],
        ColorRole::CodeString => [0x3F, 0x62, 0x12],
        ColorRole::CodeComment => [0x67, 0x62, 0x58],
        ColorRole::CodeNumber => [0x8A, 0x4B, 0x00],
        ColorRole::CodeName => [0x1F, 0x5A, 0x96],
    }
}
