"""A register on the disk: create, open and close it, and bring an older one up to date.

A folder holds ``register.db`` (encrypted), the wrapped key (``key_file.py``), the writer's lock and ``backups/``. Never
copy the file by hand while the program runs: use backup and restore (``models/backups/``).
"""

from dataclasses import dataclass, field
from pathlib import Path

from models import roles, secrecy
from models.engine import database, marking, still
from models.errors import UserError
from models.files.failures import told
from models.journal import learning
from models.language import _
from models.records.catalogue import RECORDS
from models.register import creating, key_file, keys, reading_only, strength, traces, trailing, tries
from models.register.traces import FILE, OFFICE
from models.roles import Role
from models.trail.entry import Act

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


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
    def on_server(self) -> bool:
        """True for an office's register: the folder holds no more than where it is."""
        return (self.folder / OFFICE).exists()

    @property
    def file(self) -> Path:
        """The encrypted file."""
        return self.folder / FILE


def schema_number() -> int:
    """The newest schema this program knows: the number of its last migration."""
    return max(int(path.name[:4]) for path in MIGRATIONS.glob("[0-9]*.py"))


def create(folder: Path, passphrase: str) -> tuple[Register, str]:
    """Create and open a new register; returns it and its recovery code, which is shown once and kept nowhere.

    The file takes its final name last and whole. Raises UserError for a short passphrase or a folder that holds one.
    """
    if traces.exists(folder):
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


def make_tables(schema: int | None = None) -> None:
    """Make the tables of the open file what this program knows, from whatever schema they have, and mark it so.

    ``schema``: what a program that knew no more than this one made of them.
    """
    from playhouse.migrations import Runner  # with all the engines that it knows: most openings need none of it

    runner = Runner(database.db.obj, str(MIGRATIONS))
    begun = marking.begin(MIGRATIONS, schema)
    if begun:
        runner.up(max(each.name for each in runner.migrations() if each.idx <= begun), fake=True)
    runner.up(None if schema is None else max(each.name for each in runner.migrations() if each.idx <= schema))
    marking.fold_indexes({
        kind: [each.name for each in record._meta.sorted_fields if each.collation and each.index]
        for kind, record in RECORDS.items()
    })  # fmt: skip
    marking.set_mark(schema or schema_number())


def prove(register: Register, secret: str, what: str) -> None:
    """See that ``secret`` is the passphrase or the recovery code of the open register. WrongPassphrase, UserError.

    ``what`` is going to be done with it, for the trail.
    """
    with tries.counted(register.folder, what):
        keys.unwrap(key_file.sound_text(register.folder), secret)


def change_passphrase(register: Register, passphrase: str) -> None:
    """Give the open register a new passphrase; the recovery code stays valid. UserError when it is short or easily guessed."""
    roles.need_write()
    strength.check(passphrase, register.folder)
    _replace_key(register, keys.rewrap(key_file.sound_text(register.folder), _key(register), passphrase), passphrase)
    trailing.keep(register.folder, Act("passphrase"))


def change_recovery_code(register: Register) -> str:
    """Give the open register a new recovery code and return it; it is shown once, and the old one opens nothing any more.

    Backups made before still open with the old one.
    """
    roles.need_write()
    code = keys.new_recovery_code()
    _replace_key(register, keys.rewrap_recovery(key_file.sound_text(register.folder), _key(register), code), code)
    trailing.keep(register.folder, Act("recovery-code"))
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
    trailing.keep(register.folder, Act("viewer-passphrase"))


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
    still.let_go()
    reading_only.leave_copy()
    database.forget_key()
    roles.take(Role.OWNER)
    learning.forget()
