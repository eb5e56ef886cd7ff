//! The architecture's invariants, as the README states them. Each is held by the crate graph or by a look at
//! the sources; the README names the test that holds it, and a test here holds the README to that.

mod authority;
mod bodies;
mod graph;
mod purity;
mod readme;
mod secrets;
mod source;
mod workspace;
