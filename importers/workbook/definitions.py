"""Document types in XML: no workbook needs one, and entities are how a few bytes become gigabytes.

A document type can stand only before the first element, so what comes before that is looked at to its end, in the encoding
that a parser would take it for. What a parser finds all the same (a declared encoding may say something else) it tells
itself, see :func:`check_tree`.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from importers.workbook.refusals import Refusal

if TYPE_CHECKING:
    # only for types: the reading child loads a library when a container needs it
    from lxml import etree

#: Before its first element no honest part has more than a declaration and a comment.
HEAD = 65_536
_PASSED = re.compile(r"\ufeff?(?:[ \t\r\n]++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
#: How XML begins in encodings that are wider than a byte, with a mark or without.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def begun(part: bytes) -> bool:
    """True when the first element of an XML part begins in these first bytes of it: what follows needs no look."""
    return re.match("<[^!?]", _rest(part)) is not None


def check(part: bytes | str, whole: bool = True) -> None:
    """Refusal "entities" when a document type stands before the first element of an XML text, or cannot be ruled out.

    ``whole``: False when ``part`` is only the beginning, :data:`HEAD` bytes of it: then its first element must be in it.
    """
    rest = _rest(part)
    # a comment or an instruction without its end: what is behind it is not to be seen
    if rest.startswith(("<!", "<?")) or (not whole and len(rest) < len("<!")):
        raise Refusal("entities")


def _rest(part: bytes | str) -> str:
    text = part if isinstance(part, str) else part.decode(_encoding(part), "replace")
    passed = _PASSED.match(text)
    return text[passed.end() :] if passed else text


def _encoding(part: bytes) -> str:
    return next((name for start, name in _WIDE if part.startswith(start)), "utf-8")


def check_tree(element: etree._Element) -> None:
    """Refusal "entities" when the document of an element has a document type, as the parser itself understood it."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise Refusal("entities")
