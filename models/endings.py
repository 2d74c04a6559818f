"""A unit that closes, a union that is dissolved: nothing is deleted, the record says since when it is no more."""

import datetime as dt

from models.coverages import end_of_union, end_open
from models.editing import held
from models.employer import Employer
from models.errors import UserError
from models.journal import Author, batch, number_of
from models.language import _
from models.membership import members_of_unions
from models.union import Union

#: The state of a union that is no more.
DISSOLVED = "撤销"


def close_employer(uid: str, day: dt.date, author: Author) -> int:
    """A unit has closed on ``day``: it operates no longer, and nothing covers it; returns the batch's number.

    UserError when it is closed already.
    """
    known = held("employer", uid)
    changes = {"closed_on": (known["closed_on"], day.isoformat()), "operating": (known["operating"], 0)}
    if known["closed_on"]:
        raise UserError(_("“{name}”已经在 {day} 注销了。").format(name=known["name"], day=known["closed_on"]))
    with batch("edit", author, {"kind": "employer", "record": uid, "ended": True}) as writer:
        writer.update(Employer, uid, {name: pair for name, pair in changes.items() if pair[0] != pair[1]})
        end_open(writer, [uid], day)
    return _number(number_of(writer))


def dissolve_union(uid: str, day: dt.date, author: Author) -> int:
    """A union was dissolved on ``day``: it covers nobody any more; returns the batch's number.

    UserError when it is dissolved already, or when it still has members: their membership must go somewhere first
    (会籍管理办法 2016, article 3: a membership moves with the person).
    """
    known = held("union", uid)
    if known["dissolved_on"] or known["state"] == DISSOLVED:
        raise UserError(_("“{name}”已经撤销了。").format(name=known["name"]))
    members = members_of_unions().get(uid, 0)
    if members:
        sentence = _("“{name}”还有 {count} 名在册会员。请先把他们转会或保留会籍，再撤销工会。")
        raise UserError(sentence.format(name=known["name"], count=members))
    changes = {"dissolved_on": (known["dissolved_on"], day.isoformat()), "state": (known["state"], DISSOLVED)}
    with batch("edit", author, {"kind": "union", "record": uid, "ended": True}) as writer:
        writer.update(Union, uid, changes)
        end_of_union(writer, uid, day)
    return _number(number_of(writer))


def _number(number: int | None) -> int:
    assert number is not None  # an ending always changes something
    return number
