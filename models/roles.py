"""Who opened the register: its owner, or somebody with the passphrase for looking (查看口令), who may only read, covered.

Of an office's register it is what its administrator made of the user: the server holds to it by itself, this tells it in time.

The role belongs to the register that is open in this process, as the engine's handle does; ``Register``
carries it for whoever draws by it.
"""

from enum import StrEnum

from models.errors import UserError
from models.language import _


class Role(StrEnum):
    """What the secret that opened the register allows."""

    OWNER = "owner"
    VIEWER = "viewer"
    ADMIN = "admin"
    DISTRICT = "district"
    ORGANIZER = "organizer"
    OFFICE_VIEWER = "office-viewer"

    @property
    def may_write(self) -> bool:
        """True when the register may be changed."""
        return self not in (Role.VIEWER, Role.OFFICE_VIEWER)

    @property
    def may_unmask(self) -> bool:
        """True when identity numbers and phones may be seen, exported or printed in full."""
        return self.may_write

    @property
    def sees_all(self) -> bool:
        """True for whoever sees every record, and all of the log, as it is."""
        return self not in (Role.ORGANIZER, Role.OFFICE_VIEWER)


class _Open:
    """The role in the register that is open."""

    role = Role.OWNER


def take(role: Role) -> None:
    """From now on the open register is this role's."""
    _Open.role = role


def may_unmask() -> bool:
    """True when full numbers may leave the register that is open."""
    return _Open.role.may_unmask


def sees_all() -> bool:
    """True when all of the register that is open is seen; of an office's an organizer sees the own towns."""
    return _Open.role.sees_all


def indexes() -> bool:
    """True when the index of words is kept by whoever opened it: all but those who look at an office's register."""
    return _Open.role is not Role.OFFICE_VIEWER


def need_all() -> None:
    """UserError for what can be done only by somebody who sees all of the register."""
    if not sees_all():
        raise UserError(_("这要看得到全区县的登记册才能做，你的用户只看得到一部分。请找办公室的管理员或者区县的用户，什么都没有改动。"))


def need_admin() -> None:
    """UserError for what the administrators of an office's register do."""
    if _Open.role not in (Role.OWNER, Role.ADMIN):
        raise UserError(_("只有办公室的管理员可以这样做，什么都没有改动。"))


def need_write() -> None:
    """UserError when the open register must not be changed."""
    if _Open.role is Role.OFFICE_VIEWER:
        raise UserError(_("你在办公室的登记册里是“查看”，只能看，什么都没有改动。要修改，请找办公室的管理员。"))
    if not _Open.role.may_write:
        raise UserError(_("现在是用查看口令打开的，只能看，什么都没有改动。要修改，请关闭后用口令重新打开。"))


def need_unmask() -> None:
    """UserError when full numbers must not be seen, exported or printed."""
    if _Open.role is Role.OFFICE_VIEWER:
        raise UserError(_("你在办公室的登记册里是“查看”，号码总是打星号的。要看或导出完整号码，请找办公室的管理员。"))
    if not may_unmask():
        raise UserError(_("现在是用查看口令打开的，号码总是打星号的。要看或导出完整号码，请关闭后用口令重新打开。"))
