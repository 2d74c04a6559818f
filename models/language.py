"""Texts that people read: Chinese in the source, other languages through gettext catalogues in ``locale/``."""

import gettext
import os
from pathlib import Path

DOMAIN = "jianhui"
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(code: str = "") -> None:
    """Choose the language for every later ``_()``: ``code`` such as "en"; empty takes LANGUAGE from the environment.

    Chinese is the language of the source, so an unknown code simply shows Chinese.
    """
    global _catalogue
    wanted = code or os.environ.get("LANGUAGE", "")
    languages = [part for part in wanted.split(":") if part]
    _catalogue = gettext.translation(DOMAIN, LOCALE_DIR, languages=languages or ["zh_CN"], fallback=True)


def _(text: str) -> str:
    """Return ``text`` in the chosen language; ``text`` itself is the Chinese source sentence."""
    return _catalogue.gettext(text)
