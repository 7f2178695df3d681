//! The session as a whole: actions in, state and effects out, without a window.
