"""The returned workbook made of the sender's own: its package with the good rows taken out and our answers put in."""

import logging
import posixpath
import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from importers.returned.answers import COMMENTS, Answers
from importers.returned.comments import Comment, boxes, merged
from importers.returned.links import Links, Types, links_name
from importers.returned.moves import Moves
from importers.returned.sheet import SheetPlace, changed
from importers.returned.styles import Styles
from importers.returned.texts import Texts
from importers.returned.workbook import moved_drawing, moved_table, workbook
from importers.returned.xml import NotUnderstood
from importers.workbook.refusals import Refusal
from importers.workbook.repacking import Package, repacked
from models.errors import UserError

_log = logging.getLogger(__name__)
_BOOK, _STYLES, _TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_CHOSEN = re.compile(rb'\stabSelected="(?:1|true)"')
_HEAD = 1 << 16
#: Folders of parts that hold copies of the rows: a workbook with one of them is written anew.
_COPIES = ("xl/pivotCache/", "xl/revisions/", "xl/macrosheets/")


def write(source: Path | bytes, path: Path, told: Sequence[Answers]) -> None:
    """Write ``source``, a file or its bytes, to ``path`` with only the rows worth telling, and the answers.

    Sheets that were imported and have nothing to tell are emptied and hidden: formulas may speak of them. Sheets that
    were not imported (lists for drop-downs, examples) stay. NotUnderstood when the workbook is not of a plain kind;
    UserError when the disk refuses.
    """
    if not any(each.told for each in told) or not all(each.header.rows for each in told):
        raise NotUnderstood("header")
    if any(each.sheet.head.container not in ("xlsx", "xlsm") for each in told):
        raise NotUnderstood("container")
    if any(each.sheet.head.part for each in told):
        raise NotUnderstood("tables")  # its rows do not stand there as they were read
    try:
        with repacked(source, path) as package:
            _change(package, [each for each in told if each.plan.steps])
    except (UserError, NotUnderstood):
        raise
    except Refusal as refusal:
        raise NotUnderstood(refusal.told[0]) from refusal
    except Exception as error:
        # somebody waits for an answer, and the other way to write it does not look at the package
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.warning("returned workbook: %s %s:%s", type(error).__name__, PurePath(place.filename).name, place.lineno)
        raise NotUnderstood("unexpected") from error


def _change(package: Package, told: Sequence[Answers]) -> None:
    if any(name.startswith(("_xmlsignatures", *_COPIES)) or "\\" in name for name in package.names):
        raise NotUnderstood("package")
    if not {_BOOK, _STYLES, _TYPES} <= set(package.names):
        raise NotUnderstood("package")
    parts = package.sheets()
    if not all(each.plan.sheet in parts for each in told):
        raise NotUnderstood("sheets")
    types = Types(package.read(_TYPES))
    styles = Styles(package.read(_STYLES))
    package.finish_with(_STYLES, styles.part)
    moves = {each.plan.sheet: _moves(each) for each in told}
    first = next(each.plan.sheet for each in told if each.told)
    texts = Texts()
    _unchoose(package, [part for sheet, part in parts.items() if sheet not in moves], texts)
    left = COMMENTS
    for each in told:
        part, move = parts[each.plan.sheet], moves[each.plan.sheet]
        comments = _comments(each, move, left)
        left -= len(comments)
        link = _change_neighbours(package, part, move, comments, types)
        place = SheetPlace(each, move, styles, link, each.plan.sheet == first)
        package.change(part, lambda blocks, place=place: texts.noted(changed(blocks, place)), whole=True)  # type: ignore[misc]
    hidden = {each.plan.sheet for each in told if not each.told}
    package.replace(_BOOK, workbook(package.read(_BOOK), moves, hidden, first))
    for target in Links(package.read(links_name(_BOOK)), _BOOK).targets("sharedStrings"):
        package.change_last(target, texts.blanked)
    _leave_out(package, types)
    package.replace(_TYPES, types.part())


def _moves(told: Answers) -> Moves:
    first, last = told.header.first_data, max(step.number for step in told.plan.steps)
    return Moves(first, last, sorted(told.told))


def _unchoose(package: Package, parts: Iterable[str], texts: Texts) -> None:
    """Sheets that stay as they are must not be chosen beside ours: typing would go into both."""

    def unchosen(blocks: Iterator[bytes]) -> Iterator[bytes]:
        first = next(blocks, b"")
        yield _CHOSEN.sub(b"", first[:_HEAD], count=1) + first[_HEAD:]
        yield from blocks

    for part in parts:
        package.change(part, lambda blocks: texts.noted(unchosen(blocks)))


def _comments(told: Answers, moves: Moves, most: int) -> list[Comment]:
    found: list[Comment] = []
    for each, answer in told:
        if len(found) >= most:
            break
        row = moves.row(each.number)
        if row is not None:
            found += [Comment(row, column, text) for column, (_fill, text) in answer.faults.items()]
    return found[:most]


def _change_neighbours(package: Package, part: str, moves: Moves, comments: Sequence[Comment], types: Types) -> bytes:
    """Change what belongs to a sheet: tables, pictures, comments. Returns the link to its new comments, or nothing."""
    name = links_name(part)
    links = Links(package.read(name) if name in package.names else None, part)
    for target in links.targets("table"):
        package.replace(target, moved_table(package.read(target), moves))
    for target in links.targets("drawing"):
        package.replace(target, moved_drawing(package.read(target), moves))
    for target in links.drop("threadedComment"):
        package.drop(target)
        types.drop(target)
    held, drawings = links.targets("comments"), links.targets("vmlDrawing")
    link = b""
    if len(held) == len(drawings) == 1:
        part_xml, places = merged(package.read(held[0]), comments, moves)
        package.replace(held[0], part_xml)
        package.replace(drawings[0], boxes(package.read(drawings[0]), places))
    elif held:
        raise NotUnderstood("comments")
    elif comments and not drawings:
        link = _new_comments(package, part, links, comments, types, moves)
    package.replace(name, links.part())
    return link


def _new_comments(
    package: Package, part: str, links: Links, comments: Sequence[Comment], types: Types, moves: Moves
) -> bytes:
    stem = posixpath.basename(part).rpartition(".")[0]
    notes, drawing = f"xl/returnedComments_{stem}.xml", f"xl/drawings/returnedComments_{stem}.vml"
    if notes in package.names or drawing in package.names:
        raise NotUnderstood("comments")
    part_xml, places = merged(None, comments, moves)
    package.replace(notes, part_xml)
    package.replace(drawing, boxes(None, places))
    types.add_part(notes, _COMMENTS)
    types.add_ending("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    links.add("comments", notes)
    return links.add("vmlDrawing", drawing)


def _leave_out(package: Package, types: Types) -> None:
    """The order of calculation is made anew by whoever opens the file; macros do not go back with it."""
    name = links_name(_BOOK)
    links = Links(package.read(name), _BOOK)
    for kind in ("calcChain", "vbaProject"):
        for target in links.drop(kind):
            own = links_name(target)
            for part in (target, *(Links(package.read(own), target).all_targets() if own in package.names else ()), own):
                package.drop(part)
                types.drop(part)
    package.replace(name, links.part())
    types.as_plain_workbook(_BOOK)
