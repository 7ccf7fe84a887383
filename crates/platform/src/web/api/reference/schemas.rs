//! What the answers and bodies are made of.

use maud::{Markup, html};
use serde_json::Value;

/// The document's schemas, by name.
pub(super) struct Schemas<'a>(&'a Value);

impl<'a> Schemas<'a> {
    pub fn of(document: &'a Value) -> Self {
        Self(document)
    }

    pub fn all(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.0["components"]["schemas"].as_object().into_iter().flatten()
    }

    /// What a reference stands for.
    pub fn followed(&self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().and_then(|target| self.0.pointer(target.trim_start_matches('#')));
        target.unwrap_or(value)
    }

    /// The type in a few words, with a link to a schema that has a name.
    pub fn kind(&self, schema: &Value) -> Markup {
        if let Some(target) = schema["$ref"].as_str() {
            let name = target.rsplit('/').next().unwrap_or_default();
            return html! { a href={ "#schema-" (name) } { (name) } };
        }
        if schema["type"] == "array" {
            return html! { "[" (self.kind(&schema["items"])) "]" };
        }
        let several = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|how| schema[how].as_array());
        if let Some(several) = several {
            return html! { @for (n, one) in several.iter().enumerate() { @if n > 0 { " | " } (self.kind(one)) } };
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let codes: Vec<&str> = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        html! {
            (kinds.join(" | "))
            @if let Some(format) = schema["format"].as_str() { " (" (format) ")" }
            @if !codes.is_empty() { ": " (codes.join(", ")) }
            @for (name, sign) in [("minimum", "≥"), ("maximum", "≤"), ("minLength", "length ≥"), ("maxLength", "length ≤"), ("maxItems", "items ≤")] {
                @if let Some(bound) = schema.get(name) { " " (sign) " " (bound) }
            }
        }
    }

    /// The fields of an object, its own and those it takes in.
    fn fields(&self, schema: &'a Value) -> Vec<(&'a String, &'a Value, bool)> {
        let needed = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        let own = schema["properties"].as_object().into_iter().flatten();
        let mut fields: Vec<_> = own.map(|(name, field)| (name, field, needed.iter().any(|n| n == name))).collect();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            fields.extend(self.fields(self.followed(part)));
        }
        fields
    }

    pub fn section(&self, name: &str, schema: &'a Value) -> Markup {
        let fields = self.fields(schema);
        html! {
            section.k-panel.k-api-one id={ "schema-" (name) } {
                h3 { (name) }
                @if let Some(description) = schema["description"].as_str() { p { (super::prose(description)) } }
                @if fields.is_empty() { p { (self.kind(schema)) } }
                dl.k-api-fields {
                    @for (name, field, needed) in fields {
                        dt { code { (name) } @if needed { "*" } " " small { (self.kind(field)) } }
                        dd { (super::prose(field["description"].as_str().unwrap_or_default())) }
                    }
                }
            }
        }
    }
}
