//! Accounts (4.1): who finds them, who works on them, how they are kept in order.

mod deputies;
mod grades;
mod groups;
