//! The rule for a key that somebody presents to a gateway, which lets its request in or not.

use super::Verdict;
use crate::{Denial, Refusal};

/// Whether a request goes in whose key was found to be this (K125). Why a key is no good is not said: whoever has it
/// may have guessed it.
pub fn let_in(verdict: Verdict, retry_after: Option<u64>) -> Result<(), Refusal> {
    match verdict {
        Verdict::Valid => Ok(()),
        Verdict::Malformed
        | Verdict::NotFound
        | Verdict::Revoked
        | Verdict::Disabled
        | Verdict::Expired
        | Verdict::Pending => Err(Refusal::Unauthenticated),
        Verdict::AddressNotAllowed => Err(Refusal::Forbidden(Denial::AddressNotAllowed)),
        Verdict::RateLimited => Err(Refusal::RateLimited {
            // A request costs 1, which every limit lets through at some time.
            retry_after: retry_after.unwrap_or(1),
        }),
        Verdict::QuotaExceeded => Err(Refusal::QuotaExceeded { retry_after }),
        Verdict::InsufficientScope => Err(Refusal::Forbidden(Denial::ScopeMissing)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k125_only_a_good_key_goes_in_and_only_a_known_one_is_told_what_it_lacks() {
        for verdict in Verdict::ALL {
            let refusal = let_in(verdict, None).err();
            let expected = match verdict.name() {
                "valid" => None,
                "address_not_allowed" => Some("address_not_allowed"),
                "insufficient_scope" => Some("scope_missing"),
                "rate_limited" => Some("rate_limited"),
                "quota_exceeded" => Some("quota_exceeded"),
                _ => Some("unauthenticated"),
            };
            assert_eq!(refusal.as_ref().map(Refusal::name), expected, "{verdict:?}");
        }
    }
}
