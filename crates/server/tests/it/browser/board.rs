//! The board under a leader's hands: walked by keys, opened cell by cell, read as picture and as words.

use anyhow::ensure;
use kehu_testkit::browser::{Browser, View};
use thirtyfour::Key;

use super::demo_site::signed_in;

async fn look(browser: &Browser, name: &str) -> anyhow::Result<()> {
    browser.find("h1").await?;
    browser.screenshot(name).await?;
    browser.check_width().await?;
    browser.check_accessible().await?;
    browser.check_contract().await
}

/// Where the keys stand: the address of the focused link.
async fn focused(browser: &Browser) -> anyhow::Result<String> {
    let href = browser.evaluate("return document.activeElement?.getAttribute('href') ?? ''").await?;
    Ok(href.as_str().unwrap_or_default().to_owned())
}

async fn press(browser: &Browser, key: Key) -> anyhow::Result<String> {
    let keys = browser.driver().action_chain().send_keys(key);
    keys.perform().await?;
    focused(browser).await
}

#[test]
fn arrow_keys_walk_the_board_and_enter_opens_a_cell() {
    signed_in(View::Desktop, "liangzhenyu", async |browser, site| {
        browser.goto(&site.page("/board")).await?;
        browser.find("[data-board] a[tabindex='0']").await?;
        let stops = "return document.querySelectorAll('[data-board] table a:not([tabindex=\"-1\"])').length";
        ensure!(browser.evaluate(stops).await? == 1, "the board is one stop of the Tab key");
        browser.evaluate("document.querySelector('[data-board] tbody td.m a').focus()").await?;
        let first = focused(browser).await?;
        let right = press(browser, Key::Right).await?;
        ensure!(right != first && right.starts_with("/board/"), "{first} then {right}");
        ensure!(press(browser, Key::Left).await? == first);
        let down = press(browser, Key::Down).await?;
        let week = |href: &str| href.rsplit('/').next().unwrap_or_default().to_owned();
        ensure!(down != first && week(&down) == week(&first), "down is the same week: {first} then {down}");
        ensure!(press(browser, Key::Up).await? == first);
        ensure!(press(browser, Key::Home).await?.starts_with("/accounts/"), "the row begins with the account");
        ensure!(press(browser, Key::End).await?.starts_with("/obligations"), "and ends with its rate");
        ensure!(browser.evaluate(stops).await? == 1);
        browser.evaluate("document.querySelector('[data-board] tbody td.m a').focus()").await?;
        press(browser, Key::Enter).await?;
        browser.find("#cell[open] .k-proofs a").await?;
        look(browser, "board-cell").await?;
        press(browser, Key::Escape).await?;
        ensure!(focused(browser).await? == first, "closing leads back to the cell");
        Ok(())
    });
}

#[test]
fn a_leader_waives_a_missed_week_from_its_cell() {
    for view in [View::Desktop, View::Phone] {
        signed_in(view, "sumin", async |browser, site| {
            browser.goto(&site.page("/board?weeks=26")).await?;
            look(browser, "board").await?;
            let open = "const cell = [...document.querySelectorAll('td.x:not(.q):not(.e) a')].at(-1); cell.click(); \
                return cell.getAttribute('href')";
            let cell = browser.evaluate(open).await?;
            browser.find("#cell[open] .k-sheet-missing").await?;
            look(browser, "board-missing").await?;
            browser.click("#cell [id^=grant-] summary").await?;
            browser.fill("#cell [id^=grant-] textarea", "客户整周停产检修").await?;
            browser.click("#cell [id^=grant-] button[type=submit]").await?;
            browser.see(".k-flash", "已免除").await?;
            let now = format!(
                "return [document.querySelector(`td.w a[href='{}']`) !== null, location.search]",
                cell.as_str().unwrap_or_default()
            );
            let now = browser.evaluate(&now).await?;
            ensure!(now[0] == true, "the cell is hatched now");
            ensure!(now[1] == "?weeks=26", "and the board is the one that was left: {now}");
            Ok(())
        });
    }
}

#[test]
fn a_leader_answers_and_confirms_from_a_cell_by_the_keys_alone() {
    signed_in(View::Desktop, "sumin", async |browser, site| {
        browser.goto(&site.page("/board?weeks=52")).await?;
        let focus = |cell: &str| format!("document.querySelector('[data-board] td{cell} a').focus()");
        browser.find("[data-board] a[tabindex='0']").await?;
        browser.evaluate(&focus(".x.e")).await?;
        press(browser, Key::Enter).await?;
        browser.find("#cell[open] [id^=answer-] summary").await?;
        browser.evaluate("document.querySelector('#cell [id^=answer-] summary').focus()").await?;
        press(browser, Key::Enter).await?;
        browser.find("#cell [id^=answer-] textarea").await?;
        press(browser, Key::Tab).await?;
        let typing = browser.driver().action_chain().send_keys("周一例会上再说");
        typing.perform().await?;
        look(browser, "board-answer").await?;
        press(browser, Key::Tab).await?;
        press(browser, Key::Enter).await?;
        browser.see(".k-flash", "答复已发出").await?;
        ensure!(browser.evaluate("return location.search").await? == "?weeks=52", "back on the board that was left");

        browser.evaluate(&focus(".x.q")).await?;
        press(browser, Key::Enter).await?;
        browser.find("#cell[open] [id^=confirm-] button").await?;
        look(browser, "board-confirm").await?;
        browser.evaluate("document.querySelector('#cell [id^=confirm-] button').focus()").await?;
        press(browser, Key::Enter).await?;
        browser.see(".k-flash", "已确认").await?;
        Ok(())
    });
}

#[test]
fn a_leader_answers_from_a_cell_with_the_thumb() {
    signed_in(View::Phone, "liangzhenyu", async |browser, site| {
        browser.goto(&site.page("/board?weeks=52")).await?;
        browser.find("[data-board] a[tabindex='0']").await?;
        browser.evaluate("document.querySelector('[data-board] td.x.e a').click()").await?;
        browser.click("#cell[open] [id^=answer-] summary").await?;
        browser.fill("#cell [id^=answer-] textarea", "知道了，下次早一天说").await?;
        look(browser, "board-answer").await?;
        browser.click("#cell [id^=answer-] button[type=submit]").await?;
        browser.see(".k-flash", "答复已发出").await?;
        Ok(())
    });
}

#[test]
fn every_board_and_report_reads_at_both_sizes() {
    for view in [View::Desktop, View::Phone] {
        for (login, pages) in [
            (
                "liangzhenyu",
                &["/board", "/board?as=words", "/board?weeks=52&sort=rate", "/compliance?by=member&period=quarter"]
                    as &[&str],
            ),
            (
                "shenguoliang",
                &["/board", "/compliance", "/compliance?by=account", "/obligations?period=quarter&state=missed"],
            ),
            (
                "linxiao",
                &[
                    "/board",
                    "/board?as=words",
                    "/compliance",
                    "/obligations/export?period=month",
                    "/accounts/export",
                    "/contacts",
                    "/contacts/export",
                ],
            ),
        ] {
            signed_in(view, login, async |browser, site| {
                for page in pages {
                    browser.goto(&site.page(page)).await?;
                    look(browser, &format!("{login}{}", page.replace(['/', '?', '=', '&'], "-"))).await?;
                }
                Ok(())
            });
        }
    }
}

#[test]
fn an_administrator_looks_through_a_members_eyes() {
    for view in [View::Desktop, View::Phone] {
        signed_in(view, "songjie", async |browser, site| {
            browser.goto(&site.page("/members?find=林晓")).await?;
            browser.click("td.is-name a").await?;
            browser.click("form[action$='/view-as'] button").await?;
            browser.see(".k-viewing", "您正在以林晓的身份查看").await?;
            look(browser, "view-as-today").await?;
            browser.goto(&site.page("/accounts")).await?;
            browser.see("#main", "这一页含客户内容，已隐去").await?;
            look(browser, "view-as-withheld").await?;
            browser.click(".k-viewing button").await?;
            browser.see(".k-flash", "已结束查看").await?;
            Ok(())
        });
    }
}
