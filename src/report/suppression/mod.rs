//! A withheld figure stands in nothing that a report writes: text, CSV, JSON, Parquet, workbooks, pages.
//!
//! ```text
//! withholding  who withholds chosen figures, wherever they stand
//! writings     every way in which a sum may stand in a file, and files unpacked
//! sites        the sample place and the partners' place, built with somebody who tells
//! digits       no file holds a withheld sum in any writing
//! twins        two accounts that differ in what is withheld are the same files, byte for byte
//! channels     one test for each way in which a report could tell: order, scale, shade, words, codes
//! ```
//!
//! What these do not show is that enough is withheld: rows that are told and a total that is told, and their
//! difference is the figure. That is for who decides.

mod withholding;
mod writings;
mod sites;
mod digits;
mod twins;
mod channels;
