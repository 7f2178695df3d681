//! The menu entry's text, after the Desktop Entry Specification 1.5. Writes no file.

use std::path::Path;

use crate::platform::APP_ID;

/// The program's path cannot stand in a menu entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unquotable;

/// The whole entry.
pub(super) fn text<'a>(program: &Path, media_types: impl Iterator<Item = &'a str>) -> Result<String, Unquotable> {
    let program = program.to_str().filter(|path| !path.chars().any(char::is_control)).ok_or(Unquotable)?;
    // A path with an equals sign cannot be an entry's command: the specification forbids it in the program's name.
    if program.contains('=') {
        return Err(Unquotable);
    }
    let mut types = String::new();
    for media_type in media_types {
        types.push_str(media_type);
        types.push(';');
    }
    Ok(format!(
        "[Desktop Entry]\n\
         Type=Application\n\
         Name=Recto\n\
         GenericName=Article Reader\n\
         Comment=Read the articles you have saved\n\
         TryExec={try_exec}\n\
         Exec={exec} %F\n\
         Icon={APP_ID}\n\
         Terminal=false\n\
         Categories=Office;Viewer;\n\
         Keywords=reader;article;read later;markdown;html;\n\
         MimeType={types}\n\
         StartupNotify=true\n\
         StartupWMClass={APP_ID}\n",
        try_exec = escape_string(program),
        exec = escape_string(&quote_argument(program)),
    ))
}

/// Escapes of a value of type `string`.
fn escape_string(value: &str) -> String {
    value.replace('\\', "\\\\")
}

/// One argument of `Exec`: quoted where it holds a reserved character, with the percent sign doubled.
fn quote_argument(argument: &str) -> String {
    let argument = argument.replace('%', "%%");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | ':' | '@' | '%');
    if argument.chars().all(plain) {
        return argument;
    }
    let mut quoted = "\"".to_owned();
    for c in argument.chars() {
        if matches!(c, '"' | '`' | '$' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_quoted_as_the_specification_asks() {
        let check = |program: &str, expected: Option<&str>| {
            let text = text(Path::new(program), std::iter::once("text/html"));
            let exec = text.as_ref().ok().and_then(|t| t.lines().find_map(|line| line.strip_prefix("Exec=")));
            assert_eq!(exec, expected, "{program}");
        };
        check("/usr/bin/recto", Some("/usr/bin/recto %F"));
        check("/home/ann/my apps/recto", Some("\"/home/ann/my apps/recto\" %F"));
        check("/home/ann/100%/recto", Some("/home/ann/100%%/recto %F"));
        check("/a$b`c\"d\\e/recto", Some("\"/a\\\\$b\\\\`c\\\\\"d\\\\\\\\e/recto\" %F"));
        check("/a=b/recto", None);
        check("/a\nb/recto", None);
    }
}
