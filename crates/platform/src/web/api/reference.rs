//! The reference of the API for people, written from the document itself, so that the two never
//! differ.

mod examples;
mod schemas;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use maud::{Markup, html};
use serde_json::Value;

use self::schemas::Schemas;
use crate::t::api as t;
use crate::web::kit::{self, Icon, Look, PageHead, Tone, tag};
use crate::web::{Answer, App, Page};

pub(super) fn routes(document: Value) -> Router<App> {
    let document = Arc::new(document);
    Router::new().route("/api", get(move |page: Page| show(page, Arc::clone(&document))))
}

/// One operation of the document.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    said: &'a Value,
}

impl Operation<'_> {
    fn text(&self, name: &str) -> &str {
        self.said[name].as_str().unwrap_or_default()
    }

    /// What it does, in the reader's words.
    fn summary(&self, page: &Page) -> &str {
        page.app
            .api_words
            .get(self.text("operationId"))
            .map_or_else(|| self.text("summary"), |words| words(page.locale))
    }

    fn tone(&self) -> Tone {
        if self.method == "get" { Tone::Quiet } else { Tone::Accent }
    }
}

/// The operations by resource, in the order of the document.
fn resources(document: &Value) -> Vec<(&str, Vec<Operation<'_>>)> {
    let mut resources: Vec<(&str, Vec<Operation<'_>>)> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, said) in item.as_object().into_iter().flatten() {
            let resource = said["tags"][0].as_str().unwrap_or_default();
            let operation = Operation { method, path, said };
            match resources.iter_mut().find(|(name, _)| *name == resource) {
                Some((_, operations)) => operations.push(operation),
                None => resources.push((resource, vec![operation])),
            }
        }
    }
    resources
}

async fn show(page: Page, document: Arc<Value>) -> Answer {
    let l = page.locale;
    let resources = resources(&document);
    let schemas = Schemas::of(&document);
    let body = html! {
        (kit::print_head(&page.company.name, t::reference(l), ""))
        (kit::page_head(&PageHead {
            title: t::reference(l),
            sub: html! { (t::reference_intro(l)) },
            actions: html! {
                button.btn type="button" data-print { (kit::icon(Icon::Printer)) (t::print(l)) }
                (kit::button_link(Look::Plain, "/profile#tokens", t::tokens(l), Some(Icon::Key)))
                (kit::button_link(Look::Plain, "/api/openapi.json", "openapi.json", Some(Icon::Download)))
            },
            ..PageHead::default()
        }))
        div.k-api {
            nav.k-api-index aria-label=(t::reference(l)) {
                @for (resource, operations) in &resources {
                    a.k-strong lang="en" href={ "#" (resource) } { (resource) }
                    @for operation in operations {
                        a href={ "#" (operation.text("operationId")) } { (operation.summary(&page)) }
                    }
                }
                a.k-strong lang="en" href="#schemas" { "schemas" }
            }
            div.k-stack {
                section.k-panel lang="en" { p.k-prose { (prose(document["info"]["description"].as_str().unwrap_or_default())) } }
                @for (resource, operations) in &resources {
                    h2 id=(resource) lang="en" { (resource) }
                    @for operation in operations { (one(&page, &document, &schemas, operation)) }
                }
                h2 id="schemas" lang="en" { "schemas" }
                div.k-stack lang="en" { @for (name, schema) in schemas.all() { (schemas.section(name, schema)) } }
            }
        }
    };
    Ok(page.html(t::reference(l), body).await)
}

/// Words of the document, with what stands between backticks as code.
fn prose(text: &str) -> Markup {
    html! {
        @for (n, part) in text.split('`').enumerate() {
            @if n % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn one(page: &Page, document: &Value, schemas: &Schemas<'_>, operation: &Operation<'_>) -> Markup {
    let l = page.locale;
    let parameters = operation.said["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let bodies = operation.said["requestBody"]["content"].as_object();
    html! {
        section.k-panel.k-api-one id=(operation.text("operationId")) {
            h3 { (operation.summary(page)) }
            p.k-api-path { (tag(operation.tone(), &operation.method.to_uppercase())) " " code { (operation.path) } }
            @if !operation.text("description").is_empty() { p lang="en" { (prose(operation.text("description"))) } }
            @if !parameters.is_empty() {
                h4 { (t::parameters(l)) }
                dl.k-api-fields lang="en" {
                    @for parameter in parameters {
                        dt {
                            code { (parameter["name"].as_str().unwrap_or_default()) }
                            " " small { (parameter["in"].as_str().unwrap_or_default()) " · " (schemas.kind(&parameter["schema"])) }
                            @if parameter["required"] == true { " " (tag(Tone::Warn, t::needed(l))) }
                        }
                        dd { (prose(parameter["description"].as_str().unwrap_or_default())) }
                    }
                }
            }
            @if let Some(bodies) = bodies {
                h4 { (t::request_body(l)) }
                ul { @for (kind, body) in bodies { li { code { (kind) } " " (schemas.kind(&body["schema"])) } } }
            }
            h4 { (t::responses(l)) }
            dl.k-api-fields lang="en" {
                @for (status, response) in operation.said["responses"].as_object().into_iter().flatten() {
                    @let response = schemas.followed(response);
                    dt {
                        code { (status) }
                        @if let Some(content) = response["content"].as_object() {
                            @for (_, body) in content { " " small { (schemas.kind(&body["schema"])) } }
                        }
                    }
                    dd { (prose(response["description"].as_str().unwrap_or_default())) }
                }
            }
            h4 { (t::example(l)) }
            pre.k-command { (examples::curl(document, operation.method, operation.path, operation.said)) }
        }
    }
}
