//! Turns this crate's areas of `locales/` into the functions of `t`.

fn main() {
    kehu_i18n::generate(&["api", "app", "kit", "directory", "export", "jobs", "sign_in"], "crate");
}
