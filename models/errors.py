"""The failures a person may see. Everything else that is raised is a bug of ours."""

from typing import Any

from models.language import N_, _

#: What to do about a damaged register; the end of a sentence.
AGAINST_DAMAGE = N_("请用“恢复备份”（命令 restore）恢复最近的备份，或者用“抢救”（命令 rescue）把还读得出的记录写进一本新的登记册")


class UserError(Exception):
    """A sentence for a person: what happened, where, and what to do next. Never holds an ID number or a phone."""


class UnreadField(UserError):
    """What was typed into one field is no value of it: nothing was written. ``field`` is its declared name."""

    def __init__(self, field: str, sentence: str) -> None:
        """The sentence names the field by its title."""
        super().__init__(sentence)
        self.field = field


class WrongPassphrase(UserError):
    """The register exists, but the given passphrase or recovery code does not open it."""


class RegisterBusy(UserError):
    """Another window or command is writing to the register; the sentence says who."""


class DamagedRegister(UserError):
    """The register's file is not what it should be; the sentence says how to restore a backup."""


#: Why a plan is not carried out that others have overtaken.
OVERTAKEN_PLAN = N_("别人刚刚改了与这次导入有关的内容，请重新核对一次再导入。什么都没有写入。")


class StalePlan(UserError):
    """The register changed after the plan was made; the plan must be made again."""


class Overtaken(UserError):
    """Somebody else changed a record after it was read and before it was written: nothing was written.

    ``uid`` is the record, ``field`` its field and ``now`` the value that it has; ``field`` is "" for a record that is gone.
    """

    def __init__(self, uid: str, field: str = "", now: Any = None) -> None:
        """The sentence is that of whoever knows what the record is called."""
        super().__init__(_("这条记录刚被别人改过，没有保存。请刷新后再改。"))
        self.uid, self.field, self.now = uid, field, now


class NotYours(UserError):
    """A record of an office's register that the connected user may not change: nothing was written."""

    def __init__(self) -> None:
        """The sentence says whom to ask."""
        super().__init__(
            _("这条记录属于别的镇街，或者要由区县的用户来改，你的用户不能改，什么都没有写入。请找区县的用户或者办公室的管理员。")
        )


class Stopped(Exception):
    """Raised by a progress callable when the person cancels; the running transaction rolls back."""


class Unwritable(UserError):
    """The disk or the register's state does not let it be written (or opened in the usual way); reading may still work."""


class Unanswered(Unwritable):
    """The connection to a server went while a transaction ended: whether it was stored cannot be found out."""
