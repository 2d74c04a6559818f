"""The shared texts of a workbook: those of the rows that were taken out are blanked, for they are other people's."""

import re
from collections.abc import Iterator

from importers.returned.xml import NotUnderstood

_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\st=["']s["'][^<>]*>\s*(?:<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?)?"""
    rb"""\s*<(?:\w+:)?v[^<>]*>\s*(\d+)"""
)
_TEXT = re.compile(rb"<si\b[^<>]*?(?:/>|>.*?</si>)", re.DOTALL)
_END = b"</si>"
_BLANK = b"<si><t></t></si>"
_LONGEST_EDGE = 64 << 20


class Texts:
    """Which of the shared texts the sheets of the returned workbook still speak of."""

    def __init__(self) -> None:
        """None yet."""
        self._used: set[int] = set()

    def noted(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """A sheet's XML as it goes by, each text that it speaks of noted. NotUnderstood when a cell cannot be read."""
        rest = b""
        for block in blocks:
            yield block
            rest += block
            end = rest.rfind(b"row>") + len(b"row>")
            if end >= len(b"row>"):
                self._note(rest[:end])
                rest = rest[end:]
            if len(rest) > _LONGEST_EDGE:
                raise NotUnderstood("texts")
        self._note(rest)

    def _note(self, xml: bytes) -> None:
        found = _CELL.findall(xml)
        if len(found) < xml.count(b' t="s"') + xml.count(b" t='s'"):
            raise NotUnderstood("texts")
        self._used.update(map(int, found))

    def blanked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The part of the shared texts, those that no sheet speaks of any more blank; the others keep their numbers.

        To be asked when all sheets went by. NotUnderstood when the part is not of the plain kind.
        """
        rest, count = b"", 0
        for block in blocks:
            rest += block
            end = rest.rfind(_END) + len(_END)
            if end >= len(_END):
                made, count = self._without_others(rest[:end], count)
                yield made
                rest = rest[end:]
            if len(rest) > _LONGEST_EDGE:
                raise NotUnderstood("texts")
        made, count = self._without_others(rest, count)
        yield made
        if self._used and max(self._used) >= count:
            raise NotUnderstood("texts")

    def _without_others(self, xml: bytes, count: int) -> tuple[bytes, int]:
        if b"<!" in xml or b":si" in xml:
            raise NotUnderstood("texts")
        number = count - 1

        def kept(text: re.Match[bytes]) -> bytes:
            nonlocal number
            number += 1
            return text[0] if number in self._used else _BLANK

        made = _TEXT.sub(kept, xml)
        return made, number + 1
