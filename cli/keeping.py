"""``init``, ``check`` and ``passphrase``: making a register and keeping it safe."""

import argparse
import sys
from typing import Any

from cli.folder import file_folder_of, usable
from cli.opening import holding, opened, passphrase, told_of
from cli.output import answer, print_json
from models.engine import database
from models.errors import AGAINST_DAMAGE, DamagedRegister, UserError
from models.language import _
from models.opening import check_up
from models.people import duties
from models.register import keys, register, traces
from models.trail import verifying
from models.trail.verifying import Verdict

#: Faults that a person at a terminal is shown; ``--json`` has all.
_SHOWN = 20


def run_init(arguments: argparse.Namespace) -> int:
    """Create a register; its recovery code is shown once, on stderr or under ``recovery_code``."""
    folder = file_folder_of(arguments)
    with usable(folder):
        if traces.exists(folder):
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
    """Look for damage in the register, its key files, its log, its trail, with ``--backups`` in these too: 0 sound, 1 not."""
    found: dict[str, list[str]] = {"damage": [], "keys": [], "log": [], "counts": [], "backups": []}
    people, trail = 0, None
    try:
        with opened(arguments, warns=False) as here:
            found["keys"] = check_up.key_faults(here.register.folder)
            found["damage"] = database.damage(deep=arguments.deep)
            found["log"] = check_up.log_faults()
            found["counts"] = [] if found["damage"] else check_up.count_faults()
            people = 0 if found["damage"] else duties.people_held()
            trail = None if found["damage"] else verifying.verify()
            if arguments.backups:
                found["backups"] = check_up.backup_faults(here.register)
    except DamagedRegister as error:
        found["damage"].append(str(error))
    faults = [each for several in found.values() for each in several]
    duty = duties.duty_of(people)
    told = _object(found, trail, arguments.backups) | ({"people": people, "duty": duty} if duty else {})
    sentence = _told(found) if faults else _("登记册完好。")
    answer(arguments.json, told, "\n".join(filter(None, [sentence, trail.text if trail else "", duty])))
    return 1 if faults or (trail and trail.wrong is not None) else 0


def _object(found: dict[str, list[str]], trail: Verdict | None, backups: bool) -> dict[str, Any]:
    """``trail`` is null where it could not be read."""
    told: dict[str, Any] = {name: found[name] for name in ("damage", "keys", "log", "counts")}
    sound = not any(told.values()) and trail is not None and trail.wrong is None
    told["trail"] = None
    if trail is not None:
        told["trail"] = {"entries": trail.entries, "last": trail.last, "wrong": trail.wrong, "why": trail.why}
    return {"sound": sound, **told} | ({"backups": found["backups"]} if backups else {})


def _told(found: dict[str, list[str]]) -> str:
    advice = {
        "damage": _("登记册已损坏。{do}。").format(do=_(AGAINST_DAMAGE)),
        "log": _("登记册的日志不完整。{do}。").format(do=_(AGAINST_DAMAGE)),
        "counts": _("随记录而变的计数不对，统计的数字和体检不可信。{do}。").format(do=_(AGAINST_DAMAGE)),
        "keys": _("密钥文件有损坏。趁登记册还打得开，请用 passphrase 更改一次口令，密钥文件就会重写。"),
        "backups": _("有的备份已损坏。请用 backup 再做一份。"),
    }
    blocks = [[f"    {each}" for each in several[:_SHOWN]] for several in found.values()]
    return "\n".join(
        "\n".join([advice[name], *block]) for name, block in zip(found, blocks, strict=True) if block
    )


def run_passphrase(arguments: argparse.Namespace) -> int:
    """Change the passphrase; the old one or the recovery code opens the register. The new one: JIANHUI_NEW_PASSPHRASE.

    ``--viewer``: the one for looking instead; with ``--remove`` it is taken away.
    """
    if arguments.remove and not arguments.viewer:
        raise UserError(_("--remove 要和 --viewer 一起用：取消查看口令。"))
    file_folder_of(arguments)
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
