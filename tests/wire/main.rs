//! What crosses the wire, exchange by exchange.

mod agreement;
mod coverage;
mod document;
mod hostile;
mod ocamba;
