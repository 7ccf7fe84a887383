//! Words at run time. The functions in `t` are generated from `locales/` by each crate's build
//! script; those with variables come here to be formatted by Fluent.

use std::fmt;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kehu_core::Locale;

/// A variable of a message: a text or a number.
pub type Value<'a> = FluentValue<'a>;

/// The messages of one area in the three languages, parsed when first used.
pub struct Words {
    sources: [&'static str; 3],
    bundles: [OnceLock<FluentBundle<FluentResource>>; 3],
}

impl Words {
    /// `sources` in the order of [`Locale::ALL`].
    pub const fn new(sources: [&'static str; 3]) -> Self {
        Self { sources, bundles: [const { OnceLock::new() }; 3] }
    }

    /// The message with its variables put in. The generator has checked that it exists.
    pub fn format<const N: usize>(&self, locale: Locale, key: &str, variables: [(&str, Value<'_>); N]) -> String {
        let bundle = self.bundles[locale as usize].get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![locale.tag().parse().unwrap_or_default()]);
            bundle.set_use_isolating(false);
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(self.sources[locale as usize].to_owned());
            bundle.add_resource_overriding(resource);
            bundle
        });
        let arguments: FluentArgs<'_> = variables.into_iter().collect();
        match bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned(),
            None => key.to_owned(),
        }
    }
}

/// A sentence for a person that is put into words when the reader's language is known: what
/// verbs answer when they refuse something.
#[derive(Clone)]
pub struct Message(Arc<dyn Fn(Locale) -> String + Send + Sync>);

impl Message {
    pub fn new<S: Into<String>>(words: impl Fn(Locale) -> S + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |locale| words(locale).into()))
    }

    pub fn text(&self, locale: Locale) -> String {
        (self.0)(locale)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Locale::En))
    }
}
