"""Making and changing own fields (自有字段): a new one, another name or order, options of a choice, out of use and back.

None is ever deleted: one that is out of use keeps what it holds, in the records, their history and what is handed out about
a person; making one can be undone as long as nothing stands in it. See ``models/records/own_field.py``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.engine import database
from models.engine.own_values import field_of
from models.errors import UserError
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.own_names import own_name
from models.records import own_field
from models.records.catalogue import RECORDS
from models.records.forms import FORMS
from models.records.own_field import BEARERS, KINDS, SEPARATOR, OwnField, parts
from models.uid import new_uid
from models.values.codes import fold

#: More would be a second register within the register; a form with so many is no form any more.
MOST = 60
#: Characters of the longest name: it is the head of a column.
LONGEST = 20
#: Options from which on a choice is none.
MOST_OPTIONS = 60


@dataclass(frozen=True)
class NewField:
    """An own field that is not made yet. ``record``: "worker", "employer" or "union"; ``kind``: a key of ``KINDS``.

    ``options``: the labels of a choice. It has its ``uid`` already, so that a plan can speak of it before it is made.
    """

    record: str
    name: str
    kind: str = "text"
    options: tuple[str, ...] = ()
    uid: str = field(default_factory=new_uid)

    @property
    def field(self) -> str:
        """The name of the field that it will be."""
        return own_name(self.uid)


@dataclass(frozen=True)
class OwnFieldLine:
    """An own field as it is shown; ``filled`` counts the records that hold something in it."""

    uid: str
    record: str
    name: str
    kind: str
    options: tuple[str, ...]
    old_options: tuple[str, ...]
    active: bool
    filled: int

    @property
    def field(self) -> str:
        """The name of the field."""
        return own_name(self.uid)


def own_fields() -> list[OwnFieldLine]:
    """All own fields, those of workers first, each record's in their order; those out of use too."""
    found = [
        OwnFieldLine(
            row.uid, row.record, row.name, row.kind, tuple(parts(row.options)), tuple(parts(row.old_options)), not row.retired,
            _filled(row),
        )
        for row in own_field.rows()
    ]  # fmt: skip
    return sorted(found, key=lambda each: BEARERS.index(each.record))


def _filled(row: Any) -> int:
    bearer: Any = RECORDS[row.record]
    return int(bearer.select().where(field_of(bearer, own_name(row.uid)).is_null(False)).count())


def find_own_field(text: str, record: str = "") -> OwnFieldLine:
    """The own field of this name, of one kind of record or of whichever has it. UserError when there is none, or several."""
    found = [each for each in own_fields() if fold(each.name) == fold(text) and record in ("", each.record)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(_("有几个自有字段叫“{name}”，请写明是哪一种记录的。").format(name=text))
    raise UserError(_("没有自有字段“{name}”。").format(name=text))


def checked(wanted: NewField) -> NewField:
    """The same with its texts cleaned. UserError for a name that is taken or none, an unknown kind, a choice without options."""
    if wanted.record not in BEARERS:
        raise UserError(_("“{record}”不能有自有字段，只有职工、用人单位、工会可以。").format(record=wanted.record))
    if wanted.kind not in KINDS:
        raise UserError(_("没有“{kind}”这种内容。可以是：{kinds}。").format(kind=wanted.kind, kinds=_("、").join(KINDS)))
    name = check_name(wanted.record, wanted.name)
    options = _options(wanted.options) if wanted.kind == "choice" else ()
    if wanted.kind == "choice" and not options:
        raise UserError(_("“{name}”是选项，请写出有哪些选项。").format(name=name))
    return replace(wanted, name=name, options=options)


def check_name(record: str, name: str, own: str = "") -> str:
    """The cleaned name of an own field. UserError when it is none, too long, or means a field that there is already.

    ``own``: the uid of the field that is renamed.
    """
    name = " ".join(name.split())
    if not fold(name) or len(name) > LONGEST:
        raise UserError(_("字段名称要有字，最多 {count} 个字：“{name}”。").format(name=name[: 2 * LONGEST], count=LONGEST))
    for form in FORMS.values():
        if form.main is RECORDS[record]:
            for each in form.declared:
                if fold(name) in map(fold, (each.column.label, *each.column.synonyms)):
                    told = _("“{name}”就是已有的“{label}”，不用新增，对应到它就可以了。")
                    raise UserError(told.format(name=name, label=each.column.title))
    held = [row for row in own_field.rows() if row.record == record]
    for row in held:
        if row.uid != own and fold(row.name) == fold(name):
            told = _("已经有自有字段“{name}”，停用了，可以在“设置”里恢复使用。") if row.retired else _("已经有自有字段“{name}”。")
            raise UserError(told.format(name=row.name))
    if not own and len(held) >= MOST:
        raise UserError(_("自有字段最多 {count} 个。").format(count=MOST))
    return name


def _options(options: Iterable[str]) -> tuple[str, ...]:
    """Options as they are kept: cleaned, each once, by the form in which labels are compared."""
    found: dict[str, str] = {}
    for each in options:
        label = " ".join(each.split())
        if not fold(label) or SEPARATOR in label or "|" in label:
            raise UserError(_("选项不能是空的，也不能有顿号或竖线：“{name}”。").format(name=each))
        found.setdefault(fold(label), label)
    if len(found) > MOST_OPTIONS:
        raise UserError(_("选项最多 {count} 个，更多的请用“文字”。").format(count=MOST_OPTIONS))
    return tuple(found.values())


def add_own_fields(wanted: Sequence[NewField], author: Author) -> int | None:
    """Make own fields, all of them or none, as one batch; returns its number, None for none. UserError as :func:`checked`."""
    with batch("edit", author, {"own_fields": [each.name for each in wanted]}) as writer:
        for place, each in enumerate(map(checked, wanted), start=_places() + 1):
            options = SEPARATOR.join(each.options) or None
            values = {"record": each.record, "name": each.name, "kind": each.kind, "options": options, "place": place}
            writer.create(OwnField, {"uid": each.uid} | values)
    return number_of(writer)


def pending(wanted: Sequence[NewField]) -> list[OwnField]:
    """Rows of own fields that are not in the register, as ``models.records.own_field.learn`` takes them."""
    return [
        OwnField(uid=each.uid, record=each.record, name=each.name, kind=each.kind, options=SEPARATOR.join(each.options) or None)
        for each in wanted
    ]


def _places() -> int:
    return max((row.place or 0 for row in own_field.rows()), default=0)


def change_own_field(uid: str, author: Author, **changes: Any) -> int | None:
    """Change an own field; returns the batch's number, None when nothing is other than before.

    ``name``; ``active`` (False takes it out of use); ``options``: the labels of a choice in their order, those left out are
    no longer offered; ``renamed``: option → its new name, which goes to every record that holds it, in the same batch.
    UserError for a name or an option that cannot be, or a field that is not there any more.
    """
    row = OwnField.get_or_none(OwnField.uid == uid)
    if row is None:
        raise UserError(_("这个自有字段已经不在了，请刷新后再试。"))
    renamed: Mapping[str, str] = changes.get("renamed", {})
    offered, old = _changed_options(row, changes.get("options"), renamed)
    wanted = {
        "name": check_name(row.record, changes.get("name", row.name), uid),
        "retired": None if changes.get("active", not row.retired) else 1,
        "options": SEPARATOR.join(offered) or None,
        "old_options": SEPARATOR.join(old) or None,
    }
    found = {key: (getattr(row, key), value) for key, value in wanted.items() if getattr(row, key) != value}
    with batch("edit", author, {"own_fields": [wanted["name"]]}) as writer:
        if found:
            writer.update(OwnField, uid, found)
        for before, after in renamed.items():
            _rename_held(row, before, _options([after])[0], writer)
    return number_of(writer)


def _changed_options(row: Any, wanted: Sequence[str] | None, renamed: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What a choice offers from now on, and what it only still reads."""
    if row.kind != "choice":
        return [], []
    before, old = parts(row.options), parts(row.old_options)
    offered = list(_options(renamed.get(each, each) for each in (before if wanted is None else wanted)))
    if not offered:
        raise UserError(_("“{name}”是选项，请写出有哪些选项。").format(name=row.name))
    known = [renamed.get(each, each) for each in (*before, *old)]
    return offered, [each for each in dict.fromkeys(known) if fold(each) not in map(fold, offered)]


def _rename_held(row: Any, before: str, after: str, writer: Writer) -> None:
    bearer: Any = RECORDS[row.record]
    name = own_name(row.uid)
    for uid in [each for (each,) in database.fetch_in(bearer, name, [before], ["uid"])]:
        writer.update(bearer, uid, {name: (before, after)})
