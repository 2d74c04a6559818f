"""Who was erased, beside the register: a restored older backup must not bring anybody back.

``erased.json`` in the register's folder holds random numbers (uids) only, nothing of whose they are: the people, and the
records of others out of whose texts their names were taken at somebody's word. The register's own
tombstones say the same; the file outlives them when an older register takes the place of the newer one.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from models.files.replacing import write_whole
from models.language import _

FILE = "erased.json"


class Listed(NamedTuple):
    """What stands beside the register: uids of the people, of the records rewritten for them, and whether the file was swept."""

    people: frozenset[str]
    rewritten: frozenset[str]
    swept: bool


def read(folder: Path) -> Listed:
    """The list beside the register in ``folder``; an unreadable one is empty."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        rewritten = found.get("rewritten", [])  # older programs kept none
        return Listed(frozenset(map(str, found["erased"])), frozenset(map(str, rewritten)), bool(found["swept"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Listed(frozenset(), frozenset(), swept=True)


def keep(folder: Path, people: Iterable[str], *, swept: bool, rewritten: Iterable[str] = ()) -> bool:
    """Add people and rewritten records (uids) to the list, whole or not at all.

    False when the folder cannot be written: the next opening does it.
    """
    listed = read(folder)
    told = {
        "format": 1,
        "erased": sorted(listed.people | set(people)),
        "rewritten": sorted(listed.rewritten | set(rewritten)),
        "swept": swept,
    }
    try:
        write_whole(folder / FILE, json.dumps(told, indent=1))
    except OSError:
        return False
    return True


def told(count: int) -> str:
    """For whoever opened a register in which ``count`` people were back, and were erased again."""
    said = _("登记册里又有 {count} 个已经依申请删除的人的个人信息（恢复的是较早的备份），已经重新删除。")
    return said.format(count=count)
