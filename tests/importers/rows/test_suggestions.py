"""What a value that no code list knows probably means: a negative is never a yes, and only what is sure is taken unseen."""

import pytest

from importers.rows.values import SURE, UnknownValue, suggest
from models.values import codes
from models.values.codes import CodeList
from models.values.kinds import Choice


@pytest.mark.parametrize(
    ("labels", "written", "label"),
    [
        (codes.STAGE, "没有", ""),
        (codes.STAGE, "未运行", "待筹建"),
        (codes.STAGE, "不规范运行", ""),
        (codes.STAGE, "规范运行了", "规范运行"),
        (codes.MEMBERSHIP_STATE, "不在册", ""),
        (codes.EDUCATION, "不是本科", ""),
        (codes.EDUCATION, "大学本科生", "本科"),
    ],
)
def test_a_negative_never_becomes_a_yes(labels: CodeList, written: str, label: str) -> None:
    assert suggest(Choice(labels), written)[0] == label


def test_a_single_character_within_a_word_is_never_sure() -> None:
    assert suggest(Choice(codes.NATURE), "有")[1] < SURE


@pytest.mark.parametrize(("sureness", "sure"), [(1.0, True), (0.9, True), (0.89, False), (0.0, False)])
def test_only_what_is_sure_is_taken_with_the_others(sureness: float, sure: bool) -> None:
    assert UnknownValue("education", "某", 1, "本科", sureness, ("本科",)).sure is sure
