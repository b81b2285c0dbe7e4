//! The room at its door: a list in, what was read of each entry out.
