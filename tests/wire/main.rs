//! What crosses the wire, exchange by exchange.

mod coverage;
mod document;
mod feldera;
mod hostile;
mod keys;
mod ocamba;
