"""Commands by what is typed: their name, its pinyin, or the first letters of it."""

from collections.abc import Iterable
from functools import cache

from models.values.pinyin import initials, organization_readings
from ui.kit.acting import CommandAction

#: Fewer letters stand in the reading of nearly every command.
_FEWEST_LETTERS = 2
#: More commands than this are no help to anybody.
_MOST = 6


@cache
def _readings(label: str) -> list[tuple[str, str]]:
    return [("".join(syllables), initials(syllables)) for syllables in organization_readings(label)]


def fits(text: str, label: str) -> bool:
    """True when a command of this label may be meant: ``cwbg``, ``cunwei`` and 存为 may all mean 存为表格."""
    typed = text.strip().casefold()
    if not typed:
        return False
    if typed in label.casefold():
        return True
    if len(typed) < _FEWEST_LETTERS or not typed.isascii():
        return False
    return any(typed in letters or whole.startswith(typed) for whole, letters in _readings(label))


def found_commands(text: str, actions: Iterable[CommandAction]) -> list[CommandAction]:
    """Those of the actions that are meant and can be done now, each command once, the closest name first."""
    found = {each.command.name: each for each in actions if fits(text, each.text()) and each.possible}
    return sorted(found.values(), key=lambda each: (len(each.text()), each.command.name))[:_MOST]
