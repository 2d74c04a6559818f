"""``check``, ``backup``, ``restore``, ``passphrase``: keeping the register safe."""

import argparse
from pathlib import Path

from cli.opening import folder_of, opened, passphrase
from cli.output import print_json
from models import backup, database, lock, register
from models.errors import DamagedRegister
from models.language import _


def run_check(arguments: argparse.Namespace) -> int:
    """Look for damage: 0 sound, 1 damaged."""
    try:
        with opened(arguments) as _here:
            found = database.damage(deep=arguments.deep)
    except DamagedRegister as error:
        found = [str(error)]
    if arguments.json:
        print_json({"sound": not found, "damage": found})
    elif found:
        print(_("登记册已损坏。请用 restore 恢复最近的备份。"))
        for each in found[:20]:
            print(f"    {each}")
    else:
        print(_("登记册完好。"))
    return 1 if found else 0


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a verified backup, to OUT or into the register's own folder."""
    with opened(arguments) as here:
        path = backup.back_up(here.register, Path(arguments.out) if arguments.out else None)
    if arguments.json:
        print_json({"backup": str(path)})
    else:
        print(_("已备份并核对：{path}").format(path=path))
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Put the register of a backup in place; what was there is kept beside it."""
    folder = folder_of(arguments)
    with lock.writing(folder, _("恢复备份")):
        aside = backup.restore(folder, Path(arguments.file), passphrase(arguments, new=False))
    if arguments.json:
        print_json({"restored": arguments.file, "previous": str(aside) if aside else None})
        return 0
    print(_("已恢复“{name}”。").format(name=Path(arguments.file).name))
    if aside:
        print(_("原来的登记册放在 {path}").format(path=aside))
    return 0


def run_passphrase(arguments: argparse.Namespace) -> int:
    """Change the passphrase; the old one or the recovery code opens the register. The new one: JIANHUI_NEW_PASSPHRASE."""
    with opened(arguments, _("更改口令")) as here:
        new = passphrase(arguments, new=True, variable="JIANHUI_NEW_PASSPHRASE")
        register.change_passphrase(here.register, new)
    if arguments.json:
        print_json({"passphrase": "changed"})
    else:
        print(_("口令已更改，恢复码不变。"))
    return 0
