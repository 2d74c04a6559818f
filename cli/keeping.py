"""``check`` and ``passphrase``: keeping the register safe."""

import argparse

from cli.opening import opened, passphrase
from cli.output import answer
from models import database, register
from models.errors import DamagedRegister, UserError
from models.language import _
from models.people import duties

#: Faults that a person at a terminal is shown; ``--json`` has all.
_SHOWN = 20


def run_check(arguments: argparse.Namespace) -> int:
    """Look for damage: 0 sound, 1 damaged."""
    people = 0
    try:
        with opened(arguments) as _here:
            found = database.damage(deep=arguments.deep)
            people = 0 if found else duties.people_held()
    except DamagedRegister as error:
        found = [str(error)]
    advice = _("登记册已损坏。请用 restore 恢复最近的备份。")
    sentence = "\n    ".join([advice, *found[:_SHOWN]]) if found else _("登记册完好。")
    duty = duties.duty_of(people)
    told = {"sound": not found, "damage": found} | ({"people": people, "duty": duty} if duty else {})
    answer(arguments.json, told, "\n".join(filter(None, [sentence, duty])))
    return 1 if found else 0


def run_passphrase(arguments: argparse.Namespace) -> int:
    """Change the passphrase; the old one or the recovery code opens the register. The new one: JIANHUI_NEW_PASSPHRASE.

    ``--viewer``: the one for looking instead; with ``--remove`` it is taken away.
    """
    if arguments.remove and not arguments.viewer:
        raise UserError(_("--remove 要和 --viewer 一起用：取消查看口令。"))
    if arguments.viewer:
        return _change_viewer(arguments)
    with opened(arguments, _("更改口令")) as here:
        new = passphrase(arguments, new=True, variable="JIANHUI_NEW_PASSPHRASE")
        register.change_passphrase(here.register, new)
    answer(arguments.json, {"passphrase": "changed"} | here.afterwards, _("口令已更改，恢复码不变。"))
    return 0


def _change_viewer(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("更改查看口令")) as here:
        new = None if arguments.remove else passphrase(arguments, new=True, variable="JIANHUI_NEW_PASSPHRASE")
        register.change_viewer(here.register, new)
    said = _("查看口令已取消。") if new is None else _("查看口令已设置：用它打开只能看，号码总是打星号。")
    answer(arguments.json, {"viewer": "removed" if new is None else "set"}, said)
    return 0
