"""Contacts with the employers of the drive: whom one met, what was said and handed over, and what comes next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.drive.moves import case_values, change
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.journal.typed import happened, typed
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.law import stages
from models.records.catalogue import stored_names
from models.records.drive_case import Contact, DriveCase
from models.uid import new_uid
from models.values.columns import Plain

#: What a person writes about a contact.
CONTACT_FIELDS = tuple(name for name in stored_names(Contact) if name != "drive_case")
#: What may be decided about the case together with a contact.
NEXT_FIELDS = ("next_action", "next_action_date", "organizer")
#: What an employer says that ends its case, and the reason that it then has.
ENDING = {"注销": "注销", "搬迁": "搬迁", "不足25人": "不足人数"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person may want to do after a contact: ``action`` "close" with a reason, or "move" with a stage."""

    action: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Contacted:
    """The contact's uid, what is proposed after it (nothing of that is done by itself), and the case (uid)."""

    uid: str
    suggestions: list[Suggestion]
    drive_case: str


def add_contact(
    case_uid: str, given: Mapping[str, Plain], author: Author, following: Mapping[str, Plain] | None = None
) -> Contacted:
    """Keep a contact; its attitude becomes the case's when no later contact says otherwise.

    ``given`` by CONTACT_FIELDS, ``following`` by NEXT_FIELDS. UserError without a date, for one after today, for fields
    that are not known and
    values that cannot be read.
    """
    case = case_values(case_uid)
    values = typed(Contact, given, CONTACT_FIELDS)
    if not values.get("date"):
        raise UserError(_("请写明联系的日期。"))
    happened(Contact, "date", values["date"], dt.date.today())
    planned = typed(DriveCase, following or {}, NEXT_FIELDS)
    contact: Values = {"uid": new_uid(), "drive_case": case_uid, **values}
    with batch("case", author, {"case": case_uid}) as writer:
        before = contacts_of(case_uid)
        writer.create(Contact, contact)
        _follow(writer, case, [*before, contact], None)
        change(writer, case, planned)
    return Contacted(contact["uid"], _suggestions(case, values.get("attitude")), case_uid)


def add_visit(
    employer: str, given: Mapping[str, Plain], author: Author, following: Mapping[str, Plain] | None = None
) -> Contacted:
    """Keep a contact with an employer (uid), as :func:`add_contact`. UserError when there is no case to keep it in."""
    found = DriveCase.get_or_none(DriveCase.employer == employer)
    if found is None:
        sentence = _("这个单位没有建会台账，它不在应建未建名单上。请先核对它的人数、是否非公、是否已有工会，列入名单以后再记。")
        raise UserError(sentence)
    return add_contact(found.uid, given, author, following)


def change_contact(uid: str, given: Mapping[str, Plain], author: Author) -> list[Suggestion]:
    """Change fields of a contact; the case's attitude follows. UserError when it is not there or a value is unreadable."""
    held = _contact(uid)
    values = typed(Contact, given, CONTACT_FIELDS)
    changes = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    case = case_values(held["drive_case"])
    if changes:
        others = [each for each in contacts_of(held["drive_case"]) if each["uid"] != uid]
        with batch("case", author, {"case": held["drive_case"]}) as writer:
            writer.update(Contact, uid, changes)
            _follow(writer, case, [*others, held | values], held["attitude"])
    return _suggestions(case, values.get("attitude"))


def remove_contact(uid: str, author: Author) -> None:
    """Remove a contact; the case's attitude goes back to what was said before. UserError when it is not there."""
    held = _contact(uid)
    case = case_values(held["drive_case"])
    others = [each for each in contacts_of(held["drive_case"]) if each["uid"] != uid]
    with batch("case", author, {"case": held["drive_case"]}) as writer:
        writer.remove([(Contact, held)])
        _follow(writer, case, others, held["attitude"])


def contacts_of(case_uid: str) -> list[Values]:
    """The contacts of a case, the newest first."""
    names = ("uid", *stored_names(Contact))
    found = [dict(zip(names, row, strict=True)) for row in database.fetch_in(Contact, "drive_case", [case_uid], names)]
    return sorted(found, key=lambda each: (each["date"] or "", each["uid"]), reverse=True)


def _contact(uid: str) -> Values:
    return stored(Contact, uid, _("登记册里没有这次联系（可能已经移除）。请刷新后重新选择。"))


def _follow(writer: Writer, case: Values, contacts: list[Values], gone: Any) -> None:
    """Give the case the attitude of its newest contact that knows one; ``gone`` is what a contact no longer says."""
    said = [each for each in contacts if each.get("attitude")]
    newest = max(said, key=lambda each: (each.get("date") or "", each["uid"]), default=None)
    if newest is not None:
        change(writer, case, {"attitude": newest["attitude"]})
    elif gone is not None and case["attitude"] == gone:
        change(writer, case, {"attitude": None})


def _suggestions(case: Values, attitude: Any) -> list[Suggestion]:
    if case["closed_on"]:
        return []
    found = []
    if attitude in ENDING:
        reason = ENDING[attitude]
        text = _("单位说“{attitude}”。核实后可以结案，原因“{reason}”。").format(attitude=_(attitude), reason=_(reason))
        found.append(Suggestion("close", reason, text))
    elif case["stage"] == stages.FIRST:
        found.append(Suggestion("move", "已接触", _("已经联系上了，可以转到“已接触”。")))
    return found
