//! Which way data goes, and what a change of it means there.

use super::change::Class;

/// Which way the data that is described goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// Not known, or both: the worse of the two counts.
    Both,
}

/// What became of the values that are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// There are fewer.
    Narrower,
    /// There are more.
    Wider,
    /// There are others, or nobody can tell.
    Other,
}

impl Effect {
    /// What it means to clients, and a few words on why.
    pub(super) fn judge(self, direction: Direction) -> (Class, &'static str) {
        match (self, direction) {
            (Self::Narrower, Direction::Request) => {
                (Class::Breaking, "requests that were good may be refused")
            }
            (Self::Wider, Direction::Request) => {
                (Class::Additive, "requests that were good still are")
            }
            (Self::Narrower, Direction::Response) => (Class::Additive, "answers hold nothing new"),
            (Self::Wider, Direction::Response) => (
                Class::Breaking,
                "answers may hold what clients do not expect",
            ),
            (Self::Narrower | Self::Wider, Direction::Both) => (
                Class::Breaking,
                "no operation tells whether it is sent or received",
            ),
            (Self::Other, _) => (
                Class::Breaking,
                "clients that were made for it have to change",
            ),
        }
    }
}

impl Direction {
    /// What an operation uses something for.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::Response => "answers",
            Self::Both => "documents",
        }
    }
}
