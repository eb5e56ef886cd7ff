//! The log: one JSON object a line, to standard error.

use std::{io, sync::Mutex};

use slog::{Drain, Level, LevelFilter, Logger, o};

/// A logger of everything at `level` and above.
///
/// Lines are written before the request is answered: a log that drops lines under load drops those that
/// matter. A line that cannot be written (a closed pipe, a full disk) is lost, and nothing else is: serving
/// goes on.
pub fn logger(level: Level) -> Logger {
    let json = slog_json::Json::new(io::stderr())
        .add_default_keys()
        .build();
    let drain = Mutex::new(json).ignore_res();
    Logger::root(LevelFilter::new(drain, level).ignore_res(), o!())
}
