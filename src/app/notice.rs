//! What a person is told: a sentence, what to do next, and the path last. Errors stay until they are dismissed.

use std::path::PathBuf;

/// How a notice is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done; it goes by itself.
    Done,
    /// Something a person should know; it goes by itself.
    Warning,
    /// Something failed; it stays until dismissed.
    Error,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Unique in a session; set when it is shown.
    pub id: u64,
    /// How it is shown.
    pub kind: NoticeKind,
    /// What happened.
    pub message: String,
    /// The file it is about.
    pub path: Option<PathBuf>,
    /// What a click on its button does.
    pub button: Option<super::Command>,
}

impl Notice {
    /// A notice of a kind.
    pub fn new(kind: NoticeKind, message: impl Into<String>) -> Self {
        Self { id: 0, kind, message: message.into(), path: None, button: None }
    }

    /// An error.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(NoticeKind::Error, message)
    }

    /// A warning.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(NoticeKind::Warning, message)
    }

    /// Something that was done.
    pub fn done(message: impl Into<String>) -> Self {
        Self::new(NoticeKind::Done, message)
    }

    /// The notice, about a file.
    #[must_use]
    pub fn about(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The notice with a button.
    #[must_use]
    pub fn with_button(mut self, command: super::Command) -> Self {
        self.button = Some(command);
        self
    }
}
