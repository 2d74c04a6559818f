"""Columns that together hold one field: the same header twice, two phones of one person, an address in parts."""

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from typing import Literal, NamedTuple

from importers.columns.content import filled
from importers.columns.header_text import normal
from importers.columns.neighbours import GENERIC_DAYS
from importers.columns.text import FieldCandidate
from importers.columns.vocabulary import words
from models.records.forms import Form
from models.values.columns import Plain
from models.values.id_kinds import Phone
from models.values.kinds import Place

How = Literal["phones", "parts", "same"]


class Join(NamedTuple):
    """The columns of one field in their order, and the one of them that has the field in the mapping."""

    main: int
    columns: tuple[int, ...]
    how: How


#: Headers of a phone that is the person's own, where the rows are people.
_OWN_PHONES = frozenset(
    map(normal, "移动电话 手机号 手机号码 联系电话 电话 联系方式 本人电话 手机 电话号码 联系手机 联系号码 固定电话 座机 座机号码 座机电话 备用电话 第二电话".split())
)
#: Several phones of one person are numbered: 手机2, 联系电话一.
_NUMBERED = re.compile("[12一二]$")
_OF = "现居住?|居住|现住|家庭|户籍|户口|单位|企业|公司|注册|经营|办公|所在|所属|通讯|联系"
_LEVELS: tuple[tuple[int, str], ...] = (
    (1, "省|省份|省市|省/市|省/直辖市"), (2, "市|城市|地市|所在市"), (3, "区|县|区县|区/县|市/区县|县区|县/区|市区"),
    (4, "街道|镇街|街镇|乡镇|镇|街道/乡镇|乡镇/街道|镇/街道|街道/镇|街道\\(镇\\)"), (5, "社区|村|社区/村|村/社区|村社区|村居"),
    (6, "详细地址|详细住址|具体地址|详细|门牌号?|门牌号码|楼栋门牌|地址|住址"),
)  # fmt: skip
_PARTS = tuple((level, re.compile(f"(?:{_OF})?(?:地址?)?(?:{words})")) for level, words in _LEVELS)
_DETAIL = 6
_DISTRICT = 3
#: The field of each form for an address whose last part has no field of its own.
_ADDRESS = {"workers": "residence_address", "employers": "address", "unions": "employer_address"}
#: Fields that are one thing however their columns are headed: 是否建会 and 建会情况 that disagree are a question.
_ONE_THING = frozenset(("join_date", "membership_state", "stage"))
#: Where two columns of one header that differ in most rows are two things.
_DIFFERING = 0.5


def joins(
    form: Form,
    taken: Dictionary[int, FieldCandidate],
    offers: Sequence[tuple[FieldCandidate, int]],
    texts: Sequence[str],
    groups: Sequence[str],
    columns: Sequence[Sequence[Plain]],
) -> tuple[Join, ...]:
    """Which columns go together. ``taken``: the column of each field; ``offers``: all fields that columns may hold."""
    keys = [(normal(group), normal(text)) for group, text in zip(groups, texts, strict=True)]
    found = _addresses(form, taken, [key[1] for key in keys])
    used = {index for join in found for index in join.columns}
    for main, candidate in taken.items():
        if main in used:
            continue
        free = [index for each, index in offers if each.field == candidate.field and index not in taken and index not in used]
        phone = isinstance(form.by_name[candidate.field].column.kind, Phone)
        others = [index for index in free if keys[index] == keys[main] and keys[main][1]]
        told = phone or candidate.field in _ONE_THING
        others = [index for index in others if told or not _differ(columns[main], columns[index])]
        if candidate.field in _ONE_THING:
            # a day of applying beside the day of joining is another day, and no second opinion of it
            other_days = GENERIC_DAYS.get(candidate.field, frozenset())
            said = {index: normal(texts[index]) for index in free if index not in others}
            others += [index for index, text in said.items() if text in words(form.kind) and text not in other_days]
        if phone:
            others = [index for index in others if _names_before(keys, taken, index) == _names_before(keys, taken, main)]
            free = [index for index in free if _names_before(keys, taken, index) == _names_before(keys, taken, main)]
        if phone and form.kind == "workers" and _is_own(keys[main][1]):
            others += [index for index in free if _is_own(keys[index][1]) and not groups[index] and index not in others]
        if others:
            found.append(Join(main, tuple(sorted((main, *others))), "phones" if phone else "same"))
    return tuple(found)


def _is_own(text: str) -> bool:
    return _NUMBERED.sub("", text) in _OWN_PHONES


def _names_before(keys: Sequence[tuple[str, str]], taken: Dictionary[int, FieldCandidate], index: int) -> int:
    """How many columns before one are headed as the column of names: the phone beside a second name is that person's."""
    named = next((keys[at] for at, each in taken.items() if each.field == "name"), None)
    return max(keys[:index].count(named), 1) if named is not None else 1


def _differ(one: Sequence[Plain], other: Sequence[Plain]) -> bool:
    """True for two columns that say different things in most of the rows in which both say something."""
    both = [(a, b) for a, b in zip(one, other, strict=False) if filled([a]) and filled([b])]
    return sum(str(a).strip() != str(b).strip() for a, b in both) > _DIFFERING * len(both)


def _addresses(form: Form, taken: Dictionary[int, FieldCandidate], texts: Sequence[str]) -> list[Join]:
    """The runs of columns that hold an address from the province down to the door."""
    levels = [next((level for level, words in _PARTS if words.fullmatch(text)), 0) for text in texts]
    found: list[Join] = []
    start = 0
    while start < len(levels):
        end = start
        while end < len(levels) and levels[end] and (end == start or levels[end] > levels[end - 1]):
            end += 1
        run = range(start, end)
        if len(run) > 1:
            found += _of_run(form, taken, run, levels)
        start = max(end, start + 1)
    return found


def _of_run(form: Form, taken: Dictionary[int, FieldCandidate], run: range, levels: Sequence[int]) -> list[Join]:
    """A run's region (district and below) and its address (all of it, where it ends in a detail)."""
    found = []
    places = [index for index in run if _DISTRICT <= levels[index] < _DETAIL]
    main = next((index for index in places if _kind(form, taken, index, Place)), None)
    if main is not None and len(places) > 1:
        found.append(Join(main, tuple(places), "parts"))
    last = run[-1]
    field = taken[last].field if last in taken else ""
    if levels[last] == _DETAIL and (field or _ADDRESS.get(form.kind) in _free(form, taken)):
        found.append(Join(last, tuple(run), "parts"))
    return found


def _kind(form: Form, taken: Dictionary[int, FieldCandidate], index: int, kind: type) -> bool:
    return index in taken and isinstance(form.by_name[taken[index].field].column.kind, kind)


def _free(form: Form, taken: Dictionary[int, FieldCandidate]) -> set[str]:
    return set(form.by_name) - {each.field for each in taken.values()}


def address_fields(form: Form, taken: Dictionary[int, FieldCandidate], found: Sequence[Join]) -> dict[int, FieldCandidate]:
    """The fields of last parts of addresses that had none: 省 市 区 详细地址 → 现住址."""
    return {
        join.main: FieldCandidate(_ADDRESS[form.kind], "group", 0.9)
        for join in found
        if join.main not in taken and form.kind in _ADDRESS
    }
