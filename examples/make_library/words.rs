//! What the made-up stories are made of: of each language its most frequent words, some that the measurements search for,
//! and syllables to make up the rest of. Makes no text.

/// Whether words stand apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// By spaces.
    Spaced,
    /// Not at all.
    Unspaced,
}

/// A language.
pub(crate) struct Language {
    /// BCP 47.
    pub(crate) tag: &'static str,
    /// How many of a hundred stories are in it; together a hundred.
    pub(crate) percent: usize,
    /// How its words stand.
    pub(crate) script: Script,
    /// Its words, the most frequent first.
    pub(crate) real: &'static str,
    beginnings: &'static str,
    middles: &'static str,
    ends: &'static str,
}

impl Language {
    /// A word that it might have; `below` gives a number below another.
    pub(crate) fn make_up(&self, below: &mut dyn FnMut(usize) -> usize) -> String {
        let mut part = |parts: &str| {
            let count = parts.split(' ').count();
            parts.split(' ').nth(below(count)).unwrap_or_default().to_owned()
        };
        let mut word = part(self.beginnings);
        let middles: usize = part("0 0 1 1 1 2 2 3").parse().unwrap_or_default();
        match self.script {
            Script::Spaced => (0..middles).for_each(|_| word.push_str(&part(self.middles))),
            Script::Unspaced if middles > 1 => word.push_str(&part(self.middles)),
            Script::Unspaced => {}
        }
        word.push_str(&part(self.ends));
        word
    }
}

/// What some stories are tagged with.
pub(crate) const TAGS: &[&str] = &[
    "later",
    "science",
    "history",
    "politics",
    "music",
    "recipes",
    "travel",
    "work",
    "garden",
    "books",
    "film",
    "health",
    "sea",
    "trains",
    "bees",
    "bread",
    "AI",
    "maps",
    "photography",
    "economy",
    "law",
    "language",
    "design",
    "essay",
    "interview",
    "long read",
    "français",
    "日本",
    "наука",
    "школа",
];

/// All of them; the first four have Latin letters.
pub(crate) const LANGUAGES: &[Language] = &[
    Language {
        tag: "en",
        percent: 45,
        script: Script::Spaced,
        real: "the of and to a in is that for it as was with be by on not he his but at are this have from or had an they \
            which one you were her all she there would their we him been has when who will more no if out so said what up \
            its about into than them can only other new some could time these two may then do first any my now such like \
            our over man me even most made after also did many before must through years where much your way well down \
            should because each just those people how too little state good very make world still own see men work long \
            get here between both life being under never day same another know while last might us great old year off \
            come since against go came right used take three states himself few house use during without again place \
            american around however home small found thought went say part once general high upon school every don \
            government story water city harbour ferry night train light house bread bee honey island book library war \
            music weather river language winter summer history science money market doctor teacher captain lighthouse \
            winter letter garden machine window morning country company economy election climate energy software network \
            computer internet memory question answer problem research university student paper village mountain railway \
            bridge ocean coast fish salt sugar coffee kitchen recipe photograph camera painting museum theatre film actor",
        beginnings: "a be ca co de di dis e en ex fa for ga ha he hor im in inter jo ka la le li lo ma me mi mo na ne no o \
            over pa per po pre pro qua ra re ro sa se sha si so sta stra sub su ta te ten tra tri u un under va ve vi wa \
            wi wo bra cla cre dra fla gra pla pri sco ski sle smo spe swi thr whi",
        middles: "ba ber bi ca cer ci co da der di do fa fi ga ge gi ha ing ka ker la le li lo ma men mi mo na ne ni no pa \
            pe pi po ra re ri ro sa se si so ta te ter ti to tu va ve vi wa",
        ends: "able al ance ant ary ate ed en ence er ers es est ful ic ing ings ion ions ish ism ist ity ive le less ly \
            ment ments ness on or ous s ship t th ton ture ty ure y",
    },
    Language {
        tag: "de",
        percent: 12,
        script: Script::Spaced,
        real: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat \
            dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis \
            mehr durch man sein wurde sei prozent hatte kann gegen vom können schon wenn habe seine mark ihre dann unter \
            wir soll ich eines jahr zwei jahren diese dieser wieder keine uhr seiner worden will zwischen immer millionen \
            was sagte gibt alle seit muss wurden beim doch jetzt drei deutschen neue damit bereits da ab hier ohne sollte \
            ihr ins mal sowie rund etwa weil beiden viel land stadt fähre hafen straße nacht zug licht brot biene honig \
            insel buch bücherei krieg musik wetter fluss sprache winter sommer geschichte wissenschaft geld markt arzt \
            lehrer kapitän leuchtturm brief garten maschine fenster morgen wirtschaft wahl klima energie gedächtnis frage",
        beginnings: "ab an auf aus be bei da dar de durch ein er fä feu ge gro ha her hin ho im in ka kla ko krä la le lo ma \
            mit mö na nach ne ober po pla ra re ru sa schla schö schwe se so spra sta stra ta ti trä über um un unter ver \
            vor wa we wi zer zu zwi",
        middles: "be ber bi bung da den der di fa fen ge gel gen ger hal hei ka kel keit la le li ma men mi na nen ner nis ra \
            rei ren ri sa schaf sen si ster ta tel ten ter ti tung wer zen",
        ends: "bar chen e el en end er ern es haft heit ig igen isch ische keit lein lich lichen los nis sam schaft st t te \
            ten ter tum ung ungen",
    },
    Language {
        tag: "fr",
        percent: 10,
        script: Script::Spaced,
        real: "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son les \
            aux d'un cette d'une ont ses mais comme on tout nous sa été fait c'est être aussi leur bien deux même si ces \
            sans leurs ans y entre faire était très après elle peut dont avant autres ainsi depuis encore moins tous \
            sous temps monde français année contre toute fois fin pays premier grand jours soit trois quand aujourd'hui \
            rien toujours vie l'eau mer île port nuit train lumière pain abeille miel livre bibliothèque guerre musique \
            temps rivière langue hiver été histoire science argent marché médecin capitaine phare lettre jardin cœur œuvre",
        beginnings: "a ac ap ar bé bou ca cha co com con cou dé des di é em en ex fa fé fo ga gé gou im in ja jou la lé li \
            lou ma mé mi mou na né no ou pa pé per pla po pré pro ra ré re rou sa sé sou su ta té tra tou u va vé vi voi",
        middles: "ba bi ca ce ci da dé di fa fi ga gi la le li lo ma me mi na ne ni no pa pi po qua ra ré ri ro sa sé si ta te \
            ti to tra va vi",
        ends: "able age ais ait ant ations é ée ées el elle ement ence ent er es esse eur eurs eux ie ien ique ir is isme \
            iste ité ment oir on tion ture",
    },
    Language {
        tag: "es",
        percent: 8,
        script: Script::Spaced,
        real: "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre \
            este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo \
            han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada vida otro \
            después te otros aunque esa eso hace otra gobierno tan durante siempre día tanto ella tres sí dijo sido gran \
            país según menos mundo año mar isla puerto noche tren luz pan abeja miel libro biblioteca guerra música río \
            lengua invierno verano historia ciencia dinero mercado médico capitán faro carta jardín señora corazón niño",
        beginnings: "a al ba bo ca ce co con cu de des di e en es ex fa fe ga go gua ha he im in ja la le li lla lo ma me mi \
            mo mu na ne no o pa pe pla po pre pro que ra re ri ro sa se si so su ta te tra tri u va ve vi vo za",
        middles: "ba bi ca ce ci co da de di do fi ga gi la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si \
            so ta te ti to va ve vi",
        ends: "able ado ados aje ando ante ar aría ción ciones dad dades encia ente ero es eza ía iento ina ión ismo ista \
            ito mente o or os oso ura",
    },
    Language {
        tag: "ru",
        percent: 8,
        script: Script::Spaced,
        real: "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой что весь год от так о для \
            ты же все тот мочь вы человек такой его сказать только или ещё бы себя один как уже до время если сам когда \
            другой вот говорить наш мой знать стать при чтобы дело жизнь кто первый очень два день её новый рука даже во \
            со раз где там под можно ну какой после их работа без самый потом надо хотеть ли слово идти большой должен \
            место иметь ничто паром порт ночь поезд свет хлеб пчела мёд остров книга библиотека война музыка погода река \
            язык зима лето история наука деньги рынок врач капитан маяк письмо сад машина окно утро страна выборы",
        beginnings: "без бо ве во вы го да де до ду за зна из ка ко кра ла ле ли ма ме ми мо на не но об от па пе по под пре \
            при про ра раз ре ру са све се сло со ста стро та те то тру у хо це ча че ши эко",
        middles: "ба бе ва ве ви во га да де ди до жа за зи ка ки ко ла ле ли ло ма ме ми мо на не ни но па пе ра ре ри ро са \
            се си со ста та те ти то ча ше",
        ends: "а ами ание ания ать ах ая е ение ения ец и ие ий ик ить ка ки кий ла лась ли ло ность ности о ого ой ом ость \
            от ский ся ть у ует ы ый ых",
    },
    Language {
        tag: "ar",
        percent: 5,
        script: Script::Spaced,
        real: "في من على أن إلى التي عن مع ما هذا هذه الذي لا كان بعد قد بين أو كل قبل حيث ذلك كما لم منذ عام خلال غير كانت \
            أكثر يوم تم عند حتى هو هي إن ثم أي أنه أمام دون كانوا لكن العالم الوقت الدولة المدينة البحر الجزيرة الميناء \
            الليل القطار الضوء الخبز النحل العسل الكتاب المكتبة الحرب الموسيقى النهر اللغة الشتاء الصيف التاريخ العلم \
            المال السوق الطبيب القبطان المنارة الرسالة الحديقة",
        beginnings: "ال ا ب بال ت تم ح خ د ر س ش ط ع ف ق ك كل ل لل م مت مس من ن ه و وال ي يت يس",
        middles: "با بد تب تم جد جر حا حد خر دا در را رب رس سا سم شا شر صد صن طا طل عا عم غر فا فر قا قد قر كا كت لا لم ما مد \
            مر نا نظ نق هد وا وص",
        ends: "ا ات ان ب ة ت د ر ع ق ك ل م ن ه ها هم ون ي ية ين",
    },
    Language {
        tag: "zh",
        percent: 6,
        script: Script::Unspaced,
        real: "的 是 在 了 不 和 有 这 人 我 他 们 中 大 上 为 个 国 到 说 时 要 就 出 会 可 也 你 对 生 能 而 子 那 得 于 着 下 \
            自 之 年 过 发 后 作 里 用 道 行 所 然 家 种 事 成 方 多 经 么 去 法 学 如 都 同 现 当 没 动 面 起 看 定 天 分 还 \
            进 好 小 部 其 些 主 样 理 心 她 本 前 开 但 因 只 从 想 实 日 军 者 意 无 力 它 与 长 把 机 十 民 第 公 此 已 工 \
            渡轮 港口 夜里 火车 灯塔 面包 蜜蜂 蜂蜜 图书馆 大学 北京 上海 战争 音乐 天气 河流 语言 冬天 夏天 历史 科学 经济 \
            市场 医生 船长 花园 机器 窗户 早晨 选举 气候 能源 网络 记忆 问题 研究",
        beginnings: HAN,
        middles: HAN,
        ends: HAN,
    },
    Language {
        tag: "ja",
        percent: 6,
        script: Script::Unspaced,
        real: "の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その あっ \
            よう また もの という あり まで られ なる へ か だ これ によって により おり より による ず なり られる において ば \
            なかっ なく しかし について せ だっ その後 できる それ フェリー 港 夜 列車 灯台 パン 蜜蜂 蜂蜜 図書館 大学 東京 京都 \
            戦争 音楽 天気 川 言語 冬 夏 歴史 科学 経済 市場 医者 船長 庭 機械 窓 朝 選挙 気候 エネルギー 記憶 問題 研究 塩 島",
        beginnings: HAN,
        middles: "い う え か き く け こ さ し す せ た ち つ て と な に の は ひ へ ま み む め も や ゆ よ ら り る れ ろ",
        ends: "い う え く し す た ち つ て に び み む り る れ わ ん 者 家 所 的 性 中 地 方 力 学 国 会 部 長 上 下 内 外 前 後 時 \
            ー ン ス ル ト ラ イ リ ク シ",
    },
];

/// Characters that Chinese and Japanese texts share.
const HAN: &str = "一 七 万 三 不 世 中 主 久 乗 九 事 二 五 交 京 人 今 仕 他 付 代 令 以 休 会 伝 住 体 何 作 使 例 供 便 信 \
    修 個 倍 借 停 健 側 備 働 億 優 元 兄 先 光 入 全 八 公 六 共 具 典 内 再 写 冬 冷 出 分 切 初 別 利 制 前 力 加 助 努 労 勉 動 \
    勝 包 化 北 十 千 午 半 卒 協 南 単 博 原 参 友 反 取 受 口 古 台 史 右 号 各 合 同 名 向 君 告 周 味 命 和 品 員 問 商 善 喜 四 \
    回 因 団 困 固 国 土 在 地 坂 型 城 基 堂 報 場 声 夏 夕 外 多 夜 大 天 太 夫 失 好 妹 姉 始 子 字 学 宅 守 安 完 定 実 客 室 家 \
    容 宿 寒 寺 対 小 少 局 居 屋 山 岩 岸 島 川 州 工 左 市 席 常 平 年 幸 店 府 度 座 庭 康 建 引 弟 式 弱 強 当 形 役 待 後 得 心 \
    必 志 忘 応 念 思 急 性 息 悪 情 想 意 感 成 戦 所 手 打 投 折 押 招 持 指 探 接 支 改 放 政 教 数 文 料 断 新 方 旅 族 日 早 明 \
    星 春 昨 時 晩 景 晴 暑 暗 曜 最 月 有 服 期 木 未 本 札 村 東 林 果 校 案 業 楽 様 橋 機 欠 次 歌 止 正 歩 死 残 母 毎 比 毛 民 \
    気 水 永 求 決 池 法 注 洋 洗 活 流 海 消 深 温 港 湖 湯 満 漁 漢 火 無 然 焼 熱 父 物 特 犬 状 王 理 生 産 用 田 由 界 病 発 白";
