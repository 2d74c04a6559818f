"""How easily a new passphrase is guessed."""

from pathlib import Path

import pytest

from models.errors import UserError
from models.register import strength
from models.register.laptop import write_laptop
from models.register.strength import Weakness, check, hint, weakness_of

HERE = Path("/data/jianhui")
COMMON, DATE, NUMBER, PATTERN, NAME, SIMPLE = Weakness


@pytest.mark.parametrize(("typed", "weakness"), [
    *((each, COMMON) for each in (
        "12345678 password 88888888 qwertyui woaini1314 a1234567 abcd1234 1qaz2wsx3edc qq123456789 iloveyou1314 Password1! "
        "abc123!@# gonghui2026 Gonghui@2026 zhangwei1990 建会通2026 我爱你我爱你1314 woaizhongguo1949 qwer1234").split()),
    *((each, PATTERN) for each in ("aaaaaaaa aaaabbbb 86868686 ABCDEFGH asdfghjkl;").split()),
    *((each, DATE) for each in ("19900101 1990-01-01 20260101abc").split()),
    *((each, NUMBER) for each in ("13812345678 138-1234-5678 +8613812345678 500106198503079012").split()),
    *((each, NAME) for each in ("沙坪坝2026 小龙坎街道123 沙坪坝小龙坎 shapingba2026 xiaolongkan123 peiji2026 裴霁裴霁裴霁裴霁").split()),
    *((each, SIMPLE) for each in ("天天天天天天天天", "zgzgh2026")),
    *((each, None) for each in (
        "沙坪坝 2026 register", "雨伞 拖拉机 42", "绿皮火车南瓜汤", "correct horse battery", "kitchen-lamp7", "tomato Fahrrad 9",
        "x8Kq-2vTn-PpL4", "一" + "二三四五六七" + "只猫上墙")),
])  # fmt: skip
def test_what_is_easily_guessed_is_refused_and_why(typed: str, weakness: Weakness | None) -> None:
    assert weakness_of(typed, ["裴霁"]) is weakness


def test_the_names_of_the_person_and_of_the_folder_count_as_known(tmp_path: Path) -> None:
    folder = tmp_path / "xinghuacun" / "data"
    assert check("xinghuacun2026", HERE) == "xinghuacun2026"
    with pytest.raises(UserError, match="姓名"):
        check("xinghuacun2026", folder)
    write_laptop({"person": "濮阳磐石"})
    with pytest.raises(UserError, match="姓名"):
        check("puyangpanshi1", HERE)


def test_the_sentence_says_why_and_what_is_better() -> None:
    with pytest.raises(UserError, match=r"太常见.*三四个不相干的词"):
        check("ｐａｓｓｗｏｒｄ", HERE)
    with pytest.raises(UserError, match="至少要 8 个字符"):
        check("短", HERE)


@pytest.mark.parametrize(("typed", "told"), [
    ("", ""), ("雨伞", "还太短"), ("12345678", "太常见"), ("kitchen-lamp7", "强度：可以"), ("雨伞 拖拉机 42", "强度：好"),
])  # fmt: skip
def test_the_hint_while_typing(typed: str, told: str) -> None:
    assert hint(typed, HERE).startswith(told) if not told or told[0] in "强还" else told in hint(typed, HERE)


def test_a_very_long_passphrase_takes_no_longer() -> None:
    assert check("雨伞拖拉机" * 200 + "zebra kitchen" * 200, HERE)
    assert strength.hint("x" * 5000, HERE)
