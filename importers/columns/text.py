"""Which field a column's header text may mean: by a declared wording, by its group, or by a spelling near to one."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from importers.columns.decorations import bare_forms
from importers.columns.header_text import bracketed, normal
from importers.columns.persons import PHONES, bare_role, is_person, sure_of_phone
from importers.columns.vocabulary import (
    BY_CONTENT,
    LISTED,
    NOT_KEPT,
    SEQUENCE,
    known,
    of_others,
    telling,
    tells_apart,
    words,
)
from models.own_names import is_own

Because = Literal["remembered", "chosen", "synonym", "group", "near", "content", "joined", "ticked", "none"]

#: rapidfuzz's ratio from which two texts of the same first character are near; below it only a listed misspelling counts.
NEAR = 85
#: Fields that make or end a membership, that count, that set a stage, a date of law, a number or a union: a spelling near to
#: one of their wordings is a question and never an answer.
SENSITIVE = frozenset(
    """
    join_date change_type change_date change_reason membership_state application_date delegate union id_number credit_code
    employer_credit_code union_credit_code subject_credit_code stage founding_date term_start term_years chair_vacant_since
    as_of staff_count women_staff_count registered_staff_count member_count women_member_count migrant_member_count
    new_form_member_count full_time_staff committee_size parent subject_kind
    """.split()
)
#: Texts that mean something only together with what they are said of.
_GENERIC = frozenset(
    "名称 全称 姓名 电话 联系电话 联系方式 手机 手机号 手机号码 地址 统一社会信用代码 社会信用代码 信用代码 负责人 联系人 性质 类型 类别 "
    "行业 成立日期 成立时间 人数 数量 合计 总数 总人数 小计 总计 计 女 女性 备注 说明".split()
)
_TOTALS = frozenset("人数 数量 合计 总数 总人数 小计 总计 计".split())
_GROUP_TAIL = re.compile("(?:的)?(?:基本)?(?:信息|情况|资料|概况|统计)$")
_COUNT_TAIL = re.compile("(?:总人数|人数|总数|数)$")


class FieldCandidate(NamedTuple):
    """A field that a column may hold, why, and how sure (0..1)."""

    field: str
    because: Because
    sureness: float


class HeaderReading(NamedTuple):
    """What a header text tells: candidates, the surest first. ``closed``: do not guess further from the content.

    ``maybe``: a sensitive field that the text may mean; a person must say so.
    """

    candidates: tuple[FieldCandidate, ...] = ()
    closed: bool = False
    maybe: FieldCandidate | None = None


def side_of(text: str) -> str:
    """Of whom a normalised header or group speaks, by its last word of the kind: "union", "employer" or ""."""
    union, employer = text.rfind("工会"), max(text.rfind(word) for word in ("单位", "企业", "公司", "纳税人"))
    if max(union, employer) < 0:
        return ""
    return "union" if union > employer else "employer"


def is_generic(text: str) -> bool:
    """True for a normalised text such as 地址 or 联系电话, which may be anybody's."""
    return text in _GENERIC or text.startswith("其中")


def by_text(kind: str, header: str, group: str) -> HeaderReading:
    """Read a column's header within a form. ``group``: the text above it, or of whom the columns beside it speak."""
    text, above = normal(header), normal(group)
    if not text:
        return HeaderReading()
    if text in SEQUENCE:
        return HeaderReading(closed=True)
    fields = words(kind)
    plain, inside = bracketed(text)
    exact = fields.get(text)
    if text in PHONES and is_person(above):
        owner = fields.get(above) or fields.get(bare_role(above))
        sureness = sure_of_phone(kind, owner[0] if owner else "", above)
        return _sure("phone", "group", sureness) if sureness else HeaderReading(closed=True)
    if of_others(above) or (of_others(text) and not exact):
        return HeaderReading(closed=True)
    said_of = [*_said_of(text, above), *(_said_of(plain, inside) if inside else ())]
    if exact is None or is_generic(text):
        found = next((word for word in said_of if word in fields), None)
        if found:
            return _sure(fields[found][0], "group", 0.97)
        if any(word in known() for word in said_of) or is_person(above):
            # it is said of somebody else, whose column this form does not keep
            return HeaderReading(closed=True)
    if text in BY_CONTENT and not exact:
        return HeaderReading()
    if exact:
        # whose it is was said, but not in words of this form: it gives way to any column that is surer
        unsure = is_generic(text) and side_of(above)
        return _sure(exact[0], "synonym", 0.6 if unsure else exact[1])
    return _by_parts(kind, text, plain, inside) or _near(kind, plain or text)


def _sure(field: str, because: Because, sureness: float) -> HeaderReading:
    return HeaderReading((FieldCandidate(field, because, round(sureness, 3)),))


def _said_of(text: str, group: str) -> list[str]:
    """The wordings that a text and its group make together: 名称 under 工会信息 → 工会名称, 女 under 会员 → 女会员人数."""
    if not group:
        return []
    core = _GROUP_TAIL.sub("", group)
    counted = _COUNT_TAIL.sub("", core)
    said = [core + text, text + core, f"{text}({core})"]
    if text in ("姓名", "名称", "全称"):
        said += [core, core + "名称"]
    if text in _TOTALS:
        said += [counted + "人数", counted + "数"]
    part = text.removeprefix("其中").removesuffix("人数")
    if part in ("女", "女性", "男", "男性"):
        part = part[0]
        said += [part + counted + "人数", part + counted + "数"]
    elif text.startswith("其中"):
        said += [part, part + "人数", part + counted + "人数"]
    side = side_of(group)
    if side and not side_of(text):
        said += ["工会" + text] if side == "union" else ["单位" + text, "企业" + text]
    return said


def _by_parts(kind: str, text: str, plain: str, inside: str) -> HeaderReading | None:
    """A text of several wordings: with brackets aside, or joined by "/"."""
    fields = words(kind)
    parts = text.split("/") if "/" in text else []
    named = {fields[part][0] for part in parts if part in fields}
    of_ours = fields[plain][0] if plain in fields else next(iter(named)) if len(named) == 1 else ""
    if of_ours in SENSITIVE and (any(part in NOT_KEPT for part in parts) or _is_foreign(inside, plain)):
        return HeaderReading(closed=True, maybe=FieldCandidate(of_ours, "near", 0.6))
    if plain in fields and not (telling(inside) - telling(plain)):
        return _sure(fields[plain][0], "synonym", fields[plain][1] - 0.05)
    if len(named) == 1:
        return _sure(named.pop(), "synonym", 0.94)
    if text in known() or plain in NOT_KEPT:
        return HeaderReading(closed=True)
    return None


def _is_foreign(inside: str, plain: str) -> bool:
    """True when what stands in a header's brackets makes a foreign header, alone or in the place of ours: 入会(入职)时间."""
    return bool(inside) and (inside in NOT_KEPT or any(inside + plain[at:] in NOT_KEPT for at in range(1, len(plain))))


def _near(kind: str, text: str) -> HeaderReading:
    """A text that is a wording with words that say nothing, a listed misspelling of one, or one spelled nearly so."""
    fields = words(kind)
    bare = bare_forms(text, kind)
    bare |= {LISTED[shorter] for shorter in bare if shorter in LISTED}
    for shorter in sorted(bare - {text, ""}, key=lambda word: (-len(word), word)):
        if shorter in fields:
            return _sure(fields[shorter][0], "near", 0.85 * fields[shorter][1])
    closed = any(word in NOT_KEPT for word in bare)
    if closed or len(text) < 3:
        return HeaderReading(closed=closed)
    alike = [word for word in _declared_like(fields, text[0]) if not tells_apart(word, text)]
    found = process.extractOne(text, alike, scorer=fuzz.ratio, score_cutoff=NEAR)
    if not found:
        return HeaderReading()
    candidate = FieldCandidate(fields[found[0]][0], "near", round(0.85 * found[1] / 100, 3))
    return HeaderReading(closed=True, maybe=candidate) if candidate.field in SENSITIVE else HeaderReading((candidate,))


def _declared_like(fields: Mapping[str, tuple[str, float]], first: str) -> list[str]:
    """The wordings that begin so. An own field is only its own name: what is spelled nearly so may be anything."""
    return [word for word, (name, _sure) in fields.items() if word[0] == first and len(word) > 2 and not is_own(name)]
