//! Whether what was refused can be sent again.

/// The answer for a status.
pub(super) struct Again {
    /// In a word or two.
    pub(super) short: &'static str,
    /// In a sentence or two.
    pub(super) advice: &'static str,
}

/// Whether what was refused with `status` can be sent again.
pub(super) fn after(status: u16) -> Again {
    let (short, advice) = match status {
        401 => (
            "no",
            "With a good credential. The answer does not tell what is wrong with this one.",
        ),
        408 => ("yes", "Yes: nothing was done."),
        409 => (
            "no",
            "Not as things are: it would be refused again until they change.",
        ),
        412 => (
            "no",
            "Not as it is: read again what it is about, and decide anew.",
        ),
        429 => (
            "after `Retry-After`",
            "Yes, after as many seconds as the header `Retry-After` says. Without it, waiting does not help.",
        ),
        500 => (
            "what only reads",
            "What only reads. Of anything else it is not known whether it was done: look at what there is, or send it with \
             the `Idempotency-Key` that it had.",
        ),
        503 => (
            "later",
            "Yes, later, and as long as `Retry-After` says where there is one; what makes something, with its `Idempotency-Key`.",
        ),
        _ => ("no", "Not as it is: it would be refused again."),
    };
    Again { short, advice }
}
