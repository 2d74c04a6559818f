"""What a mutant still holds, found without the readers that are tried: the rows that must not be lost in silence."""

import io
import json
import os
import re
import resource
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

import xlrd
from lxml import etree

from benchmarks.fuzz_samples import Sample

#: Text → the row that it proves (a row's first cell).
Proofs = dict[str, str]


def held(sample: Sample, data: bytes, proofs: Proofs) -> set[str]:
    """The rows of which all proofs still stand in the mutant where a reader must find them."""
    look: Callable[[Sample, bytes], list[str]] = {"zip": _in_zip, "ole": _in_records}.get(sample.family, _in_text)
    found = set(look(sample, data))
    wanted: dict[str, set[str]] = {}
    for text, row in proofs.items():
        wanted.setdefault(row, set()).add(text)
    return {row for row, texts in wanted.items() if texts <= found}


def apart(work: Callable[[], set[str]], memory: int, seconds: int) -> set[str]:
    """The work's answer from a process of its own; empty when it fails or takes too much: then nothing is known."""
    answer, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(answer)
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            with os.fdopen(told, "wb") as out:
                out.write(json.dumps(sorted(work())).encode())
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(answer, "rb") as source:
        text = source.read()
    os.waitpid(pid, 0)
    return set(json.loads(text)) if text else set()


def _in_text(sample: Sample, data: bytes) -> list[str]:
    """In the bytes, at places where a character can begin, in cells of their own."""
    text = data.decode(sample.encoding, "replace")
    text = re.sub("<!--.*?-->", "", text, flags=re.DOTALL)
    return re.split(r"[<>,;\t\r\n\"]", text)


def _in_zip(sample: Sample, data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name.lower().replace("\\", "/"): archive.read(name) for name in archive.namelist()}
    if "content.xml" in parts:
        tree = _tree(parts["content.xml"])
        return [_text(cell) for row in _all(tree, "table-row") for cell in _own(row, "table-cell")]
    shared = [_text(item) for item in _own(_tree(parts.get("xl/sharedstrings.xml", b"")), "si")]
    return [text for part in _sheets(parts) for text in _cells(_tree(part), shared)]


def _sheets(parts: dict[str, bytes]) -> list[bytes]:
    """The sheets that the workbook lists, by its links."""
    links = {link.get("Id"): link.get("Target", "") for link in _all(_tree(parts.get("xl/_rels/workbook.xml.rels", b"")), "")}
    found = []
    for sheet in _all(_tree(parts.get("xl/workbook.xml", b"")), "sheet"):
        name = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        target = links.get(str(name)) or ""
        place = target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))
        found.append(parts.get(place.lower(), b""))
    return found


def _cells(tree: etree._Element | None, shared: list[str]) -> list[str]:
    texts = []
    for row in [row for data in _own(tree, "sheetData") for row in _own(data, "row")]:
        for cell in _own(row, "c"):
            value = "".join(_text(each) for each in (*_own(cell, "v"), *_own(cell, "is")))
            if cell.get("t") == "s":
                value = shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
            texts.append(value)
    return texts


def _tree(part: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(part, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _all(tree: etree._Element | None, name: str) -> list[etree._Element]:
    if tree is None:
        return []
    return [each for each in tree.iter() if isinstance(each.tag, str) and name in ("", etree.QName(each).localname)]


def _own(tree: etree._Element | None, name: str) -> list[etree._Element]:
    """The direct children of a name."""
    if tree is None:
        return []
    return [each for each in tree if isinstance(each.tag, str) and etree.QName(each).localname == name]


def _text(element: etree._Element) -> str:
    return "".join(text for text in element.itertext() if isinstance(text, str))


def _in_records(sample: Sample, data: bytes) -> list[str]:
    """What the other library reads."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - it wants an open file
        book = xlrd.open_workbook(file_contents=data, logfile=nowhere, ragged_rows=True)
    visible = [sheet for sheet in book.sheets() if sheet.visibility == 0]
    return [str(value) for sheet in visible for number in range(sheet.nrows) for value in sheet.row_values(number)]
