//! The rulebook over time. A version is drafted from the one before, submitted, and approved by company
//! leadership; from its date on it is what everything is judged by. Old versions stay, each obligation names
//! the version that made it, and every member confirms having read a new one (阅知).

mod adopt;
mod documents;
mod migrations;
mod model;
mod store;
mod timeline;

pub use adopt::adopt_builtin;
pub use migrations::MIGRATION;
pub use model::{State, Version};
pub use timeline::{InForce, Timeline, in_force, timeline};
