"""How far this laptop's printer prints beside where it should, in millimetres: kept in the laptop's own file."""

from models.errors import UserError
from models.language import _
from models.register.laptop import read_laptop, write_laptop

_KEY = "print_offset"
#: A printer that is farther off has its paper set wrongly.
MOST = 20.0

Offset = tuple[float, float]


def print_offset() -> Offset:
    """How far everything is moved to the right and down; nothing where nobody measured, or what is kept is no offset."""
    kept = read_laptop().get(_KEY)
    if isinstance(kept, list) and len(kept) == 2 and all(isinstance(each, int | float) and abs(each) <= MOST for each in kept):
        return float(kept[0]), float(kept[1])
    return 0.0, 0.0


def keep_offset(offset: Offset) -> None:
    """Keep it for all cards and labels of this laptop. UserError for more than the most, or when it cannot be written."""
    if any(abs(each) > MOST for each in offset):
        raise UserError(_("偏移最多 {most:g} 毫米；差得更多的，先检查打印机的纸张设置。").format(most=MOST))
    if offset != print_offset():
        write_laptop(read_laptop() | {_KEY: list(offset)})


def read_offset(text: str) -> Offset:
    """An offset as it is written: ``1.5,-2`` is one and a half to the right and two up. UserError for anything else."""
    try:
        right, below = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise UserError(_("“{text}”不是偏移：写成 向右,向下 的毫米数，例如 1.5,-2。").format(text=text)) from None
    return right, below
