"""Who was erased, beside the register: a restored older backup must not bring anybody back.

``erased.json`` in the register's folder holds random numbers (uids) only, nothing of whose they are. The register's own
tombstones say the same; the file outlives them when an older register takes the place of the newer one.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from models.files.replacing import write_whole
from models.language import _

FILE = "erased.json"


def read(folder: Path) -> tuple[set[str], bool]:
    """The uids of everybody who was erased, and whether the file was swept since; an unreadable list is empty."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        return {str(uid) for uid in found["erased"]}, bool(found["swept"])
    except (OSError, ValueError, KeyError, TypeError):
        return set(), True


def keep(folder: Path, people: Iterable[str], swept: bool) -> bool:
    """Add people (uids) to the list, whole or not at all; False when the folder cannot be written: the next opening does it."""
    listed, _swept = read(folder)
    text = json.dumps({"format": 1, "erased": sorted(listed | set(people)), "swept": swept}, indent=1)
    try:
        write_whole(folder / FILE, text)
    except OSError:
        return False
    return True


def told(count: int) -> str:
    """For whoever opened a register in which ``count`` people were back, and were erased again."""
    said = _("登记册里又有 {count} 个已经依申请删除的人的个人信息（恢复的是较早的备份），已经重新删除。")
    return said.format(count=count)
