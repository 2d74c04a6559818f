"""The reading child: a process of our own program that opens one foreign file, with limits, and may die of it.

It reads a request (JSON) from standard input, writes messages (``importers/reader/wire.py``) to standard output, keeps
nothing and writes no file. Its limits: memory and processor time by ``setrlimit`` where the system has it (Linux,
macOS). On Windows nothing limits its memory yet (a Job Object would); only the parent's clock does.
"""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import traceback
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from importers.reader import wire
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import Columns, ReadLimits

#: bytes of one message beyond which a file cannot be honest: 2,000 rows of it are a small book
_LONGEST_MESSAGE = 64 << 20


def main() -> int:
    """Serve one request; the exit code is 0 when the last message was sent, whatever it says."""
    with os.fdopen(0, "rb") as source:
        request = wire.decode(source.read())
    limits = ReadLimits(**request["limits"])
    _confine(limits)
    with _private_output() as out:
        last = _serve(request, limits, out)
        out.write(wire.encode(last))
    return 0


def _confine(limits: ReadLimits) -> None:
    """Before any reader is loaded: no core file (it would hold people's data), bounded memory and processor time."""
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_CPU, int(limits.total_seconds) + 1),
        ):
            held = resource.getrlimit(what)[1]
            if held == resource.RLIM_INFINITY or most <= held:
                resource.setrlimit(what, (most, most))


def _private_output() -> IO[bytes]:
    """The channel to the parent; whatever a library prints to standard output goes nowhere."""
    channel = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(channel, "wb")


def _serve(request: dict[str, Any], limits: ReadLimits, out: IO[bytes]) -> dict[str, object]:
    """Read the file and send its sheets; returns the last message."""
    warnings.simplefilter("ignore")
    options = ReadOptions(
        limits, request["password"], request["hidden_sheets"], request["careful"], request["skip_sheets"]
    )
    try:
        # loaded only now, under the limits
        from importers.workbook.reading import open_sheets

        data, name = _given(request)
        if listed := _contents(data, name, request):
            return listed
        container, sheets = open_sheets(data, name, options)
        digest = hashlib.sha256(data).hexdigest() if request["inside"] else ""
        return _send_sheets(container, sheets, options, out, digest)
    except Refusal as refusal:
        return {"refused": refusal.told}
    except OSError:
        return {"refused": ("locked", {})}
    except MemoryError:
        return {"refused": ("memory", {})}
    except BaseException as error:  # a reader's failure is a damaged file; where it failed is told for our log
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
        return {"refused": ("damaged", {}), "where": where}


def _given(request: dict[str, Any]) -> tuple[bytes, str]:
    """The bytes to read and their name: of a file, of a member on the way through archives, or what came with the request."""
    from importers.workbook.reading import read_bytes

    path = Path(request["path"])
    data = read_bytes(path) if request["data"] is None else base64.b64decode(request["data"])
    if not request["inside"]:
        return data, path.name
    from importers.workbook.members import dig

    return dig(data, path.name, request["inside"], request["password"])


def _contents(data: bytes, name: str, request: dict[str, Any]) -> dict[str, object] | None:
    """The last message where the bytes are an archive: what it holds; None where they are a single file."""
    from importers.workbook.sniff import ARCHIVES, sniff

    if not data or (container := sniff(data, name)) not in ARCHIVES:
        return None
    from importers.workbook.members import contents

    found = contents(data, container, request["password"], len(request["inside"]))
    return {"contents": found.wanted, "left_out": found.left_out}


def _send_sheets(
    container: str, sheets: Iterator[OpenSheet], options: ReadOptions, out: IO[bytes], digest: str
) -> dict[str, object]:
    any_rows = cut = False
    skipped: list[str] = []
    for sheet in sheets:
        left_out = sheet.hidden and not options.hidden_sheets
        if left_out:
            skipped.append(sheet.name)
        if sheet.index < options.skip_sheets:
            any_rows = True
            continue
        parts = iter(()) if left_out or sheet.refused is not None else sheet.parts()
        first = list(islice(parts, 1))  # its head says what the first rows tell
        if sheet.again:
            continue
        head = _head(sheet, container, digest)
        _send(out, {"head": head})
        if not _send_rows(sheet, chain(first, parts), out):
            _send(out, {"again": 1})
            continue
        any_rows |= bool(first) or sheet.refused is not None
        cut |= any(code == "sheet-cut" for code, _facts in sheet.notes)
        whole = _head(sheet, container, digest)
        _send(out, {"end": 1 if whole == head else whole})
    if any_rows:
        return {"done": 1}
    if cut:
        raise Refusal("damaged")
    return {"refused": ("only-hidden", {"sheets": "、".join(skipped)}) if skipped else ("no-cells", {})}


def _send_rows(sheet: OpenSheet, parts: Iterable[Columns], out: IO[bytes]) -> bool:
    """Send the rows of a sheet; False when it begins anew."""
    for part in parts:
        _send(out, wire.pack(part))
    return not sheet.again


def _head(sheet: OpenSheet, container: str, digest: str) -> dict[str, object]:
    return {
        "digest": digest,
        "sheet": sheet.name,
        "index": sheet.index,
        "hidden": sheet.hidden,
        "container": container,
        "merged": sheet.merged,
        "notes": list(sheet.notes),
        "refused": sheet.refused,
        "unsaved": sheet.unsaved,
        "height": sheet.height,
        "made": sheet.made,
    }


def _send(out: IO[bytes], message: dict[str, object]) -> None:
    line = wire.encode(message)
    if len(line) > _LONGEST_MESSAGE:
        raise Refusal("cell-too-long")
    out.write(line)
    out.flush()
