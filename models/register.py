"""A register on the disk: create, open and close it, and bring an older one up to date.

A folder holds ``register.db`` (encrypted), ``register.key`` (the wrapped key), the writer's lock and ``backups/``. Never
copy the file by hand while the program runs: use backup and restore (``models/backup.py``).
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from peewee import DatabaseError
from playhouse.migrations import Migration, Runner

from models import creating, database, header, keys, learning, membership, old_log, reading_only, soundness, traces
from models.errors import AGAINST_DAMAGE, DamagedRegister, Unwritable, UserError
from models.files.failures import told
from models.files.private import tighten
from models.files.replacing import clear_unfinished, replacing_by_path, write_whole
from models.group import OccupationGroup
from models.language import _
from models.ledger import LedgerKind
from models.old_log import Log
from models.single import EngineError
from models.traces import FILE, KEY, SIDECARS, Standing
from models.ways import Way

__all__ = ["FILE", "KEY", "SIDECARS", "Register", "create", "exists", "open_register", "open_to_read"]

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
#: The schema that brought the tables of occupation groups and of kinds of work, and the days of memberships.
_TABLES_SINCE = 2


@dataclass(frozen=True, slots=True)
class Register:
    """An open register: where it lies and its raw key in hexadecimal.

    ``told``: what was set aside when it was opened, a sentence for a person; "" for nothing.
    """

    folder: Path
    key_hex: str
    told: str = ""

    @property
    def file(self) -> Path:
        """The encrypted file."""
        return self.folder / FILE


def default_folder() -> Path:
    """Where the register lies unless told otherwise: ``JIANHUI_DATA``, else the platform's folder for data."""
    given = os.environ.get("JIANHUI_DATA")
    return Path(given) if given else Path(platformdirs.user_data_dir("jianhui", appauthor=False))


def schema_number() -> int:
    """The newest schema this program knows: the number of its last migration."""
    return max(int(migration.idx) for migration in Migration.load_directory(str(MIGRATIONS)))


def exists(folder: Path) -> bool:
    """True when there is a register to open in ``folder``; False when one may be created there.

    A creation that was interrupted holds nothing: it may be replaced. Raises DamagedRegister when what is there must not be
    written over.
    """
    found = traces.standing(folder)
    if found is Standing.REMAINS:
        raise DamagedRegister(traces.remains(folder))
    return found is Standing.REGISTER


def none_here(folder: Path) -> str:
    """The sentence for whoever looks for a register in ``folder``, where there is none: what is there, and what to do."""
    if traces.standing(folder) is Standing.UNFINISHED:
        there = _("建立登记册时中断过，里面还没有内容")
    elif not folder.exists():
        there = _("没有这个文件夹")
    else:
        files = any(path.name not in traces.LOCKS for path in folder.iterdir())
        there = _("里面是别的文件") if files else _("文件夹是空的")
    sentence = _("“{folder}”里没有登记册：{there}。请检查位置（--data）；要在这里建立新的登记册，用 init，或者打开窗口建立。")
    return sentence.format(folder=folder, there=there)


def create(folder: Path, passphrase: str) -> tuple[Register, str]:
    """Create and open a new register; returns it and its recovery code, which is shown once and kept nowhere.

    The file takes its final name last and whole. Raises UserError for a short passphrase or a folder that holds one.
    """
    if exists(folder):
        raise UserError(_("“{folder}”里已经有一个登记册了。").format(folder=folder))
    key, code = keys.new_key(), keys.new_recovery_code()
    side_file = keys.wrap(key, passphrase, code)
    try:
        creating.make(folder, key.hex(), side_file, _fill_new)
    except OSError as error:
        raise told(error, _("登记册建立不了，“{folder}”写不进去").format(folder=folder)) from error
    register = Register(folder, key.hex())
    database.connect(register.file, register.key_hex)
    learning.learn()
    return register, code


def _fill_new() -> None:
    make_tables()
    creating.seed(*creating.seeds())


def open_register(folder: Path, secret: str, check: bool = True) -> Register:
    """Open the register in ``folder`` with its passphrase or recovery code. An older one is copied, then brought up to date.

    ``check``: look at the log that the last program may have left, and for damage; pass False while another has it open.
    Where damage is found ``database.refused()`` says it, and nothing is written any more.

    Raises WrongPassphrase, DamagedRegister when it cannot be read, Unwritable when the disk does not let it be opened for
    writing (:func:`open_to_read` may then), or UserError when a newer program made it.
    """
    register = _unlocked(folder, secret)
    if not check:
        return _opened(register, Way.WRITING)
    try:
        log = old_log.settle(register.file, register.key_hex)
    except OSError as error:
        raise database.unwritable(error, _("登记册旁边的日志没有看完")) from error
    clear_unfinished(folder)
    tighten(folder)
    register = Register(folder, register.key_hex, log.told)
    if log.broken:
        return _opened(register, Way.READING, soundness.told([_("日志合并以后读不通")]))
    return _opened(register, Way.WRITING, log=log)


def open_to_read(folder: Path, secret: str, why: str) -> Register:
    """Open the register for reading alone, where nothing can be written; ``why`` is told to whoever wants to write.

    Nothing in the folder changes. Raises what :func:`open_register` raises, and UserError when it cannot even be read.
    """
    register = _unlocked(folder, secret)
    try:
        reading_only.connect(register.file, register.key_hex)
        if database.mark() == (database.APPLICATION_ID, schema_number()):
            return _taken(register, why)
        database.leave()
    except Unwritable:
        pass
    reading_only.connect_to_copy(register.file, register.key_hex)
    try:
        _check_mark()
        if database.mark()[1] != schema_number():
            _upgrade(database.mark()[1])
    except BaseException:
        close_register()
        raise
    return _taken(register, why)


def _unlocked(folder: Path, secret: str) -> Register:
    """The register and its key, nothing opened yet."""
    if not exists(folder):
        raise UserError(none_here(folder))
    try:
        header.look_at(folder / FILE)
    except OSError as error:
        raise told(error, _("登记册读不了")) from error
    key = keys.unwrap(keys.read_side_file(folder / KEY), secret)
    return Register(folder, key.hex())


def _opened(register: Register, way: Way, damage: str = "", log: Log | None = None) -> Register:
    """Connect, look for damage as far as ``log`` makes it necessary, and bring it up to date unless it is damaged."""
    database.connect(register.file, register.key_hex, way)
    try:
        _check_mark()
        if log is not None:
            if log.unclean:
                database.fold()
            soundness.look(register, thorough=log.unclean)
            if database.refused():  # what is damaged is opened so that nothing can be written by mistake
                damage = database.refused()
                database.close()
                database.connect(register.file, register.key_hex, Way.READING)
        if not damage:
            _bring_up_to_date(register)
    except BaseException:
        database.close()
        raise
    return _taken(register, damage, damage=bool(damage))


def _taken(register: Register, refusal: str, damage: bool = False) -> Register:
    """The open register, learned from; ``refusal``: why nothing is written into it, "" when it may be."""
    try:
        with database.damage_told():
            learning.learn()
    except BaseException:
        close_register()
        raise
    database.refuse(refusal, damage)
    return register


def _check_mark() -> None:
    application, schema = database.mark()
    if application != database.APPLICATION_ID:
        raise DamagedRegister(_("这个文件不是建会通的登记册。{do}。").format(do=_(AGAINST_DAMAGE)))
    if schema > schema_number():
        raise UserError(_("这个登记册是更新版本的建会通建立的，请升级程序后再打开，什么都没有改动。"))


def _bring_up_to_date(register: Register) -> None:
    _application, schema = database.mark()
    if schema == schema_number():
        return
    number, copy = 0, register.folder / f"register-before-{schema_number()}.db"
    while copy.exists():
        number += 1
        copy = register.folder / f"register-before-{schema_number()}-{number}.db"
    _copy_whole(register, copy)
    _upgrade(schema)


def _copy_whole(register: Register, copy: Path) -> None:
    """A copy of the open register that has its name only when it is whole and on the disk."""
    try:
        with replacing_by_path(copy) as part:
            database.copy_to(part, register.key_hex)
    except (OSError, EngineError, DatabaseError) as error:
        raise database.unwritable(error, _("登记册要先复制一份才能升级，没有复制成，什么都没有改动")) from error


def _upgrade(schema: int) -> None:
    with database.transaction():
        make_tables()
        if schema < _TABLES_SINCE:
            creating.seed(OccupationGroup, LedgerKind)
            membership.refresh_all()


def make_tables() -> None:
    """Make the tables of the open file what this program knows, from whatever schema they have, and mark it so."""
    Runner(database.db, str(MIGRATIONS)).up()
    database.set_mark(schema_number())


def change_passphrase(register: Register, passphrase: str) -> None:
    """Give the open register a new passphrase; the recovery code stays valid. UserError when it is too short."""
    path = register.folder / KEY
    _replace_key(path, keys.rewrap(keys.read_side_file(path), bytes.fromhex(register.key_hex), passphrase))


def change_recovery_code(register: Register) -> str:
    """Give the open register a new recovery code and return it; it is shown once, and the old one opens nothing any more.

    Backups made before still open with the old one.
    """
    path, code = register.folder / KEY, keys.new_recovery_code()
    _replace_key(path, keys.rewrap_recovery(keys.read_side_file(path), bytes.fromhex(register.key_hex), code))
    return code


def _replace_key(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise told(error, _("写不了密钥文件“{path}”，口令和恢复码都没有变").format(path=path)) from error


def close_register() -> None:
    """Close the register; its write-ahead log is folded into the file where that can be done. It is closed whatever happens."""
    database.close()
    reading_only.leave_copy()
    learning.forget()
