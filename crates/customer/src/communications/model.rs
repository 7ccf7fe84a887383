//! Contacts with a customer as they are logged: calls, visits, meetings, letters and messages.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_core::{AccountId, AgreementId, CommunicationId, ContactId, DepartmentId, MemberId, QuestionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of contact it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CommunicationKind)]
pub enum Kind {
    PhoneCall,
    /// A voice or video call in a messenger: for the rulebook it is a phone call.
    MessengerCall,
    /// Face to face, at the place named beside it.
    Visit,
    /// Never face to face, and no phone call either.
    VideoMeeting,
    Email,
    Message,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::PhoneCall, Kind::MessengerCall, Kind::Visit, Kind::VideoMeeting, Kind::Email, Kind::Message];

    pub const fn code(self) -> &'static str {
        match self {
            Kind::PhoneCall => "phone_call",
            Kind::MessengerCall => "messenger_call",
            Kind::Visit => "visit",
            Kind::VideoMeeting => "video_meeting",
            Kind::Email => "email",
            Kind::Message => "message",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the other side may not have answered.
    pub const fn may_fail_to_connect(self) -> bool {
        matches!(self, Kind::PhoneCall | Kind::MessengerCall)
    }
}

/// Where a face-to-face visit took place; which of them count is a parameter of 4.4.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Place {
    #[default]
    #[serde(rename = "visit_at_customer")]
    AtCustomer,
    /// The customer came to us.
    #[serde(rename = "visit_by_customer")]
    ByCustomer,
    /// At an exhibition, a seminar, an event.
    #[serde(rename = "event_meeting")]
    Event,
}

impl Place {
    pub const ALL: [Place; 3] = [Place::AtCustomer, Place::ByCustomer, Place::Event];

    /// The code in the rulebook's parameter.
    pub const fn code(self) -> &'static str {
        match self {
            Place::AtCustomer => "visit_at_customer",
            Place::ByCustomer => "visit_by_customer",
            Place::Event => "event_meeting",
        }
    }

    pub fn from_code(code: &str) -> Option<Place> {
        Place::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// One logged contact with one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Communication {
    pub id: CommunicationId,
    pub account: AccountId,
    pub kind: Kind,
    pub place: Place,
    pub connected: bool,
    pub occurred_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    /// Who spoke with the customer; not always who wrote it down.
    pub by: MemberId,
    pub recorded_at: DateTime<Utc>,
    /// When what counts about it was last entered or changed.
    pub established_at: DateTime<Utc>,
    pub summary: String,
    pub contacts: Vec<ContactId>,
    pub deleted: bool,
    pub version: i64,
}

/// A question that the customer raised (4.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub communication: CommunicationId,
    pub account: AccountId,
    pub text: String,
    pub on_the_spot: bool,
    pub spot_answer: String,
    pub reply_by: Option<NaiveDate>,
    pub solution: String,
    pub owner: MemberId,
    /// The answer is the account manager's, whoever that is by then.
    pub follows_manager: bool,
    pub department: Option<DepartmentId>,
    pub told: Option<Told>,
    pub version: i64,
}

/// The record of telling the customer: who, whom, when, how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: DateTime<Utc>,
    pub by: MemberId,
    pub to: ContactId,
    pub how: Kind,
    pub text: String,
    pub recorded_at: DateTime<Utc>,
}

/// Something both sides agreed on (共识).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub id: AgreementId,
    pub communication: CommunicationId,
    pub text: String,
    pub due_on: Option<NaiveDate>,
}

/// The minutes of a visit and to whom they go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    pub text: String,
    pub changed_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub sent_by: Option<MemberId>,
    pub recipients: Vec<Recipient>,
    pub version: i64,
}

/// Somebody who gets the minutes, or was taken off the list for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub member: MemberId,
    /// Set for the liaison of a department that owes something.
    pub department: Option<DepartmentId>,
    pub removed_reason: Option<String>,
    pub read_at: Option<DateTime<Utc>>,
}
