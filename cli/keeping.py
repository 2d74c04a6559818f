"""``check``, ``backup``, ``restore``, ``passphrase``: keeping the register safe."""

import argparse
from pathlib import Path

from cli.opening import folder_of, holding, opened, passphrase
from cli.output import answer
from models.engine import database
from models.errors import DamagedRegister
from models.language import _
from models.register import backup, register
from models.trail import verifying

#: Faults that a person at a terminal is shown; ``--json`` has all.
_SHOWN = 20


def run_check(arguments: argparse.Namespace) -> int:
    """Look for damage, and whether the trail is as it was written: 0 sound, 1 damaged or changed."""
    try:
        with opened(arguments) as _here:
            found = database.damage(deep=arguments.deep)
            trail = None if found else verifying.verify()
    except DamagedRegister as error:
        found, trail = [str(error)], None
    advice = _("登记册已损坏。请用 restore 恢复最近的备份。")
    sentence = "\n    ".join([advice, *found[:_SHOWN]]) if found else _("登记册完好。")
    whole = trail is not None and trail.wrong is None
    told = {"entries": trail.entries, "last": trail.last, "wrong": trail.wrong, "why": trail.why} if trail else None
    lines = [sentence, trail.text] if trail else [sentence]
    answer(arguments.json, {"sound": not found and whole, "damage": found, "trail": told}, "\n".join(lines))
    return 0 if whole else 1


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a verified backup, to OUT or into the register's own folder."""
    with opened(arguments) as here:
        path = backup.back_up(here.register, Path(arguments.out) if arguments.out else None)
    answer(arguments.json, {"backup": str(path)}, _("已备份并核对：{path}").format(path=path))
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Put the register of a backup in place; what was there is kept beside it."""
    folder, source = folder_of(arguments), Path(arguments.file)
    secret = passphrase(arguments, new=False)
    with holding(folder, _("恢复备份")):
        aside = backup.restore(folder, source, secret)
    sentence = _("已恢复“{name}”。").format(name=source.name)
    if aside:
        sentence += "\n" + _("原来的登记册放在 {path}").format(path=aside)
    answer(arguments.json, {"restored": str(source), "previous": str(aside) if aside else None}, sentence)
    return 0


def run_passphrase(arguments: argparse.Namespace) -> int:
    """Change the passphrase; the old one or the recovery code opens the register. The new one: JIANHUI_NEW_PASSPHRASE."""
    with opened(arguments, _("更改口令")) as here:
        new = passphrase(arguments, new=True, variable="JIANHUI_NEW_PASSPHRASE")
        register.change_passphrase(here.register, new)
    answer(arguments.json, {"passphrase": "changed"}, _("口令已更改，恢复码不变。"))
    return 0
