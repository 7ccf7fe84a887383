//! The JSON door through HTTP, in the demo company.

mod caller;
mod lists;
mod obligations;
mod permissions;
mod tokens;
mod writes;
