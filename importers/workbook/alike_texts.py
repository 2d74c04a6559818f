"""SharedTexts as XML writes them, and the texts that the cells of a package share."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from importers.workbook.zip_gate import pieces

if TYPE_CHECKING:
    from models.values.columns import Plain

_STEP = 1 << 20
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NO_REFERENCE = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPED = re.compile("_x00([0-9A-Fa-f]{2})_")
_SPACE = " \t\n"
_HALVES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF
_HEAD = re.compile(r"\ufeff?(?:<\?xml[^<>]*\?>)?\s*<sst\b[^<>]*>")
_END = re.compile(r"</sst>\s*")
_PLAIN = re.compile(r'<si><t( xml:space="preserve")?>([^<]*)</t></si>')
_RICH = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_RUN = re.compile(r'<t( xml:space="preserve")?>([^<]*)</t>')
#: What stands beside the texts of runs and says nothing: readings, fonts.
_BESIDE = re.compile(r"<rPh\b[^<>]*>.*?</rPh>|<phoneticPr\b[^<>]*/>|<rPr/>|<rPr>.*?</rPr>|</?r>|<t/>", re.DOTALL)


class NotAlike(Exception):
    """Something is written in a way that is not understood here; a library may understand it."""


def text_values(written: Sequence[str], kept: bool) -> Sequence[Plain]:
    """SharedTexts of cells, blank ones as None. ``kept``: the space around them belongs to them. NotAlike for what is no text."""
    together = "".join(written)
    if "&" in together or "_x" in together:
        return [_resolved(text, kept) or None for text in written]
    if not kept and any(space in together for space in _SPACE):
        written = [text.strip(_SPACE) for text in written]
    return [text or None for text in written] if "" in written else written


def is_digits(text: str) -> bool:
    """True for nothing but the digits 0 to 9, and for nothing at all."""
    return not text or (text.isascii() and text.isdigit())


def _resolved(text: str, kept: bool) -> str:
    """A text without references, outer space and escapes, taken away in the native reader's order."""
    if "&" in text:
        if _NO_REFERENCE.search(text):
            raise NotAlike
        text = _REFERENCE.sub(_referred, text)
    if not kept:
        text = text.strip(_SPACE + "\r")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not 0 < code <= _LAST_CHARACTER or code in _HALVES:
        raise NotAlike
    return chr(code)


class SharedTexts:
    """The shared texts of a package, read when the first cell asks for one. ``entry``: their part, None where there is none."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> None:
        """Reads nothing yet."""
        self._archive, self._entry = archive, entry
        self._held: Sequence[Plain] | None = None

    def shared(self, written: Sequence[str]) -> Sequence[Plain]:
        """The texts that cells name by their places. NotAlike when one is not there, or the part is not understood."""
        if self._held is None:
            self._held = self._read()
        held = self._held
        if not is_digits("".join(written)):
            raise NotAlike
        try:
            if "" in written:
                return [held[int(place)] if place else None for place in written]
            return list(map(held.__getitem__, map(int, written)))
        except IndexError as error:
            raise NotAlike from error

    def _read(self) -> Sequence[Plain]:
        if self._entry is None:
            raise NotAlike
        try:
            part = b"".join(pieces(self._archive, self._entry, _STEP)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotAlike from error
        head = _HEAD.match(part)
        if head is None or "\r" in part[head.end() :] or "<!" in part:
            raise NotAlike
        found = _PLAIN.findall(part, head.end())
        # 9: what "<si>" and "</si>" are long
        if 9 * len(found) + sum(len(text) + (30 if kept else 7) for kept, text in found) == _inside(part, head.end()):
            kept_apart = [text for _kept, text in found]
            return _mixed(found) if any(kept for kept, _text in found) else text_values(kept_apart, kept=False)
        return _rich(part, head.end())


def _inside(part: str, start: int) -> int:
    """How long the part is between its first tag and its last. NotAlike where it does not end as it should."""
    end = part.rfind("</sst>")
    if end < start or not _END.fullmatch(part, end):
        raise NotAlike
    return end - start


def _mixed(found: Sequence[tuple[str, str]]) -> Sequence[Plain]:
    kept, loose = iter(text_values([text for mark, text in found if mark], kept=True)), iter(
        text_values([text for mark, text in found if not mark], kept=False)
    )
    return [next(kept) if mark else next(loose) for mark, _text in found]


def _rich(part: str, start: int) -> Sequence[Plain]:
    """The texts where some are written in runs, or have readings beside them."""
    texts: list[Plain] = []
    at, end = start, start + _inside(part, start)
    while at < end:
        item = _RICH.match(part, at)
        if item is None:
            raise NotAlike
        texts.append(_of_runs(item[1]))
        at = item.end()
    return texts


def _of_runs(inside: str) -> str | None:
    runs = _BESIDE.sub("", inside)
    if _RUN.sub("", runs):
        raise NotAlike
    return "".join(_resolved(text, bool(kept)) for kept, text in _RUN.findall(runs)) or None
