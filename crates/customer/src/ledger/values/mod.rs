//! What one cell of a ledger means: a day, a sum of money, telephone numbers, a birthday, a
//! company's name. Each reader takes the many spellings that people use and says so plainly when
//! a cell cannot be one; none of them guesses.

mod amount;
mod birthday;
mod chinese_number;
mod company_name;
mod date;
mod phone;
mod text;

pub use amount::{AmountFault, AmountUnit, read_amount};
pub use birthday::{Birthday, read_birthday};
pub use company_name::company_key;
pub use date::{DateFault, DateReading, read_date};
pub use phone::{Phones, read_phones};
pub use text::{half_width, is_placeholder, tidy};

pub(crate) use text::{is_han, to_simplified};
