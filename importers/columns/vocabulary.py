"""The words of header rows: which declared field a text names in a form, and which texts name nothing we keep."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from importers.columns.decorations import bare
from importers.columns.foreign import FOREIGN
from importers.columns.header_text import CARRIED, bracketed, normal
from models.records.forms import FORMS
from models.values.codes import CodeList
from models.values.columns import own_columns, own_turn
from models.values.kinds import Choice

#: A row's number within its sheet; never a value of a record.
SEQUENCE = frozenset(map(normal, "序号 编号 序 行号 序列 顺序号 No. No No.# 项次 排序".split()))

#: Columns that are known and not kept: they never go on to a near match or to a guess by content, where 工会户名 would be
#: taken for 工会名称 and 紧急联系电话 for a person's phone.
NOT_KEPT = frozenset(map(normal, FOREIGN))

#: Misspellings and variants that people are known to write, each with the declared wording that is meant.
LISTED: Mapping[str, str] = {
    normal(written): normal(meant)
    for written, meant in (
        ("出身日期", "出生日期"), ("出身年月", "出生年月"), ("出生年日", "出生年月日"), ("政治面帽", "政治面貌"),
        ("政治面貎", "政治面貌"), ("政治面", "政治面貌"), ("户籍类别", "户籍类型"), ("户口类别", "户口类型"),
        ("有效证件号", "证件号码"), ("身份证号吗", "身份证号码"), ("身份证好码", "身份证号码"), ("身份证号玛", "身份证号码"),
        ("身份正号码", "身份证号码"), ("生份证号码", "身份证号码"), ("身份号码", "身份证号码"), ("身份证码", "身份证号码"),
        ("联系电活", "联系电话"), ("联系点话", "联系电话"), ("联糸电话", "联系电话"), ("联系电", "联系电话"),
        ("手机号吗", "手机号码"), ("手机好码", "手机号码"), ("学厉", "学历"), ("文化成度", "文化程度"),
        ("员工总人数", "员工总数"), ("企业人数", "职工人数"), ("在册会员数", "会员人数"), ("现有会员数", "会员人数"),
        ("单位名", "单位名称"), ("企业名", "企业名称"), ("统一信用代码", "统一社会信用代码"),
        ("社会统一信用代码证", "统一社会信用代码"), ("统一社会信用代吗", "统一社会信用代码"),
        ("法定代表", "法定代表人"), ("入会日其", "入会日期"), ("入会时间间", "入会时间"), ("入会时问", "入会时间"),
        ("工会主度", "工会主席"), ("工会主习", "工会主席"), ("建会时问", "建会时间"), ("现在住址", "现住址"),
    )
}  # fmt: skip

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
#: How many characters two wordings may differ in for what differs to tell them apart.
_LONGEST_TOKEN = 3


def telling(text: str) -> frozenset[str]:
    """The words in a normalised text that must agree before two texts may be called near."""
    return frozenset(_TELLING.findall(text))


def difference(one: str, other: str) -> tuple[str, str]:
    """What is left of two texts when what they begin and end with alike is taken away: 入会时间, 入厂时间 → 会, 厂."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


@cache
def tokens() -> frozenset[str]:
    """The words that change what a header means, learnt from all synonyms of all forms and all foreign headers at once.

    Two wordings of two fields of a form (or of a field and of none) that begin and end alike differ in such a word: a token
    that tells two of them apart anywhere tells everywhere.
    """
    told: set[str] = set()
    for kind in FORMS:
        fields = dict.fromkeys(NOT_KEPT, "") | {text: found[0] for text, found in _declared(kind).items()}
        for frame in _frames(fields).values():
            if len({field for _token, field in frame}) > 1:
                told.update(token for token, _field in frame if token)
    return frozenset(told)


def _frames(fields: Mapping[str, str]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """(beginning, end) of wordings → what stands between them in one, and its field."""
    frames: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for text, field in fields.items():
        for start in range(len(text) + 1):
            for end in range(start, min(start + _LONGEST_TOKEN, len(text)) + 1):
                if len(text) - (end - start) > 1:
                    frames.setdefault((text[:start], text[end:]), set()).add((text[start:end], field))
    return frames


def tells_apart(one: str, other: str) -> bool:
    """True when what two normalised texts differ in changes what is meant."""
    if telling(one) != telling(other):
        return True
    return any(rest[start:end] in tokens() for rest in difference(one, other) for start, end in _parts(len(rest)))


def _parts(length: int) -> list[tuple[int, int]]:
    return [(start, end) for start in range(length) for end in range(start + 1, min(start + _LONGEST_TOKEN, length) + 1)]


def of_others(text: str) -> bool:
    """True when a header or its group speaks of somebody else than the row's own person or unit."""
    return bool(_OTHERS.search(text))


def words(kind: str) -> Mapping[str, tuple[str, float]]:
    """For a form: normalised header text → (field, how sure, 1 at most); own fields by their names.

    The order in which synonyms are declared is a preference: of two columns for one field the earlier wording is surer.
    """
    return _words(kind, own_turn())


@lru_cache(maxsize=2 * len(FORMS))
def _words(kind: str, _turn: int) -> Mapping[str, tuple[str, float]]:
    own = {normal(each.label): (each.name, 1.0) for each in own_columns(FORMS[kind].main) if not each.retired}
    return own | dict(_declared(kind))


@cache
def _declared(kind: str) -> Mapping[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for field in FORMS[kind].declared:
        for rank, text in enumerate((field.column.label, *field.column.synonyms)):
            sure = 1 - min(rank, 50) * 0.002
            key = normal(text)
            if key not in found or found[key][1] < sure:
                found[key] = (field.name, sure)
    return found


def known() -> frozenset[str]:
    """Every text that stands in some header row: the synonyms of all forms, own fields, and the columns that are not kept."""
    return _known(own_turn())


@lru_cache(maxsize=2)
def _known(_turn: int) -> frozenset[str]:
    return _known_everywhere() | frozenset(word for kind in FORMS for word in words(kind))


@cache
def _known_everywhere() -> frozenset[str]:
    """The same without the own fields of a register."""
    return SEQUENCE | NOT_KEPT | BY_CONTENT | frozenset(word for kind in FORMS for word in _declared(kind))


@cache
def _within() -> re.Pattern[str]:
    """Finds a known word of three characters or more inside a text."""
    longest_first = sorted((word for word in _known_everywhere() if len(word) > 2), key=len, reverse=True)
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
    named = (field for kind in FORMS for field in FORMS[kind].declared if field.column.required)
    texts = (text for field in named for text in (field.column.label, *field.column.synonyms))
    return ANCHORS | frozenset(map(normal, texts))


def is_anchor(text: str) -> bool:
    """True when a header cell's text says that the names of a table's rows stand below it."""
    return not bare(normal(text)).isdisjoint(anchors())


@cache
def _units() -> frozenset[str]:
    named = (field for kind in ("employers", "unions", "headcounts") for field in FORMS[kind].declared if field.column.required)
    return frozenset(normal(text) for field in named for text in (field.column.label, *field.column.synonyms))


def names_unit(text: str) -> bool:
    """True when a header cell's text says that names of employers or unions stand below it."""
    return not bare(normal(text)).isdisjoint(_units())


def is_label(text: str) -> bool:
    """True when a header cell's text is a label of a list (已建会, 男) and no known header."""
    text = normal(text)
    return bool(text) and text not in known() and any(codes.find(text) is not None for codes in _lists())


@cache
def _lists() -> tuple[CodeList, ...]:
    kinds = (field.column.kind for form in FORMS.values() for field in form.declared)
    return tuple({id(kind.codes): kind.codes for kind in kinds if isinstance(kind, Choice)}.values())


def has_known(text: str) -> bool:
    """True when a short text contains a known header of three characters or more."""
    text = normal(text)
    return 2 < len(text) <= 18 and bool(_within().search(text))
