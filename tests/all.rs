//! All integration tests, in one binary: with polars, linking each file apart would be slow.
