"""What a person says of a sheet that was due: it came another way, it need not come; and taking that back."""

import datetime as dt
from collections.abc import Collection, Iterable

from models.chasing.due import Item, items
from models.chasing.rules import find_rule
from models.errors import UserError
from models.figures.periods import key_of, read_period
from models.journal.typed import typed
from models.journal.writer import Author, batch
from models.language import _
from models.ledger.entries import find_union
from models.records.catalogue import stored_names
from models.records.chasing import HandIn
from models.uid import new_uid

#: Rule (uid), union (uid) and period (key) of a sheet that was due.
Key = tuple[str, str, str]


def keys_of(rule: str, unions: Iterable[str], period: str) -> list[Key]:
    """The keys of a rule's sheets of a period, by names as a person writes them. UserError for what there is not."""
    uid, key = find_rule(rule).uid, key_of(read_period(period))
    return [(uid, find_union(name), key) for name in unions]


def close(keys: Collection[Key], reason: str, author: Author, today: dt.date, excused: bool = False) -> int:
    """Say of sheets that are still to come that they came, or (``excused``) need not; returns of how many.

    UserError without a reason, and where one is not due, or is known to have come: nothing is said twice.
    """
    reason = str(typed(HandIn, {"reason": reason})["reason"] or "")
    if not reason:
        raise UserError(_("请写明原因，例如“纸质交来”“本月没有变化”。"))
    held = {each.key: each for each in items(today, unions={union for _rule, union, _period in keys})}
    for key in keys:
        _check(held.get(key))
    with batch("edit", author, {"hand_in": len(keys)}) as writer:
        for rule, union, period in dict.fromkeys(keys):
            writer.create(HandIn, {
                "uid": new_uid(), "due_rule": rule, "union": union, "period": period, "state": "免交" if excused else "已交",
                "date": today.isoformat(), "rows": None, "reason": reason,
            })  # fmt: skip
    return len(set(keys))


def _check(item: Item | None) -> None:
    if item is None:
        raise UserError(_("这个工会这一期没有要交的，或者还没有到期。请刷新后再试。"))
    if not item.open:
        told = _("“{union}”{period}的“{rule}”已经交了或者免交，不用再记。")
        raise UserError(told.format(union=item.union.name, period=item.called, rule=item.rule.name))


def take_back(keys: Collection[Key], author: Author) -> int:
    """Drop what is kept of sheets: what a person said, or an imported sheet that was none; returns of how many.

    What follows from counts and entries stays. UserError where nothing is kept of any of them.
    """
    rows = [
        row for row in HandIn.select().order_by(HandIn.id) if (row.due_rule, row.union, row.period) in set(keys)
    ]
    if not rows:
        raise UserError(_("没有可以收回的：人数和台账交没交，由登记册里的人数和台账决定。"))
    with batch("edit", author, {"hand_in": len(rows)}) as writer:
        for row in rows:
            writer.remove([(HandIn, {name: getattr(row, name) for name in ("uid", *stored_names(HandIn))})])
    return len({(row.due_rule, row.union, row.period) for row in rows})
