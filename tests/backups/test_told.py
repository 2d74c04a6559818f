"""The settings and both guides say when a backup is made and which are kept in the very same words, out of the same constants."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.backups import due, thinning
from models.backups.due import when_told
from models.backups.reasons import ALWAYS, Reason
from models.backups.thinning import kept_told
from models.language import use_language
from tests.aids.waiting import shown_page
from tests.house.seen_texts import seen
from ui.kit.context import Context
from ui.settings.backups import BackupsSettings

GUIDES = {"zh": "指南.md", "en": "guide.en.md"}
DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_and_the_settings_agree_with_the_program(qtbot: QtBot, context: Context, language: str) -> None:
    use_language(language)
    try:
        guide = (DOCS / GUIDES[language]).read_text("utf-8")
        page = shown_page(qtbot, context, BackupsSettings(context), (900, 600))
        told = "\n".join(text for _where, text in seen(page))
        for sentence in (when_told(), kept_told()):
            assert sentence in guide
            assert sentence in told
    finally:
        use_language("zh")


def test_the_sentences_follow_the_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(each.label in when_told() for each in ALWAYS if each is not Reason.HAND)
    before = (when_told(), kept_told())
    monkeypatch.setattr(due, "EVERY", due.EVERY * 2)
    monkeypatch.setattr(thinning, "DAYS", thinning.DAYS + 1)
    assert "60 分钟" in when_told()
    assert "13 天每天" in kept_told()
    assert (when_told(), kept_told()) != before
