"""Whose a phone or a name is: the roles by which headers speak of a person, written above a column or beside it."""

import re
from collections.abc import Sequence

#: Roles of people in headers; 联系人 and 法定代表人 are people as well, whose phones some forms keep.
_PERSON = re.compile(
    "(?:主席|副主席|主任|副主任|委员|负责人|责任人|法人|法人代表|法定代表人|代表人|联系人|经办人|对接人|联络人|联络员|会计|出纳|财务|干事|专干|书记|经理|总经理"
    "|厂长|校长|院长|园长|站长|队长|组长|班长|所长|店长|网格员|网格长|人事|人事专员|HR|hr|经审|女职委|女工委|推荐人|介绍人|配偶|家属|父亲|母亲|监护人|代理人"
    "|领队|教练|包联人|走访人|填表人|填报人|审核人|股东|投资人|老板|业主|房东)$"
)
#: A longer text that ends with a role asks something, and names nobody.
_LONGEST = 9
#: A header that asks whether there is such a person names nobody.
_ASKS = re.compile("是否|有无|是不是")
#: Texts that say something of whoever is named to their left, and how to reach them.
_OF_PERSON = frozenset(
    "性别 年龄 职务 职位 职称 岗位 部门 专兼职 身份证号 身份证号码 政治面貌 学历 民族 出生年月 微信 微信号 QQ 邮箱 任职时间".split()
)
_RELATIVE = re.compile("(?:配偶|子女|孩子|父亲|母亲|家属|家庭成员|监护人|紧急联系人|推荐人|介绍人|担保人)(?:姓名|名字)?")
_NUMBERS = frozenset("身份证号 身份证号码 身份证 证件号 证件号码 公民身份号码".split())
#: Phones of nobody in particular.
PHONES = frozenset("电话 联系电话 联系方式 手机 手机号 手机号码 电话号码 联系号码 联系手机 移动电话".split())


#: The people by whom a form's own record is reached, by the field that holds their name, and how sure their phone is its phone.
_KEPT = {"unions": {"chair": 0.97}, "employers": {"contact": 0.97, "legal_representative": 0.9}, "sites": {"contact": 0.97}}
#: The same for people of whom the form keeps no name.
_REACHED = {
    "unions": (("主席", 0.96), ("联系人", 0.55), ("联络员", 0.55), ("对接人", 0.55), ("经办人", 0.55)),
    "employers": (("联系人", 0.96), ("联络员", 0.95), ("对接人", 0.95), ("经办人", 0.94), ("负责人", 0.92)),
}
_OFFICE = re.compile(
    "经审|审查|女职|女工|副|工会(?!主席|负责人|联系人|联络员)|财务|办税|人事|社区|街道|网格|党|税务|安全"
)
_OF_UNION = re.compile("工会")


def bare_role(text: str) -> str:
    """A person's role without what only says that a name follows: 工会主席姓名 → 工会主席."""
    return re.sub(r"(?:\(.*\)|姓名|名单|信息|情况|资料)+$", "", text)


def is_person(text: str) -> bool:
    """True for a normalised header or group that names a person by a role: 经审委主任, 联系人, 工会主席(兼)."""
    bare = bare_role(text)
    return 0 < len(bare) <= _LONGEST and bool(_PERSON.search(bare)) and not _ASKS.search(bare)


def sure_of_phone(kind: str, owner: str, role: str) -> float:
    """How sure a phone under or beside a person is the phone of the form's own record; 0 when it is that person's alone.

    ``owner``: the field of the form that holds the person's name, "" for none. The phone of the 经审委主任 is not the union's.
    """
    kept = _KEPT.get(kind, {}).get(owner)
    if kept is not None:
        return kept
    bare = bare_role(role)
    if owner or _OFFICE.search(bare) or (kind == "employers" and _OF_UNION.search(bare)):
        return 0
    return next((sureness for tail, sureness in _REACHED.get(kind, ()) if bare.endswith(tail)), 0)


def beside(texts: Sequence[str], index: int) -> int | None:
    """The column of the person who is named just to the left of a phone, past what else is said of that person; or None.

    ``texts``: the normalised headers.
    """
    for at in range(index - 1, -1, -1):
        if is_person(texts[at]):
            return at
        if texts[at] not in _OF_PERSON:
            return None
    return None


def other_beside(texts: Sequence[str], index: int) -> int | None:
    """The column of a relative's name just to the left of a number of identity, which is the relative's then; or None."""
    if texts[index] not in _NUMBERS:
        return None
    for at in range(index - 1, -1, -1):
        if _RELATIVE.fullmatch(texts[at]):
            return at
        if texts[at] not in _OF_PERSON:
            return None
    return None
