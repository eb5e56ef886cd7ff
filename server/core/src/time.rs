//! Points in time, in whole seconds, and where "now" comes from.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// A point in time with the resolution that every key has: whole seconds, GMT, years 0001 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A [`Timestamp`] taken apart, GMT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59: leap seconds do not exist in this calendar.
    pub second: u8,
}

impl Timestamp {
    /// 0001-01-01 00:00:00.
    pub const MIN: Self = Self(-62_135_596_800);
    /// 9999-12-31 23:59:59.
    pub const MAX: Self = Self(253_402_300_799);

    /// The point `seconds` after 1970-01-01 00:00:00, or `None` outside the years 0001 to 9999.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0)
            .contains(&seconds)
            .then_some(Self(seconds))
    }

    /// The second that a clock shows which counts the milliseconds since 1970-01-01 00:00:00; outside the years
    /// 0001 to 9999, their edge.
    pub fn of_clock(millis: i64) -> Self {
        let seconds = millis.div_euclid(1_000);
        Self(seconds.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// The point that `civil` names, or `None` where the calendar has no such point.
    pub fn from_civil(civil: Civil) -> Option<Self> {
        let date =
            NaiveDate::from_ymd_opt(i32::from(civil.year), civil.month.into(), civil.day.into())?;
        let time = date.and_hms_opt(civil.hour.into(), civil.minute.into(), civil.second.into())?;
        Self::from_seconds(time.and_utc().timestamp())
    }

    /// Year, month, day, hour, minute and second, GMT.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range of the type keeps every part in range"
    )]
    pub fn civil(self) -> Civil {
        let time = DateTime::from_timestamp(self.0, 0).unwrap_or_default();
        Civil {
            year: time.year() as u16,
            month: time.month() as u8,
            day: time.day() as u8,
            hour: time.hour() as u8,
            minute: time.minute() as u8,
            second: time.second() as u8,
        }
    }

    /// Seconds since 1970-01-01 00:00:00.
    pub fn seconds(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }
}

/// Where "now" comes from: the system's clock in the server, a hand-moved one in tests.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 00:00:00.
    fn now_millis(&self) -> i64;

    /// Now, in whole seconds; a clock outside the years 0001 to 9999 is held at their edge.
    fn now(&self) -> Timestamp {
        Timestamp::of_clock(self.now_millis())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn civil(year: u16, month: u8, day: u8) -> Civil {
        Civil {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        }
    }

    #[test]
    fn the_edges_are_the_years_1_and_9999() {
        assert_eq!(
            Timestamp::from_civil(civil(1, 1, 1)).unwrap(),
            Timestamp::MIN
        );
        assert_eq!(format!("{:?}", Timestamp::MAX), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::from_civil(civil(0, 1, 1)), None);
        assert_eq!(Timestamp::from_seconds(Timestamp::MAX.seconds() + 1), None);
    }

    #[test]
    fn impossible_dates_are_none() {
        assert_eq!(Timestamp::from_civil(civil(2023, 2, 29)), None);
        assert!(Timestamp::from_civil(civil(2024, 2, 29)).is_some());
        assert_eq!(
            Timestamp::from_civil(Civil {
                second: 60,
                ..civil(2016, 12, 31)
            }),
            None
        );
    }
}
