//! Icons come from one sprite, drawn in the colour of the text around them.

use maud::{Markup, html};

use super::Icon;
use crate::web::assets;

/// An icon beside words. It is hidden from screen readers: the words say it.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.k-icon width="20" height="20" aria-hidden="true" focusable="false" {
            use href=(format!("{}#{}", assets::url("vendor/icons.svg"), icon.id())) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Icon, icon};

    #[test]
    fn an_icon_points_into_the_sprite_and_is_hidden_from_screen_readers() {
        let markup = icon(Icon::Phone).into_string();
        assert!(markup.contains("#phone\""), "{markup}");
        assert!(markup.contains("aria-hidden=\"true\""), "{markup}");
    }
}
