//! The customers of the demo company, all invented: what they make, where they are, which tier.

/// A customer as the team knows it.
#[derive(Debug)]
pub struct Company {
    pub name: &'static str,
    pub short: &'static str,
    /// For the English name and the mail addresses.
    pub slug: &'static str,
    pub industry: &'static Industry,
    pub place: &'static Place,
    pub tier: &'static str,
}

/// A line of business with the plants where our equipment runs.
#[derive(Debug)]
pub struct Industry {
    pub name: &'static str,
    pub english: &'static str,
    pub lines: [&'static str; 3],
}

/// A city with the district code of its registrations and its dialling code.
#[derive(Debug)]
pub struct Place {
    pub province: &'static str,
    pub city: &'static str,
    pub district: &'static str,
    pub dial: &'static str,
    pub park: &'static str,
}

macro_rules! industries {
    ($($id:ident $name:literal $english:literal $a:literal $b:literal $c:literal)*) => {
        $(static $id: Industry = Industry { name: $name, english: $english, lines: [$a, $b, $c] };)*
    };
}

industries! {
    POWER "电力设备" "Power Equipment" "二号变电站" "总装车间" "型式试验站"
    FOOD "食品饮料" "Foods" "灌装线" "前处理车间" "立体冷库"
    RAIL "轨道交通" "Rail Equipment" "转向架车间" "静调线" "涂装线"
    CAR "汽车零部件" "Auto Parts" "压铸车间" "三号装配线" "热处理线"
    PHARMA "生物医药" "Pharmaceuticals" "制剂二车间" "纯化水站" "冻干线"
    MACHINE "智能装备" "Machinery" "加工中心" "装配车间" "测试台架"
    WATER "水务环保" "Water" "城北净水厂" "三号泵站" "污泥处理站"
    CHEMICAL "精细化工" "Chemicals" "聚合装置" "罐区" "循环水站"
    BATTERY "新能源" "Energy Technology" "涂布线" "化成车间" "干燥房"
    METAL "有色冶金" "Metals" "轧机区" "熔铸车间" "除尘系统"
    CEMENT "建材" "Building Materials" "回转窑" "粉磨站" "余热电站"
    PAPER "造纸包装" "Packaging" "一号纸机" "制罐线" "印刷车间"
    TEXTILE "纺织" "Textiles" "细纱车间" "染整线" "空调机房"
    PORT "港口物流" "Port Logistics" "三号岸桥" "自动化堆场" "皮带机系统"
    MINING "矿山机械" "Heavy Machinery" "焊接车间" "提升机项目" "液压试验台"
    ELECTRONICS "电子制造" "Electronics" "SMT 车间" "洁净厂房" "动力站"
}

macro_rules! places {
    ($($id:ident $province:literal $city:literal $district:literal $dial:literal $park:literal)*) => {
        $(static $id: Place =
            Place { province: $province, city: $city, district: $district, dial: $dial, park: $park };)*
    };
}

places! {
    CHENGDU "四川省" "成都市" "510100" "028" "新都区工业东区"
    MIANYANG "四川省" "绵阳市" "510700" "0816" "游仙区科创园"
    LESHAN "四川省" "乐山市" "511100" "0833" "五通桥区产业园"
    DEYANG "四川省" "德阳市" "510600" "0838" "旌阳区装备园"
    CHONGQING "重庆市" "重庆市" "500100" "023" "两江新区"
    HOHHOT "内蒙古自治区" "呼和浩特市" "150100" "0471" "和林格尔新区"
    QINGDAO "山东省" "青岛市" "370200" "0532" "城阳区"
    GUANGZHOU "广东省" "广州市" "440100" "020" "增城区"
    KUNMING "云南省" "昆明市" "530100" "0871" "安宁产业园"
    GUIYANG "贵州省" "贵阳市" "520100" "0851" "息烽县工业园"
    XIAN "陕西省" "西安市" "610100" "029" "高陵区"
    BAOJI "陕西省" "宝鸡市" "610300" "0917" "陈仓区"
    HANZHONG "陕西省" "汉中市" "610700" "0916" "航空产业园"
    LANZHOU "甘肃省" "兰州市" "620100" "0931" "兰州新区"
    YINCHUAN "宁夏回族自治区" "银川市" "640100" "0951" "西夏区"
    URUMQI "新疆维吾尔自治区" "乌鲁木齐市" "650100" "0991" "米东区"
    XINING "青海省" "西宁市" "630100" "0971" "甘河工业园"
    FOSHAN "广东省" "佛山市" "440600" "0757" "南海区"
    SHENZHEN "广东省" "深圳市" "440300" "0755" "光明区"
    SHAOGUAN "广东省" "韶关市" "440200" "0751" "浈江区"
    ZHANJIANG "广东省" "湛江市" "440800" "0759" "霞山区"
    LIUZHOU "广西壮族自治区" "柳州市" "450200" "0772" "柳东新区"
    HAIKOU "海南省" "海口市" "460100" "0898" "秀英区"
    SHANGHAI "上海市" "上海市" "310100" "021" "临港新片区"
    SUZHOU "江苏省" "苏州市" "320500" "0512" "吴江区"
    WUXI "江苏省" "无锡市" "320200" "0510" "惠山区"
    HEFEI "安徽省" "合肥市" "340100" "0551" "肥东县"
    HUANGSHAN "安徽省" "黄山市" "341000" "0559" "徽州区"
    HANGZHOU "浙江省" "杭州市" "330100" "0571" "钱塘区"
    NINGBO "浙江省" "宁波市" "330200" "0574" "北仑区"
    JINHUA "浙江省" "金华市" "330700" "0579" "婺城区"
    WENZHOU "浙江省" "温州市" "330300" "0577" "龙湾区"
    FUZHOU "福建省" "福州市" "350100" "0591" "长乐区"
    XIAMEN "福建省" "厦门市" "350200" "0592" "同安区"
    NANCHANG "江西省" "南昌市" "360100" "0791" "新建区"
    JINAN "山东省" "济南市" "370100" "0531" "章丘区"
    YANTAI "山东省" "烟台市" "370600" "0535" "黄渤海新区"
    TAIAN "山东省" "泰安市" "370900" "0538" "岱岳区"
    ZHENGZHOU "河南省" "郑州市" "410100" "0371" "中牟县"
    KAIFENG "河南省" "开封市" "410200" "0371" "祥符区"
    WUHAN "湖北省" "武汉市" "420100" "027" "东西湖区"
    CHANGSHA "湖南省" "长沙市" "430100" "0731" "望城区"
    TANGSHAN "河北省" "唐山市" "130200" "0315" "曹妃甸区"
    TIANJIN "天津市" "天津市" "120100" "022" "东疆港区"
    BEIJING "北京市" "北京市" "110100" "010" "大兴区"
    SHENYANG "辽宁省" "沈阳市" "210100" "024" "铁西区"
    QIQIHAR "黑龙江省" "齐齐哈尔市" "230200" "0452" "富拉尔基区"
    CHANGCHUN "吉林省" "长春市" "220100" "0431" "净月区"
    BAODING "河北省" "保定市" "130600" "0312" "竞秀区"
}

const fn of(
    name: &'static str,
    short: &'static str,
    slug: &'static str,
    industry: &'static Industry,
    place: &'static Place,
    tier: &'static str,
) -> Company {
    Company { name, short, slug, industry, place, tier }
}

const S: &str = "strategic";
const C: &str = "core";
const K: &str = "key";
const G: &str = "general";

/// The customers of each account manager, in the order of the managers.
pub static COMPANIES: [&[Company]; 8] = [
    &[
        of("远恒电力设备股份有限公司", "远恒电力", "yuanheng", &POWER, &CHENGDU, C),
        of("青瑞乳业集团有限公司", "青瑞乳业", "qingrui", &FOOD, &HOHHOT, K),
        of("海宏轨道交通装备有限公司", "海宏轨道", "haihong", &RAIL, &QINGDAO, S),
        of("嘉穗汽车零部件有限公司", "嘉穗汽配", "jiasui", &CAR, &GUANGZHOU, C),
        of("鼎芝药业股份有限公司", "鼎芝药业", "dingzhi", &PHARMA, &CHENGDU, C),
        of("瑞凯智能装备（重庆）有限公司", "瑞凯装备", "ruikai", &MACHINE, &CHONGQING, K),
        of("岷安水务集团有限公司", "岷安水务", "minan", &WATER, &MIANYANG, K),
        of("沱源精细化工有限公司", "沱源精化", "tuoyuan", &CHEMICAL, &CHENGDU, K),
    ],
    &[
        of("蜀岭新型建材集团有限公司", "蜀岭建材", "shuling", &CEMENT, &CHENGDU, S),
        of("澜湄锂能科技有限公司", "澜湄锂能", "lanmei", &BATTERY, &KUNMING, C),
        of("黔垚磷化工有限公司", "黔垚磷化", "qianyao", &CHEMICAL, &GUIYANG, C),
        of("青衣电力装备有限责任公司", "青衣装备", "qingyi", &POWER, &LESHAN, K),
        of("渝岳重型机械有限公司", "渝岳重机", "yuyue", &MINING, &CHONGQING, K),
        of("滇茂食品股份有限公司", "滇茂食品", "dianmao", &FOOD, &KUNMING, K),
        of("川禾包装材料有限公司", "川禾包装", "chuanhe", &PAPER, &DEYANG, G),
    ],
    &[
        of("秦原智能制造股份有限公司", "秦原智造", "qinyuan", &MACHINE, &XIAN, S),
        of("渭川铝业有限公司", "渭川铝业", "weichuan", &METAL, &BAOJI, C),
        of("陇晖新能源科技有限公司", "陇晖新能", "longhui", &BATTERY, &LANZHOU, C),
        of("青湖盐化集团有限公司", "青湖盐化", "qinghu", &CHEMICAL, &XINING, C),
        of("朔原煤矿机械有限公司", "朔原煤机", "shuoyuan", &MINING, &YINCHUAN, K),
        of("昆玉乳品有限公司", "昆玉乳品", "kunyu", &FOOD, &URUMQI, K),
        of("汉岳轴承有限公司", "汉岳轴承", "hanyue", &CAR, &HANZHONG, K),
        of("雁塔坊生物制药有限公司", "雁塔坊药", "yantafang", &PHARMA, &XIAN, K),
    ],
    &[
        of("珠湾电子科技股份有限公司", "珠湾电子", "zhuwan", &ELECTRONICS, &SHENZHEN, S),
        of("北江源纸业有限公司", "北江源纸", "beijiangyuan", &PAPER, &SHAOGUAN, C),
        of("南渡口港务有限公司", "南渡港务", "nandukou", &PORT, &ZHANJIANG, C),
        of("岭锦纺织集团有限公司", "岭锦纺织", "lingjin", &TEXTILE, &FOSHAN, K),
        of("穗禾饮料有限公司", "穗禾饮料", "suihe", &FOOD, &GUANGZHOU, K),
        of("桂岭车桥有限公司", "桂岭车桥", "guiling", &CAR, &LIUZHOU, K),
        of("琼澜水务有限公司", "琼澜水务", "qionglan", &WATER, &HAIKOU, K),
    ],
    &[
        of("申澜半导体设备股份有限公司", "申澜半导", "shenlan", &ELECTRONICS, &SHANGHAI, S),
        of("浦岸港机有限公司", "浦岸港机", "puan", &PORT, &SHANGHAI, C),
        of("姑苏台精密电子有限公司", "姑苏精电", "gusutai", &ELECTRONICS, &SUZHOU, C),
        of("锡梁传动科技有限公司", "锡梁传动", "xiliang", &MACHINE, &WUXI, K),
        of("淮岸轨道器材有限公司", "淮岸轨道", "huaian", &RAIL, &HEFEI, K),
        of("震泽净水科技有限公司", "震泽净水", "zhenze", &WATER, &SUZHOU, K),
        of("徽岭饮品有限公司", "徽岭饮品", "huiling", &FOOD, &HUANGSHAN, K),
        of("虞麓纺织有限公司", "虞麓纺织", "yulu", &TEXTILE, &SUZHOU, G),
    ],
    &[
        of("越江新材料股份有限公司", "越江新材", "yuejiang", &CHEMICAL, &HANGZHOU, S),
        of("甬岚汽车电子有限公司", "甬岚汽电", "yonglan", &CAR, &NINGBO, C),
        of("婺源坊医药包装有限公司", "婺源坊包", "wuyuanfang", &PAPER, &JINHUA, C),
        of("瓯麓阀门有限公司", "瓯麓阀门", "oulu", &MACHINE, &WENZHOU, K),
        of("闽屿食品有限公司", "闽屿食品", "minyu", &FOOD, &FUZHOU, K),
        of("鹭汀电气有限公司", "鹭汀电气", "luting", &POWER, &XIAMEN, K),
        of("赣垣铜业有限公司", "赣垣铜业", "ganyuan", &METAL, &NANCHANG, K),
    ],
    &[
        of("齐岳工程机械集团有限公司", "齐岳工机", "qiyue", &MINING, &JINAN, S),
        of("胶澳海洋装备有限公司", "胶澳海装", "jiaoao", &PORT, &YANTAI, C),
        of("泰麓制药有限公司", "泰麓制药", "tailu", &PHARMA, &TAIAN, C),
        of("中牟原制罐有限公司", "中牟制罐", "zhongmuyuan", &PAPER, &ZHENGZHOU, K),
        of("嵩禾面业股份有限公司", "嵩禾面业", "songhe", &FOOD, &ZHENGZHOU, K),
        of("汴水气体设备有限公司", "汴水气体", "bianshui", &CHEMICAL, &KAIFENG, K),
        of("荆源光伏科技有限公司", "荆源光伏", "jingyuan", &BATTERY, &WUHAN, K),
        of("湘沅水泵有限公司", "湘沅水泵", "xiangyuan", &WATER, &CHANGSHA, G),
    ],
    &[
        of("燕岭特钢有限公司", "燕岭特钢", "yanling", &METAL, &TANGSHAN, C),
        of("津岸物流装备有限公司", "津岸物流", "jinanport", &PORT, &TIANJIN, C),
        of("京麓生物制药有限公司", "京麓生物", "jinglu", &PHARMA, &BEIJING, K),
        of("辽垣泵业有限公司", "辽垣泵业", "liaoyuan", &MACHINE, &SHENYANG, K),
        of("嫩原乳业有限公司", "嫩原乳业", "nenyuan", &FOOD, &QIQIHAR, K),
        of("吉垣汽车座椅有限公司", "吉垣座椅", "jiyuan", &CAR, &CHANGCHUN, G),
        of("冀原输变电器材有限公司", "冀原电材", "jiyuandc", &POWER, &BAODING, G),
    ],
];
