//! All integration tests, in one binary: with polars, linking each file apart would be slow.

mod architecture;
mod back_ends;
mod conservation;
mod examples;
mod money;
mod oracle;
mod packs;
mod places;
mod regression;
