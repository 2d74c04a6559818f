"""A workbook's package written again with some parts changed: part by part, in blocks, whole or not at all."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from importers.workbook import zip_gate
from importers.workbook.refusals import Refusal
from importers.workbook.writing import replacing
from importers.workbook.xlsx_package import sheet_parts

_STEP = 1 << 20
#: Parts that are taken apart as a whole are small; a larger one is no honest workbook's.
_LARGEST_PART = 64 << 20
#: Of a long sheet's rows so much is looked at before it is believed to be well-formed.
_LOOKED_AT = 8 << 20
#: Level 1 of deflate takes a third of the time of the usual one, and the package grows by a fifth.
_LEVEL = 1
Change = Callable[[Iterator[bytes]], Iterable[bytes]]


class Package:
    """The parts of a workbook by name, and what is to become of them. Parts without a change are copied."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        """``size``: of the file in bytes. Refusal when the package is none that may be looked into."""
        zip_gate.check(archive, size)
        self._archive = archive
        self._changes: dict[str, Change] = {}
        self._whole: set[str] = set()
        self._dropped: set[str] = set()
        self._added: dict[str, bytes] = {}
        self._last: dict[str, Change] = {}
        self.names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]

    def sheets(self) -> dict[str, str]:
        """Sheet name → name of its part."""
        return {sheet: entry.filename for sheet, entry in sheet_parts(self._archive).items()}

    def read(self, name: str) -> bytes:
        """A part that is no sheet, whole. KeyError when there is none; Refusal when it is too large or damaged."""
        entry = self._archive.getinfo(name)
        if entry.file_size > _LARGEST_PART:
            raise Refusal("damaged")
        return b"".join(zip_gate.pieces(self._archive, entry, _STEP))

    def change(self, name: str, change: Change, whole: bool = False) -> None:
        """Write a part as ``change`` makes it from its blocks.

        ``whole``: each block it makes, but for the first and the last, holds whole elements.
        """
        self._changes[name] = change
        if whole:
            self._whole.add(name)

    def replace(self, name: str, content: bytes) -> None:
        """Write a part with other content; a name that is new is added."""
        if name in self.names:
            self.change(name, lambda _blocks: [content])
        else:
            self._added[name] = content

    def finish_with(self, name: str, content: Callable[[], bytes]) -> None:
        """Write a part after all others, when ``content`` can tell what is in it."""
        self._last[name] = lambda _blocks: [content()]

    def change_last(self, name: str, change: Change) -> None:
        """Write a part after all others as ``change`` makes it from its blocks."""
        self._last[name] = change

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._dropped.add(name)

    def write(self, path: Path) -> None:
        """Write the package. Refusal when a part cannot be unpacked, or what was made of it is no XML."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as made:
            for entry in self._archive.infolist():
                name = entry.filename
                if entry.is_dir() or name in self._dropped or name in self._last:
                    continue
                blocks = zip_gate.pieces(self._archive, entry, _STEP)
                change = self._changes.get(name)
                _put(made, name, blocks if change is None else _proven(change(blocks), name in self._whole))
            for name, content in self._added.items():
                _put(made, name, _proven([content]))
            for name, change in self._last.items():
                blocks = zip_gate.pieces(self._archive, self._archive.getinfo(name), _STEP)
                _put(made, name, _proven(change(blocks)))


def _put(made: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> None:
    with made.open(name, "w", force_zip64=True) as part:
        for block in blocks:
            part.write(block)


def _proven(blocks: Iterable[bytes], whole: bool = False) -> Iterator[bytes]:
    """The blocks, looked at on their way: a part that is no well-formed XML never reaches a person.

    Of a long part made of ``whole`` elements only the beginning and the end are looked at.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    looked_at, last = 0, b""
    try:
        for block in blocks:
            if last and not (whole and looked_at > _LOOKED_AT):
                looked_at += len(last)
                parser.Parse(last, False)
            yield last
            last = block
        parser.Parse(last, True)
    except expat.ExpatError as error:
        raise Refusal("damaged") from error
    yield last


def _refuse(*_declared: object) -> None:
    raise Refusal("entities")


@contextmanager
def repacked(source: Path | bytes, path: Path) -> Iterator[Package]:
    """The package at ``source``, or of its bytes, to be changed in the block.

    ``path`` is written when it ends, whole or not at all.

    Refusal when the source is no package that can be read; UserError when the disk refuses ``path``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise Refusal("damaged") from error
    with archive:
        package = Package(archive, size)
        yield package
        with replacing(path) as part:
            package.write(part)
