//! Folding: one form for everything that a person would call the same.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Surnames that are read otherwise than the same character elsewhere.
const SURNAMES: [(char, &str); 12] = [
    ('曾', "zeng1"),
    ('单', "shan4"),
    ('仇', "qiu2"),
    ('解', "xie4"),
    ('任', "ren2"),
    ('朴', "piao2"),
    ('查', "zha1"),
    ('盖', "ge3"),
    ('翟', "zhai2"),
    ('区', "ou1"),
    ('尉', "yu4"),
    ('万', "wan4"),
];

/// Words in the names of companies in which a character is read otherwise than by itself.
const WORDS: [(&str, &[&str]); 14] = [
    ("重庆", &["chong2", "qing4"]),
    ("长", &["chang2"]),
    ("厦门", &["xia4", "men2"]),
    ("乐清", &["yue4", "qing1"]),
    ("乐器", &["yue4", "qi4"]),
    ("六安", &["lu4", "an1"]),
    ("蚌埠", &["beng4", "bu4"]),
    ("朝阳", &["chao2", "yang2"]),
    ("单县", &["shan4", "xian4"]),
    ("台州", &["tai1", "zhou1"]),
    ("丽水", &["li2", "shui3"]),
    ("银行", &["yin2", "hang2"]),
    ("会计", &["kuai4", "ji4"]),
    ("莘县", &["shen1", "xian4"]),
];

/// How many readings of a whole name are indexed at the most.
const READINGS: usize = 16;

/// Lower case, half width, simplified characters.
pub fn fold(text: &str) -> String {
    let half: String = text
        .chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    let simplified = if half.is_ascii() { half } else { zhconv::zhconv(&half, zhconv::Variant::ZhHans) };
    simplified.to_lowercase()
}

/// A folded text as separate words: each Han character one, each run of letters and digits one.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut in_word = false;
    for c in fold(text).chars() {
        if is_han(c) {
            out.push(' ');
            out.push(c);
            in_word = false;
        } else if c.is_alphanumeric() {
            if !in_word {
                out.push(' ');
            }
            out.push(c);
            in_word = true;
        } else {
            in_word = false;
        }
    }
    out.trim_start().to_owned()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The initials of a name in every reading (重庆 gives `cq` and `zq`), capped.
pub fn pinyin_initials(name: &str) -> Vec<String> {
    let folded: Vec<char> = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut readings = vec![String::new()];
    for c in folded {
        let mut letters: Vec<char> = match c.to_pinyin_multi() {
            Some(multi) => multi.into_iter().filter_map(|p| p.plain().chars().next()).collect(),
            None => vec![c],
        };
        letters.extend(
            SURNAMES.iter().filter(|(surname, _)| *surname == c).filter_map(|(_, reading)| reading.chars().next()),
        );
        letters.sort_unstable();
        letters.dedup();
        let room = (READINGS / readings.len()).max(1);
        letters.truncate(room);
        readings = readings.iter().flat_map(|start| letters.iter().map(move |l| format!("{start}{l}"))).collect();
    }
    readings.retain(|r| !r.is_empty());
    readings
}

/// By what a company's, a team's or a department's name is put in order: Chinese ones by their pinyin, the
/// same characters together, numbers by their size, and punctuation as if it were not there.
pub fn sort_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len() * 3);
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
        let taken = match word {
            Some((word, readings)) => {
                word.chars().zip(*readings).for_each(|(c, reading)| put_reading(&mut key, c, reading));
                word.len()
            }
            None if c.is_ascii_digit() => {
                let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                put_number(&mut key, &rest[..digits]);
                digits
            }
            None => {
                match c.to_pinyin() {
                    Some(reading) => put_reading(&mut key, c, reading.with_tone_num_end()),
                    None if c.is_alphanumeric() => key.push(c),
                    None if c.is_whitespace() && !key.is_empty() => key.push(' '),
                    None => {}
                }
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    key
}

/// By what a person's name is put in order: the surname as surnames are read.
pub fn person_sort_key(name: &str) -> String {
    let folded = fold(name);
    let mut rest = folded.chars();
    let surname = rest.next().and_then(|first| SURNAMES.iter().find(|(surname, _)| *surname == first));
    match surname {
        Some((surname, reading)) => {
            let mut key = String::new();
            put_reading(&mut key, *surname, reading);
            key.push_str(&sort_key(rest.as_str()));
            key
        }
        None => sort_key(&folded),
    }
}

/// A digit stands before every letter, so that a syllable ends before a longer one begins with it.
fn put_reading(key: &mut String, c: char, reading: &str) {
    key.push_str(reading);
    if !reading.ends_with(|last: char| last.is_ascii_digit()) {
        key.push('5');
    }
    key.push(c);
}

/// A number of more digits is larger.
fn put_number(key: &mut String, digits: &str) {
    let digits = digits.trim_start_matches('0');
    key.push(char::from_digit(u32::try_from(digits.len()).unwrap_or(9).min(9), 10).unwrap_or('9'));
    key.push_str(digits);
}

/// What the database is asked for; `None` when the query holds nothing to look for. Latin words
/// and initials are asked for by their beginning, Han characters as an exact phrase.
pub fn phrase(query: &str, postgres: bool) -> Option<String> {
    let words = words(query);
    if words.is_empty() {
        return None;
    }
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for word in words.split(' ') {
        let han = word.chars().next().is_some_and(is_han);
        match groups.last_mut() {
            Some(group) if han && group[0].chars().next().is_some_and(is_han) => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    let asked: Vec<String> = groups
        .iter()
        .map(|group| {
            let han = group[0].chars().next().is_some_and(is_han);
            match (postgres, han) {
                (true, true) => {
                    format!("({})", group.iter().map(|w| format!("'{w}'")).collect::<Vec<_>>().join(" <-> "))
                }
                (true, false) => format!("'{}':*", group[0]),
                (false, true) => format!("\"{}\"", group.join(" ")),
                (false, false) => format!("\"{}\"*", group[0]),
            }
        })
        .collect();
    Some(asked.join(if postgres { " & " } else { " AND " }))
}

#[cfg(test)]
mod tests {
    use super::{person_sort_key, phrase, pinyin_initials, sort_key, words};

    #[test]
    fn traditional_and_simplified_are_one() {
        assert_eq!(words("大客戶 ＡＢ-1"), "大 客 户 ab 1");
        assert_eq!(phrase("客戶", false), phrase("客户", false));
    }

    #[test]
    fn chongqing_is_found_as_cq_and_zeng_as_z() {
        assert!(pinyin_initials("重庆").contains(&"cq".to_owned()));
        assert!(pinyin_initials("曾静").iter().any(|r| r.starts_with('z')));
        assert!(pinyin_initials("重重重重重重重重重重").len() <= 16);
    }

    #[test]
    fn names_are_ordered_by_their_pinyin() {
        let mut names =
            ["中鼎医药", "張氏食品", "李宁", "重庆长安", "長虹", "ABB", "安信水务", "青瑞乳业", "常州", "长城"];
        names.sort_by_key(|name| sort_key(name));
        let ordered =
            ["ABB", "安信水务", "常州", "长城", "長虹", "重庆长安", "李宁", "青瑞乳业", "張氏食品", "中鼎医药"];
        assert_eq!(names, ordered);
    }

    #[test]
    fn numbers_are_ordered_by_their_size_and_punctuation_does_not_count() {
        let mut names = ["第10工厂", "第2工厂", "3M", "（中国）一拖", "中国(南方)", "ａｂｂ 2", "ABB 1"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["3M", "ABB 1", "ａｂｂ 2", "第2工厂", "第10工厂", "中国(南方)", "（中国）一拖"]);
    }

    #[test]
    fn people_are_ordered_by_their_surnames() {
        let mut names = ["曾静", "单雄", "陈博", "赵敏", "宋洁"];
        names.sort_by_key(|name| person_sort_key(name));
        assert_eq!(names, ["陈博", "单雄", "宋洁", "曾静", "赵敏"]);
    }

    #[test]
    fn nothing_to_look_for_is_no_query() {
        assert_eq!(phrase(" ！？ '\" ", true), None);
        assert_eq!(phrase("华 abc", true).as_deref(), Some("('华') & 'abc':*"));
        assert_eq!(phrase("华为a", false).as_deref(), Some("\"华 为\" AND \"a\"*"));
    }
}
