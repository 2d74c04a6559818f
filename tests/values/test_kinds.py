"""The kinds: what each reads, and what all of them promise."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.values import codes
from models.values.columns import Kind, Parsed, Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.kinds import (  # fmt: skip
    Choice,
    Choices,
    Count,
    Day,
    OrganizationName,
    PersonName,
    Place,
    Reference,
    Text,
    YesNo,
)
from models.values.money import Money
from models.values.own_kinds import OwnNumber, OwnText
from models.values.quantity import Quantity
from models.values.terms import TermYears
from models.values.tick_box import OPEN, TickBox
from tests.aids.sizes import every

LISTS = [each for each in vars(codes).values() if isinstance(each, codes.CodeList)]
KINDS: list[Kind] = [
    TermYears(), PersonName(several=True),
    Text(), Text(long=True), PersonName(), OrganizationName(), IdNumber(), CreditCode(), CreditCode(of="employer"),
    CreditCode(of="union"), Phone(), Day(), Count(), Money(), Quantity(), YesNo(), YesNo(yes="存续", no="注销"), Choices(),
    Choices(codes.OCCUPATION_GROUP), Reference("employer"), Place(), OwnText(), OwnNumber(), TickBox(),
    *(Choice(each) for each in LISTS),
]  # fmt: skip
RIGHT = "500106198503079012"

#: Pieces of what sheets hold, so that random texts come near to real ones.
WORDS = """
    0 1 2 3 8 9 19 20 85 1985 2024 7 12 13812345678 023 63630000 500106198503079012 500106850307901
    91350100M000100Y43 E+17 5.00112 X x × . - / : , 、 ， ； （ ） ( ) 〔 ' ? □ * + # ~ ～ — · •
    人 约 以上 余 万 十 百 零 〇 二 年 月 日 号 转 86 王 五 䶮 公司 有限 工会 是 否 有 无 未 已 汉 族
    党员 本科 N A 其他 美团 Ａ ５ ﬁ ß İ Å
"""
SIGNS = (
    " ",
    "\u3000",
    "\xa0",
    "\n",
    "\t",
    "\x00",
    "\u200b",
    "\ufeff",
    "\ue863",
    "\ufffd",
    "\ud800",
    "\u0345",
    "\U0002b5af",
)
PIECES = st.sampled_from([*WORDS.split(), *SIGNS])
PLAINS: st.SearchStrategy[Plain] = st.one_of(
    st.lists(PIECES, max_size=8).map("".join), st.text(max_size=12), st.none(), st.booleans(), st.integers(),
    st.integers(0, 10**19), st.integers(-5, 100_000), st.floats(), st.floats(0, 3000).map(lambda value: round(value, 2)),
    st.dates(), st.datetimes(),
)  # fmt: skip


def subclasses(kind: type[Kind]) -> set[type[Kind]]:
    """All classes of kinds below one."""
    return set().union(*({each} | subclasses(each) for each in kind.__subclasses__()))


def test_the_promises_are_tried_on_every_kind() -> None:
    assert {type(kind) for kind in KINDS} >= {
        each for each in subclasses(Kind) if each.__module__.startswith("models.")
    }


@settings(max_examples=1500 // every(3), deadline=None)
@given(PLAINS)
@example(10**5000)
@example(float("nan"))
@example("N/A")
@example("（无）")
@example("王 ．五")
@example("（ 甲")
@example("٢٠٢٤")
@example("①③")
@example("00XX（")
def test_whatever_is_exported_is_read_as_the_same_value_again(plain: Plain) -> None:
    for kind in KINDS:
        value, problem = kind.parse(plain)
        assert value is None or isinstance(value, int if kind.storage == "INTEGER" else str)
        assert kind.parse(kind.export(value)).value == value, kind
        assert value != "", kind
        if isinstance(value, str):
            value.encode()
        if problem:
            assert problem.text


@settings(max_examples=600 // every(3), deadline=None)
@given(PLAINS, st.booleans())
@example(RIGHT, True)
@example("13812345678、023-63630000", False)
def test_what_is_masked_never_holds_the_whole_value(plain: Plain, beside_birth: bool) -> None:
    for kind in (each for each in KINDS if each.private):
        value = kind.parse(plain).value
        if value is not None:
            assert str(value) not in kind.show(value, masked=True, beside_birth=beside_birth)
            assert str(value) not in str(kind.export(value, masked=True, beside_birth=beside_birth))
            assert kind.show(value, masked=False) == value


@settings(max_examples=600 // every(3), deadline=None)
@given(PLAINS)
def test_no_problem_says_a_whole_number_of_a_person(plain: Plain) -> None:
    for kind in KINDS:
        problem = kind.parse(plain).problem
        if problem:
            assert not any(number in problem.text for number in (RIGHT, "13812345678", "500106850307901"))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_written_is_nothing_stored_and_nothing_shown(kind: Kind) -> None:
    for blank in (None, "", "  ", "\u3000", "—", "/"):
        assert kind.parse(blank) == Parsed(None)
    assert kind.show(None) == (OPEN if isinstance(kind, TickBox) else "")  # a box on paper is there to be ticked
    assert kind.export(None) is None
