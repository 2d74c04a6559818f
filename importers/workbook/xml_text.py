"""Decoding of web pages and XML: what they declare about themselves is believed only when it is true."""

import codecs
import re

from lxml.etree import ErrorTypes

from importers.workbook.refusals import Told
from importers.workbook.text import encoding_of

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "x-gbk", "gb_2312-80"})


def decoded(data: bytes) -> tuple[str, list[Told]]:
    """The text of a page and what is to be told about its encoding.

    Order: byte order mark, UTF-8 where it fits, the declared charset where it fits, then as for plain text.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" not in data[:4096]:
        for name in ("utf-8", _declared(data)):
            try:
                return data.decode(name), []
            except (UnicodeDecodeError, LookupError):
                continue
    encoding = encoding_of(data)
    text = data.decode(encoding.name, "replace").lstrip("\ufeff")
    return text, [("undecodable", {"count": encoding.faults})] if encoding.faults else []


def raise_for_memory(error: Exception) -> None:
    """Raise MemoryError when that is what lxml means: it reports it as an error of the text."""
    if getattr(error, "code", None) == ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    return "gb18030" if name in _CHINESE else name
