"""The labels and other wordings that a register adds to the code lists, and the labels that it no longer offers.

The lists come from the reporting forms (``models/values/codes.py``). Any of them can learn another wording; the open ones can get
labels of their own, which may be renamed, and labels that are of no use here can be taken out of use: they are still read
and shown. What decides a rule (会籍状态, 建会阶段, 单位性质 …) gets no new labels. All of it is one setting of the register,
so that it is journaled and undone like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.journal.learning import KEY, LISTS
from models.journal.settings import write_settings
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.records.catalogue import RECORDS
from models.records.group import SEPARATOR
from models.records.setting import setting
from models.values import codes, drive_codes
from models.values.codes import by_label, fold
from models.values.columns import columns_of
from models.values.kinds import Choice

#: Lists that may get labels of their own: no rule depends on their labels.
OPEN = frozenset(
    each.name
    for each in (
        codes.EDUCATION, codes.POLITICAL_STATUS, codes.HOUSEHOLD_TYPE, codes.SKILL_LEVEL, codes.EMPLOYMENT_STATE,
        codes.JOIN_WAY, codes.INDUSTRY, codes.COUNT_SOURCE, drive_codes.CONTACT_WAY, drive_codes.EMPLOYMENT_RELATION,
        drive_codes.APPLICATION_BASIS,
    )
)  # fmt: skip

Kept = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class LabelLine:
    """A label of a list. ``given``: the wordings that everybody has; ``aliases``: those that this register added.

    ``own``: the label itself is this register's. ``active``: it is offered.
    """

    name: str
    given: tuple[str, ...]
    aliases: tuple[str, ...]
    own: bool
    active: bool


@dataclass(frozen=True)
class LabelList:
    """A list: its name, the titles of the fields that choose from it, whether it takes labels of its own, its labels."""

    name: str
    fields: tuple[str, ...]
    open: bool
    labels: tuple[LabelLine, ...]


def label_lists() -> list[LabelList]:
    """All lists that fields choose from, those that take labels of their own first; groups have a table of their own."""
    titles: dict[str, list[str]] = {}
    for record in RECORDS.values():
        for column in columns_of(record):
            if isinstance(column.kind, Choice) and column.kind.codes.name in LISTS:
                titles.setdefault(column.kind.codes.name, []).append(column.title)
    kept = setting(KEY)
    found = [
        LabelList(name, tuple(dict.fromkeys(fields)), name in OPEN, tuple(_labels(name, kept.get(name, {}))))
        for name, fields in titles.items()
    ]
    return sorted(found, key=lambda each: not each.open)


def _labels(name: str, kept: Mapping[str, Any]) -> list[LabelLine]:
    given = by_label(LISTS[name].given)
    labels = [*given, *(label for label in kept if label not in given)]
    return [
        LabelLine(
            label, tuple(given.get(label, ())), tuple(kept.get(label, {}).get("aliases", ())), label not in given,
            not kept.get(label, {}).get("retired", False),
        )
        for label in labels
    ]  # fmt: skip


def add_label(list_name: str, label: str, aliases: Sequence[str], author: Author) -> None:
    """Give an open list a label of its own. UserError for a list that takes none, or a wording that is taken."""
    label = _clean(label)
    if list_name not in OPEN:
        raise UserError(_("“{name}”的选项关系到统计和规则，不能增加，只能增加叫法。").format(name=_(list_name)))
    wordings = [_clean(each) for each in aliases]
    _check(list_name, [label, *wordings], "")
    _write(list_name, {label: {"aliases": wordings}}, author)


def change_label(
    list_name: str, label: str, author: Author, name: str | None = None, aliases: Sequence[str] | None = None,
    active: bool | None = None,
) -> None:  # fmt: skip
    """Change a label: its ``name`` (own labels only), the wordings added here, whether it is offered.

    A new name goes to every record that holds the old one, in the same batch; the old one stays as a wording. UserError for
    what the reporting forms fix, or a wording that is taken.
    """
    held = next((each for each in _labels(list_name, setting(KEY).get(list_name, {})) if each.name == label), None)
    if held is None:
        raise UserError(_("这个选项已经不在了，请刷新后再试。"))
    new = _clean(name) if name is not None else label
    wanted = [_clean(each) for each in (held.aliases if aliases is None else aliases)]
    if new != label:
        if not held.own:
            raise UserError(_("“{name}”来自上报用的表，不能改名；可以给它增加叫法，或者停用。").format(name=label))
        wanted.append(label)
    wanted = [each for each in dict.fromkeys(wanted) if fold(each) != fold(new)]
    offered = held.active if active is None else active
    if not offered and list_name not in OPEN:
        raise UserError(_("“{name}”的选项关系到统计和规则，不能停用。").format(name=_(list_name)))
    _check(list_name, [new, *wanted], label)
    entry: dict[str, Any] = {"aliases": wanted} | ({} if offered else {"retired": True})
    _write(list_name, {label: None, new: entry} if new != label else {label: entry}, author, (label, new))


def _write(
    list_name: str, entries: Mapping[str, dict[str, Any] | None], author: Author, renamed: tuple[str, str] = ("", "")
) -> None:
    """Keep these entries of a list (None forgets one), and rename what records hold, as one batch."""
    whole: dict[str, Kept] = dict(setting(KEY))
    kept: Kept = {}
    for label, entry in whole.get(list_name, {}).items():
        # a renamed label stays in its place
        if label in entries and entries[label] is None:
            kept |= {new: given for new, given in entries.items() if given is not None}
        else:
            kept[label] = entry
    kept |= {label: entry for label, entry in entries.items() if entry is not None}
    given = LISTS[list_name].given.labels
    kept = {label: entry for label, entry in kept.items() if label not in given or any(entry.values())}
    whole[list_name] = kept
    with batch("setting", author, {"code_list": list_name}) as writer:
        write_settings({KEY: {name: each for name, each in whole.items() if each}}, writer)
        if renamed[0] != renamed[1]:
            _rename_held(list_name, *renamed, writer)


def _rename_held(list_name: str, old: str, new: str, writer: Writer) -> None:
    for record in RECORDS.values():
        for column in columns_of(record):
            if not column.derived and isinstance(column.kind, Choice) and column.kind.codes is LISTS[list_name]:
                field = getattr(record, column.name)
                for row in record.select(record.uid).where(field == old):
                    writer.update(record, row.uid, {column.name: (old, new)})


def _clean(text: str) -> str:
    return " ".join(text.split())


def _check(list_name: str, wordings: Sequence[str], own: str) -> None:
    """Refuse a wording that is empty, holds a separator, or means another label of the list."""
    others = [each for each in _labels(list_name, setting(KEY).get(list_name, {})) if each.name != own]
    taken = {fold(word): each.name for each in others for word in (each.name, *each.given, *each.aliases)}
    for each in wordings:
        if not fold(each) or SEPARATOR in each or "|" in each:
            raise UserError(_("选项不能是空的，也不能有顿号或竖线：“{name}”。").format(name=each))
        if fold(each) in taken:
            raise UserError(
                _("“{name}”已经是“{other}”的叫法，一个叫法只能指一个选项。").format(name=each, other=taken[fold(each)])
            )
