"""Names that somebody might give a union, a person or a file so that the program does what they want, and a register of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.editing.own_labels import add_label
from models.engine.record import Record
from models.journal.saved_filters import save_filter
from models.journal.writer import Author, batch
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.region import Region
from models.values import codes
from models.values.columns import columns_of
from models.values.kinds import Place, Reference, Text
from tests.aids.engines import ON_SERVER

#: What Qt takes for HTML. ``{picture}`` is a file that must never be opened.
HTML = [
    '<img src="file://{picture}">',
    '甲<img src="{picture}">乙',
    "<b>粗</b>体",
    "甲&amp;乙",
    "甲&lt;乙",
    '<a href="file://{picture}">点</a>',
    "</td></table><h1>大",
    '<table background="{picture}"><tr><td>格',
]
#: What a menu or a button takes for a key, what a spreadsheet takes for a formula.
SIGNS = [
    "甲&乙",
    "&文件",
    "100%s{{0}}{{}}",
    "[*]名",
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "'=1",
]
#: What a folder takes for another place, what a line takes for its end, what nobody sees.
OTHERS = [
    "../../出去",
    "C:\\x",
    "/etc/名",
    "CON",
    "名. ",
    "甲\n乙",
    "甲\t乙",
    "甲\r\n乙",
    "\u202e甲乙",
    "甲\u200b乙\u200d",
    "长" * 200,
    "甲\x00乙",
    "甲\x07\x1b乙",
    "甲\ufffe乙",
    "😀笑",
    "𠮷野",
]
#: Texts that are no names but say how others are kept.
_KEPT = {"choice", "page", "indicator", "level", "code", "aliases", "measures", "new_form_groups"}
_LEFT_OUT = {"region_parent", "setting", "remembered_mapping", "remembered_value", "distinct_pair"}
#: So many regions get another name: those in which the employers are.
_REGIONS = 12


def names(picture: Path) -> list[str]:
    """All of them, every other one HTML."""
    rest = [each.format() if "{{" in each else each for each in SIGNS + OTHERS]
    if ON_SERVER:  # no server holds a NUL
        rest = [each.replace("\x00", "") for each in rest]
    html = html_names(picture)
    return [name for place, each in enumerate(rest) for name in (html[place % len(html)], each)]


def html_names(picture: Path) -> list[str]:
    """Those that Qt takes for HTML."""
    return [each.format(picture=picture) for each in HTML]


def spoil(author: Author, picture: Path) -> None:
    """Write such names over every text that the open register holds, whoever wrote it and whatever it is."""
    given = names(picture)
    with batch("edit", author) as writer:
        for kind, record in RECORDS.items():
            for row, (uid, held) in enumerate(_texts(record)) if kind not in _LEFT_OUT else ():
                changed = {
                    name: (before, given[(row + place) % len(given)] + (f" {row}" if name == "name" else ""))
                    for place, (name, before) in enumerate(held.items())
                }
                writer.update(record, uid, changed)
    for name in html_names(picture)[:3]:
        add_label(codes.EDUCATION.name, name, [], author)
        save_filter("workers", name, {}, author)


def _texts(record: type[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(uid, written texts by field) of every record of a class."""
    kinds = {column.name: column.kind for column in columns_of(record) if not column.derived}
    names = [
        name
        for name, kind in kinds.items()
        if isinstance(kind, Text) and not isinstance(kind, Reference | Place) and name not in _KEPT
    ]
    query: Any = record.select(record.uid, *(getattr(record, name) for name in names)).order_by(record.id)
    if record is Region:
        names = ["name"]
        regions: Any = Employer.select(Employer.region).distinct().tuples()
        used = [uid for (uid,) in regions if uid][:_REGIONS]
        query = Region.select(Region.uid, Region.name).where(Region.uid.in_(used))
    for uid, *held in list(query.tuples()) if names else ():
        known = {name: text for name, text in zip(names, held, strict=True) if text}
        if known:
            yield str(uid), known
