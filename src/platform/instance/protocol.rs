//! What is said: one line of JSON for the request, and lines of JSON that end with one that is final. Knows no socket.

use std::io;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of this protocol; another one is refused.
const VERSION: u32 = 1;

/// The longest line: some ten thousand paths.
pub(super) const LONGEST_LINE: usize = 1 << 20;

/// What a second process asks of the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Shows files in the window.
    Open {
        /// The files; none is only for raising the window.
        #[serde(with = "paths")]
        paths: Vec<PathBuf>,
        /// Whether the window comes to the front.
        raise: bool,
        /// What the desktop gave the second process so that it may: see [`activation_token`](super::activation_token).
        activation_token: Option<String>,
    },
    /// Takes files and folders into the library.
    Import {
        /// The files and folders.
        #[serde(with = "paths")]
        paths: Vec<PathBuf>,
    },
    /// Whether it is there.
    Ping,
}

/// What the first one answers. All but [`Response::Progress`] are final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// How far an import is.
    Progress {
        /// How many files are done.
        done: u64,
        /// How many there are, as far as is known.
        total: u64,
    },
    /// It was done.
    Done,
    /// An import was done.
    Imported {
        /// How many files are in the library now.
        imported: u64,
        /// Those that are not.
        failed: Vec<Failure>,
    },
    /// It was not done.
    Refused {
        /// The reason, in a person's words.
        why: String,
    },
}

/// A file that was not imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file.
    #[serde(with = "one_path")]
    pub path: PathBuf,
    /// The reason, in a person's words.
    pub why: String,
}

impl Request {
    pub(super) fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Open { paths, .. } | Self::Import { paths } => paths,
            Self::Ping => &[],
        }
    }

    /// With paths that mean the same in a process with another working folder.
    pub(super) fn absolute(mut self) -> Self {
        if let Self::Open { paths, .. } | Self::Import { paths } = &mut self {
            for path in paths {
                if let Ok(absolute) = std::path::absolute(&path) {
                    *path = absolute;
                }
            }
        }
        self
    }
}

/// What goes over the wire besides responses: that the first one is still at it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    /// An answer, or a part of one.
    Response(Response),
    /// Nothing new, and not dead.
    Working,
}

/// A line as it is sent.
#[derive(Serialize, Deserialize)]
struct Line<T> {
    recto: u32,
    says: T,
}

/// Only what every version has.
#[derive(Deserialize)]
struct AnyLine {
    recto: u32,
}

/// Why a line means nothing here.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LineError {
    #[error("it speaks version {version} of the language between windows, and this one speaks version {VERSION}")]
    OtherVersion { version: u32 },
    #[error("not a line of the language between windows: {detail}")]
    Nonsense { detail: String },
}

pub(super) fn to_line(says: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Line { recto: VERSION, says }).map_err(io::Error::other)?;
    line.push(b'\n');
    Ok(line)
}

pub(super) fn from_line<T: DeserializeOwned>(line: &[u8]) -> Result<T, LineError> {
    let nonsense = |error: serde_json::Error| LineError::Nonsense { detail: error.to_string() };
    let AnyLine { recto: version } = serde_json::from_slice(line).map_err(nonsense)?;
    if version != VERSION {
        return Err(LineError::OtherVersion { version });
    }
    let line: Line<T> = serde_json::from_slice(line).map_err(nonsense)?;
    Ok(line.says)
}

/// A path with every name that the system allows: text where it is text, else its bytes or 16-bit units.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WirePath {
    Text(String),
    Units(Vec<u16>),
}

impl WirePath {
    fn of(path: &std::path::Path) -> Self {
        if let Some(text) = path.to_str() {
            return Self::Text(text.to_owned());
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            Self::Units(path.as_os_str().as_bytes().iter().copied().map(u16::from).collect())
        }
        #[cfg(windows)]
        {
            use std::os::windows::ffi::OsStrExt as _;
            Self::Units(path.as_os_str().encode_wide().collect())
        }
    }

    fn into_path(self) -> Option<PathBuf> {
        match self {
            Self::Text(text) => Some(text.into()),
            #[cfg(unix)]
            Self::Units(units) => {
                use std::os::unix::ffi::OsStringExt as _;
                let bytes = units.into_iter().map(u8::try_from).collect::<Result<Vec<_>, _>>().ok()?;
                Some(std::ffi::OsString::from_vec(bytes).into())
            }
            #[cfg(windows)]
            Self::Units(units) => {
                use std::os::windows::ffi::OsStringExt as _;
                Some(std::ffi::OsString::from_wide(&units).into())
            }
        }
    }
}

mod one_path {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    use super::{PathBuf, WirePath};

    pub(super) fn serialize<S: Serializer>(path: &std::path::Path, serializer: S) -> Result<S::Ok, S::Error> {
        WirePath::of(path).serialize(serializer)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<PathBuf, D::Error> {
        WirePath::deserialize(deserializer)?.into_path().ok_or_else(|| D::Error::custom("a path of another system"))
    }
}

mod paths {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use super::{PathBuf, WirePath};

    pub(super) fn serialize<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(paths.iter().map(|path| WirePath::of(path)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
        let paths = Vec::<WirePath>::deserialize(deserializer)?.into_iter().map(WirePath::into_path).collect();
        Option::ok_or_else(paths, || D::Error::custom("a path of another system"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_survive() {
        let check = |request: Request| {
            let line = to_line(&request).unwrap();
            assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
            assert_eq!(from_line::<Request>(&line).unwrap(), request);
        };
        check(Request::Ping);
        check(Request::Open { paths: vec![], raise: true, activation_token: None });
        check(Request::Import { paths: vec!["/a/b c\nd.html".into(), "/é".into()] });
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStringExt as _;
            let odd = std::ffi::OsString::from_vec(b"/odd \xff\xfe\n.html".to_vec());
            check(Request::Open { paths: vec![odd.into()], raise: false, activation_token: Some("a\"b".into()) });
        }
    }

    #[test]
    fn other_versions_and_nonsense_are_told_apart() {
        let check = |line: &str, other_version: bool| {
            let error = from_line::<Request>(line.as_bytes()).unwrap_err();
            assert_eq!(matches!(error, LineError::OtherVersion { .. }), other_version, "{line}: {error}");
        };
        check(r#"{"recto":2,"says":{"dance":{}},"loudly":true}"#, true);
        check(r#"{"recto":1,"says":{"dance":{}}}"#, false);
        check(r#"{"recto":1,"says":{"import":{"paths":[[70000]]}}}"#, false);
        check("", false);
        check("GET / HTTP/1.1", false);
    }
}
