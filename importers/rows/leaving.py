"""That somebody has left, as a title, a column or a remark says it: evidence with a direction, never an event by itself.

Who left the employer is not therefore out of the union (会籍 may be kept or moved), and whoever stands on a list of members with
such a word is a question.
"""

import datetime as dt
import re
from collections.abc import Callable

from importers.columns.header_text import normal
from importers.columns.mapping import ColumnMatch, Mapping
from models.values.columns import Parsed, Plain, Stored
from models.values.days import first_day, read_day
from models.values.problems import Problem, problem

_LEFT = re.compile(
    "(?<![未没不非无])(?:退会|离会|离职|辞职|辞退|自离|离岗(?!退养)|离厂|离司|调出|调离|调走|转出|退休(?!返聘|金|证|人员管理|办|处)|离休|退职|除名|开除"
    "|解除(?:劳动)?(?:合同|关系)|终止(?:劳动)?(?:合同|关系)|解聘|解雇|去世|死亡|病故|过世|减员|流失|已退|离开|会籍注销|注销会籍|注销会员)"
)
#: Words after which somebody who had left works again, or that tell of an office.
_BACK = re.compile("返聘|再就业|再入职|又入职|重新入职|复职|撤回|取消|离退休(?:工作|干部)?(?:处|办|科|部|中心|局)")
_JOINS = re.compile("入会|转入|新增|增减|变动|变化|调入")
_NO = frozenset("否 无 未 没有 没 不是 0 × x X ✗ ✘ n no 在职 在岗 正常 未离职 未退休 在册 -".split())
_PRESENT = re.compile("是否(?:仍)?在(?:职|岗|册)|在(?:职|岗)与否")
_FORESEEN = re.compile("拟|预计|计划|法定|应退|到龄")
#: The change that a header's day tells of.
_TYPES = (("退会", "退会"), ("离会", "退会"), ("转出", "转出"), ("除名", "除名"))
#: States with which a day of leaving agrees.
ENDED = (None, "退会", "转出", "除名", "去世", "保留")


def left(text: str) -> str:
    """The word by which a text says that somebody left, or ""."""
    found = _LEFT.search(text) if text else None
    return found[0] if found and not _BACK.search(text) else ""


def list_of_leavers(texts: tuple[str, ...]) -> tuple[str, bool]:
    """What the names of a sheet say: the word for leaving or "", and whether they speak of joining as well."""
    word = next((word for text in texts if (word := left(text))), "")
    return word, bool(word) and any(map(_JOINS.search, texts))


def implied_type(mapping: Mapping) -> str:
    """The membership change that the header of the day of change names: 退会时间 → 退会; "" for one that names none."""
    match = next((each for each in mapping.matches if each.field == "change_date"), None)
    header = normal(match.header) if match is not None else ""
    return next((kind for word, kind in _TYPES if word in header), "")


def evidence(match: ColumnMatch, today: dt.date) -> Callable[[Plain], Problem | None] | None:
    """What reads the evidence of a column that no field takes; None for a column that says nothing of leaving."""
    header = normal(match.header)
    present = bool(_PRESENT.search(header))
    word = "不在职" if present else left(header.removeprefix("是否"))
    if match.field or not word or _FORESEEN.search(header):
        return None

    def said(cell: Plain) -> Problem | None:
        text = str(cell).strip()
        if present:
            gone = text in _NO - {"在职", "在岗", "正常", "在册"} or bool(left(text))
        else:
            gone = text not in _NO and not text.startswith("未") and not _future(cell, today)
        return problem("says-left", written=word) if gone else None

    return said


def _future(cell: Plain, today: dt.date) -> bool:
    day = read_day(cell).day
    return day is not None and first_day(day) > today


def marked(parse: Callable[[Plain], Parsed]) -> Callable[[Plain], Parsed]:
    """Read a remark or an employment state as before, and tell of the leaving that it speaks of."""

    def read(plain: Plain) -> Parsed:
        parsed = parse(plain)
        word = left(plain) if isinstance(plain, str) else ""
        return Parsed(parsed.value, problem("says-left", written=word)) if word else parsed

    return read


def imply(change: str, values: dict[str, Stored], problems: list[Problem]) -> None:
    """A day in a column such as 退会时间 says what happened on it, unless the row says that the person is a member."""
    if values.get("membership_state") in ENDED:
        values["change_type"] = change
    else:
        problems.append(problem("says-left", "change_date", written=change))
