//! Logins proposed from names: 张三 signs in as `zhangsan`, the second one as `zhangsan2`.

use pinyin::ToPinyin;

use crate::search::fold;

/// Surnames that are read otherwise than the same character elsewhere.
const SURNAMES: [(char, &str); 14] = [
    ('曾', "zeng"),
    ('单', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('任', "ren"),
    ('朴', "piao"),
    ('查', "zha"),
    ('盖', "ge"),
    ('翟', "zhai"),
    ('区', "ou"),
    ('尉', "yu"),
    ('冼', "xian"),
    ('缪', "miao"),
    ('覃', "qin"),
];

/// The longest login proposed before its number.
const LONGEST: usize = 36;

/// A login for the name that is not taken yet.
pub fn propose_login(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut base = String::new();
    for (place, c) in fold(name).chars().enumerate() {
        let surname = SURNAMES.iter().find(|(surname, _)| place == 0 && *surname == c).map(|(_, reading)| *reading);
        match surname.or_else(|| c.to_pinyin().map(|reading| reading.plain())) {
            Some(reading) => base.push_str(&reading.replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => base.push(c),
            None => {}
        }
    }
    base.truncate(LONGEST);
    if base.len() < 2 {
        base = format!("member{base}");
    }
    (1_u32..)
        .map(|n| if n == 1 { base.clone() } else { format!("{base}{n}") })
        .find(|login| !taken(login))
        .unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::propose_login;

    #[test]
    fn a_chinese_name_is_written_in_pinyin() {
        assert_eq!(propose_login("张三", |_| false), "zhangsan");
        assert_eq!(propose_login("張三", |_| false), "zhangsan");
        assert_eq!(propose_login("吕布", |_| false), "lvbu");
    }

    #[test]
    fn a_surname_is_read_as_a_surname() {
        assert_eq!(propose_login("曾静", |_| false), "zengjing");
        assert_eq!(propose_login("单田芳", |_| false), "shantianfang");
    }

    #[test]
    fn the_second_of_a_name_gets_a_number() {
        let taken = ["zhangsan", "zhangsan2"];
        assert_eq!(propose_login("张三", |login| taken.contains(&login)), "zhangsan3");
    }

    #[test]
    fn latin_names_and_odd_ones_give_a_login_too() {
        assert_eq!(propose_login("Ada Lovelace", |_| false), "adalovelace");
        assert_eq!(propose_login("？", |_| false), "member");
        assert_eq!(propose_login("X", |_| false), "memberx");
    }
}
