//! The words by which ledgers grade customers and tell how far the business with them is, and our
//! tiers and stages for them.

use super::values::{half_width, to_simplified};

/// Codes of the tiers that a new installation has, best first.
pub const TIER_CODES: [&str; 4] = ["strategic", "core", "key", "general"];
/// Codes of the stages that a new installation has.
pub const STAGE_CODES: [&str; 4] = ["prospect", "active", "dormant", "lost"];

/// Our tier for a word of the ledger. Letters are graded from the top: where a ledger knows a
/// grade S above A, A is the second.
pub(super) fn tier_code(word: &str, has_s: bool) -> Option<&'static str> {
    let plain = plain(
        word,
        &["级客户", "类客户", "型客户", "客户", "级别", "级", "类", "型", " tier", " account", " customer", "-tier"],
    );
    let plain = plain.trim_start_matches("tier").trim_start_matches("级别").trim_start_matches("level").trim();
    Some(match plain {
        "战略" | "战略合作" | "战略大" | "strategic" | "platinum" | "钻石" | "diamond" | "铂金" => {
            TIER_CODES[0]
        }
        "核心" | "core" | "gold" | "金牌" | "黄金" => TIER_CODES[1],
        "重点" | "重要" | "关键" | "大" | "vip" | "key" | "major" | "important" | "silver" | "银牌" | "白银" => {
            TIER_CODES[2]
        }
        "一般" | "普通" | "常规" | "标准" | "其他" | "其它" | "小" | "general" | "normal" | "standard" | "ordinary"
        | "regular" | "bronze" => TIER_CODES[3],
        letter => return graded(letter, has_s),
    })
}

fn graded(grade: &str, has_s: bool) -> Option<&'static str> {
    let rank = match grade.trim_end_matches(['+', '-']) {
        "s" | "sss" | "ss" => 0,
        "a" => usize::from(has_s),
        "b" => 1 + usize::from(has_s),
        "c" => 2 + usize::from(has_s),
        "d" | "e" => 3,
        "1" | "一" | "i" => 0,
        "2" | "二" | "ii" => 1,
        "3" | "三" | "iii" => 2,
        "4" | "5" | "四" | "五" | "iv" => 3,
        // AAA, AA, A is a scale of its own.
        "aaa" => 0,
        "aa" => 1,
        _ => return None,
    };
    TIER_CODES.get(rank.min(3)).copied()
}

/// Whether a word is the grade S, above A.
pub(super) fn is_grade_s(word: &str) -> bool {
    plain(word, &["级客户", "类客户", "级", "类"]).trim_end_matches('+').trim_matches('s').is_empty()
        && !word.trim().is_empty()
}

/// Our stage for a word of the ledger.
pub(super) fn stage_code(word: &str) -> Option<&'static str> {
    let plain = plain(word, &["客户", "阶段", "状态"]);
    Some(match plain.trim() {
        "潜在" | "意向" | "目标" | "线索" | "跟进" | "跟进中" | "洽谈" | "洽谈中" | "谈判" | "谈判中" | "接触"
        | "接触中" | "初步接触" | "开发中" | "待开发" | "未签约" | "未合作" | "prospect" | "lead" | "potential"
        | "negotiating" | "pipeline" => STAGE_CODES[0],
        "合作" | "合作中" | "正式合作" | "已合作" | "在合作" | "已签约" | "签约" | "成交" | "已成交" | "正常"
        | "在网" | "活跃" | "稳定" | "稳定合作" | "正式" | "续约" | "已续约" | "active" | "customer" | "signed"
        | "won" | "current" => STAGE_CODES[1],
        "暂停" | "暂停合作" | "休眠" | "沉睡" | "停滞" | "待激活" | "不活跃" | "dormant" | "inactive" | "paused"
        | "on hold" => STAGE_CODES[2],
        "流失" | "已流失" | "终止" | "已终止" | "终止合作" | "停止合作" | "失效" | "丢失" | "解约" | "已解约"
        | "lost" | "churned" | "terminated" | "closed" => STAGE_CODES[3],
        _ => return None,
    })
}

fn plain(word: &str, endings: &[&str]) -> String {
    let half = half_width(word).to_lowercase();
    let simple = to_simplified(half.trim());
    for ending in endings {
        if let Some(rest) = simple.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
            return rest.trim().to_owned();
        }
    }
    simple.into_owned()
}

#[cfg(test)]
mod tests {
    use super::{stage_code, tier_code};

    #[test]
    fn tiers_in_words_and_letters() {
        for (word, code) in [
            ("战略", "strategic"),
            ("戰略客戶", "strategic"),
            ("核心客户", "core"),
            ("重点", "key"),
            ("重點級", "key"),
            ("一般客户", "general"),
            ("A", "strategic"),
            ("Ａ级", "strategic"),
            ("b类", "core"),
            ("C", "key"),
            ("D类客户", "general"),
            ("Strategic", "strategic"),
            ("Key account", "key"),
            ("Tier 2", "core"),
            ("一级", "strategic"),
        ] {
            assert_eq!(tier_code(word, false), Some(code), "{word}");
        }
        for word in ["", "国企", "待定级", "AB"] {
            assert_eq!(tier_code(word, false), None, "{word}");
        }
    }

    #[test]
    fn with_a_grade_s_the_letters_move_down() {
        assert_eq!(tier_code("S", true), Some("strategic"));
        assert_eq!(tier_code("A", true), Some("core"));
        assert_eq!(tier_code("B", true), Some("key"));
        assert_eq!(tier_code("C", true), Some("general"));
        assert_eq!(tier_code("D", true), Some("general"));
    }

    #[test]
    fn stages_in_words() {
        for (word, code) in [
            ("合作中", "active"),
            ("已簽約", "active"),
            ("潜在客户", "prospect"),
            ("休眠", "dormant"),
            ("已流失", "lost"),
            ("Active", "active"),
        ] {
            assert_eq!(stage_code(word), Some(code), "{word}");
        }
        assert_eq!(stage_code("国企"), None);
    }
}
