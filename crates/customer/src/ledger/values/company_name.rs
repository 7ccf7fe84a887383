//! When two spellings are the same company.

use super::text::{half_width, to_simplified};

/// The name reduced to what distinguishes companies: half-width small simplified characters
/// without blanks, punctuation and brackets, English legal forms in their short form. Chinese
/// legal forms stay, since 有限公司 and 股份有限公司 of one name can be two companies.
pub fn company_key(name: &str) -> String {
    let plain = half_width(name).to_lowercase();
    let plain = to_simplified(&plain);
    let mut key = String::with_capacity(plain.len());
    let mut word = String::new();
    for character in plain.chars() {
        if character.is_ascii_alphanumeric() {
            word.push(character);
            continue;
        }
        key.push_str(legal_form(&word));
        word.clear();
        if character.is_alphanumeric() || character == '&' {
            key.push(character);
        }
    }
    key.push_str(legal_form(&word));
    key
}

fn legal_form(word: &str) -> &str {
    match word {
        "limited" => "ltd",
        "company" => "co",
        "corporation" => "corp",
        "incorporated" => "inc",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::company_key;

    fn same(one: &str, other: &str) -> bool {
        company_key(one) == company_key(other)
    }

    #[test]
    fn one_company_in_many_spellings_has_one_key() {
        assert!(same("恒智光电（中国）有限公司", "恒智光电(中国)有限公司"));
        assert!(same("恒智光电（中国）有限公司 ", "恒智光电 ﹙中国﹚ 有限公司"));
        assert!(same("臺灣積體電路製造股份有限公司", "台湾积体电路制造股份有限公司"));
        assert!(same("ＡＢＢ（中国）有限公司", "abb(中国)有限公司"));
        assert!(same("Acme Widgets Co., Ltd.", "ACME WIDGETS COMPANY LIMITED"));
        assert!(same("华东·电力\u{200b}设备", "华东电力设备"));
    }

    #[test]
    fn different_companies_keep_different_keys() {
        assert!(!same("丰信半导体有限公司", "丰信半导体股份有限公司"));
        assert!(!same("众云水务有限公司", "众云水务有限公司二部"));
        assert!(!same("Acme Widgets Co., Ltd.", "Acme Gadgets Co., Ltd."));
    }

    #[test]
    fn signs_alone_are_no_name() {
        assert_eq!(company_key(" （）—— "), "");
    }
}
