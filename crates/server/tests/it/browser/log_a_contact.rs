//! Logging a contact as a thumb does it: few taps, everything at hand, nothing lost.

use kehu_testkit::browser::{Browser, View};

use super::demo_site::signed_in;

/// Scrolls what shall be tapped clear of the buttons that stay at the bottom, as a thumb would.
async fn tap(browser: &Browser, css: &str) -> anyhow::Result<()> {
    browser.find(css).await?;
    browser
        .evaluate(&format!(
            "document.querySelector(`{css}`).scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))
        .await?;
    browser.click(css).await
}

#[test]
fn a_call_takes_three_taps_from_the_record_button() {
    signed_in(View::Phone, "linxiao", async |browser, site| {
        browser.goto(&site.page("/communications")).await?;
        browser.click(".k-thumb-record").await?;
        browser.screenshot("log-choose").await?;
        browser.click(".k-choice").await?;
        browser.screenshot("log-call").await?;
        browser.click(".k-persons .k-pill").await?;
        browser.click(".k-actions .btn-primary").await?;
        browser.see(".k-flash", "已记录。").await?;
        browser.screenshot("log-called").await
    });
}

#[test]
fn a_visit_with_its_questions_goes_on_to_its_minutes() {
    for view in [View::Phone, View::Desktop] {
        signed_in(view, "linxiao", async |browser, site| {
            browser.goto(&site.page("/record")).await?;
            tap(browser, ".k-choice").await?;
            tap(browser, ".k-kinds .k-pill:nth-child(3)").await?;
            browser.screenshot("log-visit").await?;
            tap(browser, ".k-persons .k-pill").await?;
            browser.fill("#f-summary", "看了二号产线，对方关心低温下的稳定性。").await?;
            tap(browser, "[data-group=question] > summary").await?;
            browser.fill("#f-question-0", "零下二十度能否稳定运行").await?;
            tap(browser, "[data-group=question] [data-add]").await?;
            browser.fill("#f-question-1", "保修期多长").await?;
            tap(browser, "[data-group=question] [data-row]:nth-child(2) .k-pill:nth-child(2)").await?;
            browser.fill("#f-answer-1", "整机三年").await?;
            browser.screenshot("log-questions").await?;
            browser.check_width().await?;
            browser.check_accessible().await?;
            tap(browser, ".k-actions .k-log-visit").await?;
            browser.see(".k-deadline", "前发出").await?;
            tap(browser, ".k-tick").await?;
            browser.find(".k-removed input").await?;
            browser.screenshot("log-minutes").await?;
            browser.check_accessible().await?;
            tap(browser, ".k-actions .btn-primary").await?;
            browser.see(".k-error", "为什么不发给这位成员").await?;
            browser.fill(".k-removed input", "正在休假").await?;
            tap(browser, ".k-actions .btn-primary").await?;
            browser.see(".k-flash", "纪要已发给").await?;
            browser.screenshot("log-sent").await
        });
    }
}

#[test]
fn every_form_of_the_log_fits_a_phone_and_a_desk() {
    for view in [View::Phone, View::Desktop] {
        signed_in(view, "linxiao", async |browser, site| {
            let look = async |name: &str| {
                browser.find("h1").await?;
                browser.screenshot(name).await?;
                browser.check_width().await?;
                browser.check_accessible().await
            };
            browser.goto(&site.page("/record/several")).await?;
            tap(browser, ".k-tick").await?;
            look("log-several").await?;
            browser.goto(&site.page("/record")).await?;
            tap(browser, ".k-choice").await?;
            let account = browser.evaluate("return new URL(location).searchParams.get('account')").await?;
            let account = account.as_str().unwrap_or_default().to_owned();
            look("log-call").await?;
            browser.goto(&site.page(&format!("/record/quick?account={account}&kind=visit"))).await?;
            look("log-quick").await?;
            browser.goto(&site.page("/communications")).await?;
            let open = "return [...document.querySelectorAll('tr')].find((row) => row.textContent.includes('问题待'))\
                ?.querySelector('a').pathname";
            let record = browser.evaluate(open).await?;
            browser.goto(&site.page(record.as_str().unwrap_or_default())).await?;
            look("log-record").await?;
            tap(browser, ".k-asked .btn-outline-primary").await?;
            look("log-answer").await
        });
    }
}
