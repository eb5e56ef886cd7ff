//! Which version a change calls for.

use bitting_api::operations::Surface;
use semver::Version;

use crate::diff::Class;

/// How far a version has to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bump {
    Patch,
    Minor,
    Major,
}

impl Bump {
    /// The one that a change of this class calls for.
    pub(crate) fn of(class: Class) -> Self {
        match class {
            Class::Documentation => Self::Patch,
            Class::Additive => Self::Minor,
            Class::Breaking => Self::Major,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The next version after `released`.
    pub(crate) fn next(self, released: &Version) -> Version {
        let Version {
            major,
            minor,
            patch,
            ..
        } = *released;
        match self {
            Self::Patch => Version::new(major, minor, patch + 1),
            Self::Minor => Version::new(major, minor + 1, 0),
            Self::Major => Version::new(major + 1, 0, 0),
        }
    }

    /// Says what is wrong with `version` after `released`, if it does not go far enough.
    pub(crate) fn demand(
        self,
        surface: Surface,
        released: &Version,
        version: &Version,
    ) -> Result<(), String> {
        let next = self.next(released);
        if *version >= next {
            return Ok(());
        }
        Err(format!(
            "the document of {surface} changed since {released} in a way that calls for a new {bump} version, {next} or \
             later, and {version} is not one; cargo xtask diff {surface} tells what changed",
            surface = surface.name(),
            bump = self.name(),
        ))
    }
}
