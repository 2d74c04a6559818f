"""Columns of counts that say their time: 1月会员数, 会员人数 over 2024年|2025年, 2025年12月31日职工人数; a sheet of its own for each time."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from importers.columns.header import Header
from importers.columns.header_text import normal
from importers.columns.period import HeaderPeriod, read_period
from importers.columns.text import by_text, is_generic
from importers.columns.times import TIME, headed
from importers.columns.vocabulary import words
from importers.workbook.sheet import Merged, Sheet, SheetRow
from models.language import _
from models.records.forms import FORMS, SheetKind
from models.values.columns import Plain

_COUNTS = frozenset(
    (
        "staff_count", "women_staff_count", "member_count", "women_member_count", "migrant_member_count", "new_form_member_count",
    )
)  # fmt: skip
#: The forms whose records are counted.
_FORMS: tuple[SheetKind, ...] = ("headcounts", "unions", "employers")
_YEAR = re.compile(r"(20\d\d)\s*年")
#: What a title says that a sheet counts, where its columns say nothing but times.
_COUNTED = re.compile("(会员|(?<!会员)(?:职工|员工)(?!会员))总?人?数")
_MARKS = "()的-—_:：/、.· "
_SHOWN = 4
_HALVES = re.compile("半年")
_QUARTERS = re.compile("季|[qQ]")


class _Timed(NamedTuple):
    """A column's time, what it is called, and what is counted."""

    time: HeaderPeriod
    name: str
    what: str


def is_count(text: str) -> bool:
    """True for a normalised header text that counts the people of a unit."""
    return any(words(kind).get(text, ("", 0))[0] in _COUNTS for kind in _FORMS)


def apart(sheet: Sheet, header: Header) -> list[Sheet]:
    """A sheet for every time that columns of counts name; [] where none does.

    Without a year they stay unread, and that is told. Counts beside them that say no time are a sheet of their own.
    """
    found = _timed(header)
    if not found:
        return []
    told = _YEAR.search(" ".join((header.title, sheet.head.sheet, *header.other_lines, sheet.head.file)))
    year = int(told[1]) if told else 0
    if not all(each.time.year or year for each in found.values()):
        return [_unread(sheet, header, found)]
    times: defaultdict[str, dict[int, _Timed]] = defaultdict(dict)
    for index, each in found.items():
        times[each.time._replace(year=each.time.year or year).day][index] = each
    texts = enumerate(header.normal_texts)
    plain = {index for index, text in texts if index not in found and _is_plain(text, header.groups[index])}
    parts = [_part(sheet, header, ("", ""), {}, set(found))] if plain else []
    for day, columns in times.items():
        name = _called(day, next(iter(columns.values())).name)
        others = (set(found) | plain) - set(columns)
        parts.append(_part(sheet, header, (day, name), {index: each.what for index, each in columns.items()}, others))
    return parts


def _called(day: str, name: str) -> str:
    """What the sheet of a time is called: 2026年1月, 2026年第一季度, 2025年. ``name``: the time as it is written."""
    year, month, of_month = (*day.split("-"), "", "")[:3]
    if _QUARTERS.search(name):
        return f"{year}年第{'一二三四'[int(month) // 3 - 1]}季度"
    if _HALVES.search(name):
        return f"{year}年{'上' if month == '06' else '下'}半年"
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(of_month)}日" if of_month else "")


def _is_plain(text: str, group: str) -> bool:
    return is_count(text) or is_count(normal(group) + text)


def _timed(header: Header) -> dict[int, _Timed]:
    """The columns of counts that name a time. Beside months a quarter or a year only says again what its last month says."""
    people = any(words("workers").get(text, ("",))[0] == "id_number" for text in header.normal_texts)
    named = "" if people else _of_title(header.title)
    read: dict[int, _Timed] = {}
    for index, (text, group) in enumerate(zip(header.texts, header.groups, strict=True)):
        each = _read(text, group, named) or _part_of(text, group, read.get(index - 1))
        if each is not None:
            read[index] = each
    months = {each.time.year for each in read.values() if _is_month(each)}
    return {index: each for index, each in read.items() if _is_month(each) or not (each.time.year in months or 0 in months)}


def _is_month(each: _Timed) -> bool:
    return bool(each.time.rest) and not _QUARTERS.search(each.name) and not _HALVES.search(each.name)


def _of_title(title: str) -> str:
    counted = {"会员人数" if each == "会员" else "职工人数" for each in _COUNTED.findall(title)}
    return counted.pop() if len(counted) == 1 else ""


def _read(text: str, group: str, named: str) -> _Timed | None:
    """What a column's header and group say of a time and a count; ``named``: what the sheet's title says to be counted."""
    own, of_group = _split(text), _split(group)
    name = own[0] or of_group[0]
    if not name:
        return None
    time = read_period(name)
    above = read_period(of_group[0])
    if own[0] and of_group[0] and not time.year:
        time, name = time._replace(year=above.year), of_group[0] + name
    what = _what(own[1], of_group[1]) or (named if not own[1] and not of_group[1] else "")
    return _Timed(time, name, what) if what and (time.year or time.rest) else None


def _part_of(text: str, group: str, before: _Timed | None) -> _Timed | None:
    """其中：女 to the right of a count, under the same time: a part of that count."""
    if before is None or not is_generic(normal(text)) or _split(group)[0] not in before.name:
        return None
    what = _what(normal(text), before.what)
    return before._replace(what=what) if what and what != before.what else None


def _split(text: str) -> tuple[str, str]:
    """The time at the beginning or the end of a header text, and the rest, normalised; ("", the text) without one."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = next((each for each in TIME.finditer(plain) if _at_edge(plain, each)), None)
    if found is None:
        return "", normal(text)
    rest = plain[: found.start()].rstrip("(（[【") + plain[found.end() :].lstrip(")）]】")
    return found[0], normal(rest.strip(_MARKS))


def _at_edge(text: str, found: re.Match[str]) -> bool:
    return bool(found[0]) and (not text[: found.start()].strip(_MARKS) or not text[found.end() :].strip(_MARKS + "）】]"))


def _what(text: str, group: str) -> str:
    """What is counted, in the words of a header; "" where that is nothing of ours."""
    for said in (text, group):
        if said and is_count(said) and not (said == group and text):
            return said
    if not text:
        return ""
    for kind in _FORMS:
        field = next((each.field for each in by_text(kind, text, group).candidates), "")
        if field in _COUNTS:
            return FORMS[kind].by_name[field].column.label
    return ""


def _unread(sheet: Sheet, header: Header, found: dict[int, _Timed]) -> Sheet:
    texts = [header.texts[index] for index in found]
    said = (
        _("“{columns}”按季度写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。")
        if any(_QUARTERS.search(each.name) for each in found.values())
        else _("“{columns}”按月写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。")
    )
    note = said.format(columns=_("、").join(texts[:_SHOWN]) + ("…" if len(texts) > _SHOWN else ""))
    return Sheet(replace(sheet.head, notes=(*sheet.head.notes, note)), sheet.rows)


def _part(sheet: Sheet, header: Header, called: tuple[str, str], own: dict[int, str], others: set[int]) -> Sheet:
    """The sheet with the counts of one time; ``called``: its day (ISO, cut) and its name. ``others``: columns of other times."""
    day, name = called
    last = header.rows[-1]
    said = enumerate(header.texts)
    texts: list[Plain] = [own.get(index) or (None if index in others else text or None) for index, text in said]
    rows = [SheetRow(0, [f"统计时间：{day}"])] if day else []
    for row in sheet.rows:
        values: list[Plain] = [None if index in others else value for index, value in enumerate(row.values)]
        if row.number == last:
            values = texts
        elif row.number in header.rows:
            # groups stay above their columns; what says its column's own text has gone down to the last row
            down = {index for index, value in enumerate(values) if index in own or headed(value) == header.texts[index]}
            values = [None if index in down else value for index, value in enumerate(values)]
        if any(value is not None for value in values):
            rows.append(SheetRow(row.number, values, row.hidden))
    kept = (each for each in sheet.head.merged if not header.rows[0] <= each[0] <= last or _groups(each, header, own, others))
    name = f"{sheet.head.sheet}（{name}）" if name else sheet.head.sheet
    return Sheet(replace(sheet.head, sheet=name, merged=tuple(kept), part="table"), rows)


def _groups(merged: Merged, header: Header, own: dict[int, str], others: set[int]) -> bool:
    """True for a merged range of the header that is the group of columns of no time."""
    columns = range(merged[1], merged[3] + 1)
    return merged[2] < header.rows[-1] and not any(index in own or index in others for index in columns)
