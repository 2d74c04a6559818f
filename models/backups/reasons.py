"""Why a backup was made: kept in it, shown beside it, and looked at when the older ones are thinned."""

from enum import Enum

from models.language import N_, _


class Reason(Enum):
    """The value is what a backup's manifest says."""

    HAND = "hand"
    CLOSING = "closing"
    WORK = "work"
    IMPORT = "import"
    UNDO = "undo"
    MERGE = "merge"
    MIGRATION = "migration"
    RESTORE = "restore"
    ERASE = "erase"
    EXCHANGE = "exchange"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _(_LABELS[self])


_LABELS = {
    Reason.HAND: N_("手动备份"),
    Reason.CLOSING: N_("关闭时"),
    Reason.WORK: N_("改动较多"),
    Reason.IMPORT: N_("导入前"),
    Reason.UNDO: N_("撤销前"),
    Reason.MERGE: N_("合并前"),
    Reason.MIGRATION: N_("升级前"),
    Reason.RESTORE: N_("恢复前"),
    Reason.ERASE: N_("删除前"),
    Reason.EXCHANGE: N_("收下交换包前"),
}
#: Before these everything must be in a backup, however lately the last one was made; closing the window is no hurry either.
ALWAYS = frozenset(Reason) - {Reason.WORK}


def reason_of(value: object) -> Reason | None:
    """The reason that a manifest names; None for one of an earlier or later program, which named none or another."""
    return next((each for each in Reason if each.value == value), None)
