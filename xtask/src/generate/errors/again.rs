//! Whether what was refused can be sent again.

/// The answer for a status, as a sentence or two.
pub(super) fn advice(status: u16) -> &'static str {
    match status {
        401 => "With a good credential. The answer does not tell what is wrong with this one.",
        408 => "Yes: nothing was done.",
        409 => "Not as things are: it would be refused again until they change.",
        412 => "Not as it is: read again what it is about, and decide anew.",
        429 => {
            "Yes, after as many seconds as the header `Retry-After` says. Without it, waiting does not help."
        }
        500 => {
            "What only reads. Of anything else it is not known whether it was done: look at what there is, or send it with \
             the `Idempotency-Key` that it had."
        }
        503 => {
            "Yes, later, and as long as `Retry-After` says where there is one; what makes something, with its `Idempotency-Key`."
        }
        _ => "Not as it is: it would be refused again.",
    }
}

/// The same in a word or two.
pub(super) fn short(status: u16) -> &'static str {
    match status {
        408 => "yes",
        429 => "after `Retry-After`",
        500 => "what only reads",
        503 => "later",
        _ => "no",
    }
}
