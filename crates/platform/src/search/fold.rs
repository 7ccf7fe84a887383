//! Folding: one form for everything that a person would call the same.

use pinyin::ToPinyinMulti;

/// Surnames that are read otherwise than the same character elsewhere, with their initial.
const SURNAMES: [(char, char); 12] = [
    ('曾', 'z'),
    ('单', 's'),
    ('仇', 'q'),
    ('解', 'x'),
    ('任', 'r'),
    ('朴', 'p'),
    ('查', 'z'),
    ('盖', 'g'),
    ('翟', 'z'),
    ('区', 'o'),
    ('尉', 'y'),
    ('万', 'w'),
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
        letters.extend(SURNAMES.iter().filter(|(surname, _)| *surname == c).map(|(_, letter)| *letter));
        letters.sort_unstable();
        letters.dedup();
        let room = (READINGS / readings.len()).max(1);
        letters.truncate(room);
        readings = readings.iter().flat_map(|start| letters.iter().map(move |l| format!("{start}{l}"))).collect();
    }
    readings.retain(|r| !r.is_empty());
    readings
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
    use super::{phrase, pinyin_initials, words};

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
    fn nothing_to_look_for_is_no_query() {
        assert_eq!(phrase(" ！？ '\" ", true), None);
        assert_eq!(phrase("华 abc", true).as_deref(), Some("('华') & 'abc':*"));
        assert_eq!(phrase("华为a", false).as_deref(), Some("\"华 为\" AND \"a\"*"));
    }
}
