//! Times as requests write them (K6).

use bitting_core::{Civil, Timestamp};

/// Reads a time by RFC 3339, or tells how it must be. A fraction of a second is dropped: many languages write one, and
/// nothing here is finer than a second.
pub(super) fn time(text: &str) -> Result<Timestamp, &'static str> {
    const FORM: &str = "must be a time by RFC 3339, as 2026-01-01T08:30:00Z";
    let (moment, zone) = text.as_bytes().split_first_chunk::<19>().ok_or(FORM)?;
    let seconds = moment_of(*moment).ok_or(FORM)?;
    let offset = offset(without_fraction(zone)).ok_or(FORM)?;
    Timestamp::from_seconds(seconds - offset).ok_or("must be in the years 0001 to 9999, UTC")
}

fn moment_of(text: [u8; 19]) -> Option<i64> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        mo1,
        mo2,
        b'-',
        d1,
        d2,
        t,
        h1,
        h2,
        b':',
        m1,
        m2,
        b':',
        s1,
        s2,
    ] = text
    else {
        return None;
    };
    let civil = Civil {
        year: u16::from(two(y1, y2)?) * 100 + u16::from(two(y3, y4)?),
        month: two(mo1, mo2)?,
        day: two(d1, d2)?,
        hour: two(h1, h2)?,
        minute: two(m1, m2)?,
        second: two(s1, s2)?,
    };
    t.eq_ignore_ascii_case(&b'T')
        .then(|| Timestamp::from_civil(civil).map(Timestamp::seconds))?
}

/// What comes after the seconds, without the one to nine digits of a fraction; as it is if there are others.
fn without_fraction(rest: &[u8]) -> &[u8] {
    let Some(fraction) = rest.strip_prefix(b".") else {
        return rest;
    };
    let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
    if (1..=9).contains(&digits) {
        &fraction[digits..]
    } else {
        rest
    }
}

/// Seconds that the zone is ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, h1, h2, m1, m2) = match *zone {
        [b'Z' | b'z'] => return Some(0),
        [b'+', h1, h2, b':', m1, m2] => (1, h1, h2, m1, m2),
        [b'-', h1, h2, b':', m1, m2] => (-1, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (i64::from(two(h1, h2)?), i64::from(two(m1, m2)?));
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + ones - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        time(text).ok().map(Timestamp::seconds)
    }

    #[test]
    fn k6_a_time_may_have_any_offset() {
        for same in [
            "1970-01-01T00:00:00Z",
            "1970-01-01t00:00:00z",
            "1970-01-01T00:00:00-00:00",
            "1970-01-01T05:30:00+05:30",
            "1969-12-31T16:00:00-08:00",
            "1970-01-01T23:59:00+23:59",
        ] {
            assert_eq!(seconds(same), Some(0), "{same}");
        }
        assert_eq!(time("0001-01-01T00:00:00Z"), Ok(Timestamp::MIN));
        assert_eq!(time("9999-12-31T23:59:59Z"), Ok(Timestamp::MAX));
        assert!(seconds("2024-02-29T23:59:59Z").is_some());
    }

    #[test]
    fn k6_a_fraction_of_a_second_is_dropped() {
        for same in [
            "1970-01-01T00:00:00.0Z",
            "1970-01-01T00:00:00.000Z",
            "1970-01-01T00:00:00.5z",
            "1970-01-01T05:30:00.9999999+05:30",
            "1970-01-01T00:00:00.999999999Z",
        ] {
            assert_eq!(seconds(same), Some(0), "{same}");
        }
        assert_eq!(seconds("1969-12-31T23:59:59.9Z"), Some(-1));
    }

    #[test]
    fn k6_what_is_no_time() {
        for bad in [
            "",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00Z",
            "2026-1-01T00:00:00Z",
            "2026-01-01T00:00:00 Z",
            "2026-01-01T00:00:00Z ",
            " 2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+01:60",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.",
            "2026-01-01T00:00:00.5",
            "2026-01-01T00:00:00.5 Z",
            "2026-01-01T00:00:00.-5Z",
            "2026-01-01T00:00:00.1234567890Z",
            "2026-01-01T00:00:00,5Z",
            "2023-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "+026-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "202é-01-01T00:00:00Z",
            "1767225600",
        ] {
            let refused = time(bad).err();
            assert!(refused.is_some_and(|r| r.contains("RFC 3339")), "{bad:?}");
        }
        for beyond in ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"] {
            let refused = time(beyond).err();
            assert!(refused.is_some_and(|r| r.contains("years")), "{beyond}");
        }
    }
}
