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
//! Ten ways back from what is told to what is not, and where each is tried:
//!
//! | Way back | Tried by |
//! |---|---|
//! | limits of an interval name numerator and denominator | `tests/disclosure/counts.rs` |
//! | unit cost times count | `channels`: spending beside an outcome; `tests/disclosure/counts.rs` |
//! | the complement of a count, what is left of a whole | `tests/disclosure/counts.rs` |
//! | another edition | `tests/disclosure/published.rs`, and the register |
//! | pennies of closing | `publication/twins`, `tests/disclosure/files.rs` |
//! | statistics of a Parquet column, metadata of a workbook | `digits`, `twins` |
//! | order of rows, names of files | `channels`, `twins` |
//! | shade of a map, length of a bar | `channels`, `publication/twins` |
//!
//! What these do not show is that enough is withheld: rows that are told and a total that is told, and their
//! difference is the figure. That is for who decides.

mod withholding;
mod writings;
mod sites;
mod digits;
mod twins;
mod channels;
