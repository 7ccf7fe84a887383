//! The page around every page: head, navigation, search, and on a phone the bar under the thumb.

use kehu_core::Locale;
use maud::{DOCTYPE, Markup, html};

use super::{Icon, Look, MenuItem, Tone, avatar, icon, menu, post_button};
use crate::t::kit as t;
use crate::web::{VIEW_AS_END, assets};

/// Our styles draw what is under way; going back asks the server again, so that nothing stale is shown;
/// and a refresh leaves open what the reader has opened.
const HTMX: &str = r#"{"includeIndicatorCSS":false,"history":"reload","morphIgnore":["data-htmx-powered","open"]}"#;

/// Who is signed in, and the lines of their menu.
#[derive(Clone, Debug, Default)]
pub struct Who<'a> {
    pub name: &'a str,
    /// What they are here, in words: "account manager, East team".
    pub positions: &'a str,
    pub menu: &'a [MenuItem],
    /// Where the sign-out form posts to.
    pub sign_out: &'a str,
}

/// A place in the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    href: String,
    label: String,
    icon: Icon,
    count: Option<String>,
    alert: bool,
    current: bool,
    thumb: bool,
}

impl NavItem {
    pub fn new(icon: Icon, href: impl Into<String>, label: impl Into<String>) -> Self {
        let (href, label) = (href.into(), label.into());
        NavItem { href, label, icon, count: None, alert: false, current: false, thumb: false }
    }

    /// A number behind the name; in red when it `alert`s.
    pub fn count(self, count: impl Into<String>, alert: bool) -> Self {
        NavItem { count: Some(count.into()), alert, ..self }
    }

    pub fn current(self, current: bool) -> Self {
        NavItem { current, ..self }
    }

    /// One of the three places on the phone's bar.
    pub fn thumb(self) -> Self {
        NavItem { thumb: true, ..self }
    }

    fn link(&self) -> Markup {
        html! {
            a href=(self.href) aria-current=[self.current.then_some("page")] {
                (icon(self.icon)) span.k-nav-label { (self.label) }
                @if let Some(count) = &self.count { span.k-nav-count.is-alert[self.alert] { (count) } }
            }
        }
    }
}

/// Places under one heading; the first group usually has none.
#[derive(Clone, Debug)]
pub struct NavGroup {
    pub heading: Option<String>,
    pub items: Vec<NavItem>,
}

/// Where the search box leads, and what was last searched for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    pub action: &'a str,
    pub query: &'a str,
}

/// A message about what was just done.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
    /// A follow-up: "undo", "open the record".
    pub link: Option<(String, String)>,
}

/// A signed-in page.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    pub locale: Locale,
    pub title: &'a str,
    pub csrf: &'a str,
    pub member: Option<Who<'a>>,
    pub nav: &'a [NavGroup],
    /// Where a call or visit is recorded: the button at the top and in the middle of the phone's bar.
    pub record: Option<&'a str>,
    pub search: Option<Search<'a>>,
    pub flash: Option<Flash>,
    /// The page says that this is the demo company.
    pub demo: bool,
    /// Through whose eyes an administrator looks.
    pub viewing: Option<&'a str>,
    /// The stream of changes that this page listens to.
    pub live: Option<&'a str>,
    /// The member's time zone, in which the browser fills in "now".
    pub zone: &'a str,
}

impl Frame<'_> {
    /// The whole document around `body`.
    pub fn page(&self, body: Markup) -> Markup {
        let l = self.locale;
        let head = html! {
            @if let Some(live) = self.live { meta name="live" content=(live); }
            @if !self.zone.is_empty() { meta name="zone" content=(self.zone); }
        };
        document(
            l,
            self.title,
            self.csrf,
            head,
            html! {
                a.k-skip href="#main" { (t::skip_to_content(l)) }
                @if self.demo { (demo_banner(l)) }
                @if let Some(name) = self.viewing { (self.viewing_banner(name)) }
                div.k-shell {
                    (self.side())
                    div.k-stage {
                        (self.top())
                        main.k-page id="main" tabindex="-1" {
                            @if let Some(message) = &self.flash { (flash(message)) }
                            (body)
                        }
                    }
                }
                (self.thumb_bar())
            },
        )
    }

    /// Whose eyes these are, and the way out.
    fn viewing_banner(&self, name: &str) -> Markup {
        let l = self.locale;
        html! {
            aside.k-viewing aria-label=(t::viewing_label(l)) {
                (icon(Icon::Eye)) span { (t::viewing(l, name)) }
                (post_button(self.csrf, VIEW_AS_END, Look::Plain, t::viewing_end(l)))
            }
        }
    }

    /// The navigation: beside the page, or on a phone a sheet that "more" opens by its address.
    fn side(&self) -> Markup {
        let l = self.locale;
        html! {
            nav.k-side id="menu" aria-label=(t::main_navigation(l)) {
                div.k-side-head {
                    a.k-brand href="/" { (brand_mark()) (t::brand(l)) }
                    a.k-side-close.k-iconlink href="#" aria-label=(t::close(l)) { (icon(Icon::X)) }
                }
                @for group in self.nav {
                    @if let Some(heading) = &group.heading { div.k-nav-heading { (heading) } }
                    @for item in &group.items { (item.link()) }
                }
            }
        }
    }

    fn top(&self) -> Markup {
        let l = self.locale;
        html! {
            header.k-top {
                a.k-brand.k-brand-top href="/" { (brand_mark()) span { (t::brand(l)) } }
                @if let Some(search) = self.search {
                    form.k-find method="get" action=(search.action) role="search" {
                        label {
                            (icon(Icon::Search)) span.visually-hidden { (t::search_label(l)) }
                            input type="search" name="q" value=(search.query) placeholder=(t::search_placeholder(l))
                                autocomplete="off" data-search;
                            kbd aria-hidden="true" { "Ctrl K" }
                        }
                    }
                    a.k-iconlink.k-find-phone href=(search.action) aria-label=(t::search_label(l)) { (icon(Icon::Search)) }
                }
                div.k-top-end {
                    @if let Some(record) = self.record {
                        a.btn.btn-primary.k-record href=(record) data-record { (icon(Icon::Plus)) (t::record(l)) }
                    }
                    @if let Some(who) = &self.member { (self.member_menu(who)) }
                }
            }
        }
    }

    fn member_menu(&self, who: &Who<'_>) -> Markup {
        let l = self.locale;
        let sign_out = html! {
            div.k-menu-who { strong { (who.name) } small { (who.positions) } }
            (post_button(self.csrf, who.sign_out, Look::Quiet, t::sign_out(l)))
        };
        menu(&t::account_menu(l, who.name), avatar(who.name), who.menu, sign_out)
    }

    fn thumb_bar(&self) -> Markup {
        let l = self.locale;
        let places: Vec<&NavItem> =
            self.nav.iter().flat_map(|group| &group.items).filter(|item| item.thumb).take(3).collect();
        let (before, after) = places.split_at(places.len().min(2));
        html! {
            @if !places.is_empty() {
                nav.k-thumb aria-label=(t::quick_navigation(l)) {
                    @for item in before { (item.link()) }
                    @if let Some(record) = self.record {
                        a.k-thumb-record href=(record) { (icon(Icon::Plus)) span { (t::record_short(l)) } }
                    }
                    @for item in after { (item.link()) }
                    a href="#menu" { (icon(Icon::Menu2)) span.k-nav-label { (t::more(l)) } }
                }
            }
        }
    }
}

/// A page without navigation: sign-in, first set-up, errors before anyone is known.
pub fn bare_page(locale: Locale, title: &str, csrf: &str, demo: bool, body: Markup) -> Markup {
    document(
        locale,
        title,
        csrf,
        Markup::default(),
        html! {
            @if demo { (demo_banner(locale)) }
            main.k-bare id="main" {
                div.k-bare-brand { span.k-brand { (brand_mark()) (t::brand(locale)) } }
                div.k-bare-sheet { (body) }
            }
        },
    )
}

/// A message at the top of the page, read out when it appears.
pub fn flash(message: &Flash) -> Markup {
    let mark = match message.tone {
        Tone::Good | Tone::Accent => Icon::CircleCheck,
        Tone::Quiet => Icon::InfoCircle,
        Tone::Warn | Tone::Bad => Icon::AlertTriangle,
    };
    html! {
        div.k-flash.(message.tone.class()) role="status" {
            (icon(mark)) span { (message.text) }
            @if let Some((href, label)) = &message.link { a href=(href) { (label) } }
        }
    }
}

fn document(locale: Locale, title: &str, csrf: &str, extra: Markup, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(locale.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#f7f8f7" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#121614" media="(prefers-color-scheme: dark)";
                meta name="csrf" content=(csrf);
                (extra)
                meta name="htmx-config" content=(HTMX);
                title { (title) " · " (t::brand(locale)) }
                link rel="icon" type="image/svg+xml" href=(assets::url("mark.svg"));
                link rel="stylesheet" href=(assets::url("vendor/tabler.min.css"));
                link rel="stylesheet" href=(assets::url("css/kehu.css"));
                script defer src=(assets::url("vendor/htmx.min.js")) {}
                script type="module" src=(assets::url("js/kehu.js")) {}
            }
            body { (body) }
        }
    }
}

fn demo_banner(locale: Locale) -> Markup {
    html! {
        aside.k-demo aria-label=(t::demo_label(locale)) { (icon(Icon::InfoCircle)) span { (t::demo_banner(locale)) } }
    }
}

fn brand_mark() -> Markup {
    html! {
        svg.k-brand-mark viewBox="0 0 22 22" width="22" height="22" aria-hidden="true" focusable="false" {
            rect width="22" height="22" rx="6" fill="currentColor" {}
            path d="M16 0a6 6 0 0 1 6 6v10a6 6 0 0 1 -6 6h-10a6 6 0 0 1 -6 -6h10a6 6 0 0 0 6 -6z" fill="#fff" opacity="0.28" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, bare_page};
    use kehu_core::Locale;
    use maud::html;

    #[test]
    fn a_page_names_its_language_and_carries_the_token() {
        let frame = Frame { locale: Locale::ZhHant, title: "今日", csrf: "tok", ..Frame::default() };
        let markup = frame.page(html! { "…" }).into_string();
        assert!(markup.contains("<html lang=\"zh-Hant\">"), "{markup}");
        assert!(markup.contains("name=\"csrf\" content=\"tok\""), "{markup}");
    }

    #[test]
    fn no_page_has_inline_style_or_script() {
        let page = Frame { title: "Today", demo: true, record: Some("/record"), ..Frame::default() }.page(html! {});
        let bare = bare_page(Locale::En, "Sign in", "tok", true, html! {});
        for markup in [page.into_string(), bare.into_string()] {
            assert!(!markup.contains(" style="), "{markup}");
            assert!(!markup.contains("<script>"), "{markup}");
        }
    }
}
