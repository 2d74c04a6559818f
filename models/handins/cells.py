"""One cell of a sheet that is handed up: what is written in it, and why their importer would refuse it."""

from collections.abc import Mapping
from typing import Any

from models.handins.fields import column_at
from models.handins.templates import NUMBER, HandInColumn, HandInTemplate
from models.language import _
from models.values.columns import Stored
from models.values.days import precision
from models.values.id_kinds import NUMBERED_LIKE_CITIZENS, CreditCode, IdNumber
from models.values.kinds import Day
from models.values.masking import quote

_PLACES, _MOBILE = 18, 11


def written(template: HandInTemplate, column: HandInColumn, row: Mapping[str, Any], *, masked: bool) -> str:
    """The text of a cell; "" for nothing. ``masked``: numbers are covered."""
    if column.field in ("", NUMBER):
        return ""
    for field in filter(None, (column.field, column.otherwise)):
        kind = column_at(template.rows, field).kind
        value: Stored = kind.export(row.get(field), masked=masked)
        if value is not None:
            break
    else:
        return ""
    if isinstance(kind, Day):
        return day_text(str(value), column.format)
    text = str(value)
    return dict(column.written).get(text, text)


def day_text(day: str, form: str) -> str:
    """A stored day in a form with yyyy, MM and dd in it; one that is known to the month or the year alone stays as it is."""
    if precision(day) != "day":
        return day
    year, month, date = day.split("-")
    return form.replace("yyyy", year).replace("MM", month).replace("dd", date)


def problem_of(template: HandInTemplate, column: HandInColumn, text: str, row: Mapping[str, Any]) -> str:
    """Why their importer would refuse a text in a column, and what to do; "" for nothing."""
    if not text:
        return _("没有填，对方要求必填") if column.required else ""
    kind = column_at(template.rows, column.field).kind
    if isinstance(kind, Day):
        known = precision(str(row[column.field]))
        if known != "day" and not column.partial:
            return _("只知道到“{day}”，请补到哪一天").format(day=text)
    if column.allowed and text not in column.allowed:
        return _("“{text}”不在对方的选项里").format(text=quote(text))
    if column.number and not text.isdigit():
        return _("“{text}”是一个范围，请写一个数").format(text=quote(text))
    return _number_problem(column, text, row)


def _number_problem(column: HandInColumn, text: str, row: Mapping[str, Any]) -> str:
    if column.check == "id18":
        return _id_problem(text, row.get("id_type"))
    if column.check == "credit18":
        told = CreditCode().parse(text).problem
        if len(text) != _PLACES or (told is not None and told.level == "error"):
            return _("统一社会信用代码要 18 位，而且校验位要对")
    if column.check == "mobile" and not (len(text) == _MOBILE and text.isdigit() and text.startswith("1")):
        return _("要一个 11 位的手机号")
    if column.check == "phone" and not any(map(str.isdigit, text)):
        return _("不是电话号码")
    return ""


def _id_problem(text: str, id_type: Any) -> str:
    """Only numbers like the citizens' have 18 places; one that breaks a rule is refused by everybody."""
    if id_type is not None and id_type not in NUMBERED_LIKE_CITIZENS:
        return ""
    if len(text) != _PLACES:
        return _("证件号码要 18 位")
    return _("证件号码的校验位或出生日期不对，请对照证件") if IdNumber().parse(text).problem is not None else ""
