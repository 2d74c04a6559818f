"""Who opened the register: its owner, or somebody with the passphrase for looking (查看口令), who may only read, covered.

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

    @property
    def may_write(self) -> bool:
        """True when the register may be changed."""
        return self is Role.OWNER

    @property
    def may_unmask(self) -> bool:
        """True when identity numbers and phones may be seen, exported or printed in full."""
        return self is Role.OWNER


class _Open:
    """The role in the register that is open."""

    role = Role.OWNER


def take(role: Role) -> None:
    """From now on the open register is this role's."""
    _Open.role = role


def may_unmask() -> bool:
    """True when full numbers may leave the register that is open."""
    return _Open.role.may_unmask


def need_write() -> None:
    """UserError when the open register must not be changed."""
    if not _Open.role.may_write:
        raise UserError(_("现在是用查看口令打开的，只能看，什么都没有改动。要修改，请关闭后用口令重新打开。"))


def need_unmask() -> None:
    """UserError when full numbers must not be seen, exported or printed."""
    if not may_unmask():
        raise UserError(_("现在是用查看口令打开的，号码总是打星号的。要看或导出完整号码，请关闭后用口令重新打开。"))
