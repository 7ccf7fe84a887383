//! 4.4.1 and 4.2.3: every call, visit, letter and message with a customer, the questions raised
//! and the agreements reached there, and a visit's minutes.

mod answer;
pub mod api;
mod correct;
mod log;
mod migrations;
mod minutes;
mod model;
pub mod pages;
mod past;
pub mod presenters;
mod store;

pub use answer::{Telling, propose_solution, tell};
pub use correct::{Correction, correct, delete, restore};
pub use log::{NewAgreement, NewCommunication, NewQuestion, log};
pub use migrations::{MIGRATION, SPEED};
pub use minutes::{default_recipients, read, save_draft, send};
pub use model::{Agreement, Communication, Kind, Minutes, Place, Question, Recipient, Told};
pub use past::{PastCommunication, enter as enter_past};
pub use store::{
    Judged, agreements, communication, communications, judged, last_contact_of, last_contacts, latest, minutes,
    open_questions, question, questions,
};
