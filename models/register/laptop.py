"""What belongs to this installation and not to a register: device ids, the person's name, language.

A plain file without anybody's data but the user's own name. It lies apart from the register, so that a copy of a register
taken to another laptop, or to another folder, gets a device id of its own and never reuses running numbers of the log.
"""

import getpass
import json
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from models.errors import UserError
from models.files.failures import told
from models.files.private import private_folder
from models.files.replacing import write_whole
from models.language import _

if TYPE_CHECKING:
    from models.journal.writer import Author


def laptop_file() -> Path:
    """Where the installation's own file lies: ``JIANHUI_LAPTOP``, else the platform's folder for settings."""
    given = os.environ.get("JIANHUI_LAPTOP")
    return Path(given) if given else Path(platformdirs.user_config_dir("jianhui", appauthor=False)) / "laptop.json"


def read_laptop() -> dict[str, Any]:
    """The installation's settings; empty when there are none yet or the file is unreadable."""
    try:
        found = json.loads(laptop_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_laptop(values: dict[str, Any]) -> None:
    """Replace the installation's settings, all or nothing. UserError when the folder cannot be written."""
    path = laptop_file()
    try:
        private_folder(path.parent)
        write_whole(path, json.dumps(values, ensure_ascii=False, indent=1))
    except OSError as error:
        raise told(error, _("写不了本机设置“{path}”").format(path=path)) from error


def author(folder: Path) -> "Author":
    """Who writes into the register in ``folder``: this installation's device id for it, made once, and the person's name."""
    from models.journal.writer import Author  # with all kinds of record: a look at the settings is not to wait for them

    values = read_laptop()
    devices: dict[str, str] = values.setdefault("devices", {})
    place = str(folder.resolve())
    if place not in devices:
        devices[place] = uuid.uuid4().hex[:16]
        with suppress(UserError):  # an id that is kept nowhere serves this once: its numbers are nobody else's either
            write_laptop(values)
    return Author(devices[place], person_name())


def forget_device(folder: Path) -> None:
    """Let the register in ``folder`` get a new device id: after a restore the old one's later numbers are taken elsewhere."""
    values = read_laptop()
    if values.get("devices", {}).pop(str(folder.resolve()), None):
        write_laptop(values)


def person_name() -> str:
    """Who uses this installation: the name that was given, else that of the login."""
    return str(read_laptop().get("person") or _login_name())


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("本机用户")
