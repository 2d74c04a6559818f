"""What lists can be narrowed by, each declared once: name, label, kind of value, condition.

The filter bar, the saved filters, the export and ``list --where`` iterate :func:`filters_of`. A value is a text in one form:
labels joined by | for a choice, 是 or 否, ``25-99`` for a range of numbers, ``2026-01..2026-06`` for a range of days.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from models.engine.own_values import field_of
from models.engine.record import Record
from models.errors import UserError
from models.language import N_, _
from models.lists import filter_conditions
from models.patterns import pattern
from models.records.catalogue import RECORDS
from models.records.drive_case import DriveCase
from models.records.forms import FORMS
from models.records.headcount import HeadCount
from models.standing.terms import TERM_STATES
from models.values import codes
from models.values.columns import Column, columns_of
from models.values.days import LAST_YEAR
from models.values.id_kinds import CreditCode
from models.values.kinds import Choice, Count, Day, Place, Reference, Text, YesNo
from models.values.own_kinds import OwnNumber, OwnText

ValueKind = Literal["choice", "yes", "flag", "range", "days", "text"]
#: (name of a filter, value) pairs, in the order in which they were added.
Where = tuple[tuple[str, str], ...]
Condition = Callable[[str, dt.date], Any]

#: Chooses the records of which a field is not known.
UNKNOWN = "未填"
YES, NO = "是", "否"
SEPARATOR = "|"
_RANGE = pattern(r"(\d{0,8})\s*(?:-|–|—|~|～|至|到|\.\.)\s*(\d{0,8})|(\d{1,8})")
_DAY = r"(?:1[89]|20)\d\d(?:-\d\d(?:-\d\d)?)?"
_DAYS = pattern(rf"({_DAY})?\s*(?:\.\.|~|～|至|到)\s*({_DAY})?|({_DAY})")


@dataclass(frozen=True)
class Filter:
    """A filter of one kind of list. ``condition(value, today)`` is what its records fulfil.

    ``labels``: what a choice offers, asked anew each time, for a register has labels of its own. ``bands``: ranges that are
    offered ready made. ``often``: whether it is among those that are offered first.
    """

    name: str
    label: str
    kind: ValueKind
    condition: Condition
    labels: Callable[[], Sequence[str]] = tuple
    bands: tuple[str, ...] = ()
    unit: str = ""
    often: bool = True

    @property
    def title(self) -> str:
        """The label in the language of the person."""
        return _(self.label)

    def offered(self) -> str:
        """What can be written, in words or by an example."""
        return {"choice": " | ".join(map(_, self._words())), "yes": " | ".join(map(_, self._words())), "flag": _(YES),
                "range": "25-99", "days": "2026-01..2026-06", "text": _("一部分文字")}[self.kind]  # fmt: skip

    def _words(self) -> tuple[str, ...]:
        """The words that mean something to this filter, as they are stored."""
        return {"choice": (*self.labels(), UNKNOWN), "yes": (YES, NO, UNKNOWN), "flag": (YES,), "text": (UNKNOWN,)}.get(
            self.kind, ()
        )

    def read(self, text: str) -> str:
        """The value that a person wrote, in its one form. UserError when it is none for this filter."""
        readers = {"choice": self._read_choice, "yes": self._read_yes, "flag": self._read_flag, "range": self._read_range,
                   "days": self._read_days, "text": self._read_text}  # fmt: skip
        shown = {_(word).casefold(): word for word in self._words()}
        parts = [shown.get(part.strip().casefold(), part) for part in text.strip().split(SEPARATOR)]
        return readers[self.kind](SEPARATOR.join(parts))

    def show(self, value: str) -> str:
        """What the filter is set to, in words: 年龄 18–35 岁."""
        if self.kind == "flag":
            return self.title
        if self.kind in ("range", "days"):
            return f"{self.title} {self.show_range(value)}"
        exact = value.startswith("=") or self.kind != "text"
        words = _listed(_(word) for word in value.removeprefix("=").split(SEPARATOR)) if exact else value
        return _("{what}：{said}").format(what=self.title, said=words)

    def show_range(self, value: str) -> str:
        """A range of numbers or days in words, with its unit."""
        least, most = (value.split("..") if self.kind == "days" else value.split("-"))[:2]
        unit = " " + _(self.unit) if self.unit else ""
        if not most:
            return _("{least}{unit}以上").format(least=least, unit=unit) if self.kind == "range" else _("{day} 起").format(day=least)
        if not least:
            return _("{most}{unit}以下").format(most=most, unit=unit) if self.kind == "range" else _("{day} 止").format(day=most)
        if least == most:
            return least + unit
        return f"{least}–{most}{unit}" if self.kind == "range" else _("{least} 至 {most}").format(least=least, most=most)

    def _refuse(self, text: str, how: str) -> UserError:
        return UserError(_("筛选“{title}”不能是“{text}”：{how}").format(title=self.title, text=text, how=how))

    def _read_choice(self, text: str) -> str:
        known = {*self.labels(), UNKNOWN}
        wanted: list[str] = []
        for part in filter(None, text.split(SEPARATOR)):
            # some labels have a 、 of their own
            wanted += [part] if part in known else [word for word in re.split("[、,，]", part) if word]
        if not wanted or not known.issuperset(wanted):
            raise self._refuse(text, _("可以是 {labels}。").format(labels=self.offered()))
        return SEPARATOR.join(dict.fromkeys(wanted))

    def _read_yes(self, text: str) -> str:
        if text not in (YES, NO, UNKNOWN):
            raise self._refuse(text, _("可以是 是、否、未填。"))
        return text

    def _read_flag(self, text: str) -> str:
        if text != YES:
            raise self._refuse(text, _("只能是“是”；不要这个条件就不写。"))
        return text

    def _read_range(self, text: str) -> str:
        found = _RANGE.fullmatch(text)
        if not found or not any(found.groups()):
            raise self._refuse(text, _("请写成 25-99、25- 或 -24。"))
        least, most = (found[3], found[3]) if found[3] else (found[1], found[2])
        if least and most and int(least) > int(most):
            least, most = most, least
        return f"{int(least) if least else ''}-{int(most) if most else ''}"

    def _read_days(self, text: str) -> str:
        found = _DAYS.fullmatch(text)
        if not found or not any(found.groups()):
            raise self._refuse(text, _("请写成 2026-01-01..2026-06-30，也可以只写年或年月，一头可以不写。"))
        least, most = (found[3], found[3]) if found[3] else (found[1] or "", found[2] or "")
        for day in (least, most):
            if day and not _is_day(day):
                raise self._refuse(text, _("没有 {day} 这一天。").format(day=day))
        return f"{least}..{most}"

    def _read_text(self, text: str) -> str:
        if not text:
            raise self._refuse(text, _("请写出要找的字；写“未填”就是没有填的。"))
        return text


def _listed(words: Iterable[str]) -> str:
    return _("、").join(words)


def _is_day(day: str) -> bool:
    try:
        dt.date.fromisoformat((day + "-01-01")[:10])
    except ValueError:
        return False
    return int(day[:4]) <= LAST_YEAR


def filters_of(kind: str) -> dict[str, Filter]:
    """The filters of a list of one kind of form, by name: those used most often first, then one for each other field."""
    record = FORMS[kind].main
    future = Filter("future", N_("日期在将来"), "flag", partial(filter_conditions.in_future, kind), often=False)
    happens = filter_conditions.days_of(kind)
    found = {each.name: each for each in (*_OWN.get(kind, ()), *([future] if happens else ()))}
    for column in columns_of(record):
        if column.name not in found and (made := _of_column(record, column, column.name in _OFTEN.get(kind, ()))):
            found[made.name] = made
    return dict(sorted(found.items(), key=lambda item: not item[1].often))


def find_filter(kind: str, name: str) -> Filter:
    """A filter by its name or its label. UserError when a list has none such."""
    found = filters_of(kind)
    filter_ = found.get(name) or next((each for each in found.values() if name in (each.label, each.title)), None)
    if filter_ is None:
        names = _listed(_("{name}（{title}）").format(name=each.name, title=each.title) for each in found.values())
        raise UserError(_("没有筛选条件“{name}”。可以用的有：{names}。").format(name=name, names=names))
    return filter_


def read_where(kind: str, pairs: Sequence[tuple[str, str]]) -> Where:
    """Filters as a person wrote them: (name or label, text), each in its one form; of two for one field the last counts.

    UserError for a filter that there is not, or a value that it does not know.
    """
    read: dict[str, str] = {}
    for name, text in pairs:
        filter_ = find_filter(kind, name)
        read[filter_.name] = filter_.read(text)
    return tuple(read.items())


def kept_where(kind: str, parts: Mapping[str, object]) -> Where:
    """The filters among the parts that were kept under a name; what is not known or not understood any more is passed over."""
    found: list[tuple[str, str]] = []
    for name, filter_ in filters_of(kind).items():
        text = parts.get(PREFIX + name)
        if isinstance(text, str):
            try:
                found.append((name, filter_.read(text)))
            except UserError:
                continue
    return tuple(found)


#: Before the names of filters among the parts of a saved filter: some of those have the same names.
PREFIX = "where:"


def conditions(kind: str, where: Where, today: dt.date) -> list[Any]:
    """What the records fulfil that these filters choose. KeyError for a filter that there is not."""
    found = filters_of(kind)
    return [found[name].condition(value, today) for name, value in where]


def _of_column(record: type[Record], column: Column, often: bool) -> Filter | None:
    """The filter that follows from a field's declaration alone; of a number that is covered it knows what is shown and no more.

    Own fields, of which nothing else is known, are all offered; those that are no longer in use are not.
    """
    if column.retired:
        return None
    field = field_of(record, column.name)
    if type(column.kind) is OwnText:
        return Filter(column.name, column.label, "text", partial(filter_conditions.holds, field), often=often)
    if type(column.kind) is OwnNumber:
        scaled = partial(filter_conditions.in_scaled_range, field)
        return Filter(column.name, column.label, "range", scaled, often=often)
    if isinstance(column.kind, Place):
        return Filter(column.name, column.label, "text", partial(filter_conditions.in_place, field), often=often)
    if column.private:
        shown = partial(filter_conditions.shown_as, field, column.kind)
        return Filter(column.name, column.label, "text", shown, often=often)
    if isinstance(column.kind, Text | CreditCode):
        return _of_text(field, column, often)
    if isinstance(column.kind, Choice):
        condition = partial(filter_conditions.one_of, field)
        labels = partial(_labels, column.kind.codes)
        return Filter(column.name, column.label, "choice", condition, labels, often=often)
    for class_, kind, made in (
        (YesNo, "yes", filter_conditions.yes_no),
        (Count, "range", filter_conditions.in_range),
        (Day, "days", filter_conditions.in_days),
    ):
        if type(column.kind) is class_:
            return Filter(column.name, column.label, kind, partial(made, field), often=often)  # type: ignore[arg-type]
    return None


def _of_text(field: Any, column: Column, often: bool) -> Filter | None:
    """Of a text, or of the name of another record; None where that may be of several kinds."""
    made: Condition = partial(filter_conditions.holds_or_is, field)
    if isinstance(column.kind, Reference):
        if column.kind.record not in RECORDS:
            return None
        made = partial(filter_conditions.named, RECORDS[column.kind.record], field)
    return Filter(column.name, column.label, "text", made, often=often)


def _labels(codes_: codes.CodeList) -> tuple[str, ...]:
    return codes_.labels


def _terms() -> tuple[str, ...]:
    return tuple(TERM_STATES.values())


_SIZES = ("1-24", "25-49", "50-99", "100-199", "200-")
_BLANK = filter_conditions.blank

#: Filters that no single field of the record declares.
_OWN: dict[str, tuple[Filter, ...]] = {
    "workers": (
        Filter("age", N_("年龄"), "range", filter_conditions.of_age, bands=("16-35", "36-45", "46-60", "61-"), unit=N_("岁")),
        Filter("joined_this_year", N_("今年入会"), "flag", filter_conditions.joined_this_year),
        Filter("no_employer", N_("没有单位"), "flag", partial(_BLANK, filter_conditions.field("workers", "employer"))),
        Filter("no_union", N_("没有工会"), "flag", partial(_BLANK, filter_conditions.field("workers", "union"))),
        Filter("no_phone", N_("缺电话"), "flag", partial(_BLANK, filter_conditions.field("workers", "phone"))),
        Filter("no_id", N_("缺证件号"), "flag", partial(_BLANK, filter_conditions.field("workers", "id_number"))),
        Filter("platform", N_("所属平台"), "text", partial(filter_conditions.holds, filter_conditions.field("workers", "platform"))),
        Filter("no_residence", N_("没有居住镇街"), "flag", partial(_BLANK, filter_conditions.field("workers", "residence_region"))),
    ),
    "employers": (
        Filter("size", N_("职工人数"), "range",
               partial(filter_conditions.of_size, HeadCount.staff_count), bands=_SIZES, unit=N_("人")),
        Filter("covered", N_("有没有工会覆盖"), "yes", filter_conditions.covered),
        Filter("key", N_("重点企业"), "yes", filter_conditions.on_key_list),
        Filter(
            "stage", N_("建会阶段"), "choice",
               partial(filter_conditions.of_case_choice, DriveCase.stage), partial(_labels, codes.STAGE)
        ),
        Filter("organizer", N_("负责人"), "text", partial(filter_conditions.of_case_text, DriveCase.organizer)),
        Filter("no_phone", N_("缺电话"), "flag", partial(_BLANK, filter_conditions.field("employers", "phone"))),
        Filter("no_code", N_("缺信用代码"), "flag", partial(_BLANK, filter_conditions.field("employers", "credit_code"))),
        Filter("no_region", N_("没有区划"), "flag", partial(_BLANK, filter_conditions.field("employers", "region"))),
    ),
    "unions": (
        Filter("term", N_("任期"), "choice", filter_conditions.of_term, _terms),
        Filter("members", N_("会员人数"), "range",
               partial(filter_conditions.of_size, HeadCount.member_count), bands=_SIZES, unit=N_("人")),
        Filter("type_open", N_("类型待确认"), "flag", filter_conditions.type_open),
        Filter("no_approval", N_("没有批准文号"), "flag", partial(_BLANK, filter_conditions.field("unions", "approval_number"))),
        Filter("no_chair", N_("没有主席"), "flag", partial(_BLANK, filter_conditions.field("unions", "chair"))),
        Filter("no_phone", N_("缺电话"), "flag", partial(_BLANK, filter_conditions.field("unions", "phone"))),
        Filter("no_code", N_("缺信用代码"), "flag", partial(_BLANK, filter_conditions.field("unions", "credit_code"))),
    ),
}  # fmt: skip
#: Fields whose own filter is offered first.
_OFTEN: dict[str, tuple[str, ...]] = {
    "workers": ("sex", "birth_date", "join_date", "membership_state", "occupation_group"),
    "employers": ("nature", "non_public", "industry", "operating"),
    "unions": ("union_type", "state", "founding_date", "term_start"),
    "headcounts": ("source", "as_of", "subject_kind", "staff_count", "member_count"),
    "officers": ("body", "post", "since", "until"),
    "ledger": ("date",),
    "sites": ("state", "since", "until"),
    "regions": (),
}
