"""Whether a text in a column of units is a name at all: what is none founds no unit, and is told.

无单位, 灵活就业 and 本公司 say something of a person and name nobody; 未建会 and 有 in the place of a union say whether there is one.
"""

import re

from importers.columns.sections import is_region
from models.values.names import employer_of_union, is_union_name

#: What people write where an employer should stand and there is none, or everybody knows which.
_NO_EMPLOYER = re.compile(
    "(?:无|没有?|暂无|尚无|未|不|非)(?:固定|正式|任何)?(?:工作|单位|就业|业|公司|企业|雇主)*(?:固定)?(?:单位|人员|者)?"
    "|(?:本|我|该|同|原|贵|所在|上述|各|某)(?:单位|公司|企业|厂|司|部门)|(?:单位|公司|企业|厂)"
    "|个体(?:户|经营|工商户|从业)?(?:人员|者)?|自由(?:职业|从业|择业)(?:者|人员)?|自主(?:创业|择业|就业)|(?:新)?灵活就业(?:人员|者)?"
    "|(?:自谋|自找)职业|自己.{0,2}|自营|散户|(?:已|离|内)?退休?(?:人员|职工|返聘)?|离退休(?:人员)?|待岗|待业|失业|下岗|务农|农民|打?零工|临时工"
    "|学生|在校学?生?|无业|居民|职工|员工|外来务工|保密|未知|不详|不清楚|不明|其他|其它|待定|待补|同上.{0,4}"
    "|(?:外卖|快递|网约车|货车|代驾|众包|专送)?(?:骑手|司机|配送员|快递员|送餐员|外卖员|网约车|主播|家政|保安|保洁|护工)"
)
#: What stands before 工会 where no union is named.
_NO_UNION = re.compile(
    "|(?:本|我|该|同|所在|上级|原|某|各|其[他它]|直属|基层|镇街|乡镇|街镇)(?:单位|公司|企业|厂|级|司)?|单位|公司|企业|暂?无|没有|未建?立?"
    "|尚[未无](?:建立?|成立)?|有|已有?建?立?|[省市区县镇乡]|街道|社区|村|不知道|不清楚|拟建?|筹建|待建"
)
#: What says in the place of a union that there is none.
_NONE = re.compile("(?:暂时?|尚|还|目前)?(?:[未无否]|没有?)(?:建立?|成立|组建|有)?(?:工?会)?(?:组织)?|[×✗✘xX]")
_FIRM = re.compile("有限(?:责任)?公司|股份公司|合伙企业|经营部|合作社")
_SEVERAL = re.compile(
    rf"(?:{_FIRM.pattern})\s*(?:[、，,；;/／&+]|和|及|与)\s*.{{2,}}(?:{_FIRM.pattern})"
    r"|有限(?:责任)?公司(?=重庆|[^分子]{0,3}市).{4,}有限(?:责任)?公司$"
)
_COVERED = re.compile("某")
_CITY = re.compile("重庆市?")


def names_employer(text: str) -> bool:
    """True for a text that can be the name of one employer: no state of a person, no 本公司, no town alone."""
    bare = "".join(text.split())
    return len(bare) > 1 and not _NO_EMPLOYER.fullmatch(bare) and not is_region(bare) and not _CITY.fullmatch(bare)


def is_covered(name: str) -> bool:
    """True for a person's name of which a part is covered: 王某某."""
    return bool(_COVERED.search(name))


def names_several(text: str) -> bool:
    """True for a text that names two firms and more."""
    return bool(_SEVERAL.search("".join(text.split())))


def names_union(text: str) -> bool:
    """True for a text that is the name of a union: it ends like one, and says whose."""
    return is_union_name(text) and not _NO_UNION.fullmatch("".join(employer_of_union(text).split()))


def says_none(text: str) -> bool:
    """True for what says in the place of a union that there is none: 未建会, 暂无, ×."""
    return bool(_NONE.fullmatch("".join(text.split())))
