"""The signs by which people tick and cross: √ ✓ ☑ for yes, × ✗ ☒ for no, and boxes of which one is ticked."""


from models.patterns import pattern
from models.values.columns import Plain

TICKS = frozenset("√✓✔☑■●▲★✅")
CROSSES = frozenset("×✗✘✕✖☒❌☐□")
#: ☑是 □否: the text behind the ticked box is what is meant.
_BOXES = pattern(r"[☑✅√✓✔■]\s*([^\s☑✅√✓✔■□☐☒]{1,12})")
#: 是□ 否☑: the box stands behind its text.
_BOXES_BEHIND = pattern(r"([^\s☑✅√✓✔■□☐☒]{1,12})\s*[☑✅√✓✔■]")
_BOX = pattern(r"[☑✅√✓✔■□☐☒]\s*")
_EMPTY_BOX = pattern(r"[□☐]")
_YES = TICKS | {"是", "有", "对", "勾", "1", "y", "v"}
_NO = CROSSES | {"否", "无", "0", "n", "x"}


def is_sign(text: str) -> bool:
    """True for a text of ticks and crosses only."""
    bare = _bare(text)
    return bool(bare) and all(sign in TICKS or sign in CROSSES for sign in bare)


def tick(plain: Plain) -> bool | None:
    """True for a ticked cell, False for a crossed or a blank one, None for anything else."""
    if plain is None or isinstance(plain, bool):
        return bool(plain)
    if isinstance(plain, int | float):
        return bool(plain) if plain in (0, 1) else None
    word = _bare(str(plain)).casefold()
    if word in _YES or (word and TICKS.issuperset(word)):
        return True
    return False if word in _NO or (word and CROSSES.issuperset(word)) or word in ("", "-", "/", "\\") else None


def ticked_label(text: str) -> str | None:
    """The label behind the only ticked box of several: ☑是 □否 → 是; None for other texts."""
    behind = bool(_BOX.fullmatch(text.strip()[-1:])) and not _BOX.match(text.strip())
    found = (_BOXES_BEHIND if behind else _BOXES).findall(text)
    return found[0] if len(found) == 1 and _EMPTY_BOX.search(text) else None


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\ufe0f", "")
