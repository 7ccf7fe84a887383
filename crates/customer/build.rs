//! Turns this crate's areas of `locales/` into the functions of `t`.

fn main() {
    kehu_i18n::generate(&["accounts", "board", "communications", "import", "ledger"], "kehu_platform");
}
