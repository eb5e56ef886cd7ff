//! Times and dates as this surface writes them (O6).

use bitting_core::{Civil, Timestamp};

/// Reads `YYYY-MM-DD HH:MM:SS`, to the letter.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let (date, clock) = (text.get(..10)?, text.get(10..)?);
    let [b' ', clock @ ..] = clock.as_bytes() else {
        return None;
    };
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock else {
        return None;
    };
    Timestamp::from_civil(Civil {
        hour: two(h1, h2)?,
        minute: two(m1, m2)?,
        second: two(s1, s2)?,
        ..day(date)?
    })
}

/// Reads `YYYY-MM-DD` as its first second.
pub(super) fn date(text: &str) -> Option<Timestamp> {
    Timestamp::from_civil(day(text)?)
}

fn day(text: &str) -> Option<Civil> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    Some(Civil {
        year: u16::from(two(y1, y2)?) * 100 + u16::from(two(y3, y4)?),
        month: two(m1, m2)?,
        day: two(d1, d2)?,
        hour: 0,
        minute: 0,
        second: 0,
    })
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + ones - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o6_times_are_read_to_the_letter() {
        assert_eq!(time("1970-01-01 00:00:00").map(Timestamp::seconds), Some(0));
        assert_eq!(time("0001-01-01 00:00:00"), Some(Timestamp::MIN));
        assert_eq!(time("9999-12-31 23:59:59"), Some(Timestamp::MAX));
        for bad in [
            "",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00Z",
            "2024-01-01 00:00:00.0",
            " 2024-01-01 00:00:00",
            "2024-1-01 00:00:00",
            "2024-01-01 0:00:00",
            "2024-01-01 00:00",
            "+024-01-01 00:00:00",
            "2024-01-01 00:00:6\u{660}",
            "202é-01-01 00:00:00",
            "2024-01-0é 00:00:00",
        ] {
            assert_eq!(time(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn o21_the_calendar_is_kept() {
        for impossible in [
            "0000-01-01 00:00:00",
            "2023-02-29 00:00:00",
            "2024-04-31 00:00:00",
            "2024-13-01 00:00:00",
            "2024-00-01 00:00:00",
            "2024-01-00 00:00:00",
            "2024-01-01 24:00:00",
            "2024-01-01 00:60:00",
            "2016-12-31 23:59:60",
        ] {
            assert_eq!(time(impossible), None, "{impossible}");
        }
        assert!(time("2024-02-29 23:59:59").is_some());
    }

    #[test]
    fn a_date_is_its_first_second() {
        assert_eq!(date("1970-01-02").map(Timestamp::seconds), Some(86_400));
        assert_eq!(date("1970-01-02 "), None);
        assert_eq!(date("2023-02-29"), None);
    }
}
