//! Search that finds 客户 and 客戶 alike, one character or two, Latin words and pinyin initials.
//! Texts are folded to simplified Chinese and indexed character by character; a query is folded
//! the same way and asked for as a phrase.

mod bulk;
mod fold;
mod index;

pub use bulk::{Indexed, put_all, remove_all};
pub use fold::{fold, person_sort_key, phrase, pinyin_initials, sort_key};
pub use index::{MIGRATION, put, remove};
