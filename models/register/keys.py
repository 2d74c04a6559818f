"""The register's key: 32 random bytes, wrapped by the passphrase, by a recovery code, and perhaps by one for looking only.

The wrapped keys are the text of a small side file (``models/register/key_file.py`` has it on the disk); changing the passphrase
writes that text anew and touches no page of the register. scrypt (n=2¹⁷, r=8: a third of a second and 128 MB) is what slows
somebody who copied the files. A checksum over the whole text tells a damaged file from a wrong passphrase.
"""

import base64
import hashlib
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from models.errors import DamagedRegister, UserError, WrongPassphrase
from models.language import _
from models.roles import Role

#: 1: without a checksum (versions 0.1 to 0.3); 2: with one.
FORMAT = 2
COST = {"n": 2**17, "r": 8, "p": 1}
#: No more than this is worked for a file whose cost somebody, or a bad sector, has changed: 1 GB, some seconds.
_MOST = {"n": 2**20, "r": 8, "p": 4}
MIN_LENGTH = 8
#: Crockford's alphabet: no I, L, O, U, so that a handwritten code is read back right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 24  # 120 bits
_SALT, _WRAPPED = 16, 40
_SIDES = ("passphrase", "recovery")
_VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A key, and whose secret opened it."""

    key: bytes = field(repr=False)
    role: Role


def new_key() -> bytes:
    """A random 32-byte key."""
    return secrets.token_bytes(32)


def new_recovery_code() -> str:
    """A recovery code of 24 characters in groups of four, shown once and written down by a person."""
    letters = "".join(secrets.choice(ALPHABET) for _number in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def check_passphrase(passphrase: str) -> str:
    """The passphrase in the form that is used (NFKC). UserError when it has fewer than 8 characters.

    How easily it is guessed is looked at where a new one is given, in ``models/register/strength.py``.
    """
    normal = unicodedata.normalize("NFKC", passphrase)
    if len(normal.strip()) < MIN_LENGTH:
        raise UserError(_("口令至少要 {count} 个字符，中文、字母、数字都可以。").format(count=MIN_LENGTH))
    return normal


def _plain_code(code: str) -> str:
    text = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(letter for letter in text if letter.isalnum())
    return letters.translate(str.maketrans("OIL", "011"))


def _stretch(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    room = 128 * cost["r"] * (cost["n"] + cost["p"] + 2) + (1 << 20)
    return hashlib.scrypt(secret.encode(errors="surrogatepass"), salt=salt, maxmem=room, dklen=32, **cost)


def _wrap(key: bytes, secret: str) -> dict[str, Any]:
    salt = os.urandom(_SALT)
    wrapped = aes_key_wrap(_stretch(secret, salt, COST), key)
    return {"salt": base64.b64encode(salt).decode(), "cost": COST, "wrapped": base64.b64encode(wrapped).decode()}


def _unwrap(entry: dict[str, Any], secret: str) -> bytes | None:
    stretched = _stretch(secret, base64.b64decode(entry["salt"]), entry["cost"])
    try:
        return aes_key_unwrap(stretched, base64.b64decode(entry["wrapped"]))
    except InvalidUnwrap:
        return None


def wrapping(key: bytes, passphrase: str) -> dict[str, Any]:
    """A key wrapped by a passphrase, for a file of its own. UserError for a passphrase that is too short."""
    return _wrap(key, check_passphrase(passphrase))


def out_of(entry: Any, passphrase: str) -> bytes | None:
    """The key of such a wrapping; None where the passphrase is another one. ValueError where it is no wrapping of ours."""
    try:
        if not _is_wrapping(entry):
            raise ValueError
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError from error
    return _unwrap(entry, unicodedata.normalize("NFKC", passphrase))


def _seal(entries: dict[str, Any]) -> str:
    """The side file's text: one form only, with the checksum over all the rest of it."""
    bare = {"format": FORMAT} | {side: entries[side] for side in (*_SIDES, _VIEWER) if side in entries}
    digest = hashlib.sha256(json.dumps(bare, indent=1).encode()).hexdigest()
    return json.dumps(bare | {"checksum": digest}, indent=1)


def read(text: str) -> dict[str, Any]:
    """The wrappings in a side file's text. DamagedRegister when one bit of it is not as it was written.

    UserError when a newer program wrote it. A file of the first format had no checksum: its form alone can be looked at.
    """
    try:
        found = json.loads(text)
        if "checksum" in found:
            bare = {name: value for name, value in found.items() if name != "checksum"}
            digest = hashlib.sha256(json.dumps(bare, indent=1).encode()).hexdigest()
            sound = text == json.dumps(bare | {"checksum": digest}, indent=1)
            if sound and found["format"] > FORMAT:
                raise UserError(_("这个登记册是更新版本的建会通建立的，请升级程序后再打开。"))
            sound = sound and found["format"] == FORMAT
        else:
            sound = text == json.dumps(found, indent=1) and found["format"] == 1 and set(found) == {"format", *_SIDES}
        sides = {side: found[side] for side in found if side not in ("format", "checksum")}
        sound = sound and set(_SIDES) <= set(sides) <= {*_SIDES, _VIEWER} and all(map(_is_wrapping, sides.values()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedRegister(_damaged()) from error
    if not sound:
        raise DamagedRegister(_damaged())
    return sides


def _damaged() -> str:
    return _("密钥文件已损坏。请用“恢复备份”恢复最近的备份。")


def _is_wrapping(entry: Any) -> bool:
    cost = entry["cost"]
    lengths = [len(base64.b64decode(entry[name], validate=True)) for name in ("salt", "wrapped")]
    bounded = set(cost) == set(_MOST) and all(type(cost[name]) is int and 0 < cost[name] <= _MOST[name] for name in _MOST)
    return set(entry) == {"salt", "cost", "wrapped"} and lengths == [_SALT, _WRAPPED] and bounded and cost["n"].bit_count() == 1


def wrap(key: bytes, passphrase: str, recovery_code: str) -> str:
    """The side file's text for a key and both of its wrappings. UserError for a passphrase that is too short."""
    return _seal({
        "passphrase": _wrap(key, check_passphrase(passphrase)), "recovery": _wrap(key, _plain_code(recovery_code)),
    })  # fmt: skip


def sealed(text: str) -> str:
    """The side file's text in this program's format: what an older version wrote gets its checksum."""
    return _seal(read(text))


def rewrap(text: str, key: bytes, passphrase: str) -> str:
    """The side file's text with a new passphrase for the same key; the recovery code stays valid.

    UserError when it is too short, or the one for looking.
    """
    entries, secret = read(text), check_passphrase(passphrase)
    if _VIEWER in entries and _unwrap(entries[_VIEWER], secret) is not None:
        raise UserError(_same())
    return _seal(entries | {"passphrase": _wrap(key, secret)})


def rewrap_recovery(text: str, key: bytes, recovery_code: str) -> str:
    """The side file's text with a new recovery code for the same key; the old one opens nothing any more."""
    return _seal(read(text) | {"recovery": _wrap(key, _plain_code(recovery_code))})


def rewrap_viewer(text: str, key: bytes, passphrase: str | None) -> str:
    """The side file's text with another passphrase for looking, or without one (None).

    UserError when it is too short, or the passphrase itself.
    """
    entries = {side: entry for side, entry in read(text).items() if side != _VIEWER}
    if passphrase is None:
        return _seal(entries)
    secret = check_passphrase(passphrase)
    if _unwrap(entries["passphrase"], secret) is not None:
        raise UserError(_same())
    return _seal(entries | {_VIEWER: _wrap(key, secret)})


def _same() -> str:
    return _("查看口令不能和口令一样。")


def has_viewer(text: str) -> bool:
    """True when a passphrase for looking is set."""
    return _VIEWER in read(text)


def unlock(text: str, secret: str) -> Unlocked:
    """The key, and whose secret it was, from the side file's text and a passphrase, a recovery code or one for looking.

    Raises WrongPassphrase when none fits, DamagedRegister when the text is no side file of ours or not as it was written.
    """
    entries = read(text)
    normal, code = unicodedata.normalize("NFKC", secret), _plain_code(secret)
    for side, given, role in (
        ("passphrase", normal, Role.OWNER), (_VIEWER, normal, Role.VIEWER), ("recovery", code, Role.OWNER),
    ):  # fmt: skip
        if side not in entries or (side == "recovery" and len(code) != CODE_LENGTH):
            continue
        try:
            key = _unwrap(entries[side], given)
        except ValueError as error:  # more memory than there is
            raise DamagedRegister(_damaged()) from error
        if key is not None:
            return Unlocked(key, role)
    raise WrongPassphrase(_("口令不对，请重新输入。如果忘了口令，可以用建立时抄下的恢复码。"))


def unwrap(text: str, secret: str) -> bytes:
    """The key, for its owner: as :func:`unlock`, and UserError for the passphrase for looking."""
    found = unlock(text, secret)
    if not found.role.may_write:
        raise UserError(_("这是查看口令，只能打开登记册来看。这里要用口令或恢复码。"))
    return found.key


def read_side_file(path: Path) -> str:
    """The side file's text. DamagedRegister when it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedRegister(_("读不了密钥文件“{path}”。请用“恢复备份”恢复最近的备份。").format(path=path)) from error
