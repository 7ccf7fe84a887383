//! Kinds and places of contact in the reader's language, and their icons.

use kehu_core::Locale;
use kehu_platform::web::kit::Icon;

use crate::communications::{Kind, Place};
use crate::t::communications as t;

pub fn kind(l: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::PhoneCall => t::kind_phone_call(l),
        Kind::MessengerCall => t::kind_messenger_call(l),
        Kind::Visit => t::kind_visit(l),
        Kind::VideoMeeting => t::kind_video_meeting(l),
        Kind::Email => t::kind_email(l),
        Kind::Message => t::kind_message(l),
    }
}

pub const fn icon(kind: Kind) -> Icon {
    match kind {
        Kind::PhoneCall => Icon::Phone,
        Kind::MessengerCall => Icon::BrandWechat,
        Kind::Visit => Icon::MapPin,
        Kind::VideoMeeting => Icon::Video,
        Kind::Email => Icon::Mail,
        Kind::Message => Icon::Message,
    }
}

pub(super) fn place(l: Locale, place: Place) -> &'static str {
    match place {
        Place::AtCustomer => t::place_at_customer(l),
        Place::ByCustomer => t::place_by_customer(l),
        Place::Event => t::place_event(l),
    }
}

/// Sentences one after the other, as the language sets them.
pub(super) fn sentences(l: Locale, sentences: &[String]) -> String {
    sentences.join(if l == Locale::En { " " } else { "" })
}
