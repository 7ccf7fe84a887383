//! What names and notes of the made-up company are put together from.

/// Chance with a seed: the same company every time.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % n.max(1) as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }
}

const FIRST: [&str; 24] = [
    "恒", "瑞", "华", "远", "鼎", "嘉", "盛", "泰", "祥", "凯", "宏", "启", "正", "博", "明", "海", "江", "山", "川",
    "云", "星", "天", "德", "信",
];
const SECOND: [&str; 20] = [
    "源", "丰", "达", "通", "诚", "科", "安", "和", "岳", "阳", "峰", "润", "锦", "昌", "兴", "隆", "益", "康", "旭",
    "辰",
];
const TRADE: [&str; 12] = [
    "精密机械",
    "电力设备",
    "轨道交通",
    "新材料",
    "食品",
    "制药",
    "化工",
    "电子",
    "水务",
    "纺织",
    "汽车零部件",
    "港口物流",
];
pub const PROVINCES: [&str; 10] =
    ["江苏省", "浙江省", "广东省", "山东省", "四川省", "湖北省", "陕西省", "福建省", "河南省", "辽宁省"];
const SURNAMES: [&str; 16] =
    ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "曾", "单"];
const GIVEN: [&str; 16] =
    ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超"];
const NOTES: [&str; 8] = [
    "确认下季度备件计划，对方希望提前两周收到交货清单。",
    "讨论产线改造的技术条件，先出一版方案再约现场。",
    "对方反馈上批货的包装有破损，已记下并答应跟进。",
    "谈年度框架的价格条款，等他们内部评审后再谈。",
    "例行沟通，设备运行正常，近期没有新增需求。",
    "介绍新一代驱动器，约好下月安排试用。",
    "了解明年的投资计划，二期项目预计三月启动。",
    "核对应收账款，本月底前付清上季度尾款。",
];

/// Short and full name of the account with that number.
pub fn company(chance: &mut Chance, number: usize) -> (String, String) {
    let short = format!("{}{}{}", chance.pick(&FIRST), chance.pick(&SECOND), chance.pick(&FIRST));
    let name = format!("{short}{number}{}有限公司", chance.pick(&TRADE));
    (short, name)
}

pub fn person(chance: &mut Chance) -> String {
    let second = if chance.percent(60) { chance.pick(&GIVEN) } else { "" };
    format!("{}{}{second}", chance.pick(&SURNAMES), chance.pick(&GIVEN))
}

pub fn note(chance: &mut Chance) -> String {
    format!("{}{}", chance.pick(&NOTES), chance.pick(&NOTES))
}
