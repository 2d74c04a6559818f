"""A package as another laptop would have written it, made entry by entry."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.exchange.package import PackageManifest
from models.exchange.sealed import Lock, SealingStream
from models.register.register import schema_number
from models.uid import new_uid

SECRET = "两江碰头-2026"
DEVICE = "f" * 16
#: Kind, record, field, before, after, (device, number) of each entry that it replaces; values as they are.
Told = tuple[str, str, str, Any, Any, list[list[Any]]]


def package(path: Path, entries: Sequence[Told], **manifest: Any) -> Path:
    """One batch of a foreign device with these entries; the manifest as it would be, but for what is given."""
    batch = new_uid()
    parts: list[dict[str, Any]] = []
    known: dict[str, Any] = {
        "form": 1, "package": new_uid(), "device": DEVICE, "person": "李乙", "at": "2026-11-20T09:00:00+08:00",
        "schema": schema_number(), "to": "", "after": {}, "until": {DEVICE: len(entries)}, "before": {},
    }  # fmt: skip
    parts.append({"manifest": asdict(PackageManifest(**(known | manifest)))})
    parts.append({"batch": [batch, DEVICE, "李乙", "edit", "2026-11-20T09:00:00+08:00", "null", None]})
    for number, (kind, record, field, before, after, replaces) in enumerate(entries, 1):
        texts = [None if field == "*" and each is None else json.dumps(each) for each in (before, after)]
        parts.append({"entry": [batch, DEVICE, number, kind, record, field, *texts, json.dumps(replaces)]})
    lines = [json.dumps(each).encode() + b"\n" for each in parts]
    end: Mapping[str, Any] = {
        "batches": 1, "entries": len(entries), "bundles": 0, "sha256": hashlib.sha256(b"".join(lines)).hexdigest()
    }  # fmt: skip
    with path.open("wb") as file:
        stream = SealingStream(file, Lock(SECRET))
        for line in lines:
            stream.write(line)
        stream.write(json.dumps({"end": end}).encode() + b"\n")
        stream.close()
    return path
