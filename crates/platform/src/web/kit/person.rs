//! People: members of the company and persons at the customer.

use maud::{Markup, html};

/// The circle with a person's mark: the family name in Chinese, initials otherwise.
pub fn avatar(name: &str) -> Markup {
    html! { span.k-avatar.(colour(name)) aria-hidden="true" { (mark(name)) } }
}

/// A member with their circle, and what they are here.
pub fn person(name: &str, role: &str) -> Markup {
    html! {
        span.k-person { (avatar(name)) span { span.k-person-name { (name) } @if !role.is_empty() { small { (role) } } } }
    }
}

/// A person at the customer: name, title and how to reach them.
pub fn contact_row(name: &str, href: &str, title: &str, tags: Markup, ways: Markup) -> Markup {
    html! {
        div.k-contact {
            (avatar(name))
            div.k-contact-words {
                div { a href=(href) { (name) } (tags) }
                small { (title) }
            }
            div.k-contact-ways { (ways) }
        }
    }
}

fn mark(name: &str) -> String {
    let name = name.trim();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => {
            name.split_whitespace().take(2).filter_map(|word| word.chars().next()).collect::<String>().to_uppercase()
        }
        Some(first) => first.to_string(),
        None => "?".to_owned(),
    }
}

/// One of six calm colours, the same for a name on every page.
fn colour(name: &str) -> &'static str {
    const COLOURS: [&str; 6] = ["hue-0", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5"];
    let sum = name.chars().fold(0usize, |sum, letter| sum.wrapping_mul(31).wrapping_add(letter as usize));
    COLOURS[sum % COLOURS.len()]
}

#[cfg(test)]
mod tests {
    use super::{colour, mark};

    #[test]
    fn a_circle_shows_the_family_name_or_initials() {
        assert_eq!(mark("林晓"), "林");
        assert_eq!(mark("Ada Lovelace"), "AL");
        assert_eq!(mark(""), "?");
    }

    #[test]
    fn a_name_has_the_same_colour_on_every_page() {
        assert_eq!(colour("林晓"), colour("林晓"));
    }
}
