//! Every page of the navigation, and the first of each kind of record it leads to: without
//! barriers, without sideways scrolling, without a broken browser contract.

use std::collections::BTreeSet;

use anyhow::ensure;
use kehu_testkit::browser::{Browser, View};

use super::demo_site::{DemoSite, signed_in};

/// One page of each kind is enough, so ids are left out of what has been seen, and queries but for the view.
const LINKS: &str = r"
return [...document.querySelectorAll('a[href]')].map((a) => new URL(a.href)).filter((u) => u.origin === location.origin)
  .map((u) => u.pathname + (u.searchParams.has('view') ? u.search : ''))";

/// How many pages one walk looks at, at the most.
const LONGEST: usize = 60;

fn walk(view: View, login: &str) {
    signed_in(view, login, async |browser, site| {
        let mut waiting = vec!["/".to_owned()];
        let mut seen = BTreeSet::new();
        let mut barriers = Vec::new();
        while let Some(path) = waiting.pop() {
            if seen.len() == LONGEST || !seen.insert(kind(&path)) {
                continue;
            }
            if let Err(barrier) = look(browser, site, &path, login).await {
                barriers.push(format!("{path}: {barrier:#}"));
            }
            let found: Vec<String> = serde_json::from_value(browser.evaluate(LINKS).await?)?;
            waiting.extend(found.into_iter().filter(|path| !seen.contains(&kind(path)) && is_page(path)));
        }
        ensure!(barriers.is_empty(), "{} of {} pages:\n{}", barriers.len(), seen.len(), barriers.join("\n"));
        Ok(())
    });
}

async fn look(browser: &Browser, site: &DemoSite, path: &str, login: &str) -> anyhow::Result<()> {
    browser.goto(&site.page(path)).await?;
    browser.screenshot(&format!("{login}{}", kind(path).replace('/', "-"))).await?;
    ensure!(browser.evaluate("return document.querySelector('h1') !== null").await? == true, "no heading, or no page");
    browser.check_width().await?;
    browser.check_accessible().await?;
    browser.check_contract().await
}

/// The path with `…` in place of an id.
fn kind(path: &str) -> String {
    let part = |part: &str| if part.len() >= 32 && part.contains('-') { "…".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/").replace(['?', '='], "-")
}

/// Files to take home and the ways out are no pages to look at.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') && !path.starts_with("/sign-") && !path.starts_with("/assets")
}

mod desktop {
    use super::*;

    #[test]
    fn an_account_manager_walks_through() {
        walk(View::Desktop, "linxiao");
    }

    #[test]
    fn a_team_leader_walks_through() {
        walk(View::Desktop, "liangzhenyu");
    }

    #[test]
    fn company_leadership_walks_through() {
        walk(View::Desktop, "shenguoliang");
    }

    #[test]
    fn human_resources_walk_through() {
        walk(View::Desktop, "fangyaqin");
    }

    #[test]
    fn an_administrator_walks_through() {
        walk(View::Desktop, "songjie");
    }
}

mod phone {
    use super::*;

    #[test]
    fn an_account_manager_walks_through() {
        walk(View::Phone, "linxiao");
    }

    #[test]
    fn a_team_leader_walks_through() {
        walk(View::Phone, "liangzhenyu");
    }

    #[test]
    fn company_leadership_walks_through() {
        walk(View::Phone, "shenguoliang");
    }

    #[test]
    fn human_resources_walk_through() {
        walk(View::Phone, "fangyaqin");
    }

    #[test]
    fn an_administrator_walks_through() {
        walk(View::Phone, "songjie");
    }
}
