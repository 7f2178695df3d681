//! Speech that stands without quotation marks: dialogue behind dashes, and transcripts whose lines begin with a name and a
//! colon.
