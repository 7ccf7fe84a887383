//! The people at customers: names, posts and birthdays.

use kehu_core::calendar::lunar::YearlyDay;

use super::chance::Chance;

const SURNAMES: [&str; 48] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛",
];

const GIVEN: [&str; 72] = [
    "伟", "芳", "建华", "秀英", "志刚", "丽娜", "国庆", "海燕", "晓东", "雪梅", "文斌", "静怡", "立军", "玉兰", "永胜",
    "春霞", "明辉", "倩", "俊杰", "婷婷", "家豪", "思敏", "振国", "佩佩", "子轩", "美玲", "世杰", "慧敏", "鹏飞",
    "红梅", "建平", "晓峰", "雅婷", "宏伟", "艳", "德明", "青", "少波", "桂英", "卫东", "欣悦", "光耀", "素珍", "天成",
    "琳", "正阳", "小燕", "浩", "金凤", "东升", "莉", "长江", "若溪", "学军", "丹", "一鸣", "凤琴", "启航", "蕾",
    "和平", "梦瑶", "大勇", "玲玲", "远航", "巧云", "新民", "妍", "守信", "冬梅", "磊", "佳宁", "兆丰",
];

/// Departments and titles in the order in which a team gets to know them.
const POSTS: [(&str, &str); 8] = [
    ("采购部", "采购经理"),
    ("设备部", "设备部长"),
    ("生产部", "车间主任"),
    ("技术部", "电气工程师"),
    ("总经办", "副总经理"),
    ("技术部", "总工程师"),
    ("财务部", "应付主管"),
    ("信息部", "自动化主管"),
];

/// Who is known at a customer of a tier; at the largest the leadership comes first.
pub fn posts(tier: &str) -> &'static [(&'static str, &'static str)] {
    const LARGE: [(&str, &str); 8] = [
        ("总经办", "总经理"),
        ("采购部", "采购总监"),
        ("设备部", "设备部长"),
        ("技术部", "总工程师"),
        ("生产部", "生产总监"),
        ("采购部", "采购主管"),
        ("安环部", "安环经理"),
        ("财务部", "财务经理"),
    ];
    if tier == "strategic" { &LARGE } else { &POSTS }
}

pub fn person_name(chance: &mut Chance) -> String {
    format!("{}{}", chance.pick(&SURNAMES), chance.pick(&GIVEN))
}

/// A birthday as stored: often unknown, often by the lunar calendar, often without its year.
pub fn birthday(chance: &mut Chance) -> String {
    let year = 1966 + chance.below(33);
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    let text = match chance.below(10) {
        0..=3 => format!("{year}-{month:02}-{day:02}"),
        4 => format!("--{month:02}-{day:02}"),
        5 => format!("lunar:{year}-{month:02}-{day:02}"),
        6 => format!("lunar:--{month:02}-{day:02}"),
        _ => return String::new(),
    };
    text.parse::<YearlyDay>().map_or_else(|_| String::new(), |day| day.to_string())
}
