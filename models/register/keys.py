"""The register's key: 32 random bytes, wrapped by the passphrase and again by a recovery code.

The wrapped keys lie in a small side file; changing the passphrase writes that file anew and touches no page of the
register. scrypt (n=2¹⁷, r=8: a third of a second and 128 MB) is what slows somebody who copied the files.
"""

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from models.errors import DamagedRegister, UserError, WrongPassphrase
from models.language import _

FORMAT = 1
COST = {"n": 2**17, "r": 8, "p": 1}
MIN_LENGTH = 8
#: Crockford's alphabet: no I, L, O, U, so that a handwritten code is read back right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 24  # 120 bits


def new_key() -> bytes:
    """A random 32-byte key."""
    return secrets.token_bytes(32)


def new_recovery_code() -> str:
    """A recovery code of 24 characters in groups of four, shown once and written down by a person."""
    letters = "".join(secrets.choice(ALPHABET) for _number in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def check_passphrase(passphrase: str) -> str:
    """The passphrase in the form that is used (NFKC). UserError when it has fewer than 8 characters."""
    normal = unicodedata.normalize("NFKC", passphrase)
    if len(normal.strip()) < MIN_LENGTH:
        raise UserError(_("口令至少要 {count} 个字符，中文、字母、数字都可以。").format(count=MIN_LENGTH))
    return normal


def _plain_code(code: str) -> str:
    text = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(letter for letter in text if letter.isalnum())
    return letters.translate(str.maketrans("OIL", "011"))


def _stretch(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, maxmem=512 * 1024 * 1024, dklen=32, **cost)


def _wrap(key: bytes, secret: str) -> dict[str, Any]:
    salt = os.urandom(16)
    wrapped = aes_key_wrap(_stretch(secret, salt, COST), key)
    return {"salt": base64.b64encode(salt).decode(), "cost": COST, "wrapped": base64.b64encode(wrapped).decode()}


def _unwrap(entry: dict[str, Any], secret: str) -> bytes | None:
    stretched = _stretch(secret, base64.b64decode(entry["salt"]), entry["cost"])
    try:
        return aes_key_unwrap(stretched, base64.b64decode(entry["wrapped"]))
    except InvalidUnwrap:
        return None


def wrap(key: bytes, passphrase: str, recovery_code: str) -> str:
    """The side file's text for a key and both of its wrappings. UserError for a passphrase that is too short."""
    entries = {
        "passphrase": _wrap(key, check_passphrase(passphrase)),
        "recovery": _wrap(key, _plain_code(recovery_code)),
    }
    return json.dumps({"format": FORMAT, **entries}, indent=1)


def rewrap(text: str, key: bytes, passphrase: str) -> str:
    """The side file's text with a new passphrase for the same key; the recovery code stays valid."""
    return json.dumps(json.loads(text) | {"passphrase": _wrap(key, check_passphrase(passphrase))}, indent=1)


def rewrap_recovery(text: str, key: bytes, recovery_code: str) -> str:
    """The side file's text with a new recovery code for the same key; the old one opens nothing any more."""
    return json.dumps(json.loads(text) | {"recovery": _wrap(key, _plain_code(recovery_code))}, indent=1)


def unwrap(text: str, secret: str) -> bytes:
    """The key, from the side file's text and a passphrase or a recovery code.

    Raises WrongPassphrase when neither fits, DamagedRegister when the text is no side file of ours.
    """
    try:
        entries = json.loads(text)
        newer = entries["format"] > FORMAT
        normal = unicodedata.normalize("NFKC", secret)
        key = None if newer else _unwrap(entries["passphrase"], normal)
        code = _plain_code(secret)
        if key is None and not newer and len(code) == CODE_LENGTH:
            key = _unwrap(entries["recovery"], code)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedRegister(_("密钥文件已损坏。请用“恢复备份”恢复最近的备份。")) from error
    if newer:
        raise UserError(_("这个登记册是更新版本的建会通建立的，请升级程序后再打开。"))
    if key is None:
        raise WrongPassphrase(_("口令不对，请重新输入。如果忘了口令，可以用建立时抄下的恢复码。"))
    return key


def read_side_file(path: Path) -> str:
    """The side file's text. DamagedRegister when it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedRegister(_("读不了密钥文件“{path}”。请用“恢复备份”恢复最近的备份。").format(path=path)) from error
