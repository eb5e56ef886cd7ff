//! What crosses the wire, exchange by exchange.

mod bounds;
mod coverage;
mod document;
mod feldera;
mod hostile;
mod keys;
mod ocamba;
