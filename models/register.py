"""A register on the disk: create, open and close it, and bring an older one up to date.

A folder holds ``register.db`` (encrypted), the wrapped key (``models/key_file.py``), the writer's lock and ``backups/``. Never
copy the file by hand while the program runs: use backup and restore (``models/backups/``).
"""

import os
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import platformdirs
from playhouse.migrations import Migration, Runner

from models import (
    creating,
    database,
    erasure,
    header,
    key_file,
    keys,
    laptop,
    learning,
    membership,
    old_log,
    reading_only,
    roles,
    secrecy,
    soundness,
    strength,
    traces,
    tries,
)
from models.errors import AGAINST_DAMAGE, DamagedRegister, RegisterBusy, Unwritable, UserError
from models.files.failures import told
from models.files.private import tighten
from models.files.replacing import clear_unfinished
from models.group import OccupationGroup
from models.language import _
from models.ledger import LedgerKind
from models.old_log import Log
from models.people import erased_list
from models.roles import Role
from models.traces import FILE, Standing
from models.ways import Way

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
#: The schema that brought the tables of occupation groups and of kinds of work, and the days of memberships.
_TABLES_SINCE = 2


@dataclass(frozen=True, slots=True)
class Register:
    """An open register: where it lies, its raw key in hexadecimal, and who opened it.

    ``told``: what was mended or set aside when it was opened, a sentence for a person; "" for nothing. ``erased_again``: how
    many people's data was in it though it had been erased before, as after a restored backup.
    """

    folder: Path
    key_hex: str = field(repr=False)
    role: Role = Role.OWNER
    told: str = ""
    erased_again: int = 0

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
    strength.check(passphrase, folder)
    key, code = keys.new_key(), keys.new_recovery_code()
    side_file = keys.wrap(key, passphrase, code)
    try:
        creating.make(folder, key.hex(), side_file, _fill_new)
    except OSError as error:
        raise told(error, _("登记册建立不了，“{folder}”写不进去").format(folder=folder)) from error
    register = Register(folder, key.hex())
    database.connect(register.file, register.key_hex)
    roles.take(register.role)
    learning.learn()
    return register, code


def _fill_new() -> None:
    make_tables()
    creating.seed(*creating.seeds())


def open_register(folder: Path, secret: str, check: bool = True) -> Register:
    """Open the register in ``folder`` with its passphrase or recovery code, or with the passphrase for looking.

    An older one is backed up, then brought up to date. Key files that are damaged or were half replaced are put right.

    ``check``: look at the log that the last program may have left, and for damage; pass False while another has it open.
    Where damage is found ``database.refused()`` says it, and nothing is written any more. An older register is not brought up
    to date under the one who has it open: that is RegisterBusy.

    Raises WrongPassphrase, DamagedRegister when it cannot be read, Unwritable when the disk does not let it be opened for
    writing (:func:`open_to_read` may then), or UserError when a newer program made it or too many tries went before.
    """
    register = _unlocked(folder, secret, settle=check)
    if not check:
        return _opened(register, Way.WRITING)
    try:
        log = old_log.settle(register.file, register.key_hex)
    except OSError as error:
        raise database.unwritable(error, _("登记册旁边的日志没有看完")) from error
    clear_unfinished(folder)
    tighten(folder)
    register = replace(register, told=" ".join(filter(None, [register.told, log.told])))
    if log.broken:
        return _opened(register, Way.READING, soundness.told([_("日志合并以后读不通")]))
    opened = _opened(register, Way.WRITING, log=log)
    if not opened.role.may_write or database.refused():
        return opened
    try:
        return replace(opened, erased_again=_erase_again(folder))
    except BaseException:
        close_register()
        raise


def open_to_read(folder: Path, secret: str, why: str) -> Register:
    """Open the register for reading alone, where nothing can be written; ``why`` is told to whoever wants to write.

    Nothing in the folder changes. Raises what :func:`open_register` raises, and UserError when it cannot even be read.
    """
    register = _unlocked(folder, secret, settle=False)
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


def _unlocked(folder: Path, secret: str, settle: bool) -> Register:
    """The register and its key, nothing opened yet. ``settle``: its key files may be put right."""
    if not exists(folder):
        raise UserError(none_here(folder))
    try:
        header.look_at(folder / FILE)
    except OSError as error:
        raise told(error, _("登记册读不了")) from error
    with tries.counted(folder):
        unlocked = key_file.unlock(folder, folder / FILE, secret, settle=settle)
    return Register(folder, unlocked.key.hex(), unlocked.role, unlocked.told)


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
            _bring_up_to_date(register, alone=log is not None)
    except BaseException:
        close_register()
        raise
    return _taken(register, damage, damage=bool(damage))


def _taken(register: Register, refusal: str, damage: bool = False) -> Register:
    """The open register, learned from; ``refusal``: why nothing is written into it, "" when it may be."""
    roles.take(register.role)
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


def _bring_up_to_date(register: Register, alone: bool) -> None:
    _application, schema = database.mark()
    if schema == schema_number():
        return
    if not alone:
        raise RegisterBusy(
            _("这个登记册是旧版本的建会通建立的，要先升级，而它正在另一个建会通里开着。请关闭那个窗口后再试，什么都没有改动。")
        )
    roles.take(register.role)
    roles.need_write()
    from models.backups.making import back_up_before  # backups know what a register is
    from models.backups.reasons import Reason

    back_up_before(register, Reason.MIGRATION)
    _upgrade(schema)


def _erase_again(folder: Path) -> int:
    """Erase anew whoever is on the list beside the register and back in it; returns how many people."""
    listed, swept = erased_list.read(folder)
    if swept and listed == erasure.sealed():
        return 0
    from models.people import erasing  # with all that finds a person's traces: hardly ever needed

    return erasing.reapply(folder, partial(laptop.author, folder))


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


def prove(register: Register, secret: str) -> None:
    """See that ``secret`` is the passphrase or the recovery code of the open register. WrongPassphrase, UserError."""
    with tries.counted(register.folder):
        keys.unwrap(key_file.sound_text(register.folder), secret)


def change_passphrase(register: Register, passphrase: str) -> None:
    """Give the open register a new passphrase; the recovery code stays valid. UserError when it is short or easily guessed."""
    roles.need_write()
    strength.check(passphrase, register.folder)
    _replace_key(register, keys.rewrap(key_file.sound_text(register.folder), _key(register), passphrase), passphrase)


def change_recovery_code(register: Register) -> str:
    """Give the open register a new recovery code and return it; it is shown once, and the old one opens nothing any more.

    Backups made before still open with the old one.
    """
    roles.need_write()
    code = keys.new_recovery_code()
    _replace_key(register, keys.rewrap_recovery(key_file.sound_text(register.folder), _key(register), code), code)
    return code


def change_viewer(register: Register, passphrase: str | None) -> None:
    """Give the open register a passphrase for looking (查看口令), or take it away (None).

    It opens the register read-only and covered. UserError when it is short or easily guessed, or is the passphrase itself.
    """
    roles.need_write()
    if passphrase is not None:
        strength.check(passphrase, register.folder)
    text = keys.rewrap_viewer(key_file.sound_text(register.folder), _key(register), passphrase)
    _replace_key(register, text, passphrase)


def has_viewer(register: Register) -> bool:
    """True when the register has a passphrase for looking."""
    return keys.has_viewer(key_file.sound_text(register.folder))


def _key(register: Register) -> bytes:
    return bytes.fromhex(register.key_hex)


def _replace_key(register: Register, text: str, secret: str | None) -> None:
    key_file.replace(register.folder, register.file, text, secret, _key(register))


def forget(register: Register) -> None:
    """Write over the key that a closed register carries; it can be opened only with a secret then."""
    secrecy.wipe(register.key_hex)


def close_register() -> None:
    """Close the register; its write-ahead log is folded into the file where that can be done.

    It is closed whatever happens, and the engine's handle forgets the key.
    """
    database.close()
    reading_only.leave_copy()
    database.forget_key()
    roles.take(Role.OWNER)
    learning.forget()
