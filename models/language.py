"""Texts that people read: Chinese in the source, other languages through gettext catalogues in ``locale/``.

Constants keep their Chinese text, marked with :func:`N_`, and are translated with :func:`_` when they are shown: what a
module says while it is loaded knows no language yet. What is handed to other offices (papers, sheets, templates, returned
workbooks) is Chinese whatever the language of the window, for the forms are official: see :func:`official`. Stored values
are Chinese as well; only what is shown of them is translated.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "jianhui"
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
#: The languages that there is a catalogue for, each by its own name.
LANGUAGES = {"zh": "中文", "en": "English"}
#: The language of the texts in the source.
SOURCE = "zh"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_chosen = SOURCE
_official: ContextVar[bool] = ContextVar("official", default=False)


def use_language(code: str = "") -> None:
    """Choose the language for every later ``_()``: a key of LANGUAGES; empty takes LANGUAGE from the environment.

    Chinese is the language of the source, so an unknown code simply shows Chinese.
    """
    global _catalogue, _chosen
    wanted = code or os.environ.get("LANGUAGE", "")
    found = (part.replace("-", "_").split("_")[0].lower() for part in wanted.split(":"))
    _chosen = next((part for part in found if part in LANGUAGES), SOURCE)
    _catalogue = gettext.NullTranslations()
    if _chosen != SOURCE:
        _catalogue = gettext.translation(DOMAIN, LOCALE_DIR, languages=[_chosen], fallback=True)


def language() -> str:
    """The language that was chosen, a key of LANGUAGES."""
    return _chosen


def _(text: str, context: str = "") -> str:
    """Return ``text`` in the chosen language; ``text`` itself is the Chinese source sentence.

    ``context`` tells apart what is one word in Chinese and several in other languages.
    """
    if not text or _official.get():
        return text
    return _catalogue.pgettext(context, text) if context else _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext's tools know it
    """Mark a text that is translated later, when it is shown."""
    return text


@contextmanager
def official() -> Iterator[None]:
    """Within it (or in a function that it decorates) texts are Chinese: it makes something for other offices."""
    before = _official.set(True)
    try:
        yield
    finally:
        _official.reset(before)
