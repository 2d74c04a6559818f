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
    database,
    erasure,
    group,
    key_file,
    keys,
    laptop,
    learning,
    ledger_kinds,
    membership,
    region,
    roles,
    secrecy,
    strength,
    tries,
)
from models.errors import DamagedRegister, RegisterBusy, UserError
from models.files.failures import told
from models.files.private import make_private_file, private_folder
from models.files.replacing import move
from models.language import _
from models.ledger import LedgerKind
from models.people import erased_list
from models.roles import Role

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
FILE = "register.db"
KEY = key_file.KEY
SIDECARS = ("-wal", "-shm", "-journal")
#: The schema that brought the tables of occupation groups and of kinds of work, and the days of memberships.
_TABLES_SINCE = 2


@dataclass(frozen=True, slots=True)
class Register:
    """An open register: where it lies, its raw key in hexadecimal, who opened it, and what to tell of the opening ("").

    ``erased_again``: how many people's data was in it though it had been erased before, as after a restored backup.
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

    A creation that was interrupted has left a key without a file, and holds nothing: it may be replaced. Raises
    DamagedRegister when something is there that must not be written over.
    """
    file = folder / FILE
    if file.exists() and file.stat().st_size == 0:
        raise DamagedRegister(_("登记册文件是空的（0 字节）：{path}。请用“恢复备份”恢复最近的备份。").format(path=file))
    if file.exists() and not key_file.present(folder):
        raise DamagedRegister(_("缺少密钥文件“{path}”。请找回它，或者用“恢复备份”恢复最近的备份。").format(path=folder / KEY))
    if not file.exists() and any((folder / "backups").glob("*.jhbak")):
        raise DamagedRegister(
            _("登记册文件不见了，但备份还在。请用“恢复备份”恢复“{path}”里最近的备份。").format(path=folder / "backups")
        )
    return file.exists()


def create(folder: Path, passphrase: str) -> tuple[Register, str]:
    """Create and open a new register; returns it and its recovery code, which is shown once and kept nowhere.

    The file takes its final name last and whole. Raises UserError for a passphrase that is short or easily guessed, or a
    folder that holds a register.
    """
    if exists(folder):
        raise UserError(_("“{folder}”里已经有一个登记册了。").format(folder=folder))
    strength.check(passphrase, folder)
    key, code = keys.new_key(), keys.new_recovery_code()
    side_file = keys.wrap(key, passphrase, code)
    part = folder / (FILE + ".part")
    try:
        private_folder(folder)
        for leftover in (part, *(Path(str(part) + tail) for tail in SIDECARS)):
            leftover.unlink(missing_ok=True)
        make_private_file(part)
        key_file.write(folder, side_file)
    except OSError as error:
        raise told(error, _("登记册建不到“{folder}”").format(folder=folder)) from error
    database.connect(part, key.hex())
    with database.transaction():
        _migrate()
        regions, parents = region.seed_rows()
        database.insert_rows(region.Region, regions)
        database.insert_rows(region.RegionParent, parents)
        _seed_tables()
    database.close()
    move(part, folder / FILE)
    register = Register(folder, key.hex())
    database.connect(register.file, register.key_hex)
    roles.take(register.role)
    learning.learn()
    return register, code


def open_register(folder: Path, secret: str, check: bool = True) -> Register:
    """Open the register in ``folder`` with its passphrase or recovery code, or with the passphrase for looking.

    An older one is copied, then brought up to date. Key files that are damaged or were half replaced are put right.

    ``check``: look for damage when the last program that had it open did not close it; pass False while another has it open.
    An older register is not brought up to date under the one who has it open: that is RegisterBusy.

    Raises WrongPassphrase, DamagedRegister, or UserError when a newer program made it or too many tries went before.
    """
    if not exists(folder):
        raise UserError(_("“{folder}”里还没有登记册。").format(folder=folder))
    with (folder / FILE).open("rb") as stream:
        if stream.read(15) == b"SQLite format 3":
            raise DamagedRegister(_("登记册文件没有加密，不是建会通的文件。请用“恢复备份”恢复最近的备份。"))
    with tries.counted(folder):
        unlocked = key_file.unlock(folder, folder / FILE, secret, settle=check)
    register = Register(folder, unlocked.key.hex(), unlocked.role, unlocked.told)
    wal = Path(str(register.file) + "-wal")
    unclean = check and wal.exists() and wal.stat().st_size > 0
    database.connect(register.file, register.key_hex)
    roles.take(register.role)
    try:
        _check_mark()
        if unclean and (found := database.damage()):
            raise DamagedRegister(
                _("登记册在上次异常退出后受损（{what}）。请用“恢复备份”恢复最近的备份。").format(what=found[0])
            )
        _bring_up_to_date(register, alone=check)
        learning.learn()
        may = check and register.role.may_write
        return replace(register, erased_again=_erase_again(folder)) if may else register
    except BaseException:
        close_register()
        raise


def _erase_again(folder: Path) -> int:
    """Erase anew whoever is on the list beside the register and back in it; returns how many people."""
    listed, swept = erased_list.read(folder)
    if swept and listed == erasure.sealed():
        return 0
    from models.people import erasing  # with all that finds a person's traces: hardly ever needed

    return erasing.reapply(folder, partial(laptop.author, folder))


def _check_mark() -> None:
    application, schema = database.mark()
    if application != database.APPLICATION_ID:
        raise DamagedRegister(_("这个文件不是建会通的登记册。请用“恢复备份”恢复最近的备份。"))
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
    roles.need_write()
    from models.backups.making import back_up_before  # backups know what a register is
    from models.backups.reasons import Reason

    back_up_before(register, Reason.MIGRATION)
    with database.transaction():
        _migrate()
        if schema < _TABLES_SINCE:
            _seed_tables()
            membership.refresh_all()


def _seed_tables() -> None:
    """Fill the tables that each district keeps for itself: occupation groups, kinds of work."""
    database.insert_rows(group.OccupationGroup, group.seed_rows())
    database.insert_rows(LedgerKind, ledger_kinds.seed_rows())


def _migrate() -> None:
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
    """Close the register; its write-ahead log is folded into the file, and the engine's handle forgets the key."""
    database.close()
    database.forget_key()
    roles.take(Role.OWNER)
    learning.forget()
