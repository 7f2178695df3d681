//! What the benches of typesetting set.

/// Prose, as long as its sentences are taken in turn.
pub(crate) const SENTENCES: [&str; 4] = [
    "The ferry will go on running through the winter, the council of Marren agreed on Tuesday evening by nine votes to four. ",
    "Opponents called the figure hopeful, since passenger numbers had fallen from 212,000 to 148,000 within four years. ",
    "“A town on the wrong side of the water is not a town for long,” said the chair of the harbour committee. ",
    "Nothing in the proposal is new, which is what recommends it to an authority that distrusts administrative novelties. ",
];
