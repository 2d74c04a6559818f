"""The deeds that are harmed: every verb that writes, how it is begun, and by what words it says that it is done."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.aids.speaking import PASSPHRASE
from tests.faults.met import LIST, OPEN, PACKAGE, SECRET, TICKED, met
from tests.faults.place import Done, Place
from tests.faults.world import EMPLOYER, ENTRY, NEW_PASSPHRASE, World, empty, older, world

#: A recovery code, as it is shown once.
RECOVERY_CODE = r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}\b"
Verb = tuple[str | Path, ...]


@dataclass(frozen=True)
class Deed:
    """Something that a person does. ``said`` matches what tells that it is stored; ``without`` begins on an empty laptop."""

    name: str
    verb: Callable[[World, Place], Verb]
    said: re.Pattern[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    begin: Callable[[], Place] = field(default=lambda: world().place)
    journaled: bool = True
    #: Passphrases that may open the register afterwards, the one that is right once the deed is done last
    secrets: tuple[str, ...] = (PASSPHRASE,)

    def acknowledged(self, done: Done) -> bool:
        """True when it told that the work is stored."""
        return bool(self.said.search(done.said))


def _deed(name: str, said: str, verb: Callable[[World, Place], Verb], **more: object) -> Deed:
    return Deed(name, verb, re.compile(said), **more)  # type: ignore[arg-type]


#: How a verb is told the passphrase of packages.
_EXCHANGING = {"JIANHUI_EXCHANGE_PASSPHRASE": SECRET}
_MET: dict[str, object] = {"begin": lambda: met().place, "environment": _EXCHANGING}

DEEDS: dict[str, Deed] = {
    each.name: each
    for each in (
        _deed("import", r"已写入，批次 \d+", lambda made, place: ("import", place.received / made.roster)),
        _deed("undo", r"已撤销批次", lambda _made, _place: ("undo", "1")),
        _deed(
            "form edit", r"已保存，批次 \d+",
            lambda made, _place: ("edit-form", made.person, json.dumps({"note": "改过", "education": "大专"})),
        ),
        _deed("merge", r"已合并，批次 \d+", lambda made, _place: ("merge", *made.twins)),
        _deed("ledger add", r"已登记，记录标识", lambda _made, _place: (*ENTRY, "第二件")),
        _deed(
            "due rule", r"已登记催报",
            lambda _made, _place: ("chase", "add", "--sheet", "人数", "--every", "每月", "--days", "10"),
        ),
        _deed(
            "pasted block", r"已贴入，批次 \d+",
            lambda made, _place: ("paste-block", "\n".join(["姓名\t备注", *(f"{name}\t贴来的" for name in made.pair)])),
        ),
        _deed("handin", r"已写入 ", lambda _made, place: ("handin", "members-24", "--out", place.out / "上报.xlsx")),
        _deed(
            "paper", r"已写入 ",
            lambda _made, place: (
                "paper", "opinion", "--employer", EMPLOYER, "--number", "渝工发〔2026〕12号", "--out", place.out / "文书.docx",
            ),
        ),
        _deed(
            "exchange give", r"已交出并核对",
            lambda _made, place: ("exchange", "give", place.out / "交.jhx", "--all"), **_MET,
        ),
        _deed(
            "exchange take", r"已收下，批次 \d+",
            lambda _made, place: ("exchange", "take", place.received / PACKAGE), **_MET,
        ),
        _deed(
            "exchange decide", r"已决定，批次 \d+",
            lambda made, _place: ("exchange", "decide", made.person, OPEN, "theirs"), **_MET,
        ),
        _deed("undo decision", r"已撤销批次", lambda _made, _place: ("undo", str(met().decided)), **_MET),
        _deed(
            "worklist tick", r"改了 \d+ 条",
            lambda _made, _place: ("worklists", "tick", LIST, "--all", "--note", "已送到"), **_MET,
        ),
        _deed(
            "worklist read", r"写入 \d+ 条",
            lambda _made, place: ("worklists", "read", place.received / TICKED, LIST), **_MET,
        ),
        _deed(
            "cards", r"已写入 ",
            lambda _made, place: ("report", "cards", "--worklist", LIST, "--out", place.out / "卡.pdf"), **_MET,
        ),
        _deed("backup", r"已备份", lambda _made, _place: ("backup",)),
        _deed("restore", r"已恢复", lambda made, place: ("restore", place.received / made.backup)),
        _deed(
            "passphrase", r"口令已更改", lambda _made, _place: ("passphrase",),
            environment={"JIANHUI_NEW_PASSPHRASE": NEW_PASSPHRASE}, secrets=(PASSPHRASE, NEW_PASSPHRASE),
        ),
        _deed("creation", RECOVERY_CODE, lambda _made, _place: ("init",), begin=empty),
        _deed("migration", r"(?m)^批次\s", lambda _made, _place: ("batches",), begin=older, journaled=False),
    )
}  # fmt: skip
