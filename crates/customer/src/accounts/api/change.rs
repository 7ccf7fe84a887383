//! What may be said about an account: everything for a new one, what differs for a change.

use chrono::NaiveDate;
use kehu_core::{CreditCode, CreditCodeError, MemberId, Money};
use kehu_platform::web::api::{given, tidy};
use kehu_platform::{Error, Invalid};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::{AccountFacts, NewAccount};
use crate::t::accounts as t;

/// A new account.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(as = NewAccount)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccountBody {
    #[schema(min_length = 1, max_length = 200, example = "华东电力设备有限公司")]
    name: String,
    /// Code of a tier.
    #[schema(example = "key")]
    tier: String,
    /// Code of a stage.
    #[schema(example = "active")]
    stage: String,
    /// The account manager; the member of the token unless said otherwise.
    owner: Option<Uuid>,
    #[serde(default)]
    #[schema(max_length = 60)]
    short_name: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    former_name: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    english_name: String,
    /// The unified social credit code.
    credit_code: Option<String>,
    #[serde(default)]
    #[schema(max_length = 100)]
    industry: String,
    #[serde(default)]
    #[schema(max_length = 60)]
    province: String,
    #[serde(default)]
    #[schema(max_length = 60)]
    city: String,
    #[serde(default)]
    #[schema(max_length = 300)]
    address: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    website: String,
    #[serde(default)]
    #[schema(max_length = 60)]
    phone: String,
    first_signed_on: Option<NaiveDate>,
    /// Per year, in fen.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    annual_amount: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 4000)]
    remark: String,
}

impl NewAccountBody {
    pub fn entered(self, caller: MemberId) -> Result<NewAccount, Error> {
        let facts = AccountFacts {
            name: tidy(&self.name),
            short_name: tidy(&self.short_name),
            former_name: tidy(&self.former_name),
            english_name: tidy(&self.english_name),
            credit_code: credit_code(self.credit_code.as_deref())?,
            industry: tidy(&self.industry),
            province: tidy(&self.province),
            city: tidy(&self.city),
            address: tidy(&self.address),
            website: tidy(&self.website),
            phone: tidy(&self.phone),
            tier: tidy(&self.tier),
            stage: tidy(&self.stage),
            first_signed_on: self.first_signed_on,
            annual_amount: self.annual_amount.map(Money),
            remark: tidy(&self.remark),
        };
        Ok(NewAccount { facts, owner: self.owner.map_or(caller, MemberId) })
    }
}

/// What differs.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    short_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    former_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    english_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    credit_code: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 100)]
    industry: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    province: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    city: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 300)]
    address: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    website: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60)]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    tier: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    stage: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<NaiveDate>)]
    first_signed_on: Option<Option<NaiveDate>>,
    /// Per year, in fen.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    annual_amount: Option<Option<i64>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 4000)]
    remark: Option<Option<String>>,
}

impl AccountChange {
    /// The facts with the change on them.
    pub fn onto(self, mut facts: AccountFacts) -> Result<AccountFacts, Error> {
        let texts = [
            (self.name, &mut facts.name),
            (self.short_name, &mut facts.short_name),
            (self.former_name, &mut facts.former_name),
            (self.english_name, &mut facts.english_name),
            (self.industry, &mut facts.industry),
            (self.province, &mut facts.province),
            (self.city, &mut facts.city),
            (self.address, &mut facts.address),
            (self.website, &mut facts.website),
            (self.phone, &mut facts.phone),
            (self.tier, &mut facts.tier),
            (self.stage, &mut facts.stage),
            (self.remark, &mut facts.remark),
        ];
        for (sent, fact) in texts {
            if let Some(text) = sent {
                *fact = tidy(&text.unwrap_or_default());
            }
        }
        if let Some(code) = self.credit_code {
            facts.credit_code = credit_code(code.as_deref())?;
        }
        if let Some(day) = self.first_signed_on {
            facts.first_signed_on = day;
        }
        if let Some(amount) = self.annual_amount {
            facts.annual_amount = amount.map(Money);
        }
        Ok(facts)
    }
}

fn credit_code(text: Option<&str>) -> Result<Option<CreditCode>, Error> {
    let Some(text) = text.map(tidy).filter(|text| !text.is_empty()) else { return Ok(None) };
    CreditCode::parse(&text).map(Some).map_err(|error| {
        let words = match error {
            CreditCodeError::WrongLength { .. } => t::credit_code_length,
            CreditCodeError::BadCharacter { .. } => t::credit_code_character,
            CreditCodeError::WrongCheckDigit { .. } => t::credit_code_check_digit,
        };
        Invalid::one("credit_code", "credit_code", words).into()
    })
}
