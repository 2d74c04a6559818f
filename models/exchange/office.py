"""The office's key: whoever gives seals with its public half, which is no secret, and only the office's register can open that.

The private half lies in the encrypted register, and so in its backups; the public one is handed out as a small file.
"""

import base64
import json
from pathlib import Path

from peewee import AutoField, TextField

from models import roles
from models.engine import database
from models.engine.record import Stored
from models.errors import UserError
from models.exchange.sealed import fingerprint, new_office_key, public_of
from models.files.failures import told as failure_told
from models.files.given import read_text
from models.files.replacing import write_whole
from models.language import _

FORMAT = "jianhui-office-key-1"
_LARGEST = 4096
_BYTES = 32


class OfficeKey(Stored):
    """The private key, as hexadecimal text: one row, or none."""

    id = AutoField()
    private = TextField()


def private_key() -> bytes:
    """The register's private key; nothing where it has none."""
    row = OfficeKey.select().first()
    return bytes.fromhex(row.private) if row is not None else b""


def hand_out(path: Path) -> str:
    """Write the public key to a file, made first where the register has none; returns its fingerprint. UserError, if not."""
    roles.need_write()
    roles.need_admin()
    held = private_key()
    if not held:
        held = new_office_key()
        with database.transaction():
            OfficeKey.insert(private=held.hex()).execute()
    public = public_of(held)
    told = {"format": FORMAT, "key": base64.b64encode(public).decode(), "fingerprint": fingerprint(public)}
    try:
        write_whole(path, json.dumps(told, indent=1) + "\n")
    except OSError as error:
        raise failure_told(error, _("写不了“{name}”").format(name=path.name)) from error
    return fingerprint(public)


def read_public(path: Path) -> bytes:
    """The public key in a file. UserError where it is none of ours, or is not as it was written."""
    try:
        told = json.loads(read_text(path, _LARGEST))
        public = base64.b64decode(told["key"], validate=True)
        if told["format"] != FORMAT or len(public) != _BYTES or told["fingerprint"] != fingerprint(public):
            raise ValueError(path.name)
    except OSError as error:
        raise failure_told(error, _("读不了“{name}”").format(name=path.name)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(_("“{name}”不是办公室的公钥文件，或者已损坏。").format(name=path.name)) from error
    return public
