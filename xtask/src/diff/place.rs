//! Where two documents are compared.

use super::direction::Direction;

/// What is shared by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Schema,
    Response,
    Parameter,
    RequestBody,
    Header,
    Example,
}

impl Kind {
    pub(super) const ALL: [Self; 6] = [
        Self::Schema,
        Self::Response,
        Self::Parameter,
        Self::RequestBody,
        Self::Header,
        Self::Example,
    ];

    /// Its member of `components`.
    pub(super) fn member(self) -> &'static str {
        match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::Example => "examples",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Response => "shared response",
            Self::Parameter => "shared parameter",
            Self::RequestBody => "shared request body",
            Self::Header => "shared header",
            Self::Example => "shared example",
        }
    }
}

/// A component of either document, to be compared once for a direction, however often it is referred to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) kind: Kind,
    pub(super) old: String,
    pub(super) new: String,
    pub(super) direction: Direction,
}

/// What a place is part of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    Document,
    /// By its id.
    Operation(String),
    Component(Pair),
}

/// A place in both documents: in words, and as a JSON pointer into each.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) owner: Owner,
    pub(super) direction: Direction,
    words: Vec<String>,
    old: String,
    new: String,
}

impl Place {
    /// The whole of either document.
    pub(super) fn document() -> Self {
        Self {
            owner: Owner::Document,
            direction: Direction::Both,
            words: Vec::new(),
            old: String::new(),
            new: String::new(),
        }
    }

    /// An operation, by its id.
    pub(super) fn operation<T: AsRef<str>>(id: &str, old: &[T], new: &[T]) -> Self {
        Self {
            owner: Owner::Operation(id.to_owned()),
            words: vec![id.to_owned()],
            old: pointer("/paths", old),
            new: pointer("/paths", new),
            ..Self::document()
        }
    }

    /// A component.
    pub(super) fn component(pair: &Pair) -> Self {
        let member = pair.kind.member();
        Self {
            direction: pair.direction,
            words: vec![format!("{} `{}`", pair.kind.word(), pair.old)],
            old: pointer("/components", &[member, pair.old.as_str()]),
            new: pointer("/components", &[member, pair.new.as_str()]),
            owner: Owner::Component(pair.clone()),
        }
    }

    /// What is at `tokens` below this, called `word`.
    pub(super) fn part(&self, word: impl Into<String>, tokens: &[&str]) -> Self {
        let mut part = self.keyword(tokens);
        part.words.push(word.into());
        part
    }

    /// What is at `tokens` below this, and has no word of its own.
    pub(super) fn keyword(&self, tokens: &[&str]) -> Self {
        Self {
            old: pointer(&self.old, tokens),
            new: pointer(&self.new, tokens),
            ..self.clone()
        }
    }

    /// The same place, seen in a direction.
    pub(super) fn toward(&self, direction: Direction) -> Self {
        Self {
            direction,
            ..self.clone()
        }
    }

    pub(super) fn words(&self) -> String {
        self.words.join(" › ")
    }

    /// The pointers into either document; one if they are the same.
    pub(super) fn pointers(&self) -> Vec<String> {
        let mut pointers = vec![self.old.clone(), self.new.clone()];
        pointers.dedup();
        pointers
    }
}

/// A pointer with more tokens at its end.
pub(super) fn pointer<T: AsRef<str>>(start: &str, tokens: &[T]) -> String {
    let mut pointer = start.to_owned();
    for token in tokens {
        pointer.push('/');
        pointer.push_str(&token.as_ref().replace('~', "~0").replace('/', "~1"));
    }
    pointer
}
