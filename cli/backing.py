"""``backup`` and ``restore``: copies of the register made, listed, taken to a second place, looked at and put back."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from cli.folder import file_folder_of
from cli.opening import PASSPHRASE, holding, opened, passphrase
from cli.output import UNKNOWN, answer, print_json, print_table, progress_bar
from models.backups import restoring, second_place
from models.backups.counting import SHOWN, Counts, counts_now, text_of, title_of
from models.backups.listing import Backup, backups, check_all, newest_good, own_folder, state_text
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.errors import UserError
from models.language import _
from models.register import lock, traces


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a verified backup, to OUT or into the register's own folder; or list them; or name the second place."""
    if arguments.list or arguments.check:
        return _list(arguments)
    if arguments.second or arguments.no_second:
        return _name_second(arguments)
    with opened(arguments) as here, progress_bar(_("备份")) as show:
        made = back_up(here.register, Reason.HAND, Path(arguments.out) if arguments.out else None, show)
    told = {"backup": str(made.path)} | ({"second_note": made.note} if made.note else {})
    answer(arguments.json, told, _("已备份并核对：{path}").format(path=made.path))
    if made.note:
        arguments.warnings.append(made.note)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    """What there is to go back to; needs no register that opens, for that is when it is looked for."""
    folder = file_folder_of(arguments)
    if arguments.check:
        with progress_bar(_("核对备份")) as show:
            arguments.warnings.extend(check_all(folder, show))
    found, now, second = backups(folder), _now(arguments, folder), second_place.second_place(folder)
    if arguments.json:
        about = {"folder": second.folder, "seen": second.seen} if second is not None else None
        best = newest_good(found)
        print_json(
            {"backups": list(map(_object, found)), "newest_good": str(best.path) if best is not None else None}
            | {"now": now.told() if now is not None else None, "second": about}
        )
        return 1 if arguments.check and arguments.warnings else 0
    titles = [_("编号"), _("时间"), _("为什么"), *map(title_of, SHOWN[:5]), _("大小 MB"), _("核对"), _("文件")]
    rows = [_row(each) for each in found]
    if rows:
        rows.append([UNKNOWN, _("现在"), None, *_numbers(now), None, None, None])
        print_table(titles, rows)
    print(_("共 {count} 份备份：{folder}").format(count=len(found), folder=own_folder(folder)))
    if (best := newest_good(found)) is not None:
        print(_("最近的一份完好的：{name}").format(name=best.path.name))
    if second is not None:
        seen = second.seen or UNKNOWN
        print(_("也存到：{folder}（上次存到 {day}）").format(folder=second.folder, day=seen))
    return 1 if arguments.check and arguments.warnings else 0


def _now(arguments: argparse.Namespace, folder: Path) -> Counts | None:
    """What the register holds now; None when there is none, it does not open, or nothing may ask for its passphrase."""
    try:
        if not traces.exists(folder):
            return None
        if not getattr(arguments, "secret", None) and PASSPHRASE not in os.environ and (arguments.json or not sys.stdin.isatty()):
            return None
        with opened(arguments):
            return counts_now()
    except UserError:
        return None


def _object(each: Backup) -> dict[str, Any]:
    about = {
        "file": str(each.path), "number": each.number, "made": each.made, "size": each.size,
        "reason": each.reason.value if each.reason is not None else None, "state": each.state.name.lower(),
        "checked": each.checked,
    }  # fmt: skip
    return about | (each.counts or Counts()).told()


def _row(each: Backup) -> list[Any]:
    reason = each.reason.label if each.reason is not None else None
    made = each.made[:16].replace("T", " ")
    return [each.number, made or None, reason, *_numbers(each.counts), each.size // 1_000_000, state_text(each), each.path.name]


def _numbers(counts: Counts | None) -> list[int | None]:
    return [getattr(counts, name) if counts is not None else None for name in SHOWN[:5]]


def _name_second(arguments: argparse.Namespace) -> int:
    folder = file_folder_of(arguments)
    if arguments.no_second:
        second_place.forget_second_place(folder)
        answer(arguments.json, {"second": None}, _("以后不再存到第二个地方；已经存在那里的备份还在。"))
        return 0
    place = Path(arguments.second).resolve()
    with opened(arguments) as here:
        home = second_place.name_second_place(here.register, place)
    sentence = _("以后每份新的备份也存到 {folder}（插着的时候）。").format(folder=home)
    answer(arguments.json, {"second": {"folder": str(place), "backups": str(home)}}, sentence)
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Put the register of a backup in place, what was there is kept beside it; or with ``--plan`` show what that would do."""
    folder, source = file_folder_of(arguments), Path(arguments.file)
    lock.settle(folder)
    secret = passphrase(arguments, new=False)
    if arguments.plan:
        return _plan(arguments, folder, source, secret)
    with holding(folder, _("恢复备份")), progress_bar(_("恢复")) as show:
        aside = restoring.restore(folder, source, secret, show)
    sentence = _("已恢复“{name}”。").format(name=source.name)
    if aside:
        sentence += "\n" + _("原来的登记册放在 {path}").format(path=aside)
    answer(arguments.json, {"restored": str(source), "previous": str(aside) if aside else None}, sentence)
    return 0


def _plan(arguments: argparse.Namespace, folder: Path, source: Path, secret: str) -> int:
    with progress_bar(_("核对备份")) as show:
        seen = restoring.look(folder, source, secret, show)
    now = _now(arguments, folder)
    if arguments.json:
        print_json(seen.told() | {"now": now.told() if now is not None else None})
        return 0
    reason = seen.manifest.reason
    why = _("（{reason}）").format(reason=reason.label) if reason is not None else ""
    made = seen.manifest.made[:16].replace("T", " ")
    print(_("“{name}”完好，备份于 {made}{why}。").format(name=source.name, made=made or UNKNOWN, why=why))
    rows = [[title_of(name), text_of(seen.counts, name), text_of(now, name)] for name in SHOWN]
    print_table([_("登记册里"), _("备份时"), _("现在")], rows)
    print(_("这是预览，什么都没有改动。恢复以后，现在的登记册会整个移到旁边。"))
    return 0
