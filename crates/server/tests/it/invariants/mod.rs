//! What always holds, compared with what is committed: the schema of both databases and the table of
//! who may use which route. `cargo xtask schema` writes the files anew after a change that is meant.

mod committed;
mod earlier;
mod openapi;
mod permissions;
mod rooms;
mod routes;
mod samples;
mod schema;
