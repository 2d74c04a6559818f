"""Patterns that are compiled when they are first asked: the program has some hundreds, and most commands need a few."""

import re
from typing import Any, cast

#: What is asked of a pattern.
_ASKED = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class _Late:
    """Stands for a compiled pattern; from the first question on it costs what the pattern costs."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern ``text`` as ``re.compile`` gives it, compiled with the first question. re.error comes then."""
    return cast(re.Pattern[str], _Late(text, flags))
