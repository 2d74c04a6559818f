"""``init``, ``check``, ``backup``, ``restore``, ``passphrase``: making a register and keeping it safe."""

import argparse
import sys
from pathlib import Path
from typing import Any

from cli.opening import folder_of, holding, opened, passphrase, told_of, usable
from cli.output import answer, print_json
from models import backup, check_up, database, keys, register
from models.errors import AGAINST_DAMAGE, DamagedRegister, UserError
from models.language import _

#: Faults that a person at a terminal is shown; ``--json`` has all.
_SHOWN = 20


def run_init(arguments: argparse.Namespace) -> int:
    """Create a register; its recovery code is shown once, on stderr or under ``recovery_code``."""
    folder = folder_of(arguments)
    with usable(folder):
        if register.exists(folder):
            raise UserError(_("“{folder}”里已经有一个登记册了，什么都没有改动。").format(folder=folder))
    secret = keys.check_passphrase(passphrase(arguments, new=True))
    with holding(folder, _("建立登记册")):
        _made, code = register.create(folder, secret)
        register.close_register()
    if arguments.json:
        print_json({"folder": str(folder), "recovery_code": code})
    else:
        print(told_of(folder, code), file=sys.stderr)
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Look for damage in the register, its key files and its log, with ``--backups`` in these too: 0 sound, 1 damaged."""
    found: dict[str, list[str]] = {"damage": [], "keys": [], "log": [], "backups": []}
    try:
        with opened(arguments, warns=False) as here:
            found["keys"] = check_up.key_faults(here.register.folder)
            found["damage"] = database.damage(deep=arguments.deep)
            found["log"] = check_up.log_faults()
            if arguments.backups:
                found["backups"] = check_up.backup_faults(here.register)
    except DamagedRegister as error:
        found["damage"].append(str(error))
    faults = [each for several in found.values() for each in several]
    answer(arguments.json, _object(found, arguments.backups), _told(found) if faults else _("登记册完好。"))
    return 1 if faults else 0


def _object(found: dict[str, list[str]], backups: bool) -> dict[str, Any]:
    sound = not (found["damage"] or found["keys"] or found["log"])
    told = {name: found[name] for name in ("damage", "keys", "log")}
    return {"sound": sound, **told} | ({"backups": found["backups"]} if backups else {})


def _told(found: dict[str, list[str]]) -> str:
    advice = {
        "damage": _("登记册已损坏。{do}。").format(do=_(AGAINST_DAMAGE)),
        "log": _("登记册的日志不完整。{do}。").format(do=_(AGAINST_DAMAGE)),
        "keys": _("密钥文件有损坏。趁登记册还打得开，请用 passphrase 更改一次口令，密钥文件就会重写。"),
        "backups": _("有的备份已损坏。请用 backup 再做一份。"),
    }
    blocks = [[f"    {each}" for each in several[:_SHOWN]] for several in found.values()]
    return "\n".join(
        "\n".join([advice[name], *block]) for name, block in zip(found, blocks, strict=True) if block
    )


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
