"""The words of header rows: which declared field a text names in a form, and which texts name nothing we keep."""

import re
from collections.abc import Mapping
from functools import cache

from importers.columns.decorations import bare
from importers.columns.header_text import CARRIED, bracketed, normal
from models.records.forms import FORMS

#: A row's number within its sheet; never a value of a record.
SEQUENCE = frozenset(map(normal, "序号 编号 序 行号 序列 顺序号 No. No No.# 项次 排序".split()))

#: Columns that organizers' sheets are known to have and the register does not keep. They never go on to a near match or
#: to a guess by content, where 工会户名 would be taken for 工会名称 and 紧急联系电话 for a person's phone.
NOT_KEPT = frozenset(
    map(
        normal,
        """
        处理结果 问题说明 原行号 记录标识
        用户名 年龄 邮箱 电子邮箱 联系邮箱 E-mail Email 微信号 微信 QQ QQ号 支付宝账号 企业工号 工号 员工编号 职工编号 员工号
        人员编号 职称 技术职称 专业技术职务 参加工作年份 参加工作时间 工作时间 工龄 用工起始时间 入职时间 入职日期 到岗时间
        学位 婚姻状况 邮政编码 邮编 住所邮编 办公邮编 工会邮政编码 合同状态 合同类型 合同始期 合同终期 合同终止原因
        劳动合同期限 合同期限 合同起始日期 合同终止日期 用工形式 用工性质 用工类型 是否劳务派遣 职工类型 编制类型 月收入 月工资
        工资 基本工资 半年会费 会费 应缴会费 工会职务 现任工会职务 属专职或兼职 是否兼职 照片 签名 签字 本人签字 领取人签字
        职务 职位 车牌号 车牌号码 从业资格证号 驾驶证号 紧急联系人 紧急联系电话 紧急联系人电话 银行卡号 银行账号 银行账户 开户行 开户银行
        管理代码 工会经费编码 工会编码 工会编号 基层工会统计代码 所属地税分局 主管税务机关 主管税务机关代码 工会登记证号
        工会法人资格证书号码 基层工会账户 基层工会户名 基层工会行号 基层工会银行 省级工会名称 经营范围 注册资本 注册资金 经营项目
        工会简称 单位简称 工会组织形式 组织形式 届满日期 第一届选举日期 任期结束 工会主席任期结束时间 工会法人有效期限起 工会法人有效期限止 审批单位 批准单位 是否有公章 建会方式 党员数 是否建立党组织
        是否签订集体合同 是否建立集体合同制度 有何特长 个人工作简历 家庭主要成员 籍贯代码 是否成功 是否导入成功 错误原因
        """.split(),
    )
)

#: Names of no matter what: the column of names where no better one is there.
ANCHORS = frozenset(map(normal, "名称 全称".split()))

#: Columns of free texts, kept only where what stands in them is a list of ours: riders' trades, but not printers'.
BY_CONTENT = frozenset(map(normal, "工种 工种(岗位) 岗位 岗位名称 职业 从事工作 工作岗位 工作内容".split()))

#: Two words that differ in one of these mean different things, however near their spelling.
_TELLING = re.compile(
    "工会|女|男|农民工|会员|职工|员工|上级|下级|省级|市级|区级|县级|原|曾|新|非|主席|负责人|法人|法定|联系人|经办|紧急|配偶"
    "|家属|家庭|担保|推荐|介绍|父|母|子女|监护|户主|户名|账|卡|银行|行号|车牌|驾驶|资格|合同|代码|编码|编号|密码|照片|扫描"
    "|复印|有效期|到期|截止|起止|开始|结束|首次|上次|税|社保|医保|公积金|工资|会费|经费|金额|邮|微信|网|职务|职称|工号|工龄|年龄"
    "|有无|是否|原因|方式|次数|比例|率|分局|机关|户籍|户口|居住|现|注册|办公|经营|困难|退休|电话|手机|地址|名称|姓名|日期|时间"
    "|性质|状态"
)
#: Words of other people than the row's own.
_OTHERS = re.compile("紧急|配偶|家属|家庭成员|担保|推荐人|介绍人|父亲|母亲|父母|子女|监护|户主|经办人|填报人|填表人|审核人|采集人")


def telling(text: str) -> frozenset[str]:
    """The words in a normalised text that must agree before two texts may be called near."""
    return frozenset(_TELLING.findall(text))


def of_others(text: str) -> bool:
    """True when a header or its group speaks of somebody else than the row's own person or unit."""
    return bool(_OTHERS.search(text))


@cache
def words(kind: str) -> Mapping[str, tuple[str, float]]:
    """For a form: normalised header text → (field, how sure, 1 at most).

    The order in which synonyms are declared is a preference: of two columns for one field the earlier wording is surer.
    """
    found: dict[str, tuple[str, float]] = {}
    for field in FORMS[kind].fields:
        for rank, text in enumerate((field.column.label, *field.column.synonyms)):
            sure = 1 - min(rank, 50) * 0.002
            key = normal(text)
            if key not in found or found[key][1] < sure:
                found[key] = (field.name, sure)
    return found


@cache
def known() -> frozenset[str]:
    """Every text that stands in some header row: the synonyms of all forms, and the columns that are not kept."""
    return SEQUENCE | NOT_KEPT | BY_CONTENT | frozenset(word for kind in FORMS for word in words(kind))


@cache
def _within() -> re.Pattern[str]:
    """Finds a known word of three characters or more inside a text."""
    longest_first = sorted((word for word in known() if len(word) > 2), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def is_known(text: str) -> bool:
    """True when a header cell's text is a known header as a whole: also in its variants with brackets, "/" or its group."""
    carried = CARRIED.match(text)
    if carried and not carried[2].endswith((":", "：")) and normal(carried[2]) in known():
        return ":" not in text and "：" not in text
    text = normal(text)
    if text in known() or bracketed(text)[0] in known():
        return True
    parts = text.split("/")
    if len(parts) > 1 and all(part in known() for part in parts):
        return True
    return not bare(text).isdisjoint(known()) or text in ANCHORS


@cache
def anchors() -> frozenset[str]:
    """The wordings by which one knows whom a row speaks of: without one of them a row of labels begins no table."""
    named = (field for kind in FORMS for field in FORMS[kind].fields if field.column.required)
    texts = (text for field in named for text in (field.column.label, *field.column.synonyms))
    return ANCHORS | frozenset(map(normal, texts))


def is_anchor(text: str) -> bool:
    """True when a header cell's text says that the names of a table's rows stand below it."""
    return not bare(normal(text)).isdisjoint(anchors())


def has_known(text: str) -> bool:
    """True when a short text contains a known header of three characters or more."""
    text = normal(text)
    return 2 < len(text) <= 18 and bool(_within().search(text))
