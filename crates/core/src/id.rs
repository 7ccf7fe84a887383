//! Ids: one UUID v7 newtype per kind of record, so that an account's id can never be handed to
//! something that wants a contact's. Ids sort by the time they were made.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id that sorts by `now`.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(fresh(now))
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A member of the directory: everybody who has or had a place in the company's books here.
    MemberId;
    DepartmentId;
    TeamId;
    LeaveId;
    SessionId;
    TokenId;
    AccountId;
    AccountGroupId;
    TenureId;
    ContactId;
    CommunicationId;
    MinutesId;
    QuestionId;
    AgreementId;
    ImportId;
    RulebookVersionId;
    ObligationId;
    WaiverId;
    JournalId;
    JobId;
}

/// UUID v7 of the given moment. The only place that draws random ids.
pub fn fresh(now: DateTime<Utc>) -> Uuid {
    Uuid::new_v7(Timestamp::from_unix(NoContext, now.timestamp().max(0) as u64, now.timestamp_subsec_nanos()))
}
