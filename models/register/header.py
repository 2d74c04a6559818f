"""The first bytes of a register's file: what is plainly something else is told before any key is tried on it."""

from pathlib import Path

from models.errors import AGAINST_DAMAGE, DamagedRegister
from models.language import N_, _

#: A page of the register, in bytes; its file is a whole number of them.
PAGE = 4096
_OTHERS = {
    b"SQLite format 3": N_("一个没有加密的数据库"),
    b"PK\x03\x04": N_("一个压缩包或 Office 文件"),
    b"\xd0\xcf\x11\xe0": N_("一个老格式的 Office 文件"),
    b"%PDF": N_("一个 PDF 文件"),
    bytes(16): N_("一个全是零的文件"),
}


def look_at(file: Path) -> None:
    """Raise DamagedRegister when the file cannot be a register, whatever the key. May raise OSError."""
    with file.open("rb") as stream:
        begins = stream.read(16)
    do = _(AGAINST_DAMAGE)
    for mark, what in _OTHERS.items():
        if begins.startswith(mark):
            told = _("“{path}”不是建会通的登记册，而是{what}。{do}。")
            raise DamagedRegister(told.format(path=file, what=_(what), do=do))
    if file.stat().st_size < PAGE:
        raise DamagedRegister(_("登记册文件“{path}”只剩 {size} 字节。{do}。").format(path=file, size=file.stat().st_size, do=do))
