//! Which words of a piece of code are keywords, strings, comments: ranges with roles, to be given to the typesetter. The
//! language is taken as it is stated and never guessed. Knows no colour and sets no text.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};

use super::set_block::ColorRole;
use crate::document::TextRange;

/// Code longer than this stays plain behind it.
const MOST_BYTES: usize = 1_000_000;

/// A line longer than this is no line that a person wrote, and the grammars' expressions take time as its square: behind
/// it nothing is sure, so all stays plain from there on.
const LONGEST_LINE: usize = 4_000;

/// A part of a piece of code that is not plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRange {
    /// In the block's plain text.
    pub range: TextRange,
    /// One of the roles of code.
    pub role: ColorRole,
}

/// Grammars with the names that they go by: of Markdown's fences, of classes in HTML, and the endings of files. A name that
/// stands for two languages (`m`, `pl`) is left out, and so is what a grammar would get wrong (JSX for JavaScript).
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ActionScript", &["actionscript", "as3"]),
    ("AppleScript", &["applescript"]),
    ("Batch File", &["bat", "batch", "cmd"]),
    (BASH, &["bash", "sh", "shell", "shell-script", "zsh", "ksh", "bashrc"]),
    ("BibTeX", &["bibtex", "bib"]),
    ("C", &["c"]),
    ("C#", &["c#", "csharp", "cs"]),
    ("C++", &["c++", "cpp", "cxx", "cc", "hpp", "hxx", "h", "h++"]),
    ("CSS", &["css"]),
    ("Clojure", &["clojure", "clj", "cljs", "edn"]),
    ("D", &["d", "dlang"]),
    ("Diff", &["diff", "patch", "udiff"]),
    ("Erlang", &["erlang", "erl", "hrl"]),
    ("Go", &["go", "golang"]),
    ("Graphviz (DOT)", &["dot", "graphviz", "gv"]),
    ("Groovy", &["groovy", "gradle"]),
    ("HTML", &["html", "htm", "html5", "xhtml"]),
    ("Haskell", &["haskell", "hs"]),
    ("JSON", &["json", "jsonc", "json5", "geojson", "webmanifest"]),
    ("Java", &["java"]),
    ("Java Properties", &["properties"]),
    ("JavaScript", &["javascript", "js", "mjs", "cjs", "ecmascript", "node", "typescript", "ts", "mts", "cts"]),
    ("LaTeX", &["latex"]),
    ("Lisp", &["lisp", "common-lisp", "commonlisp", "elisp", "emacs-lisp", "el", "scheme", "scm"]),
    ("Lua", &["lua"]),
    ("MATLAB", &["matlab", "octave"]),
    ("Makefile", &["makefile", "make", "mk", "gnumakefile"]),
    ("Markdown", &["markdown", "md"]),
    ("OCaml", &["ocaml", "ml", "mli"]),
    ("Objective-C", &["objective-c", "objectivec", "objc"]),
    ("Objective-C++", &["objective-c++", "objc++"]),
    ("PHP", &["php", "php3", "php4", "php5", "php7", "php8", "phtml"]),
    ("Pascal", &["pascal", "delphi", "pas"]),
    ("Perl", &["perl", "pm"]),
    ("Python", &["python", "py", "python2", "python3", "py3", "pyw", "pyi", "gyp"]),
    ("R", &["r", "rlang", "rscript"]),
    ("Ruby", &["ruby", "rb", "gemspec", "rakefile", "gemfile"]),
    ("Rust", &["rust", "rs"]),
    ("SQL", &["sql", "postgres", "postgresql", "pgsql", "mysql", "sqlite", "plsql", "tsql"]),
    ("Scala", &["scala", "sbt"]),
    ("Tcl", &["tcl"]),
    ("TeX", &["tex"]),
    ("Textile", &["textile"]),
    ("XML", &["xml", "svg", "xsl", "xslt", "xsd", "rss", "atom", "plist"]),
    ("YAML", &["yaml", "yml"]),
    ("reStructuredText", &["restructuredtext", "rst", "rest"]),
];

const BASH: &str = "Bourne Again Shell (bash)";

/// Whether code in a language, as the source names it, can be told apart.
pub fn is_known(language: &str) -> bool {
    grammar(language).is_some()
}

/// The parts of a piece of code that are not plain, in the order of the text and apart from one another. `is_over` is asked
/// between lines; what is behind the line at which it says yes stays plain. The first call of a program takes some
/// milliseconds more, for the grammars.
pub fn roles(language: &str, text: &str, is_over: &mut dyn FnMut() -> bool) -> Vec<CodeRange> {
    let Some(name) = grammar(language) else { return Vec::new() };
    let mut found = Vec::new();
    // The grammars were not written for whatever a file may hold. What was found before one fails is right.
    let parse = AssertUnwindSafe(|| parse(grammar_of_text(name, text), text, is_over, &mut found));
    let _ = catch_unwind(parse);
    found
}

/// The grammar of a language: of `rust,ignore`, `language-js`, `{.python .numberLines}` and `src/main.rs` as well.
fn grammar(language: &str) -> Option<&'static str> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '{' | '}' | ':' | '=' | '"' | '\'');
    let word = language.split(is_between).find(|word| !word.is_empty())?.to_lowercase();
    let mut word = word.as_str();
    for before in [".", "language-", "lang-", "highlight-source-", "text/", "application/", "x-"] {
        word = word.strip_prefix(before).unwrap_or(word);
    }
    let name_of = |word: &str| LANGUAGES.iter().find(|(_, names)| names.contains(&word)).map(|(name, _)| *name);
    name_of(word).or_else(|| {
        let (_, file) = word.rsplit_once(['/', '\\']).unwrap_or(("", word));
        let (stem, ending) = file.rsplit_once('.')?;
        (!stem.is_empty()).then(|| name_of(ending)).flatten()
    })
}

/// PHP is shown with and without the tag that its files begin with.
fn grammar_of_text(name: &'static str, text: &str) -> &'static str {
    if name == "PHP" && !text.contains("<?") { "PHP Source" } else { name }
}

fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines)
}

fn syntax(name: &str) -> Option<&'static SyntaxReference> {
    grammars().find_syntax_by_name(name)
}

fn parse(name: &str, text: &str, is_over: &mut dyn FnMut() -> bool, found: &mut Vec<CodeRange>) {
    let Some(syntax) = syntax(name) else { return };
    let selectors = Selectors::shared();
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut start = 0;
    let mut feed = String::new();
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_LINE || start + line.len() > MOST_BYTES || is_over() {
            return;
        }
        // Grammars want a line feed at the end of the last line, too.
        let whole = if line.ends_with('\n') {
            line
        } else {
            feed.clear();
            feed.push_str(line);
            feed.push('\n');
            feed.as_str()
        };
        let Ok(changes) = state.parse_line(whole, grammars()) else { return };
        let mut at = 0;
        for (offset, change) in &changes {
            selectors.push(start, line, at..*offset, &stack, found);
            at = at.max(*offset);
            if stack.apply(change).is_err() || matches!(change, ScopeStackOp::Restore) && stack.is_empty() {
                return;
            }
        }
        selectors.push(start, line, at..line.len(), &stack, found);
        start += line.len();
    }
}

/// What a scope says of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Role(ColorRole),
    /// A keyword if it is a word: `and` is one, `&&` is none.
    Word,
    /// Code again, inside a string.
    Plain,
}

/// Scopes with what they mean; the first that a scope begins with holds. The names are Sublime Text's
/// (`docs/scope_naming`), which all grammars keep to.
const SELECTORS: &[(&str, Meaning)] = &[
    ("comment", Meaning::Role(ColorRole::CodeComment)),
    ("string.unquoted.heredoc", Meaning::Role(ColorRole::CodeString)),
    // YAML's plain values, the arguments of a shell.
    ("string.unquoted", Meaning::Plain),
    ("string", Meaning::Role(ColorRole::CodeString)),
    ("constant.character", Meaning::Role(ColorRole::CodeString)),
    ("constant.numeric", Meaning::Role(ColorRole::CodeNumber)),
    ("constant.language", Meaning::Role(ColorRole::CodeNumber)),
    ("constant.other.color", Meaning::Role(ColorRole::CodeNumber)),
    ("keyword.other.unit", Meaning::Role(ColorRole::CodeNumber)),
    ("keyword", Meaning::Word),
    ("storage", Meaning::Word),
    ("variable.language", Meaning::Role(ColorRole::CodeKeyword)),
    ("entity.name", Meaning::Role(ColorRole::CodeName)),
    ("entity.other.inherited-class", Meaning::Role(ColorRole::CodeName)),
    ("support.function", Meaning::Role(ColorRole::CodeName)),
    ("support.macro", Meaning::Role(ColorRole::CodeName)),
    ("support.class", Meaning::Role(ColorRole::CodeName)),
    ("support.type", Meaning::Role(ColorRole::CodeName)),
    ("variable.function", Meaning::Role(ColorRole::CodeName)),
    ("markup.inserted", Meaning::Role(ColorRole::CodeString)),
    ("markup.deleted", Meaning::Role(ColorRole::CodeKeyword)),
    ("markup.heading", Meaning::Role(ColorRole::CodeName)),
    ("markup.raw", Meaning::Role(ColorRole::CodeString)),
    ("meta.diff.range", Meaning::Role(ColorRole::CodeComment)),
    ("meta.interpolation", Meaning::Plain),
    ("meta.template.expression", Meaning::Plain),
    ("source", Meaning::Plain),
    ("text", Meaning::Plain),
];

struct Selectors(Vec<(Scope, Meaning)>);

impl Selectors {
    fn shared() -> &'static Self {
        static SELECTORS_READ: OnceLock<Selectors> = OnceLock::new();
        SELECTORS_READ.get_or_init(|| {
            let read = |(name, meaning): &(&str, Meaning)| Some((Scope::new(name).ok()?, *meaning));
            Self(SELECTORS.iter().filter_map(read).collect())
        })
    }

    /// Gives a part of a line, which begins at `start` in the text, its role.
    fn push(
        &self,
        start: usize,
        line: &str,
        range: std::ops::Range<usize>,
        stack: &ScopeStack,
        found: &mut Vec<CodeRange>,
    ) {
        let Some(part) = line.get(range.start..range.end.min(line.len())) else { return };
        if part.trim().is_empty() {
            return;
        }
        let Some(role) = self.role(part, stack) else { return };
        let range =
            TextRange::new(start + range.start, start + range.start + part.trim_end_matches(['\n', '\r']).len());
        match found.last_mut() {
            Some(last) if last.role == role && last.range.end == range.start => last.range.end = range.end,
            _ => found.push(CodeRange { range, role }),
        }
    }

    fn role(&self, part: &str, stack: &ScopeStack) -> Option<ColorRole> {
        let is_word =
            || part.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '#' | '@' | '.' | '!'));
        for scope in stack.as_slice().iter().rev() {
            match self.0.iter().find(|(selector, _)| selector.is_prefix_of(*scope)).map(|(_, meaning)| *meaning) {
                Some(Meaning::Role(role)) => return Some(role),
                Some(Meaning::Word) if is_word() && part.contains(char::is_alphabetic) => {
                    return Some(ColorRole::CodeKeyword);
                }
                Some(Meaning::Word | Meaning::Plain) => return None,
                None => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(language: &str, text: &str) -> Vec<CodeRange> {
        roles(language, text, &mut || false)
    }

    #[test]
    fn every_grammar_of_the_table_is_there() {
        for (name, _) in LANGUAGES.iter().chain(&[("PHP Source", &[] as &[&str])]) {
            assert!(syntax(name).is_some(), "{name}");
        }
        assert_eq!(Selectors::shared().0.len(), SELECTORS.len());
    }

    #[test]
    fn a_language_is_known_by_its_names_and_never_guessed() {
        for (stated, name) in [
            ("rust", Some("Rust")),
            ("Rust", Some("Rust")),
            ("rust,ignore", Some("Rust")),
            ("language-js", Some("JavaScript")),
            ("{.python .numberLines}", Some("Python")),
            ("src/main.rs", Some("Rust")),
            ("C++", Some("C++")),
            ("py:main.py", Some("Python")),
            ("text/x-python", Some("Python")),
            ("console", None),
            ("text", None),
            ("plain", None),
            ("tsx", None),
            ("m", None),
            ("", None),
            (",", None),
            ("rusty", None),
            (".rs", Some("Rust")),
            ("\u{130}\u{1F980}", None),
        ] {
            assert_eq!(grammar(stated), name, "{stated}");
        }
    }

    #[test]
    fn words_have_their_roles() {
        use ColorRole::{CodeComment, CodeKeyword, CodeName, CodeNumber, CodeString};
        for (language, text, expected) in [
            (
                "rust",
                "fn main() {\n    let x = 42; // why\n    print(\"é\");\n}",
                &[
                    ("fn", CodeKeyword),
                    ("main", CodeName),
                    ("42", CodeNumber),
                    ("// why", CodeComment),
                    ("\"é\"", CodeString),
                ] as &[(&str, ColorRole)],
            ),
            (
                "python",
                "def f(a):\n    return a and 'b'  # c\n",
                &[
                    ("def", CodeKeyword),
                    ("f", CodeName),
                    ("return", CodeKeyword),
                    ("and", CodeKeyword),
                    ("'b'", CodeString),
                ],
            ),
            ("js", "const s = `a ${b + 1} c`;", &[("const", CodeKeyword), ("`a", CodeString), ("1", CodeNumber)]),
            ("sql", "select a from b where c = 'd'", &[("select", CodeKeyword), ("'d'", CodeString)]),
            ("json", "{\"a\": [1, true, null]}", &[("\"a\"", CodeString), ("1", CodeNumber), ("true", CodeNumber)]),
            (
                "c",
                "int main(void) { return 0; } /* x */",
                &[("int", CodeKeyword), ("0", CodeNumber), ("/* x */", CodeComment)],
            ),
            ("sh", "if [ -n \"$a\" ]; then\n  echo b # c\nfi", &[("if", CodeKeyword), ("# c", CodeComment)]),
            ("sh", "for f in *.csv; do echo \"$f\"; done # quoted", &[("for", CodeKeyword), ("# quoted", CodeComment)]),
            ("yaml", "a: 1 # c\n", &[("a", CodeName), ("1", CodeNumber), ("# c", CodeComment)]),
            ("html", "<p class=\"x\">it's</p>", &[("p", CodeName), ("\"x\"", CodeString)]),
            ("css", "a { color: #fff; }", &[("a", CodeName)]),
            ("diff", "@@ -1 +1 @@\n-a\n+b\n c\n", &[("-a", CodeKeyword), ("+b", CodeString)]),
            ("php", "echo $a; // b", &[("// b", CodeComment)]),
            ("go", "func f() error { return nil }", &[("func", CodeKeyword), ("return", CodeKeyword)]),
        ] {
            let found: Vec<_> = all(language, text).iter().map(|r| (r.range.of(text).unwrap(), r.role)).collect();
            for (word, role) in expected {
                let has = found.iter().any(|(part, found)| part.starts_with(word) && found == role);
                assert!(has, "{language}: {word} as {role:?} in {found:?}");
            }
        }
        let operators = all("js", "a && b => c");
        assert!(operators.iter().all(|r| r.role != ColorRole::CodeKeyword), "{operators:?}");
    }

    #[test]
    fn ranges_are_apart_and_in_order_whatever_the_text() {
        let quotes = "\"\"\"'''`".repeat(40);
        let open = "(((((([[[{{{<<<".repeat(30);
        let hostile = [
            "",
            "\n\n\n",
            "\r\n\r",
            "a\u{0}b \u{FFFD}\u{200F}\u{202E}\"x",
            "\"é👩‍👩‍👧\n/* 你好",
            quotes.as_str(),
            open.as_str(),
            "\u{2028}fn\u{85}\"",
            "<<<<EOF\n$(($((`",
        ];
        // Reading a grammar's expressions takes its time without optimisation; a third of them will do.
        for (name, names) in LANGUAGES.iter().step_by(3) {
            for text in hostile {
                let mut at = 0;
                for found in all(names[0], text) {
                    assert!(found.range.start >= at && found.range.end > found.range.start, "{name}: {found:?}");
                    assert!(found.range.of(text).is_some(), "{name}: {found:?}");
                    at = found.range.end;
                }
            }
        }
    }

    #[test]
    fn what_is_too_long_stays_plain() {
        let line = format!("let a = \"{}\";\n", "x".repeat(LONGEST_LINE));
        let found = all("rust", &format!("let b = 1;\n{line}let c = 2;\n"));
        assert!(found.iter().all(|found| found.range.end <= 11), "{found:?}");
        let many = "let b = 1;\n".repeat(200_000);
        let mut lines = 0;
        let found = roles("rust", &many, &mut || {
            lines += 1;
            lines > 50
        });
        assert_eq!(found.len(), 100);
    }
}
