"""``trail``: who opened the register, saw full numbers, printed, exported, backed up and restored; ``prints``: what left it."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import answer, out_path, print_json, print_table
from cli.verb import given_to
from models.journal.older_notes import trail
from models.language import _
from models.trail import verifying
from models.trail.entry import Act
from models.trail.reading import EntryFilter, PastEntry, totals_of
from models.trail.words import find_act, word
from reports.handing_over import hand_over
from reports.trail_list import PRINTS, TRAIL, write_trail


def run_trail(arguments: argparse.Namespace) -> int:
    """List the trail, the newest last at a terminal; or write it to a file, which is an entry of the trail itself."""
    out = out_path(arguments, "xlsx", "csv", "pdf", "docx")
    act = find_act(arguments.act) if arguments.act else ""
    asked = EntryFilter(arguments.since, arguments.until, act, arguments.who or "", arguments.search or "")
    found = _found(arguments, asked, out, TRAIL)
    if out:
        sentence = _("已写入 {path}，共 {count} 行。").format(path=out, count=len(found))
        answer(arguments.json, {"trail": str(out), "rows": len(found)}, sentence)
    elif arguments.json:
        print_json({"trail": [each.plain() for each in found]})
    else:
        _print(found)
    return 0


def run_prints(arguments: argparse.Namespace) -> int:
    """List what was printed and exported, the newest last at a terminal; or write that to a file."""
    out = out_path(arguments, "xlsx", "csv", "pdf", "docx")
    full = {"full": True, "masked": False, None: None}[arguments.numbers]
    asked = EntryFilter(
        arguments.since, arguments.until, person=arguments.who or "", text=arguments.search or "", handed_out=True, full=full
    )  # fmt: skip
    found = _found(arguments, asked, out, PRINTS)
    totals = totals_of(found)
    told: dict[str, Any] = {"totals": asdict(totals)}
    if out:
        sentence = _("已写入 {path}：{about}。").format(path=out, about=totals.text)
        answer(arguments.json, {"prints": str(out), "rows": len(found)} | told, sentence)
    elif arguments.json:
        print_json({"prints": [each.plain() for each in found]} | told)
    else:
        _print_handed_out(found)
        print(totals.text)
    return 0


def _found(arguments: argparse.Namespace, asked: EntryFilter, out: Path | None, name: str) -> list[PastEntry]:
    """The entries that are asked for, the newest first; written to ``out`` where there is one."""
    with opened(arguments) as here:
        found = trail(asked)
        if out:
            _write(arguments, here, found, out, name)
    return found


def _write(arguments: argparse.Namespace, here: Opened, found: list[PastEntry], out: Path, name: str) -> None:
    def write(path: Path) -> Any:
        return write_trail(path, found, verifying.verify(), here.today, name=name)

    say(hand_over(here.author, given_to(arguments, Act("export", name)), write, out).note)


def _print(found: list[PastEntry]) -> None:
    titles = [_("编号"), _("时间"), _("谁"), _("做了什么"), _("内容"), _("行数"), _("号码"), _("文件")]
    rows = [
        [
            each.number or None, each.when, each.person, word(each.act), each.about or None, each.rows,
            each.numbers or None, each.file or None,
        ]
        for each in reversed(found)
    ]  # fmt: skip
    if rows:
        print_table(titles, rows)
    print(_("共 {count} 条").format(count=len(found)))


def _print_handed_out(found: list[PastEntry]) -> None:
    titles = [_("编号"), _("时间"), _("谁"), _("做了什么"), _("内容"), _("行数"), _("号码"), _("交给谁"), _("做什么用"), _("文件")]
    rows = [
        [
            each.number or None, each.when, each.person, word(each.act), each.about or None, each.rows, each.numbers,
            each.recipient or None, each.purpose or None, each.file or None,
        ]
        for each in reversed(found)
    ]  # fmt: skip
    if rows:
        print_table(titles, rows)
