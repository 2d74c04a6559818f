"""The key file on the disk: two copies in the register's folder, replaced one after the other, healed from each other.

``register.key`` and ``register.key.copy`` have the same text, so that one bad sector is not the end. While the text changes,
what it was lies in ``register.key.old`` until the new one has opened the register; what an interruption left is sorted out
at the next opening. Whoever moves, removes or puts back the key of a register does so with all of :data:`NAMES`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from models.engine import sql
from models.engine.keyed import KeyedDatabase
from models.errors import DamagedRegister, UserError, WrongPassphrase
from models.files.failures import why
from models.files.replacing import flush_folder, write_whole
from models.language import _
from models.register import keys
from models.register.keys import Unlocked
from models.register.traces import KEY
from models.roles import Role

COPY, OLD = KEY + ".copy", KEY + ".old"
#: Every name under which a register's key may lie in its folder.
NAMES = (KEY, COPY, OLD)


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key, whose secret opened it, and what to tell of the file it was found in; "" for nothing."""

    key: bytes = field(repr=False)
    role: Role
    told: str = ""


def present(folder: Path) -> bool:
    """True when there is a key file, whole or not, under any of its names."""
    return any((folder / name).exists() for name in NAMES)


def write(folder: Path, text: str) -> None:
    """Write the side file's text as the only one in ``folder``: both copies, one after the other, nothing older. OSError."""
    write_whole(folder / KEY, text)
    write_whole(folder / COPY, text)
    (folder / OLD).unlink(missing_ok=True)
    flush_folder(folder)


def sound_text(folder: Path) -> str:
    """The side file's text, from whichever copy is whole. DamagedRegister when none is."""
    for name in NAMES:
        if (text := _text(folder / name)) is not None:
            return text
    keys.read(keys.read_side_file(folder / KEY))  # says what is wrong with it
    raise AssertionError(folder)


def _text(path: Path) -> str | None:
    """The text of a whole key file; None when it is missing or damaged. UserError when a newer program wrote it."""
    try:
        text = keys.read_side_file(path)
        keys.read(text)
    except DamagedRegister:
        return None
    return text


def fits(file: Path, key: bytes) -> bool:
    """True when the key opens the register's file. Neither the file nor its log is touched."""
    place = file.resolve().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(place)}?immutable=1"
    held = KeyedDatabase(uri, uri=True, passphrase=f"x'{key.hex()}'", pragmas=[("cipher_log_level", "NONE")])
    try:
        held.execute_sql(sql.HOW_MANY_TABLES).fetchone()
    except (DatabaseError, dbapi2.DatabaseError):  # connecting is not wrapped by peewee
        return False
    finally:
        held.close()
        held.forget()
    return True


def unlock(folder: Path, file: Path, secret: str, settle: bool) -> FoundKey:
    """The key of the register in ``file``, by whichever key file in ``folder`` the secret opens.

    ``settle``: mend what is damaged and end what was interrupted; pass False while another program may be at it. Raises
    DamagedRegister when no key file is whole, WrongPassphrase when the secret opens none.
    """
    main, copy, old = (_text(folder / name) for name in NAMES)
    if not (main or copy or old):
        sound_text(folder)
    found, text = _opened([each for each in ((main, old) if main else (copy, old)) if each], file, secret)
    told = ""
    if settle and not (old and found.role is Role.VIEWER):
        told = _settle(folder, text, _what_happened(folder, main, copy, undone=text == old))
    return FoundKey(found.key, found.role, told)


def _opened(texts: list[str], file: Path, secret: str) -> tuple[Unlocked, str]:
    """The first of the texts that the secret opens with a key that fits; else the first that it opens at all.

    The later one is what the first replaces: whoever may only look has no say in which of them holds.
    """
    unfit: tuple[Unlocked, str] | None = None
    wrong: WrongPassphrase | None = None
    for text in dict.fromkeys(texts):
        try:
            found = keys.unlock(text, secret)
        except WrongPassphrase as error:
            wrong = wrong or error
            continue
        if text != texts[0] and found.role is Role.VIEWER:
            continue
        if fits(file, found.key):
            return found, text
        unfit = unfit or (found, text)
    if unfit is None:
        assert wrong is not None
        raise wrong
    return unfit


def _what_happened(folder: Path, main: str | None, copy: str | None, *, undone: bool) -> str:
    """What to tell of the key files as they were found; "" for nothing. ``undone``: what opened is what was being replaced."""
    if (folder / OLD).exists():
        if undone:
            return _("上次修改口令或恢复码时被打断了，没有改成：仍用原来的口令和恢复码，新的打不开。")
        return _("上次修改口令或恢复码时被打断了，现在已经改好：用新的，旧的打不开了。")
    if main is None:
        return _("密钥文件损坏或丢失了，已用旁边的副本修好，口令和登记册都没有变。磁盘可能有坏处，请现在做一次备份，存到另一个磁盘。")
    if copy is None and (folder / COPY).exists():
        return _("密钥文件的副本损坏了，已重新写好，口令和登记册都没有变。磁盘可能有坏处，请现在做一次备份，存到另一个磁盘。")
    return ""


def _settle(folder: Path, text: str, told: str) -> str:
    """Make ``text`` the only one in the folder; what to tell then. A folder that cannot be written keeps what it has."""
    wanted = keys.sealed(text)
    if not (folder / OLD).exists() and all(_text(folder / name) == wanted for name in (KEY, COPY)):
        return told
    try:
        write(folder, wanted)
    except OSError as error:
        return _("密钥文件要修复，但写不了（{why}）。登记册照常能用，请尽快换一个能写的磁盘。").format(why=why(error)) if told else ""
    return told


def replace(folder: Path, file: Path, text: str, secret: str | None, key: bytes) -> None:
    """Make ``text`` the side file's text, once ``secret`` has opened the register through it from the disk.

    ``secret``: the new one; None where one was taken away, and the text alone is looked at.

    What was there stays beside it until then, and comes back when anything fails. Raises UserError; then nothing has changed,
    unless it says otherwise.
    """
    former = sound_text(folder)
    try:
        write_whole(folder / OLD, former)
        write_whole(folder / KEY, text)
        read = _text(folder / KEY)
        if read != text or (secret is not None and keys.unlock(read, secret).key != key) or not fits(file, key):
            raise OSError(5, "the new key file does not open the register", str(folder / KEY))  # EIO: the disk lies
        write(folder, text)
    except OSError as error:
        _put_back(folder, former, error)


def _put_back(folder: Path, former: str, error: OSError) -> None:
    path = folder / KEY
    try:
        write(folder, former)
    except OSError:
        if _text(path) == former:  # nothing was replaced yet; what else there is goes at the next opening
            former = ""
    else:
        former = ""
    if former:
        sentence = _("密钥文件“{path}”没有写完：{why}。登记册没有变；下次打开时先试新的口令或恢复码，不行再用原来的。")
        raise UserError(sentence.format(path=path, why=why(error))) from error
    raise UserError(
        _("写不了密钥文件“{path}”：{why}。口令和恢复码都没有变。").format(path=path, why=why(error))
    ) from error
