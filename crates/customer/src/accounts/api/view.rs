//! An account and a contact as they are answered.

use chrono::{DateTime, NaiveDate, Utc};
use kehu_platform::web::api::MadeBy;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::pages::masked;
use crate::accounts::{Account, Contact};

/// A customer company.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub(super) struct AccountView {
    id: Uuid,
    /// As people see it.
    #[schema(example = "KA-0042")]
    number: String,
    name: String,
    short_name: String,
    former_name: String,
    english_name: String,
    /// The unified social credit code.
    credit_code: Option<String>,
    industry: String,
    province: String,
    city: String,
    address: String,
    website: String,
    phone: String,
    tier: String,
    stage: String,
    first_signed_on: Option<NaiveDate>,
    /// Per year, in fen.
    annual_amount: Option<i64>,
    remark: String,
    /// The account manager.
    owner: Uuid,
    team: Option<Uuid>,
    archived: bool,
    created_at: DateTime<Utc>,
    version: i64,
    made_by: Option<MadeBy>,
    #[serde(skip)]
    #[schema(ignore)]
    pub place: i64,
}

impl AccountView {
    pub fn of(account: Account, made_by: Option<MadeBy>) -> Self {
        let (place, number) = (account.number, account.label());
        let f = account.facts;
        Self {
            id: account.id.uuid(),
            number,
            name: f.name,
            short_name: f.short_name,
            former_name: f.former_name,
            english_name: f.english_name,
            credit_code: f.credit_code.map(|code| code.as_str().to_owned()),
            industry: f.industry,
            province: f.province,
            city: f.city,
            address: f.address,
            website: f.website,
            phone: f.phone,
            tier: f.tier,
            stage: f.stage,
            first_signed_on: f.first_signed_on,
            annual_amount: f.annual_amount.map(|amount| amount.0),
            remark: f.remark,
            owner: account.owner.uuid(),
            team: account.team.map(|team| team.uuid()),
            archived: account.archived,
            created_at: account.created_at,
            version: account.version,
            made_by,
            place,
        }
    }
}

/// A person at the customer's.
#[derive(Serialize, ToSchema)]
#[schema(as = Contact)]
pub(super) struct ContactView {
    pub id: Uuid,
    account_id: Uuid,
    name: String,
    title: String,
    department: String,
    /// Masked for whoever is not on the account team, like the other numbers.
    mobile: String,
    phone: String,
    /// Null for whoever is not on the account team, as are the fields below.
    email: Option<String>,
    wechat: Option<String>,
    /// `05-20`, `1980-05-20`, or a lunar day.
    birthday: Option<String>,
    remark: Option<String>,
    /// The person is no longer there.
    archived: bool,
    version: i64,
    made_by: Option<MadeBy>,
}

impl ContactView {
    pub fn of(contact: Contact, inside: bool, made_by: Option<MadeBy>) -> Self {
        let f = contact.facts;
        let own = |text: String| inside.then_some(text);
        Self {
            id: contact.id.uuid(),
            account_id: contact.account.uuid(),
            name: f.name,
            title: f.title,
            department: f.department,
            mobile: masked(&f.mobile, inside),
            phone: masked(&f.phone, inside),
            email: own(f.email),
            wechat: own(f.wechat),
            birthday: own(f.birthday),
            remark: own(f.remark),
            archived: contact.archived,
            version: contact.version,
            made_by,
        }
    }
}
