"""The lines above a table: its title, who fills it in (填报单位), of which day it speaks."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.columns.header_text import normal, written
from importers.columns.period import own_time
from importers.workbook.sheet import SheetRow
from models.values.cleaning import clean_organization
from models.values.columns import Plain
from models.values.days import read_day

#: One character for one, so that places in the translated text are places in the written one.
_PLAIN = str.maketrans("：（）＿　\xa0﹕", ":()_  :")
_BRACKET = r"(?:\s*\([^()]{0,8}\))?"
_BY = "填报|填表|填写|制表|报送|申报|上报|编制|报表"
_UNIT = (
    rf"(?:{_BY}|参保|用人|用工|工作|所属|所在|派遣|建会)?\s*(?:单\s*位|工会|企业|公司)(?:组织)?\s*(?:名\s*称|全称)?|工会组织|基层工会(?:名称)?"
)
_DAY = rf"(?:{_BY}|统计|截止|截至|数据截止)?(?:日\s*期|时\s*间|月份|年月)"
_PERSON = (
    "(?:单位|企业|工会|部门)?(?:负责人|法人|主席|法定代表人)|联系人|联系电话|电话|审核人?|审批人?|复核人?|经办人?|制表人?"
    f"|信息采集人|采集人|(?:{_BY})人|签字|盖章|公章|备注|地址|邮编|共计|合计"
)
#: Every label with its colon: known ones anywhere, unknown ones after a space or at the start.
_LABEL = re.compile(
    rf"(?P<unit>{_UNIT}){_BRACKET}\s*:|(?P<day>{_DAY}){_BRACKET}\s*:|(?:{_PERSON}){_BRACKET}\s*:"
    rf"|(?:(?<=^)|(?<=\s))(?!其中)[\u4e00-\u9fff/]{{2,10}}{_BRACKET}\s*:"
)
_LABEL_ALONE = re.compile(rf"(?:(?P<unit>(?:{_BY})\s*(?:单\s*位|工会|企业|公司)|(?:单位|企业|工会)名称)|(?P<day>{_DAY})){_BRACKET}\s*")
_FILLED_IN_BY = re.compile(rf"(?:{_BY})\s*(?:单\s*位|工会|企业|公司){_BRACKET}\s*")
_STAMPED = re.compile(rf"(?P<unit>(?:{_BY})\s*(?:单\s*位|工会))\s*\((?:盖章|公章|章|签章)\)\s*(?P<value>[^:]+)")
_MEASURE = r"(?:[百千万亿]?(?:人次?|元)|[个户家名份件次项处场台间岁年月天%％]|平方米|㎡|人民币)"
#: 单位：万元 and 单位：人、万元 say how to read the numbers, not who filled in the sheet.
_MEASURES = re.compile(rf"{_MEASURE}(?:\s*[、,，;；/／和与及]?\s*{_MEASURE})*[)）\]】]?")
_STAMP_WORDS = re.compile(r"\s*[(（](?:盖章|公章|章|签章)[)）]\s*|\s+盖章$|^[_\s]+|[_\s]+$")
_WRITTEN_DAY = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*\d{1,2}\s*日?|\s*月)?")
_AS_OF = re.compile(rf"(?:截[至止](?:到|于|时间|日期)?|统计(?:时间|日期|到))\s*:?\s*({_WRITTEN_DAY.pattern})")
#: Labels of the day of the counts themselves.
_OF_COUNTS = re.compile("统计|数据|截[止至]")
#: What follows the first month of a span: 1月至5月. Its last month is found elsewhere.
_SPAN = re.compile(r"\s*[-—–－~～至到]\s*\d")
_ATTACHMENT = re.compile(r"附(?:件|表)?\s*[\d一二三四五六七八九十]*\s*[:：.、]?")
_TITLE_END = re.compile(r"(?:表|册|台账|清单|名单|汇总|统计|月报|一览|明细|信息|情况)(?:[(（].*[)）])?\d*$")


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """What the lines say; ``day`` is ISO text cut to its precision; all are "" where nothing is said.

    ``counted``: the day is said to be that of the counts (统计时间, 截至), and not only that on which somebody filled in the sheet.
    """

    title: str = ""
    organization: str = ""
    day: str = ""
    others: tuple[str, ...] = ()
    counted: bool = False


def read_lines(rows: Sequence[SheetRow]) -> HeaderLines:
    """Read the rows above a header."""
    cells = [[(value, written(value)) for value in row.values if written(value)] for row in rows]
    units: list[tuple[bool, str]] = []
    days: list[tuple[bool, str]] = []
    texts: list[str] = []
    for line in cells:
        texts.extend(_read_line(line, units, days))
    title = _title(texts)
    organization = next((unit for filled_in, unit in units if filled_in), units[0][1] if units else "")
    if not days:
        days = [(True, day) for text in texts if (day := _said_day(text, text == title))]
    counted, day = next((each for each in days if each[0]), days[0] if days else (False, ""))
    return HeaderLines(title, organization, day, tuple(text for text in texts if text != title), counted)


def is_line(values: Sequence[Plain]) -> bool:
    """True when a row of cells is a line such as 填报单位：… rather than part of a table."""
    texts = [text for value in values if (text := written(value))]
    if texts and _FILLED_IN_BY.fullmatch(texts[0].translate(_PLAIN)):
        return True
    labelled = sum(bool(_LABEL.search(text.translate(_PLAIN))) for text in texts)
    return labelled > 0 and 2 * labelled >= len(texts)


def foot_day(rows: Sequence[SheetRow]) -> str:
    """The 填报日期 written below a table, in its last rows; "" when it was left blank."""
    for row in reversed(rows[-12:]):
        if not is_line(row.values):
            continue
        days: list[tuple[bool, str]] = []
        _read_line([(value, written(value)) for value in row.values if written(value)], [], days)
        if days:
            return days[0][1]
    return ""


def _read_line(line: list[tuple[Plain, str]], units: list[tuple[bool, str]], days: list[tuple[bool, str]]) -> list[str]:
    """Add what one row says to ``units`` and ``days``; return its texts that are no labels."""
    texts = []
    waiting = ""
    for value, text in line:
        plain = text.translate(_PLAIN)
        labels = list(_LABEL.finditer(plain))
        alone = _LABEL_ALONE.fullmatch(plain)
        if waiting and not labels and not alone:
            _take(waiting, value, units, days)
            waiting = ""
            continue
        waiting = ""
        for label, after in zip(labels, [*labels[1:], None], strict=False):
            what = "unit:" + label["unit"] if label["unit"] else "day:" + label["day"] if label["day"] else ""
            rest = text[label.end() : after.start() if after else None]
            if rest.strip(" _\u3000"):
                _take(what, rest, units, days)
                waiting = ""
            else:
                waiting = what if after is None else ""
        if alone:
            waiting = "unit:" + alone["unit"] if alone["unit"] else "day:" + alone["day"]
        elif not labels and (stamped := _STAMPED.fullmatch(plain)):
            _take("unit:" + stamped["unit"], stamped["value"], units, days)
        elif not labels or labels[0].start():
            days.extend((False, day) for day in _bare_day(value))
            texts.append(text[: labels[0].start()].strip() if labels else text)
    return texts


def _take(what: str, value: Plain, units: list[tuple[bool, str]], days: list[tuple[bool, str]]) -> None:
    """Keep a label's value if it is one."""
    kind, _, label = what.partition(":")
    if kind == "unit":
        unit = clean_organization(_STAMP_WORDS.sub("", written(value)))
        if len(unit) > 1 and not _MEASURES.fullmatch(unit) and not isinstance(value, (int, float, dt.date)):
            units.append((bool(re.match(_BY, label)), unit))
    elif kind == "day":
        day = read_day(value.strip(" _\u3000") if isinstance(value, str) else value).day
        if day:
            days.append((bool(_OF_COUNTS.match(label)), day))


def _bare_day(value: Plain) -> list[str]:
    """The day of a cell that holds nothing else."""
    if isinstance(value, dt.date) or (isinstance(value, str) and _WRITTEN_DAY.fullmatch(value.strip())):
        day = read_day(value.strip() if isinstance(value, str) else value).day
        return [day] if day else []
    return []


def _said_day(text: str, is_title: bool) -> str:
    """A day within a sentence: after 截至 anywhere; in a title, when it names at least the month."""
    found = _AS_OF.search(text)
    if found:
        return read_day(found[1]).day or ""
    text = own_time(text)
    if is_title and (month := _WRITTEN_DAY.search(text)) and not _SPAN.match(text, month.end()):
        return read_day("".join(month[0].split())).day or ""
    return ""


def _title(texts: list[str]) -> str:
    """The line that names the sheet: the first that ends like a title, else the first of four characters or more."""
    lines = [text for text in texts if not _ATTACHMENT.fullmatch(text) and not _WRITTEN_DAY.fullmatch(text)]
    named = [text for text in lines if _TITLE_END.search(text) and len(normal(text)) < 60]
    return next(iter(named or [text for text in lines if 4 <= len(text) < 60 and not _AS_OF.match(text)]), "")
