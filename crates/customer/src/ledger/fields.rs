//! What a column of a ledger can hold, and the headings by which people name it.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    CompanyName,
    ShortName,
    FormerName,
    EnglishName,
    CreditCode,
    Industry,
    Province,
    City,
    Region,
    Address,
    Tier,
    Stage,
    Manager,
    Team,
    FirstSigned,
    AnnualAmount,
    Website,
    ContactName,
    ContactTitle,
    Department,
    Mobile,
    Phone,
    Email,
    Wechat,
    Birthday,
    ContactRemark,
    Remark,
    /// Row numbers: known, so that a row holding nothing else is passed over; not imported.
    Serial,
}

impl Field {
    /// In the order in which a person is offered them.
    pub const ALL: [Field; 28] = [
        Field::CompanyName,
        Field::ShortName,
        Field::FormerName,
        Field::EnglishName,
        Field::CreditCode,
        Field::Industry,
        Field::Province,
        Field::City,
        Field::Region,
        Field::Address,
        Field::Tier,
        Field::Stage,
        Field::Manager,
        Field::Team,
        Field::FirstSigned,
        Field::AnnualAmount,
        Field::Website,
        Field::ContactName,
        Field::ContactTitle,
        Field::Department,
        Field::Mobile,
        Field::Phone,
        Field::Email,
        Field::Wechat,
        Field::Birthday,
        Field::ContactRemark,
        Field::Remark,
        Field::Serial,
    ];

    /// The name in forms and mapping files.
    pub fn code(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(code)) => code,
            _ => String::new(),
        }
    }

    pub fn from_code(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// How sure a heading is, from 1 to 100.
pub(super) type Certainty = u32;

/// The headings of each field in simplified characters and small letters without blanks, surest
/// first; those after the bar are used for other things as well.
const HEADINGS: [(Field, &str); 28] = [
    (
        Field::CompanyName,
        "客户名称 公司名称 企业名称 单位名称 客户全称 公司全称 企业全称 单位全称 客户单位 客户公司 客户企业 大客户名称 客户名 公司名 \
         企业名 甲方名称 合作单位 合作企业 委托单位 工作单位 所在单位 所属公司 所属客户 厂商名称 客户单位名称 companyname customername \
         accountname clientname organizationname organisationname legalname keyaccount keyaccountname fullcompanyname \
         | 客户 公司 企业 单位 甲方 名称 全称 厂商 大客户 company customer account client organization organisation enterprise",
    ),
    (
        Field::ShortName,
        "简称 客户简称 公司简称 企业简称 单位简称 shortname abbreviation companyshortname | 别名 abbr alias",
    ),
    (
        Field::FormerName,
        "曾用名 曾用名称 原名称 原公司名称 旧名称 更名前名称 formername previousname oldname | 原名 旧名",
    ),
    (
        Field::EnglishName,
        "英文名称 英文名 公司英文名 公司英文名称 英文全称 外文名称 englishname companynameenglish nameinenglish",
    ),
    (
        Field::CreditCode,
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一社会信用码 社会统一信用代码 纳税人识别号 税号 creditcode socialcreditcode \
         unifiedsocialcreditcode unifiedcreditcode uscc usci | 信用码 统一代码 营业执照号 执照号 taxid taxnumber taxpayerid",
    ),
    (
        Field::Industry,
        "所属行业 行业 行业类别 行业分类 行业类型 客户行业 产业 产业别 所属产业 行业别 industry sector | 行业领域 领域 vertical",
    ),
    (Field::Province, "省份 省 所在省份 所在省 所属省份 省自治区直辖市 province | state"),
    (Field::City, "城市 市 所在城市 地市 所在市 所属城市 地级市 city | 县市 城市名"),
    (
        Field::Region,
        "区域 大区 片区 所属区域 所属大区 销售区域 业务区域 region territory | 地区 所在地区 所在地 省市 省市区 地域 area",
    ),
    (
        Field::Address,
        "地址 公司地址 详细地址 客户地址 办公地址 注册地址 通讯地址 通信地址 联系地址 单位地址 address streetaddress officeaddress",
    ),
    (
        Field::Tier,
        "客户级别 客户等级 客户分级 客户层级 级别 等级 大客户级别 大客户等级 客户评级 客户重要性 重要程度 tier accounttier customertier \
         accountlevel customerlevel customergrade accountgrade | 分级 层级 评级 重要性 客户类别 客户分类 abc分类 类别 level grade rating class segment priority",
    ),
    (
        Field::Stage,
        "客户状态 合作状态 客户阶段 合作阶段 跟进状态 跟进阶段 销售阶段 签约状态 accountstage accountstatus customerstatus stage | 状态 阶段 合作情况 \
         status lifecycle",
    ),
    (
        Field::Manager,
        "客户经理 大客户经理 客户负责人 业务员 销售经理 销售人员 销售代表 业务经理 业务代表 业务负责人 销售负责人 我方负责人 我方对接人 专属客户经理 \
         客户经理姓名 所属客户经理 负责业务 跟进人 责任人 归属人 所属销售 维护人 accountmanager keyaccountmanager accountowner salesrep salesperson \
         salesmanager salesowner kam | 负责人 销售 业务 主管 经理 owner manager responsible am",
    ),
    (
        Field::Team,
        "团队 所属团队 负责团队 服务团队 销售团队 团队名称 业务团队 team teamname salesteam | 小组 业务组 组别 group",
    ),
    (
        Field::FirstSigned,
        "首次签约日期 首次签约时间 首签日期 首签时间 首次签约 首签 签约日期 签约时间 签约日 首次合作日期 首次合作时间 合作开始日期 合作开始时间 \
         开始合作日期 开始合作时间 合作起始日期 合作起始时间 合同签订日期 合同签订时间 首单日期 首次成交日期 firstsigned firstsigneddate \
         firstsigningdate firstcontractdate signeddate signingdate datesigned contractdate customersince clientsince \
         | 合作日期 合作时间 签订日期 签订时间 成交日期 开户日期 合同日期 入网日期 since signdate startdate firstorderdate",
    ),
    (
        Field::AnnualAmount,
        "年合作额 年度合作额 年合作金额 年度合作金额 合作金额 合作额 年销售额 年度销售额 年采购额 年度采购额 年交易额 年度交易额 年成交额 年合同额 年度合同额 \
         年金额 年度金额 年业务额 annualamount annualvalue annualsales annualspend annualrevenue yearlyamount annualcontractvalue acv \
         | 合同金额 合同额 销售额 交易额 采购额 成交金额 成交额 年贡献 年收入 年业务量 年营业额 金额 revenue turnover amount sales contractvalue",
    ),
    (
        Field::Website,
        "网址 官网 网站 公司网址 公司网站 官方网站 网站地址 website homepage companywebsite | 主页 url web site",
    ),
    (
        Field::ContactName,
        "联系人 联系人姓名 客户联系人 主要联系人 关键联系人 联系人名称 联络人 联络人姓名 对接人 客户对接人 对方联系人 对方对接人 甲方联系人 首要联系人 联络窗口 \
         客户方联系人 contact contactname contactperson primarycontact keycontact maincontact | 姓名 关键人 决策人 窗口 person fullname name",
    ),
    (
        Field::ContactTitle,
        "职务 职位 职称 岗位 头衔 联系人职务 联系人职位 jobtitle position contacttitle | 职级 title role post",
    ),
    (
        Field::Department,
        "部门 所在部门 联系人部门 所属部门 部门名称 科室 department dept contactdepartment | 处室 division",
    ),
    (
        Field::Mobile,
        "手机 手机号 手机号码 移动电话 行动电话 联系手机 联系人手机 联系人手机号 手机电话 mobile mobilephone mobilenumber mobileno cellphone cell cellnumber",
    ),
    (
        Field::Phone,
        "电话 联系电话 固定电话 固话 座机 办公电话 公司电话 单位电话 电话号码 市话 联系人电话 联络电话 联系方式 phone telephone tel phonenumber landline \
         officephone contactnumber workphone contactphone telephonenumber",
    ),
    (
        Field::Email,
        "邮箱 电子邮箱 电子邮件 邮箱地址 邮件地址 电子信箱 电邮 邮件 email emailaddress contactemail | 信箱 mail",
    ),
    (Field::Wechat, "微信 微信号 微信号码 wechat wechatid weixin | wx"),
    (
        Field::Birthday,
        "生日 出生日期 出生年月日 出生年月 联系人生日 出生时间 birthday birthdate dateofbirth dob | 出生",
    ),
    (Field::ContactRemark, "联系人备注 联系人说明 联络人备注 contactremark contactremarks contactnote contactnotes"),
    (
        Field::Remark,
        "备注 备注信息 备注说明 客户备注 附注 补充说明 remark remarks note notes comment comments memo | 说明 注释 其他 其它 其他说明",
    ),
    (Field::Serial, "序号 行号 项次 序 编号 no sn serialno serialnumber serial rowno index | 号 id 流水号"),
];

/// Words that may stand before a heading without changing it: 客户方联系人手机 is a 手机.
const BEFORE: [&str; 26] = [
    "客户方",
    "客户",
    "公司",
    "企业",
    "单位",
    "甲方",
    "对方",
    "联系人",
    "联络人",
    "对接人",
    "主要",
    "关键",
    "首要",
    "大客户",
    "所属",
    "所在",
    "当前",
    "现",
    "第一",
    "年度",
    "contact",
    "customer",
    "company",
    "account",
    "primary",
    "client",
];
const AFTER: [&str; 8] = ["信息", "情况", "名称", "必填", "选填", "一", "栏", "field"];

impl Field {
    /// The name under which mapping files, answers and messages know the field.
    pub fn key(self) -> &'static str {
        match self {
            Field::CompanyName => "company_name",
            Field::ShortName => "short_name",
            Field::FormerName => "former_name",
            Field::EnglishName => "english_name",
            Field::CreditCode => "credit_code",
            Field::Industry => "industry",
            Field::Province => "province",
            Field::City => "city",
            Field::Region => "region",
            Field::Address => "address",
            Field::Tier => "tier",
            Field::Stage => "stage",
            Field::Manager => "manager",
            Field::Team => "team",
            Field::FirstSigned => "first_signed",
            Field::AnnualAmount => "annual_amount",
            Field::Website => "website",
            Field::ContactName => "contact_name",
            Field::ContactTitle => "contact_title",
            Field::Department => "department",
            Field::Mobile => "mobile",
            Field::Phone => "phone",
            Field::Email => "email",
            Field::Wechat => "wechat",
            Field::Birthday => "birthday",
            Field::ContactRemark => "contact_remark",
            Field::Remark => "remark",
            Field::Serial => "serial",
        }
    }

    /// All fields, in the order in which a form shows them.
    pub fn all() -> impl Iterator<Item = Field> {
        HEADINGS.iter().map(|(field, _)| *field)
    }
}

/// The field that a plain heading (see `columns::plain_heading`) names, with its certainty.
pub(super) fn field_of(heading: &str) -> Option<(Field, Certainty)> {
    if let Some(found) = exact(heading) {
        return Some(found);
    }
    let mut rest = heading;
    let mut certainty = 90;
    while certainty > 50 {
        let shorter = BEFORE
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .or_else(|| AFTER.iter().find_map(|word| rest.strip_suffix(word)))?;
        rest = shorter;
        if let Some((field, known)) = exact(rest) {
            return Some((field, known.min(certainty)));
        }
        certainty -= 10;
    }
    None
}

fn exact(heading: &str) -> Option<(Field, Certainty)> {
    static KNOWN: LazyLock<HashMap<&'static str, (Field, Certainty)>> = LazyLock::new(|| {
        let mut known = HashMap::new();
        for (field, words) in HEADINGS {
            let (sure, loose) = words.split_once('|').unwrap_or((words, ""));
            known.extend(sure.split_whitespace().map(|word| (word, (field, 100))));
            known.extend(loose.split_whitespace().map(|word| (word, (field, 60))));
        }
        known
    });
    KNOWN.get(heading).copied()
}

#[cfg(test)]
mod tests {
    use super::{Field, HEADINGS, field_of};

    #[test]
    fn every_field_is_written_in_mappings_as_its_key() {
        for field in Field::all() {
            assert_eq!(serde_json::to_value(field).ok(), Some(field.key().into()));
        }
        assert_eq!(Field::all().count(), 28);
    }

    #[test]
    fn a_heading_names_one_field_only() {
        let mut words: Vec<&str> = HEADINGS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        words.retain(|word| *word != "|");
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }

    #[test]
    fn words_before_and_after_do_not_hide_a_heading() {
        for (heading, field) in [
            ("客户方联系人手机", Field::Mobile),
            ("联系人职务", Field::ContactTitle),
            ("甲方地址", Field::Address),
            ("contactemail", Field::Email),
            ("主要联系人", Field::ContactName),
        ] {
            assert_eq!(field_of(heading).map(|(field, _)| field), Some(field), "{heading}");
        }
    }

    #[test]
    fn headings_about_somebody_else_are_not_taken() {
        for heading in
            ["客户经理电话", "法人手机", "开户银行", "最近拜访日期", "竞争对手", "业务员邮箱", "下次联系时间"]
        {
            assert_eq!(field_of(heading), None, "{heading}");
        }
    }
}
