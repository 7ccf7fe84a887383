//! One's own account: language and time zone, password, signed-in devices and leaves.

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kehu_core::{Locale, SessionId};
use maud::{Markup, html};

use super::asked::Asked;
use super::member_form::reading_fields;
use super::{leaves, members, tokens};
use crate::directory::{self, ProfileDraft};
use crate::error::{Error, Invalid};
use crate::sign_in::{self, Device};
use crate::t::directory as t;
use crate::web::kit::{self, Field, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Failure, Form, Page, when};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/profile", get(show).post(save))
        .route("/profile/password", post(change_password))
        .route("/profile/devices/{id}/sign-out", post(sign_device_out))
        .route("/profile/devices/sign-out-others", post(sign_others_out))
}

async fn show(page: Page) -> Answer {
    let body = body(&page, None, None, None).await?;
    Ok(page.html(t::profile(page.locale), body).await)
}

async fn save(page: Page, sent: Form) -> Answer {
    let mut invalid = Invalid::default();
    let draft = ProfileDraft {
        email: sent.text("email").to_owned(),
        mobile: sent.text("mobile").to_owned(),
        locale: sent.parsed("locale", &mut invalid).unwrap_or(page.locale),
        zone: sent.text("zone").to_owned(),
    };
    let locale = draft.locale;
    let outcome = match invalid.check() {
        Ok(()) => directory::edit_profile(&page.app, &page.actor, page.now, sent.version(), draft).await,
        Err(refusal) => Err(refusal),
    };
    match outcome {
        Ok(()) => Ok(page.done("/profile", t::saved(locale))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, Some(&Asked::refused(page.locale, &sent, &invalid)), None, None).await?;
            Ok(page.refused(t::profile(page.locale), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn change_password(page: Page, sent: Form) -> Answer {
    let l = page.locale;
    let (old, new) = (sent.raw("old_password"), sent.raw("new_password"));
    let outcome = if new == sent.raw("new_password_again") {
        sign_in::change_password(&page.app.db, page.now, &page.actor, page.session.id, old, new).await
    } else {
        Err(Invalid::one("new_password_again", "differs", t::passwords_differ).into())
    };
    match outcome {
        Ok(()) => Ok(page.done("/profile", t::password_changed(l))),
        Err(Error::Invalid(invalid)) => {
            let body = body(&page, None, Some(&Asked::refused(l, &Form::default(), &invalid)), None).await?;
            Ok(page.refused(t::profile(l), body).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn sign_device_out(page: Page, Path(id): Path<SessionId>) -> Answer {
    sign_in::revoke_device(&page.app.db, page.now, &page.actor, id).await?;
    Ok(page.done("/profile#devices", t::device_signed_out(page.locale)))
}

async fn sign_others_out(page: Page) -> Answer {
    sign_in::revoke_other_devices(&page.app.db, page.now, &page.actor, page.session.id).await?;
    Ok(page.done("/profile#devices", t::others_signed_out(page.locale)))
}

/// The page with the form for a token as it was typed.
pub(super) async fn token_refused(page: &Page, sent: &Form, invalid: &Invalid) -> Answer {
    let body = body(page, None, None, Some(&Asked::refused(page.locale, sent, invalid))).await?;
    Ok(page.refused(t::profile(page.locale), body).await)
}

/// The page; a form that was refused comes back as it was typed.
async fn body(
    page: &Page,
    profile: Option<&Asked>,
    password: Option<&Asked>,
    token: Option<&Asked>,
) -> Result<Markup, Failure> {
    let (l, on) = (page.locale, page.app.db.read());
    let roster = page.roster();
    let member = roster.member(page.member).ok_or_else(Failure::not_found)?;
    let devices = sign_in::devices(on, page.member).await?;
    let on_record = Asked::fresh(
        l,
        [
            ("version", member.version.to_string()),
            ("email", member.email.clone()),
            ("mobile", member.mobile.clone()),
            ("locale", member.locale.clone()),
            ("zone", member.zone.clone()),
        ],
    );
    let nothing_typed = Asked::fresh(l, []);
    let none = Markup::default();
    Ok(html! {
        (kit::page_head(&PageHead {
            title: &member.name,
            sub: html! {
                (members::positions(l, member))
                @if member.team.is_some() { " · " (roster.team_name(member.team)) }
            },
            ..PageHead::default()
        }))
        div.k-two {
            div.k-stack.k-form-narrow {
                (kit::panel(t::profile(l), none.clone(), profile_form(page, profile.unwrap_or(&on_record))))
                (kit::panel(t::password(l), none.clone(), password_form(page, password.unwrap_or(&nothing_typed))))
            }
            div.k-stack {
                (leaves::panel(page, roster, member, true).await?)
                div id="devices" { (devices_panel(page, &devices)) }
                div id="tokens" { (tokens::panel(page, token).await?) }
            }
        }
    })
}

fn profile_form(page: &Page, asked: &Asked) -> Markup {
    let l = page.locale;
    kit::post_form(
        &page.csrf,
        "/profile",
        html! {
            (asked.summary())
            (kit::hidden("version", asked.value("version")))
            (reading_fields(l, asked))
            (kit::tel(l, &asked.field("mobile", t::mobile(l)).max_length(40).autocomplete("tel")))
            (kit::email(l, &asked.field("email", t::email(l)).max_length(120).autocomplete("email")))
            (kit::form_actions(kit::submit(Look::Primary, t::save(l))))
        },
    )
}

fn password_form(page: &Page, asked: &Asked) -> Markup {
    let l = page.locale;
    let secret = |name, label, autocomplete| {
        kit::password(l, &Field::new(name, label).error(asked.error(name)).autocomplete(autocomplete).required())
    };
    kit::post_form(
        &page.csrf,
        "/profile/password",
        html! {
            (asked.summary())
            (secret("old_password", t::old_password(l), "current-password"))
            (secret("new_password", t::new_password(l), "new-password"))
            (secret("new_password_again", t::new_password_again(l), "new-password"))
            p.k-hint { (t::password_change_hint(l)) }
            (kit::form_actions(kit::submit(Look::Plain, t::change_password(l))))
        },
    )
}

fn devices_panel(page: &Page, devices: &[Device]) -> Markup {
    let l = page.locale;
    let others = html! {
        @if devices.len() > 1 {
            (kit::post_button(&page.csrf, "/profile/devices/sign-out-others", Look::Quiet, t::sign_others_out(l)))
        }
    };
    kit::panel(
        t::devices(l),
        others,
        html! {
            ul.k-list {
                @for device in devices {
                    li {
                        div {
                            (kit::icon(if is_phone(&device.user_agent) { Icon::DeviceMobile } else { Icon::DeviceDesktop }))
                            " " strong { (device_name(l, &device.user_agent)) }
                            @if device.id == page.session.id { " " (tag(Tone::Good, t::this_device(l))) }
                            small {
                                (t::device_seen(
                                    l,
                                    device.address.clone(),
                                    when::moment(l, page.own_zone, page.now, device.created_at),
                                    when::moment(l, page.own_zone, page.now, device.seen_at),
                                ))
                            }
                        }
                        @if device.id != page.session.id {
                            (kit::post_button(
                                &page.csrf,
                                &format!("/profile/devices/{}/sign-out", device.id),
                                Look::Quiet,
                                t::sign_device_out(l),
                            ))
                        }
                    }
                }
            }
        },
    )
}

fn is_phone(agent: &str) -> bool {
    ["Mobile", "Android", "iPhone", "HarmonyOS"].iter().any(|mark| agent.contains(mark))
}

/// Browser and system as people call them. The order matters: most browsers claim to be others too.
fn device_name(l: Locale, agent: &str) -> String {
    let known =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = known(&[
        ("wxwork", "WeCom"),
        ("MicroMessenger", "WeChat"),
        ("DingTalk", "DingTalk"),
        ("Lark", "Feishu"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = known(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => t::device_unknown(l).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{device_name, is_phone};
    use kehu_core::Locale;

    #[test]
    fn a_device_is_named_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(device_name(Locale::En, edge), "Edge · Windows");
        let wechat = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.49";
        assert_eq!(device_name(Locale::En, wechat), "WeChat · iPhone");
        assert!(is_phone(wechat) && !is_phone(edge));
    }
}
