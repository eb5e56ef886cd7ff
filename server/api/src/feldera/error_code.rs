//! The codes of this surface's errors: the one closed list (F2). The document's text is written from it.

use crate::codes::{Code, Reach};

const fn code(
    name: &'static str,
    status: u16,
    details: &'static [&'static str],
    meaning: &'static str,
) -> Code {
    Code {
        name,
        status,
        details,
        meaning,
        reach: Reach::Status,
    }
}

/// The same, where only some operations answer it.
const fn of_row(code: Code) -> Code {
    Code {
        reach: Reach::Row,
        ..code
    }
}

/// Every code, by status.
pub const CODES: [Code; 17] = [
    code(
        "InvalidRequestBody",
        400,
        &[],
        "The body is not what the operation takes: mend what the message names and send it again.",
    ),
    of_row(code(
        "EmptyName",
        400,
        &[],
        "The name is empty: give the key a name.",
    )),
    of_row(code(
        "TooLongName",
        400,
        &["name", "length", "maximum"],
        "The name is too long: use at most as many characters as `maximum` says.",
    )),
    of_row(code(
        "NameDoesNotMatchPattern",
        400,
        &["name", "pattern", "pattern_description"],
        "The name has other characters than those allowed: use those of `pattern_description`.",
    )),
    code(
        "AuthenticationFailed",
        401,
        &[],
        "There is no credential, or it is not good: send an active API key or a valid login token as the bearer token.",
    ),
    code(
        "InsufficientPermissions",
        403,
        &["required", "actual"],
        "The credential's role does not allow this: use one that has the required role or a stronger one. \
         `details` is null where it is not about a role.",
    ),
    of_row(code(
        "RoleExceedsCreator",
        403,
        &["requested", "creator"],
        "Nobody grants a role above its own: ask for a weaker one, or use a credential with a stronger one.",
    )),
    of_row(code(
        "OwnerAdminNotMintableAsApiKey",
        403,
        &[],
        "No API key has the role `owner` or `admin`: ask for `read` or `write`.",
    )),
    code(
        "UnknownApiKey",
        404,
        &["name"],
        "There is no key of that name, or it is not one that the credential can see: list the keys.",
    ),
    code(
        "MethodNotAllowed",
        405,
        &[],
        "The path does not have this method: use one that the header `Allow` names.",
    ),
    code(
        "RequestTimeout",
        408,
        &[],
        "The body did not arrive in time: send the request again.",
    ),
    code(
        "DuplicateName",
        409,
        &[],
        "Another key has the name: choose a name that is free, or delete that key first.",
    ),
    code(
        "PayloadTooLarge",
        413,
        &[],
        "The body is larger than 64 KiB: send a smaller one.",
    ),
    code(
        "UnsupportedMediaType",
        415,
        &[],
        "The body's content type is not `application/json`: send that and say so.",
    ),
    code(
        "TooManyRequests",
        429,
        &[],
        "There were too many requests: wait as long as the header `Retry-After` says.",
    ),
    code(
        "InternalServerError",
        500,
        &[],
        "A fault of the server: tell whoever runs it the id in the header `x-request-id`, under which its log has the cause.",
    ),
    code(
        "ServiceUnavailable",
        503,
        &[],
        "It cannot be done now, through no fault of the request: try again later.",
    ),
];
