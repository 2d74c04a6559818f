"""An office's register as a laptop knows it: a folder of its own that holds where it is, and nothing of what is in it.

Whoever names a folder names a register; the folder of an office holds its address in a small file, without any password. What
else lies there is this laptop's: acts that could not be noted in time, who was erased.
"""

import hashlib
import json
from pathlib import Path

from models.engine.addresses import Address, is_address, read_address
from models.errors import DamagedRegister, UserError
from models.files.failures import told
from models.files.private import private_folder
from models.files.replacing import write_whole
from models.language import _
from models.register.laptop import laptop_file
from models.register.traces import OFFICE


def folder_of_office(text: str) -> Path:
    """The folder that this laptop keeps for the office's register at an address; it is made when it is first named.

    Raises UserError for what is no whole address, for one with a password, and where the folder cannot be made.
    """
    address = read_address(text)
    name = hashlib.sha256(str(address).encode()).hexdigest()[:16]
    folder = laptop_file().parent / "offices" / name
    try:
        if not (folder / OFFICE).exists():
            private_folder(folder)
            note_address(folder, address)
    except OSError as error:
        raise told(error, _("写不了这台电脑上办公室登记册的文件夹“{folder}”").format(folder=folder)) from error
    return folder


def note_address(folder: Path, address: Address) -> None:
    """Let a folder be that of an office's register. Raises OSError."""
    write_whole(folder / OFFICE, json.dumps({"address": str(address)}, ensure_ascii=False))


def address_in(folder: Path) -> Address | None:
    """Where the office's register is to which a folder belongs; None for one that holds a register itself, or none.

    Raises DamagedRegister when the small file does not say it.
    """
    try:
        text = (folder / OFFICE).read_text("utf-8")
    except OSError:
        return None
    try:
        return read_address(str(json.loads(text)["address"]))
    except (ValueError, KeyError, TypeError, UserError) as error:
        sentence = _("“{path}”里没有写清办公室登记册在哪里。请删去它，再用 --data postgresql://… 打开。")
        raise DamagedRegister(sentence.format(path=folder / OFFICE)) from error


def named_folder(text: str) -> Path:
    """The folder that ``--data`` or JIANHUI_DATA names: itself, or that of the office at an address."""
    return folder_of_office(text) if is_address(text) else Path(text)


def need_file(folder: Path) -> None:
    """UserError where a folder is that of an office's register: what is about to be done is done with a file."""
    if address_in(folder) is not None:
        raise UserError(
            _(
                "这是办公室的登记册，它在服务器上：口令、备份、恢复和抢救由服务器的管理员来做（见 docs/指南.md“办公室”）。"
            )
        )
