"""The offices that were opened on this laptop, the newest first, and their passwords, which the system's keyring keeps.

The laptop's own file holds addresses alone. A password goes into the keyring when the person wishes it, and nowhere else; where
the system has no keyring that keeps secrets it is asked for each time.
"""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from models.engine.addresses import Address, read_address
from models.errors import UserError
from models.register import office
from models.register.laptop import read_laptop, write_laptop

#: Where the addresses stand among what this laptop keeps, and whether one of them was what was opened last.
_OFFICES, _LAST = "offices", "last_was_office"
#: So many are offered.
_MOST = 8
#: What a keyring says of itself when it keeps secrets well; one that writes them into a plain file says less.
_WELL_KEPT = 1
_SERVICE = "jianhui"


def known() -> list[Address]:
    """The offices that were opened here, the newest first."""
    found: list[Address] = []
    kept = read_laptop().get(_OFFICES)
    for text in kept if isinstance(kept, list) else []:
        with suppress(UserError):  # somebody has written into the file
            found.append(read_address(str(text)))
    return found


def last_was_office() -> bool:
    """True when an office was what was opened last on this laptop."""
    return bool(read_laptop().get(_LAST)) and bool(known())


def note_opened(address: Address | None) -> None:
    """An office was opened, or a register on this laptop (None). A laptop's file that cannot be written remembers nothing."""
    kept = read_laptop()
    if address is None and not kept.get(_LAST):
        return
    if address is not None:
        texts = [str(address), *(str(each) for each in known())]
        kept[_OFFICES] = list(dict.fromkeys(texts))[:_MOST]
    kept[_LAST] = address is not None
    with suppress(UserError):
        write_laptop(kept)


def forget(address: Address) -> None:
    """Offer an office no more, and take its password out of the keyring."""
    forget_password(address)
    kept = read_laptop()
    kept[_OFFICES] = [str(each) for each in known() if each != address]
    with suppress(UserError):
        write_laptop(kept)


def has_keyring() -> bool:
    """True when this system has a keyring that keeps passwords."""
    return _keyring() is not None


def saved_password(address: Address) -> str:
    """The password that the keyring keeps for an office; "" for none."""
    keyring = _keyring()
    with suppress(Exception):  # a keyring that stays locked, or that does not answer: the password is asked for
        return (keyring.get_password(_SERVICE, _login(address)) if keyring is not None else "") or ""
    return ""


def password_for(folder: Path) -> str:
    """What the keyring keeps for the office of a folder, if the window has opened it on this laptop; "" for none.

    No other office has a password there, and a keyring that is asked may show a question of its own.
    """
    address = office.address_in(folder)
    return saved_password(address) if address is not None and address in known() else ""


def save_password(address: Address, password: str) -> bool:
    """Let the keyring keep a password; False when it does not."""
    keyring = _keyring()
    try:
        if keyring is None or not password:
            return False
        keyring.set_password(_SERVICE, _login(address), password)
    except Exception:  # noqa: BLE001  # whatever keeps the keyring from it: the password is asked for next time
        return False
    return True


def forget_password(address: Address) -> None:
    """Take an office's password out of the keyring."""
    keyring = _keyring()
    with suppress(Exception):  # it was not there, or the keyring stays locked
        if keyring is not None:
            keyring.delete_password(_SERVICE, _login(address))


def _login(address: Address) -> str:
    """Whose password it is: the user of a database, however the server is known."""
    return f"{address.user}@{','.join(f'{name}:{port}' for name, port in address.hosts)}/{address.database}"


def _keyring() -> Any:
    """The system's keyring; None where there is none that keeps secrets well."""
    try:
        keyring = import_module("keyring")
        backend = keyring.get_keyring()
        return backend if backend.priority >= _WELL_KEPT else None
    except Exception:  # noqa: BLE001  # not installed, or nothing behind it: then nothing is kept
        return None
