"""The code lists of the field: labels, and the other wordings by which people mean them.

Values are read by label and never by number: the numbers differ from province to province. What is stored, exported and
shown is the label. Only lists live here, and what follows from a label alone.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from models.language import SOURCE, _, language
from models.patterns import pattern
from models.values.columns import Stored
from models.values.taught import Wordings, taught

_NOT_WORD = pattern(r"[\W_]+")
#: "01汉族", "C制造业": drop-downs put the code before its label.
_CODE_BEFORE = pattern(r"(?:\d{1,3}|[a-t])(?=[^\da-z])")


def fold(text: str) -> str:
    """The form in which labels are compared: NFKC, case folded, without spaces, brackets and punctuation."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


class CodeList:
    """An ordered list of labels with synonyms (synonym → label), as the open register has it: see ``models/values/taught.py``.

    ``given``: as the program has it, in every register.
    """

    def __init__(self, name: str, labels: Sequence[str], synonyms: Mapping[str, str]) -> None:
        """Raises ValueError when a synonym leads to no label, or one wording to two labels."""
        for wording, label in synonyms.items():
            if label not in labels:
                raise ValueError(f"{name}: {wording} leads to {label}, which is no label")
        pairs = [*((label, label) for label in labels), *synonyms.items()]
        index = _index(pairs)
        for wording, label in pairs:
            for key in (wording, fold(wording)):
                if index[key] != label:
                    raise ValueError(f"{name}: {wording} means both {index[key]} and {label}")
        self.name = name
        self.given = Wordings(tuple(labels), MappingProxyType(dict(synonyms)), index)

    def __repr__(self) -> str:
        """The list by its name."""
        return f"{type(self).__name__}({self.name!r})"

    @property
    def _held(self) -> Wordings:
        return taught().lists.get(self.name, self.given)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are offered, in their order."""
        return self._held.labels

    @property
    def synonyms(self) -> Mapping[str, str]:
        """The other wordings of the labels that are offered."""
        return self._held.synonyms

    def find(self, text: str) -> str | None:
        """The label meant by a wording, or None. A code before the label ("01汉族") is passed over.

        Labels are known in Chinese always, and besides in the language of the person, who types what is shown.
        """
        held = self._held
        found = held.index.get(text)
        if found is None:
            key = fold(text)
            found = held.index.get(key) or held.index.get(_CODE_BEFORE.sub("", key, count=1))
            if found is None and language() != SOURCE:
                found = next((label for label in held.labels if fold(_(label)) == key), None)
        return found


def wordings(given: Mapping[str, Sequence[str]], retired: Collection[str] = ()) -> Wordings:
    """A list of a register's own from label → synonyms. ``retired`` labels are still read, but not offered any more.

    Where two labels claim one wording the first has it: what is entered by hand is refused before it comes here.
    """
    pairs = [(synonym, label) for label, synonyms in given.items() for synonym in synonyms]
    return Wordings(
        tuple(label for label in given if label not in retired),
        MappingProxyType({synonym: label for synonym, label in pairs if label not in retired}),
        _index([*((label, label) for label in given), *pairs]),
    )


def by_label(of: Wordings) -> dict[str, list[str]]:
    """The synonyms of each label that is offered."""
    found: dict[str, list[str]] = {label: [] for label in of.labels}
    for synonym, label in of.synonyms.items():
        found[label].append(synonym)
    return found


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Every wording (wording, label) as written and folded; the first has it."""
    index: dict[str, str] = {}
    for wording, label in pairs:
        index.setdefault(wording, label)
        index.setdefault(fold(wording), label)
    return MappingProxyType(index)


def code_list(name: str, labels: Mapping[str, str]) -> CodeList:
    """A code list from label → its synonyms, separated by spaces."""
    synonyms = {synonym: label for label, others in labels.items() for synonym in others.split()}
    return CodeList(name, tuple(labels), synonyms)


def _words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


SEX = code_list("性别", {"男": "男性 男士 先生 M male", "女": "女性 女士 F female"})

#: GB/T 3304 in its order, and the two that registers add.
_PEOPLES = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 "
    "傣族 黎族 傈僳族 佤族 畲族 "
    "高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 "
    "锡伯族 阿昌族 普米族 "
    "塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 "
    "门巴族 珞巴族 基诺族"
)
_PEOPLES_ALSO = {
    "汉族": "汉人 汉民族",
    "蒙古族": "蒙族",
    "回族": "回民",
    "维吾尔族": "维族 维吾尔",
    "朝鲜族": "朝族 鲜族",
    "傈僳族": "僳僳族 僳僳 傈傈族 栗粟族",
    "毛南族": "毛难族",
    "德昂族": "崩龙族",
    "仡佬族": "亿佬族",
    "布依族": "布衣族",
    "乌孜别克族": "乌兹别克族",
    "俄罗斯族": "俄族",
}
ETHNICITY = code_list(
    "民族",
    {people: f"{people.removesuffix('族')} {_PEOPLES_ALSO.get(people, '')}" for people in _PEOPLES.split()}
    | {"其他": "其他民族 未识别民族 其它", "外国血统": "外国血统中国籍人士 外国血统中国籍 外籍"},
)

#: GB/T 4762.
POLITICAL_STATUS = code_list(
    "政治面貌",
    {
        "中共党员": "党员 共产党员 中国共产党党员 中国共产党 中共 正式党员",
        "中共预备党员": "预备党员 中国共产党预备党员",
        "共青团员": "团员 共青团 中国共产主义青年团团员 中国共青团员",
        "民革党员": "民革会员 民革 中国国民党革命委员会会员",
        "民盟盟员": "民盟 中国民主同盟盟员",
        "民建会员": "民建 中国民主建国会会员",
        "民进会员": "民进 中国民主促进会会员",
        "农工党党员": "农工党 农工民主党党员 中国农工民主党党员",
        "致公党党员": "致公党 中国致公党党员",
        "九三学社社员": "九三学社 九三社员 九三",
        "台盟盟员": "台盟 台湾民主自治同盟盟员",
        "无党派民主人士": "无党派人士 无党派 无党派爱国民主人士",
        "群众": "普通群众 普通公民 一般群众 群众现称普通公民",
    },
)

EDUCATION = code_list(
    "学历",
    {
        "博士": "博士研究生 博士及以上 博士毕业 博士后 博士学位",
        "硕士": "硕士研究生 研究生 研究生毕业 硕士毕业 在职研究生 研究生及以上 硕士及以上",
        "本科": "大学本科 大学 大学毕业 本科毕业 全日制本科 大本 本科及以上 大学本科毕业 在职本科",
        "大专": "专科 大学专科 专科毕业 高职 大专毕业 高职高专 大学专科毕业 全日制大专 大专及以上 高等职业教育",
        "中专": "中职 职高 职业高中 技校 技工学校 中等专业学校 中专毕业 中等职业教育 中技 中师 中专技校 中等专科",
        "高中": "普通高中 高中毕业 普高",
        "初中": "普通初中 初中毕业 初级中学",
        "小学及以下": "小学 小学毕业 小学以下 文盲 文盲半文盲 半文盲",
    },
)

EMPLOYMENT_STATE = code_list(
    "就业状况",
    {
        "在岗": "在职 在岗职工 在职在岗 正常 上班 在编在岗 就业 已就业",
        "待（下）岗": "待岗 下岗 待下岗 下岗待岗",
        "失业": "待业 无业 未就业",
        "退休": "已退休 正常退休 提前退休",
        "离休": "已离休",
        "退职": "已退职",
        "退养（内退）": "退养 内退 内部退养 离岗退养",
        "病休": "长期病休 长病假 长休",
        "其他": "其它",
    },
)

SKILL_LEVEL = code_list(
    "技术等级",
    {
        "无": "没有 无等级 无技术等级 无职业资格",
        "职业资格一级（高级技师）": "高级技师 一级 一级高级技师 职业资格一级 技能一级 国家职业资格一级",
        "职业资格二级（技师）": "技师 二级 二级技师 职业资格二级 技能二级 国家职业资格二级",
        "职业资格三级（高级）": "高级工 高级 三级 三级高级工 三级高级 职业资格三级 职业资格三级高级工 "
        "国家职业资格三级 高级技工",
        "职业资格四级（中级）": "中级工 中级 四级 四级中级工 四级中级 职业资格四级 职业资格四级中级工 "
        "国家职业资格四级 中级技工",
        "职业资格五级（初级）": "初级工 初级 五级 五级初级工 五级初级 职业资格五级 职业资格五级初级工 "
        "国家职业资格五级 初级技工",
        "特级技师": "",
        "首席技师": "",
        "学徒工": "学徒",
    },
)

HOUSEHOLD_TYPE = code_list(
    "户籍类型",
    {
        "农业户口": "农业 农村 农村户口 农业家庭户口 农业集体户口 农户 农村居民 本地农业 外地农业 本地农村 "
        "外地农村 农业户籍 农村户籍 农民",
        "非农业户口": "非农业 非农 非农户口 城镇 城镇户口 城市 城市户口 非农业家庭户口 非农业集体户口 "
        "本地城镇 外地城镇 本地非农业 外地非农业 "
        "城镇居民 非农业户籍 城镇户籍",
        "居民户口": "居民 居民家庭户口 居民集体户口 家庭户 居民家庭户 居民户籍",
        "其他户口": "其他 其它 未落常住户口 自理口粮户口 寄住户口 赞助户口 集体户",
    },
)

ID_TYPE = code_list(
    "证件类型",
    {
        "居民身份证": "身份证 二代身份证 第二代居民身份证 中国居民身份证 公民身份证 二代证 居民身份证号 "
        "中华人民共和国居民身份证",
        "港澳居民来往内地通行证": "回乡证 港澳通行证 港澳居民通行证 港澳居民往来内地通行证 "
        "港澳居民来往内地通行证（回乡证）",
        "台湾居民来往大陆通行证": "台胞证 台湾通行证 台湾居民通行证 台湾居民往来大陆通行证 "
        "台湾居民来往大陆通行证（台胞证）",
        "港澳台居民居住证": "港澳居民居住证 台湾居民居住证 港澳台居住证",
        "外国人永久居留身份证": "外国人永久居留证 永久居留身份证 外国人居留证 五星卡",
        "护照": "外国护照 中国护照 普通护照 因私护照",
        "军官证": "军人证 军人身份证 中国人民解放军军官证",
        "户口簿": "户口本 居民户口簿",
        "其他": "其它 其他证件 其他有效证件 士兵证 士官证 警官证",
    },
)

CHANGE_TYPE = code_list(
    "会籍变化类型",
    {
        "申请": "申请入会 提出申请 入会申请 递交申请",
        "入会": "新入会 加入 加入工会 新增 新增入会 首次入会 新会员",
        "转入": "调入 转会入 转入会籍 会籍转入",
        "保留": "保留会籍 会籍保留",
        "转出": "调出 转会出 转出会籍 会籍转出",
        "除名": "开除 开除会籍 开除会籍处分",
        "退会": "自动退会 退出 退出工会 已退会 去世 已去世 死亡 病故 亡故 过世 已故 身故",
    },
)

CHANGE_REASON = code_list(
    "会籍变化原因",
    {
        "劳动（工作）关系发生变化": "劳动关系发生变化 工作关系发生变化 劳动关系变化 工作关系变化 劳动关系变更 "
        "工作调动 离职 辞职 调动 合同到期 新入职 入职",
        "在本单位下岗后待岗": "下岗待岗 下岗 待岗",
        "失业": "",
        "所在企业破产": "企业破产 破产 单位破产 企业倒闭",
        "个人要求退会": "个人申请退会 个人原因退会 本人要求退会 要求退会",
        "因犯罪被开除会籍": "犯罪开除 因犯罪开除 犯罪",
        "去世": "已去世 死亡 病故 亡故 过世 已故 身故",
        "其他": "其它 其他原因",
    },
)

MEMBERSHIP_STATE = code_list(
    "会籍状态",
    {
        "未入会": "未加入 否 非会员 未加入工会",
        "待落会籍": "待落实 会籍待落 待定",
        "申请中": "已申请 待审核 待审批 审核中 申请入会",
        "在册": "已入会 入会 转入 正常 会员 在会 是 在籍 正式会员 普通会员 有会籍",
        "保留": "保留会籍 会籍保留",
        "转出": "已转出 调出",
        "退会": "已退会 自动退会 欠费被退会",
        "除名": "已除名 开除",
        "去世": "已去世 死亡 病故 亡故 过世 已故 身故",
    },
)

JOIN_WAY = code_list(
    "入会方式",
    {
        "个人申请": "本人申请 书面申请 自愿申请",
        "单位推荐": "单位组织 单位集体",
        "集中入会": "集体入会 批量入会 现场集中入会",
        "扫码入会": "扫码 二维码 扫码申请",
        "网上申请": "网上入会 线上入会 网络入会 网上 线上 线上申请",
        "转入": "转会 会籍转入 组织关系转入",
        "其他": "其它",
    },
)

JOIN_BASIS = code_list(
    "入会归属依据",
    {
        "用人单位": "单位 工作单位 用工单位 所在单位",
        "工作地": "工作地点 工作所在地 从业地",
        "居住地": "居住 居住地址 现居住地",
        "行业": "行业工会 所属行业",
    },
)

#: The groups that a register begins with; an open one has its own in their place (``models/records/group.py``).
OCCUPATION_GROUP = code_list(
    "群体类别",
    {
        "货车司机": "卡车司机 长途司机 货运司机 货运师傅 货运驾驶员 货车驾驶员 货运 货拉拉司机",
        "网约车司机": "滴滴司机 网约车师傅 网约车 网约车驾驶员 网络预约出租汽车驾驶员",
        "快递员": "快递 快递小哥 快递师傅 快递投递员 投递员 派送员 快递配送员 快递从业人员",
        "外卖配送员": "外卖骑手 外卖小哥 外卖员 外卖 送餐员 外卖送餐员 网约送餐员 网约配送员 网约配送 配送员 "
        "骑手 众包骑手 专送骑手 配送骑手 平台骑手",
        "护工护理员": "护工 护理员 养老护理员 医院护工",
        "家政服务员": "家政 家政人员 家政服务 家政服务人员 保姆 月嫂 保洁员",
        "商场信息员": "信息员 商场导购员 导购员 促销员",
        "房产中介员": "房产中介 房产经纪人 房地产经纪人 房屋中介 中介员",
        "保安员": "保安 保安人员 安保人员 安保员",
        "网络主播": "主播 直播 带货主播 网络直播员",
        "代驾司机": "代驾 代驾员 代驾师傅",
        "环卫工人": "环卫 环卫工 保洁环卫工",
        "其他新就业形态": "其他新业态 其他新就业形态劳动者 新业态其他 灵活就业人员 灵活就业",
        "非新就业形态": "非新业态 传统就业 普通职工 普通会员 一般职工",
    },
)
#: The groups of new employment forms, by who named them. The list is not fixed anywhere: each district keeps its own.
GROUP_PARENT: Mapping[str, str] = {
    **dict.fromkeys(("货车司机", "网约车司机", "快递员", "外卖配送员"), "四类重点群体"),
    **dict.fromkeys(("护工护理员", "家政服务员", "商场信息员", "房产中介员", "保安员"), "八大群体"),
    **dict.fromkeys(("网络主播", "代驾司机", "环卫工人", "其他新就业形态"), "本地群体"),
}


def new_form_groups() -> frozenset[str]:
    """The groups that count as new employment forms (新就业形态) in the open register."""
    held = taught().new_form
    return frozenset(GROUP_PARENT) if held is None else held


def is_new_form(label: Stored) -> bool:
    """True when an occupation group counts as a new employment form (新就业形态)."""
    return label in new_form_groups()


NATURE = code_list(
    "单位性质",
    {
        "国有企业": "国企 国有 全民所有制 央企 中央企业 地方国企 全民所有制企业",
        "集体企业": "集体 集体所有制 集体所有制企业",
        "股份合作企业": "股份合作制 股份合作制企业 股份合作",
        "联营企业": "联营",
        "国有独资公司": "国有独资 有限责任公司（国有独资）",
        "其他有限责任公司": "有限责任公司 有限公司 有限责任公司（法人独资） "
        "有限责任公司（非自然人投资或控股的法人独资） 其他有限责任",
        "国有控股公司": "国有控股 国有控股企业 股份有限公司中的国有控股公司",
        "其他股份有限公司": "股份有限公司 股份公司 股份制 股份制企业 股份有限公司（上市） 股份有限公司（非上市）",
        "私营企业": "私营 私企 民营 民营企业 民企 私营公司 私营有限责任公司 私营独资企业 个人独资企业 "
        "合伙企业 有限合伙企业 有限责任公司（自然人独资） 有限责任公司（自然人投资或控股） "
        "有限责任公司（自然人投资或控股的法人独资） 私人企业",
        "其他内资企业": "内资企业 内资 其他内资",
        "港澳台商投资企业": "台港澳商投资企业 港澳台投资企业 港澳台企业 港澳台 港澳台资企业 港澳台投资 "
        "港澳台资 台资企业 港资企业",
        "外商投资企业": "外企 外资 外资企业 外商独资 外商独资企业 外商投资 中外合资 中外合资企业 合资企业 中外合作企业",
        "财政拨款的事业单位": "财政拨款事业单位 全额拨款事业单位 财政全额拨款事业单位",
        "其他事业单位": "事业单位 事业 差额拨款事业单位 自收自支事业单位",
        "机关": "党政机关 政府机关 行政机关 国家机关 机关单位",
        "个体经济组织": "个体工商户 个体 个体户 个体经营",
        "社会团体": "社团 行业协会 协会",
        "民办非企业单位": "民办非企业 民非 社会服务机构 民办非企业单位（社会服务机构）",
        "基金会": "",
        "其他组织": "其他 其它 农民专业合作社 合作社",
    },
)
_NON_PUBLIC = _words(
    "其他有限责任公司 其他股份有限公司 私营企业 其他内资企业 港澳台商投资企业 外商投资企业 个体经济组织 民办非企业单位"
)
_PUBLIC = _words("国有企业 集体企业 国有独资公司 国有控股公司 财政拨款的事业单位 其他事业单位 机关")


def non_public_by_nature(label: Stored) -> bool | None:
    """Whether a 单位性质 is by default non-public (非公); None where it cannot be told from the nature.

    A default that a person may change: 其他有限责任公司 and 其他股份有限公司 can be state-controlled.
    """
    if label in _NON_PUBLIC:
        return True
    return False if label in _PUBLIC else None


ECONOMY = code_list(
    "经济类型",
    {
        "国有经济": "国有 国有全资",
        "集体经济": "集体 集体全资",
        "私营经济": "私营 私有经济 民营经济 民营 私有 民营企业 私营企业",
        "个体经济": "个体 个体工商户",
        "联营经济": "联营",
        "股份制": "股份制经济 股份 股份合作",
        "外商投资": "外商投资经济 外资 外商",
        "港澳台投资": "港澳台投资经济 港澳台商投资 港澳台",
        "其他经济类": "其他经济 其他 其它 其他经济类型 其它经济",
    },
)

#: Sections A–T of GB/T 4754, with the wordings of its older editions.
INDUSTRY = code_list(
    "所属行业",
    {
        "农、林、牧、渔业": "农林牧渔 农业 林业 畜牧业 渔业",
        "采矿业": "采矿 矿业 采掘业 煤炭",
        "制造业": "制造 工业 加工制造业 机械制造 机械制造业",
        "电力、热力、燃气及水生产和供应业": "电力、燃气及水的生产和供应业 电力燃气及水生产和供应业 水电气 "
        "电力 供水 燃气 电力、热力、燃气及水的生产和供应业",
        "建筑业": "建筑 建筑施工 建筑安装业 装饰装修",
        "批发和零售业": "批发零售业 批发零售 批发与零售业 商贸 商业 批发业 零售业 零售 批发 商贸业",
        "交通运输、仓储和邮政业": "交通运输、仓储及邮政业 交通运输仓储邮政业 交通运输业 交通运输 物流 物流业 "
        "快递 快递业 仓储物流 邮政业 邮政 运输业 货运",
        "住宿和餐饮业": "住宿、餐饮业 住宿餐饮 餐饮 餐饮业 酒店 住宿业 餐饮服务",
        "信息传输、软件和信息技术服务业": "信息传输、计算机服务和软件业 信息技术 软件 软件业 互联网 "
        "计算机服务 软件和信息技术服务业 信息技术服务业 信息传输业",
        "金融业": "金融、保险业 金融 银行 保险 保险业 银行业",
        "房地产业": "房地产 物业 物业管理 物业服务 房产中介 房地产开发",
        "租赁和商务服务业": "租赁商务服务业 商务服务业 商务服务 人力资源 劳务派遣 租赁业 人力资源服务 租赁和商务服务",
        "科学研究和技术服务业": "科学研究、技术服务和地质勘查业 科研 技术服务 科学研究 技术服务业 科研和技术服务业",
        "水利、环境和公共设施管理业": "水利环境 公共设施管理 环卫 水利、环境和公共设施管理 水利环境和公共设施",
        "居民服务、修理和其他服务业": "居民服务和其他服务业 居民服务业 居民服务 家政 家政服务 服务业 修理业 其他服务业",
        "教育": "教育业 教育培训 培训 学校",
        "卫生和社会工作": "卫生、社会保障和社会福利业 卫生社会保障和社会服务业 卫生 医疗 医疗卫生 养老 "
        "养老服务 卫生和社会工作业",
        "文化、体育和娱乐业": "文化体育娱乐 文化体育 文化 娱乐 文体娱乐 文化、体育与娱乐业 娱乐业",
        "公共管理、社会保障和社会组织": "公共管理和社会组织 公共管理 社会组织 公共管理与社会组织",
        "国际组织": "",
    },
)

UNION_TYPE = code_list(
    "基层工会类型",
    {
        "单独基层工会": "独立基层工会 独立工会 单独工会 独立 单独 单独建会 基层工会 工会委员会 基层工会委员会 "
        "企业工会 单独组建 独立建会",
        "联合基层工会": "联合工会 联合 联合建会 联合基层工会委员会 联合工会委员会 联合组建",
        "行业性工会联合会": "行业工会联合会 行业工会 行业联合会 行业性工会 行业联合工会",
        "区域性工会联合会": "区域工会联合会 区域工会 区域联合会 区域性工会 区域联合工会",
        "工会联合会": "基层工会联合会",
        "乡镇（街道）工会": "乡镇工会 街道工会 街道总工会 镇总工会 乡镇总工会 镇街工会 镇街总工会 "
        "乡镇（街道）总工会 乡镇街道工会联合会 镇工会 乡工会 街道工会联合会",
        "园区（开发区）工会": "园区工会 开发区工会 工业园区工会 产业园工会 园区工会联合会 开发区（工业园区）工会",
        "村（社区）工会": "村工会 社区工会 社区工会联合会 村社区工会联合会 社区联合工会",
        "工会工作委员会": "工委 工会工委",
        "工会办事处": "办事处",
        "分工会": "分会 工会分会 支会 工会支会",
        "工会小组": "小组",
        "产业（系统）工会": "产业工会 系统工会 集团工会",
        "总工会": "区总工会 县总工会 地方总工会 区县总工会",
        "其他": "其它",
    },
)
_JOINT = _words(
    "联合基层工会 行业性工会联合会 区域性工会联合会 工会联合会 乡镇（街道）工会 园区（开发区）工会 村（社区）工会"
)


def is_joint(label: Stored) -> bool:
    """True for the types of union that cover several employers."""
    return label in _JOINT


UNION_STATE = code_list(
    "工会状态",
    {
        "正常": "已建会 正常运行 有效 存续 在用",
        "筹备": "筹备中 筹建 筹建中 建会筹备",
        "待核实": "未核实 待确认",
        "撤销": "已撤销 注销 已注销 终止 解散",
    },
)

MEETING_FORM = code_list(
    "会议形式",
    {"会员大会": "全体会员大会 大会", "会员代表大会": "代表大会 会代会"},
)

SUBJECT_KIND = code_list(
    "对象类别",
    {"单位": "企业 用人单位 公司 机构", "工会": "基层工会 工会组织"},
)

COUNT_SOURCE = code_list(
    "人数来源",
    {
        "单位申报": "单位填报 企业申报 企业填报 单位自报 单位上报",
        "工会登记": "工会系统 工会 工会填报 实名系统",
        "税务": "税务登记 税务代收 税务局 个税 税务部门",
        "社保": "社会保险 参保 社保局 参保人数 人社",
        "市场监管": "工商 市场监督管理 工商登记 企业年报 市场监管部门",
        "走访核实": "走访 实地走访 电话核实 现场核实 上门核实",
        "街道摸排": "摸排 镇街摸排 社区摸排 街道上报",
        "导入": "表格导入",
        "其他": "其它",
    },
)

#: The bodies of a union in which somebody holds a post (工会法 10, 45; 重庆市工会条例 9).
OFFICER_BODY = code_list(
    "任职机构",
    {
        "工会委员会": "委员会 基层工会委员会 工会 基层委员会 工委会",
        "经费审查委员会": "经审委员会 经审委 经审会 经审 经费审查",
        "女职工委员会": "女职委 女工委 女工委员会 女职工 女工 女职工委",
        "会员代表大会": "会员代表 代表大会 会代会 代表团 会员大会代表 工会会员代表大会",
    },
)

#: A post says of which body it is where the lists do: 经审主任, 女职工委员.
OFFICER_POST = code_list(
    "工会职务",
    {
        "主席": "工会主席 主席(兼) 主席（兼） 专职主席 兼职主席",
        "副主席": "工会副主席 专职副主席 兼职副主席 常务副主席",
        "常委": "常务委员 常委委员",
        "委员": "工会委员 组织委员 宣传委员 生活委员 文体委员 劳动保护委员 青年委员 财务委员 委员会委员",
        "经审主任": "经审委主任 经审会主任 经审委员会主任 经费审查委员会主任 经费审查主任",
        "经审副主任": "经审委副主任 经审委员会副主任 经费审查委员会副主任",
        "经审委员": "经费审查委员 经审委委员 经费审查委员会委员",
        "女职工主任": "女职工委员会主任 女工主任 女职委主任 女工委主任 女工委员会主任",
        "女职工副主任": "女职工委员会副主任 女工副主任 女工委副主任",
        "女职工委员": "女工委员 女工委委员 女职工委员会委员 女职委委员",
        "代表": "会员代表 工会会员代表",
        "组织员": "工会组织员",
        "主任": "主任委员",
        "副主任": "副主任委员",
    },
)

ELECTED_BY = code_list(
    "产生方式",
    {
        "会员大会": "会员大会选举 全体会员大会 职工会员大会 会员大会选举产生",
        "会员代表大会": "会员代表大会选举 会代会 代表大会 代表大会选举 会员代表大会选举产生",
        "委员会选举": "全委会 委员会全体会议 全委会选举 委员会 一次全委会 第一次全体会议",
        "补选": "增补 替补 届中补选 替补增补",
        "上级指派": "指派 委派 任命 上级任命 上级委派 提名任命",
        "其他": "其它",
    },
)

#: The way of an employer on the drive's list, in order; the last two take it off the way.
STAGE = code_list(
    "建会阶段",
    {
        "待筹建": "未建会 未开始 待联系 待摸排 N 未组建 否 未建 未建立 未成立",
        "已接触": "已联系 已走访 宣传动员 已宣传",
        "已请示": "请示 提交请示",
        "筹建中": "筹建 筹备中 筹建工会 已批复筹建 同意筹建 C 正在筹建 正在筹备",
        "发展会员": "会员发展 发展会员中",
        "召开大会": "会员大会 会员代表大会 选举",
        "待批复": "报批 选举结果报批 等待批复",
        "已建会": "建立工会 已建立 已组建 已批复 Y 已成立 已建工会 是 已建 联合 单独",
        "规范运行": "规范化 规范化建设 六有",
        "暂缓": "暂缓建会 拒绝 拒绝建会 观望",
        "不再列入": "不列入 不符合条件 已注销 已搬迁 不足25人",
    },
)
