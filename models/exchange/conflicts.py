"""What two laptops wrote of one field without knowing of each other: both kept, side by side, until a person decides.

The decision is an entry of the log that replaces all of them, and travels with it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models import roles
from models.engine import database
from models.errors import UserError
from models.journal import forks
from models.journal.heads import RecordHeads, Telling, heads_of
from models.journal.history import BatchNote, batch_notes
from models.journal.log import WHOLE
from models.journal.reopening import DECIDE
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.records.catalogue import RECORDS, references, referred_kinds, stored_names

#: What a person says of a record that was removed on one laptop and changed on another.
KEEP, REMOVE = "keep", "remove"
#: Batches that no person wrote: two of them do not contradict each other.
_BY_ITSELF = "cases"
#: What stands in a list in an order that nobody chose.
_LISTED = frozenset({"occupation_group", "ledger_kind", "site_kind", "own_field"})


@dataclass(frozen=True)
class Side:
    """One of the values: who wrote it and when, by that laptop's clock. ``gone``: that the record was removed."""

    value: Any
    gone: bool
    device: str
    person: str
    at: str


@dataclass(frozen=True)
class Conflict:
    """A field of a record of which several laptops wrote different things; ``*`` where one of them removed the record.

    ``mine``: what was written here, or is shown; ``theirs``: the others; ``shown``: what the register holds meanwhile.
    """

    kind: str
    uid: str
    field: str
    mine: Side
    theirs: tuple[Side, ...]
    shown: Any


def open_conflicts(
    device: str, uids: Collection[str] | None = None, writing: Mapping[str, BatchNote] | None = None
) -> list[Conflict]:
    """All that is not decided yet, or what concerns some records (uids). ``device``: the own one.

    ``writing``: the batch (uid) that is being written, of which the register does not know yet, and what it will say of it.
    """
    noted = forks.every() if uids is None else forks.among(uids)
    found = [(of, name, heads) for of in heads_of(noted).values() for name, heads in of.conflicts().items()]
    notes = batch_notes({each.batch for of, _name, heads in found for each in (*heads, *_edits(of))}) | dict(writing or {})
    told = [
        _conflict(of, name, heads, notes, device) for of, name, heads in found
        if not _no_matter(of.kind, name, {notes[each.batch].kind for each in heads})
    ]  # fmt: skip
    return [each for each in told if each is not None]


def _no_matter(kind: str, name: str, batches: set[str]) -> bool:
    """True for what no person wrote, and for the place of something in its list: one of them is taken."""
    return batches == {_BY_ITSELF} or (kind in _LISTED and name == "place")


def _edits(of: RecordHeads) -> list[Telling]:
    """What keeps a removed record alive."""
    found = {each.key: each for heads in of.heads.values() for each in heads if not each.gone}
    return [found[key] for key in sorted(found)]


def _conflict(
    of: RecordHeads, name: str, heads: list[Telling], notes: dict[str, BatchNote], device: str
) -> Conflict | None:
    if name == WHOLE:
        heads = [*heads, *_edits(of)]
    sides = [_side(each, name, notes) for each in heads]
    own = next((place for place, each in enumerate(heads) if each.device == device), 0)
    mine = sides.pop(own)
    different = tuple({(each.gone, repr(each.value)): each for each in sides if _differs(each, mine)}.values())
    return Conflict(of.kind, of.uid, name, mine, different, None if name == WHOLE else of.value(name)) if different else None


def _differs(one: Side, other: Side) -> bool:
    return (one.gone, one.value) != (other.gone, other.value)


def _side(each: Telling, name: str, notes: dict[str, BatchNote]) -> Side:
    value = None if name == WHOLE else each.says(name)
    note = notes[each.batch]
    return Side(value, each.gone, each.device, note.person, note.at)


def find_conflict(uid: str, name: str, device: str) -> Conflict:
    """The conflict of a field of a record (uid). UserError when there is none."""
    for each in open_conflicts(device, [uid]):
        if each.field == name:
            return each
    raise UserError(_("这里没有要决定的。用 exchange conflicts 可以看到所有两边写得不一样的。"))


def decide(uid: str, name: str, which: str | int, author: Author) -> int:
    """Decide a conflict and return the batch's number.

    ``which``: "mine", "theirs" or the number of one of theirs from 1 on; of a record that was removed "keep" or "remove".
    UserError for a choice that there is not, and where something refers to what is to go.
    """
    roles.need_write()
    conflict = find_conflict(uid, name, author.device)
    source = {"decided": name, "record": uid}
    with batch(DECIDE, author, source) as writer:
        (of,) = heads_of({uid: conflict.kind}).values()
        if name == WHOLE:
            _decide_whole(of, which, writer)
        else:
            value = _chosen(conflict, which).value
            writer.decide(RECORDS[of.kind], uid, name, of.value(name), value)
        writer.flush()
        settled([uid])
    number = number_of(writer)
    assert number is not None  # an entry was written, whatever was chosen
    return number


def settled(uids: Iterable[str]) -> None:
    """Forget those of the records (uids) that have one line again. Part of the transaction that is open."""
    standing = heads_of(forks.among(uids))
    forks.settle([uid for uid, of in standing.items() if not of.forked])


def _chosen(conflict: Conflict, which: str | int) -> Side:
    if which == "mine":
        return conflict.mine
    place = 1 if which == "theirs" else which
    if isinstance(place, int) and 1 <= place <= len(conflict.theirs) and not (which == "theirs" and len(conflict.theirs) > 1):
        return conflict.theirs[place - 1]
    said = _("没有这个选择。可以选 mine（本机的）、theirs（对方的），对方有几个的写第几个：1–{count}。")
    raise UserError(said.format(count=len(conflict.theirs)))


def _decide_whole(of: RecordHeads, which: str | int, writer: Writer) -> None:
    record = RECORDS[of.kind]
    names = ("uid", *stored_names(record))
    (row,) = database.fetch_in(record, "uid", [of.uid], names)
    values = dict(zip(names, row, strict=True))
    if which == KEEP:
        writer.keep(record, values, [each.head for each in of.conflicts()[WHOLE]])
    elif which == REMOVE:
        used = [
            other for other, name in references() if of.kind in referred_kinds(other, name)
            for _row in database.fetch_in(other, name, [of.uid], ("uid",))
        ]  # fmt: skip
        if used:
            raise UserError(_("还有别的记录用到它，去不掉。请选 keep，或者先处理用到它的记录。"))
        writer.remove([(record, values)])
    else:
        raise UserError(_("一边去掉了这条记录，一边改过它：请选 keep（留下）或 remove（去掉）。"))
