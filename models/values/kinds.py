"""The kinds of value that fields are declared with. Every kind reads, shows and exports its own values.

What is stored: text in one cleaned form, days as ISO text cut to their precision, choices as their label, whole numbers
for counts and 1 / 0 for yes and no. For every value, ``parse(export(value))`` gives the value again.
"""

import unicodedata
from collections.abc import Sequence

from models.language import _
from models.patterns import pattern
from models.values.cleaning import clean_line, clean_lines, clean_name, clean_organization, text_of
from models.values.codes import CodeList, fold
from models.values.columns import BLANKS, Kind, Parsed, Plain, Stored
from models.values.days import read_day
from models.values.marks import are_full_names, is_unsure, settled, unmarked_organization, unmarked_person
from models.values.masking import quote
from models.values.numbers import LARGEST_COUNT, OPEN_ENDED, RangedCount, read_count, told_count
from models.values.numbers import CountReading as Read
from models.values.problems import Problem, problem
from models.values.signs import is_sign, tick, ticked_label

_GARBLED = pattern("\ufffd|锟斤拷|烫烫|屯屯屯|锘縶")
#: Names in which nothing is to be cleaned or put aside, a line each.
_PLAIN_NAMES = pattern("(?:[\u4e00-\u9fff]{2,12}\n)*")
_DAMAGED_NAME = pattern("[?？□■\ufffd]")
#: Stars between the signs of a name cover a part of it; before and behind they are marks.
_STARRED_NAME = pattern(r"\w[*＊]+\w")


class Text(Kind):
    """Any text in one cleaned form. ``long``: its line breaks are kept."""

    def __init__(self, long: bool = False) -> None:
        """Say whether line breaks are kept."""
        self.long = long

    def read(self, plain: Plain) -> Parsed:
        """Clean the text; numbers whose last digits a spreadsheet has lost are refused rather than stored wrong."""
        text = text_of(plain)
        if text is None:
            return Parsed(None, problem("number-truncated"))
        text = self.clean(text)
        if text in BLANKS:
            return Parsed(None)
        return Parsed(text, problem("text-damaged") if _GARBLED.search(text) else None)

    def clean(self, text: str) -> str:
        """The one form in which a text is stored."""
        return clean_lines(text) if self.long else clean_line(text)


class PersonName(Text):
    """The name of a person, see :func:`models.values.cleaning.clean_name`; a character lost on the way is told, not dropped.

    ``several``: the cell may hold several persons, as contacts do; elsewhere two names in one cell are a question.
    """

    def __init__(self, several: bool = False) -> None:
        """Say whether a cell may name several persons."""
        super().__init__()
        self.several = several

    def all_sound(self, texts: Sequence[str]) -> bool:
        """True for names of Han characters and nothing else, each of one person who is named in full."""
        together = "\n".join((*texts, ""))
        sound = bool(_PLAIN_NAMES.fullmatch(together)) and not _GARBLED.search(together) and BLANKS.isdisjoint(texts)
        return sound and are_full_names(texts)

    def read(self, plain: Plain) -> Parsed:
        """Clean the name, what stands beside it put aside; warn of "?" and "□" in the place of a rare character."""
        if isinstance(plain, str) and _STARRED_NAME.search(plain):
            return Parsed(self.clean(plain), problem("name-unsure", written=quote(self.clean(plain))))
        found = settled(unmarked_person, plain, self.clean) if isinstance(plain, str) else None
        parsed = super().read(found.name if found else plain)
        if not isinstance(parsed.value, str):
            return parsed
        if _DAMAGED_NAME.search(parsed.value):
            return Parsed(parsed.value, problem("name-damaged"))
        if found is None or (self.several and not found.beside):
            return parsed
        if found.several:
            return Parsed(parsed.value, problem("name-several", written=quote(parsed.value)))
        if found.left:
            return Parsed(parsed.value, problem("name-says-left", written=quote(found.beside)))
        if found.beside:
            return Parsed(parsed.value, problem("name-marks", written=quote(found.beside)))
        return Parsed(parsed.value, problem("name-unsure", written=quote(parsed.value))) if is_unsure(parsed.value) else parsed

    def clean(self, text: str) -> str:
        """The one form in which a person's name is stored."""
        return clean_name(text)


class OrganizationName(Text):
    """The name of an employer or a union, as its licence or certificate prints it."""

    def read(self, plain: Plain) -> Parsed:
        """Clean the name, what stands beside it put aside: （已注销） is told, 等3家 is a question."""
        if not isinstance(plain, str):
            return super().read(plain)
        found = settled(unmarked_organization, plain, self.clean)
        parsed = super().read(found.name)
        if parsed.problem is not None or parsed.value is None or not found.beside:
            return parsed
        code = "name-of-several" if found.several else "organization-marks"
        return Parsed(parsed.value, problem(code, written=quote(found.beside)))

    def clean(self, text: str) -> str:
        """The one form in which an organization's name is stored; to compare, use ``cleaning.normal_name``."""
        return clean_organization(text)


class Reference(OrganizationName):
    """Another record, by its name or code: reading gives the cleaned name, the register puts the ``uid`` in its place.

    ``record`` is the referred table, such as "employer".
    """

    def __init__(self, record: str) -> None:
        """Name the referred table."""
        super().__init__()
        self.record = record


class Place(OrganizationName):
    """A region as written, by name or code; the regions' index finds the record."""


class Day(Kind):
    """A day, month or year: ISO text cut to what is known; see :func:`models.values.days.read_day`.

    ``ahead``: of what is planned or due, so that a day that somebody types without its year is the next one.
    """

    align = "center"

    def __init__(self, ahead: bool = False) -> None:
        """Say whether the day may well lie after today."""
        self.ahead = ahead

    def read(self, plain: Plain) -> Parsed:
        """Read a date in any of the ways people and sheets write it."""
        day, code = read_day(plain)
        return Parsed(day, problem(code, written=quote(plain)) if code else None)


class Count(Kind):
    """A number of people (or years, committees): whole and not negative; a range counts by its lower bound.

    ``ranged``: its note carries both ends of a range, and the record keeps the upper one beside the number.
    """

    storage = "INTEGER"
    align = "right"

    def __init__(self, ranged: bool = False) -> None:
        """Say whether the upper end of a range is kept."""
        self.ranged = ranged

    def read(self, plain: Plain) -> Parsed:
        """Read a count; a range or an "about" is noted."""
        if isinstance(plain, (int, float)) and not isinstance(plain, bool):
            if 0 <= plain <= LARGEST_COUNT and plain == int(plain):
                return Parsed(int(plain))
        elif isinstance(plain, str):
            if plain.isascii() and plain.isdigit() and len(plain) < 9:
                return Parsed(int(plain))
            count = read_count(unicodedata.normalize("NFKC", plain))
            if count:
                return Parsed(count.value, self._told(count, quote(plain)) if count.approximate else None)
        return Parsed(None, problem("count-unreadable", written=quote(plain)))

    def _told(self, count: Read, written: str) -> Problem:
        """The note about a count that is no plain number."""
        if count.upper is None or not self.ranged:
            return problem("count-approximate", written=written, value=count.value)
        code = "count-at-least" if count.upper >= OPEN_ENDED else "count-range"
        return problem(code, written=written, value=count.value, upper=count.upper)

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The number, its thousands grouped; both ends of a range."""
        upper = value.upper if isinstance(value, RangedCount) else None
        return told_count(value, upper) if isinstance(value, int) else super().show(value, masked)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """The number; a range as it is written, so that it comes back as one."""
        return told_count(value, value.upper).replace(",", "") if isinstance(value, RangedCount) else value


def upper_of(told: Problem) -> int | None:
    """The upper bound that the note about a count carries; None for any other problem."""
    return next((value for name, value in told.facts if name == "upper" and isinstance(value, int)), None)


#: The codes of the notes about counts that are no plain number.
INEXACT = frozenset({"count-approximate", "count-range", "count-at-least"})

#: What 已… and 未… are written with: 已建立, 未签订.
_DONE = ("", "有", "建", "建立", "建会", "成立", "组建", "签订", "办理", "入会", "开通", "设立", "配备")
_YES = {
    "是",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    "y",
    "yes",
    "t",
    "true",
    "1",
    "对",
    "有的",
    "是的",
    *("已" + done for done in _DONE),
}
_NO = {"否", "无", "×", "x", "✗", "✘", "✕", "✖", "☒", "n", "no", "f", "false", "0", "错", "没", "没有", "不是", "非"}
_NO |= {"未" + done for done in _DONE}
_UNKNOWN = {"未知", "未核实", "待核实", "待定", "不清楚", "不知道", "不确定"}


class YesNo(Kind):
    """Yes or no, stored as 1 or 0; nothing stored means unknown. Here 无 means no.

    ``yes`` and ``no`` are further words of the field, separated by spaces: 存续 and 注销 of an operating enterprise.
    """

    storage = "INTEGER"
    align = "center"

    def __init__(self, yes: str = "", no: str = "") -> None:
        """Name the words that answer this field, besides the usual ones."""
        self.yes = _YES | set(yes.casefold().split())
        self.no = _NO | set(no.casefold().split())

    def parse(self, plain: Plain) -> Parsed:
        """Read yes or no; a bare 无 is a no here, not a blank."""
        if isinstance(plain, str) and plain.strip() in {"无", "无。"}:
            return Parsed(0)
        return super().parse(plain)

    def read(self, plain: Plain) -> Parsed:
        """Read the words and signs by which people mean yes and no."""
        word = plain
        if isinstance(plain, str):
            plain = ticked_label(plain) or plain
            if is_sign(plain) and (answer := tick(plain)) is not None:
                return Parsed(int(answer))
            word = "".join(unicodedata.normalize("NFKC", plain).casefold().split()).rstrip("。.,;!")
            if word in BLANKS or word in _UNKNOWN:
                return Parsed(0 if word == "无" else None)
        # bool is an int, and True == 1
        elif not isinstance(plain, (int, float)):
            word = None
        if word == 1 or word in self.yes:
            return Parsed(1)
        if word == 0 or word in self.no:
            return Parsed(0)
        return Parsed(None, problem("yes-no-unknown", written=quote(plain)))

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """是 or 否 in the language of the person; "" for unknown."""
        return "" if value is None else _("是") if value else _("否")

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """是 or 否, whatever the language, so that sheets stay exchangeable."""
        return None if value is None else "是" if value else "否"


class Choice(Kind):
    """One label of a code list, by label or synonym, never by number."""

    align = "center"

    def __init__(self, codes: CodeList) -> None:
        """Name the list."""
        self.codes = codes

    def parse(self, plain: Plain) -> Parsed:
        """Read a label; texts that elsewhere mean "nothing" count where the list has them (技术等级 无)."""
        if isinstance(plain, str) and not plain.rstrip().endswith(("?", "？")):
            found = self.codes.find(plain)
            if found is None:
                found = self._by_sign(plain)
            if found is not None:
                return Parsed(found)
        elif isinstance(plain, bool) and self.yes_no:
            return Parsed(self.codes.find("是" if plain else "否"))
        return super().parse(plain)

    @property
    def yes_no(self) -> bool:
        """True when the list can be answered by yes and no."""
        return self.codes.find("是") is not None and self.codes.find("否") is not None

    def _by_sign(self, text: str) -> str | None:
        """The label that a tick, a cross or a ticked box means."""
        label = ticked_label(text)
        if label is not None:
            return self.codes.find(label)
        answer = tick(text) if is_sign(text) and self.yes_no else None
        return None if answer is None else self.codes.find("是" if answer else "否")

    def read(self, plain: Plain) -> Parsed:
        """What :meth:`parse` did not find is blank after cleaning, or unknown."""
        if isinstance(plain, str) and not fold(plain) and not is_sign(plain):
            return Parsed(None)
        return Parsed(None, problem("choice-unknown", written=quote(plain), label=self.codes.name))

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The label in the language of the person."""
        return "" if value is None else _(str(value))


_BETWEEN_CHOICES = pattern(r"[、,，;；/／|｜\n\r]+")


class Choices(Kind):
    """Several values joined by 、: labels of a code list, or free texts (platforms) without one."""

    def __init__(self, codes: CodeList | None = None) -> None:
        """Name the list, if there is one."""
        self.codes = codes

    def read(self, plain: Plain) -> Parsed:
        """Read the values one by one; what a list does not know is told and left out, the others are kept."""
        text = text_of(plain)
        if text is None:
            return Parsed(None, problem("number-truncated"))
        parts = [part for part in map(clean_line, _BETWEEN_CHOICES.split(text)) if part not in BLANKS]
        told = None
        if self.codes is not None:
            found = {part: self.codes.find(part) for part in parts}
            unknown = "、".join(part for part, label in found.items() if label is None)
            if unknown:
                told = problem("choice-unknown", written=quote(unknown), label=self.codes.name)
            parts = [label for label in found.values() if label is not None]
        return Parsed("、".join(dict.fromkeys(parts)) or None, told)

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The labels in the language of the person; free texts as they are."""
        if value is None or self.codes is None:
            return super().show(value, masked)
        return _("、").join(_(label) for label in str(value).split("、"))
