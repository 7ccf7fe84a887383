//! The rulebook of the team: its clauses and versions, and the obligations that the clauses make.

pub mod clauses;
pub mod obligations;
