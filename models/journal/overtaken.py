"""What is told when two people change the same field at the same time: who was first, what there is now, what was not written."""

from collections.abc import Mapping
from typing import Any

from models.engine.record import Record
from models.errors import Overtaken
from models.journal import entries
from models.journal.log import WHOLE, Batch
from models.language import _
from models.values.columns import DeclaredField, column_of


def told_overtaken(record: type[Record], error: Overtaken, wanted: Mapping[str, Any], own: str) -> Overtaken:
    """The same failure with a sentence for a person. ``wanted``: what was to be written in the batch ``own``.

    Personal values stay covered.
    """
    who, when = _last_writer(error.uid, error.field or WHOLE, own)
    by = _("{who} 在 {when}").format(who=who, when=when) if who else _("别人刚刚")
    told = Overtaken(error.uid, error.field, error.now)
    if not error.field:
        told.args = (_("{by}删去了这条记录，没有保存。请刷新后再看。").format(by=by),)
        return told
    declared = isinstance(record._meta.fields.get(error.field), DeclaredField)
    title, now, ours = _("这条记录"), "…", "…"
    if declared:
        column = column_of(record, error.field)
        title = column.title
        now, ours = (column.kind.show(value) or _("（空）") for value in (error.now, wanted.get(error.field)))
    sentence = _("{by}改了“{field}”，现在是“{now}”，你要写的是“{ours}”，没有保存。请刷新，看清楚以后再决定留哪一个。")
    told.args = (sentence.format(by=by, field=title, now=now, ours=ours),)
    return told


def last_writers(uid: str) -> dict[str, tuple[str, str]]:
    """Who wrote each field of a record last, and when by that computer's clock (ISO), by field name."""
    newest = {name: batch for batch, name in entries.of_records([uid], ("batch", "field"))}
    batches = {row.uid: row for row in Batch.select().where(Batch.uid.in_(list(set(newest.values()))))}
    return {name: (str(batches[each].person), str(batches[each].at)) for name, each in newest.items() if each in batches}


def _last_writer(uid: str, field: str, own: str) -> tuple[str, str]:
    """Who wrote this field last in another batch than ``own``, and when by that clock; both "" where the log does not say it."""
    found = [batch for batch, name in entries.of_records([uid], ("batch", "field")) if name == field and batch != own]
    batch = Batch.get_or_none(Batch.uid == found[-1]) if found else None
    return (str(batch.person), str(batch.at)[:16].replace("T", " ")) if batch is not None else ("", "")
