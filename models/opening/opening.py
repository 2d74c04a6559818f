"""Opening a register: its key, its log, its soundness, an older schema brought up to date, who was erased kept erased.

Everything that a register may need when it is opened stands below this: its folder, its backups, people's rights.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from models import roles
from models.engine import database, marking, office_users
from models.engine.belonging import OfficeRole
from models.engine.ways import OpeningWay
from models.engine.wiping import give_back
from models.errors import AGAINST_DAMAGE, DamagedRegister, RegisterBusy, Unwritable, UserError
from models.files.failures import told
from models.files.private import tighten
from models.files.replacing import clear_unfinished
from models.journal import learning
from models.journal.bundling import bundle_old
from models.language import N_, _
from models.ledger import kinds as ledger_kinds
from models.records import erasure, membership
from models.records.group import OccupationGroup
from models.records.ledger import LedgerKind
from models.records.name_keys import keep_places
from models.records.site import SiteKind
from models.register import (
    creating,
    erased_list,
    header,
    key_file,
    laptop,
    office,
    old_log,
    reading_only,
    soundness,
    tries,
)
from models.register.old_log import Log
from models.register.register import Register, close_register, make_tables, schema_number
from models.register.traces import FILE, exists, none_here
from models.roles import Role
from models.values import name_order

#: The schema that brought the tables of occupation groups and of kinds of work, and the days of memberships.
_TABLES_SINCE = 2
#: The schema that brought the things that stand, and more kinds of work.
_SITES_SINCE = 9
#: The schema that brought the log in bundles.
_BUNDLES_SINCE = 12


def open_register(folder: Path, secret: str, check: bool = True) -> Register:
    """Open the register in ``folder`` with its passphrase or recovery code, or with the passphrase for looking.

    An older one is backed up, then brought up to date. Key files that are damaged or were half replaced are put right.

    ``check``: look at the log that the last program may have left, and for damage; pass False while another has it open.
    Where damage is found ``database.refused()`` says it, and nothing is written any more. An older register is not brought up
    to date under the one who has it open: that is RegisterBusy.

    Raises WrongPassphrase, DamagedRegister when it cannot be read, Unwritable when the disk does not let it be opened for
    writing (:func:`open_to_read` may then), or UserError when a newer program made it or too many tries went before.
    """
    if office.address_in(folder) is not None:
        return open_office(folder, secret)
    register = _unlocked(folder, secret, settle=check)
    if not check:
        return _opened(register, OpeningWay.WRITING)
    try:
        log = old_log.settle(register.file, register.key_hex)
    except OSError as error:
        raise database.unwritable(error, _("登记册旁边的日志没有看完")) from error
    clear_unfinished(folder)
    tighten(folder)
    register = replace(register, told=" ".join(filter(None, [register.told, log.told])))
    if log.broken:
        return _opened(register, OpeningWay.READING, soundness.told([_("日志合并以后读不通")]))
    opened = _opened(register, OpeningWay.WRITING, log=log)
    if not opened.role.may_write or database.refused():
        return opened
    try:
        return replace(opened, erased_again=_erase_again(folder))
    except BaseException:
        close_register()
        raise


def open_office(folder: Path, password: str) -> Register:
    """Open the office's register to which ``folder`` belongs. ``password``: its user's; "" lets the driver look for it.

    Raises WrongPassphrase, Unwritable where the server does not answer, and UserError where it holds no register, or one of a
    newer or an older program; nothing is changed there then.
    """
    address = office.address_in(folder)
    assert address is not None
    database.connect_server(address, folder, password or None)
    try:
        with database.damage_told():
            schema = marking.mark()[1]
        if schema != schema_number():
            raise UserError(_other_schema(schema))
        role = office_users.role_here()
        if role is None:
            raise UserError(_("你的用户不在这个办公室的登记册里。请找办公室的管理员（office users add），什么都没有改动。"))
    except BaseException:
        close_register()
        raise
    return _taken(Register(folder, "", _ROLES[role]), "")


_ROLES = {
    OfficeRole.ADMIN: Role.ADMIN, OfficeRole.DISTRICT: Role.DISTRICT, OfficeRole.ORGANIZER: Role.ORGANIZER,
    OfficeRole.VIEWER: Role.OFFICE_VIEWER,
}  # fmt: skip


def _other_schema(schema: int) -> str:
    if not schema:
        return _("这个数据库里还没有登记册。请管理员用 office init 建立。")
    if schema > schema_number():
        return _("这个登记册是更新版本的建会通建立的，请升级程序后再打开，什么都没有改动。")
    return _("办公室的登记册还是旧版本的。请管理员用这个版本的程序运行 office init 升级它，什么都没有改动。")


def open_to_read(folder: Path, secret: str, why: str) -> Register:
    """Open the register for reading alone, where nothing can be written; ``why`` is told to whoever wants to write.

    Nothing in the folder changes. Raises what :func:`open_register` raises, and UserError when it cannot even be read.
    """
    if office.address_in(folder) is not None:  # who may write there is the server's to say
        raise Unwritable(why)
    register = _unlocked(folder, secret, settle=False)
    try:
        reading_only.connect(register.file, register.key_hex)
        if marking.mark() == (marking.APPLICATION_ID, schema_number()):
            return _taken(register, why)
        database.leave()
    except Unwritable:
        pass
    reading_only.connect_to_copy(register.file, register.key_hex)
    try:
        _check_mark()
        if marking.mark()[1] != schema_number():
            _upgrade(marking.mark()[1])
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
    with tries.counted(folder, N_("打开登记册")):
        unlocked = key_file.unlock(folder, folder / FILE, secret, settle=settle)
    return Register(folder, unlocked.key.hex(), unlocked.role, unlocked.told)


def _opened(register: Register, way: OpeningWay, damage: str = "", log: Log | None = None) -> Register:
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
                database.connect(register.file, register.key_hex, OpeningWay.READING)
        if not damage:
            _bring_up_to_date(register, alone=log is not None)
    except BaseException:
        close_register()
        raise
    return _taken(register, damage, damage=bool(damage))


def _taken(register: Register, refusal: str, damage: bool = False) -> Register:
    """The open register, learned from; ``refusal``: why nothing is written into it, "" when it may be."""
    roles.take(register.role)
    name_order.use(str(laptop.read_laptop().get("name_order") or ""))
    try:
        with database.damage_told():
            learning.learn()
    except BaseException:
        close_register()
        raise
    database.refuse(refusal, damage)
    return register


def _check_mark() -> None:
    application, schema = marking.mark()
    if application != marking.APPLICATION_ID:
        raise DamagedRegister(_("这个文件不是建会通的登记册。{do}。").format(do=_(AGAINST_DAMAGE)))
    if schema > schema_number():
        raise UserError(_("这个登记册是更新版本的建会通建立的，请升级程序后再打开，什么都没有改动。"))


def _bring_up_to_date(register: Register, alone: bool) -> None:
    _application, schema = marking.mark()
    if schema == schema_number():
        return
    if not alone:
        raise RegisterBusy(
            _("这个登记册是旧版本的建会通建立的，要先升级，而它正在另一个建会通里开着。请关闭那个窗口后再试，什么都没有改动。")
        )
    from models.backups.making import back_up_before  # hardly ever needed
    from models.backups.reasons import Reason

    roles.take(register.role)
    roles.need_write()
    back_up_before(register, Reason.MIGRATION)
    _upgrade(schema)


def _erase_again(folder: Path) -> int:
    """Erase anew whoever is on the list beside the register and back in it; returns how many people."""
    listed = erased_list.read(folder)
    if listed.swept and listed.people == erasure.sealed():
        return 0
    from models.people import erasing  # with all that finds a person's traces: hardly ever needed

    return erasing.reapply(folder, partial(laptop.author, folder))


def _upgrade(schema: int) -> None:
    with database.transaction():
        make_tables()
        if schema < _TABLES_SINCE:
            creating.seed(OccupationGroup, LedgerKind)
            membership.refresh_all()
        if schema < _SITES_SINCE:
            creating.seed(SiteKind)
            database.insert_rows(LedgerKind, ledger_kinds.later_rows())
        if schema < _BUNDLES_SINCE:
            bundle_old()
        keep_places(schema)
    if schema < _BUNDLES_SINCE:
        give_back()
