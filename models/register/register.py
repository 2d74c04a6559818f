"""A register on the disk: create, open and close it, and bring an older one up to date.

A folder holds ``register.db`` (encrypted), ``register.key`` (the wrapped key), the writer's lock and ``backups/``. Never
copy the file by hand while the program runs: use backup and restore (``models/register/backup.py``).
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from playhouse.migrations import Migration, Runner

from models.engine import database
from models.errors import DamagedRegister, UserError
from models.journal import learning
from models.language import N_, _
from models.ledger import kinds as ledger_kinds
from models.records import group, membership, region
from models.records.ledger import LedgerKind
from models.register import keys, trailing
from models.trail.entry import Act

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
FILE = "register.db"
KEY = "register.key"
SIDECARS = ("-wal", "-shm", "-journal")
#: The schema that brought the tables of occupation groups and of kinds of work, and the days of memberships.
_TABLES_SINCE = 2


@dataclass(frozen=True, slots=True)
class Register:
    """An open register: where it lies and its raw key in hexadecimal."""

    folder: Path
    key_hex: str

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
    file, key = folder / FILE, folder / KEY
    if file.exists() and file.stat().st_size == 0:
        raise DamagedRegister(_("登记册文件是空的（0 字节）：{path}。请用“恢复备份”恢复最近的备份。").format(path=file))
    if file.exists() and not key.exists():
        raise DamagedRegister(_("缺少密钥文件“{path}”。请找回它，或者用“恢复备份”恢复最近的备份。").format(path=key))
    if not file.exists() and any((folder / "backups").glob("*.jhbak")):
        raise DamagedRegister(
            _("登记册文件不见了，但备份还在。请用“恢复备份”恢复“{path}”里最近的备份。").format(path=folder / "backups")
        )
    return file.exists()


def create(folder: Path, passphrase: str) -> tuple[Register, str]:
    """Create and open a new register; returns it and its recovery code, which is shown once and kept nowhere.

    The file takes its final name last and whole. Raises UserError for a short passphrase or a folder that holds one.
    """
    if exists(folder):
        raise UserError(_("“{folder}”里已经有一个登记册了。").format(folder=folder))
    key, code = keys.new_key(), keys.new_recovery_code()
    side_file = keys.wrap(key, passphrase, code)
    part = folder / (FILE + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in (part, *(Path(str(part) + tail) for tail in SIDECARS)):
            leftover.unlink(missing_ok=True)
        (folder / KEY).write_text(side_file, "utf-8")
    except OSError as error:
        raise UserError(_("写不了文件夹“{folder}”，请检查权限或换一个文件夹。").format(folder=folder)) from error
    database.connect(part, key.hex())
    with database.transaction():
        _migrate()
        regions, parents = region.seed_rows()
        database.insert_rows(region.Region, regions)
        database.insert_rows(region.RegionParent, parents)
        _seed_tables()
    database.close()
    part.replace(folder / FILE)
    register = Register(folder, key.hex())
    database.connect(register.file, register.key_hex)
    learning.learn()
    return register, code


def open_register(folder: Path, secret: str, check: bool = True) -> Register:
    """Open the register in ``folder`` with its passphrase or recovery code. An older one is copied, then brought up to date.

    ``check``: look for damage when the last program that had it open did not close it; pass False while another has it open.

    Raises WrongPassphrase, DamagedRegister, or UserError when a newer program made it.
    """
    if not exists(folder):
        raise UserError(_("“{folder}”里还没有登记册。").format(folder=folder))
    with (folder / FILE).open("rb") as stream:
        if stream.read(15) == b"SQLite format 3":
            raise DamagedRegister(_("登记册文件没有加密，不是建会通的文件。请用“恢复备份”恢复最近的备份。"))
    with trailing.tries_noted(folder, N_("打开登记册")):
        key = keys.unwrap(keys.read_side_file(folder / KEY), secret)
    register = Register(folder, key.hex())
    wal = Path(str(register.file) + "-wal")
    unclean = check and wal.exists() and wal.stat().st_size > 0
    database.connect(register.file, register.key_hex)
    try:
        _check_mark()
        if unclean and (found := database.damage()):
            raise DamagedRegister(
                _("登记册在上次异常退出后受损（{what}）。请用“恢复备份”恢复最近的备份。").format(what=found[0])
            )
        _bring_up_to_date(register)
        learning.learn()
    except BaseException:
        database.close()
        raise
    return register


def _check_mark() -> None:
    application, schema = database.mark()
    if application != database.APPLICATION_ID:
        raise DamagedRegister(_("这个文件不是建会通的登记册。请用“恢复备份”恢复最近的备份。"))
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
    database.copy_to(copy, register.key_hex)
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


def change_passphrase(register: Register, passphrase: str) -> None:
    """Give the open register a new passphrase; the recovery code stays valid. UserError when it is too short."""
    path = register.folder / KEY
    _replace_key(path, keys.rewrap(keys.read_side_file(path), bytes.fromhex(register.key_hex), passphrase))
    trailing.keep(register.folder, Act("passphrase"))


def change_recovery_code(register: Register) -> str:
    """Give the open register a new recovery code and return it; it is shown once, and the old one opens nothing any more.

    Backups made before still open with the old one.
    """
    path, code = register.folder / KEY, keys.new_recovery_code()
    _replace_key(path, keys.rewrap_recovery(keys.read_side_file(path), bytes.fromhex(register.key_hex), code))
    trailing.keep(register.folder, Act("recovery-code"))
    return code


def _replace_key(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as error:
        raise UserError(_("写不了密钥文件“{path}”：{why}。口令和恢复码都没有变。").format(path=path, why=error.strerror)) from error


def close_register() -> None:
    """Close the register; its write-ahead log is folded into the file."""
    database.close()
    learning.forget()
