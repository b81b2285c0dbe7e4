//! The room at its door: lists in, things and links out.
