//! Who may do what with an account, on both databases.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod deputies;
mod grades;
mod groups;
mod order;
