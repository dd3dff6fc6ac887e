//! One test for each way in which a report could tell what is withheld.
