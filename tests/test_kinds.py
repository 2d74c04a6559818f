"""The kinds: what each reads, and what all of them promise."""

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import codes
from models.columns import Kind, Parsed, Plain
from models.kinds import (
    Choice,
    Choices,
    Count,
    CreditCode,
    Day,
    IdNumber,
    OrganizationName,
    PersonName,
    Phone,
    Place,
    Reference,
    Text,
    YesNo,
    id_for_type,
    normal_name,
)  # fmt: skip

LISTS = [each for each in vars(codes).values() if isinstance(each, codes.CodeList)]
KINDS: list[Kind] = [
    Text(), Text(long=True), PersonName(), OrganizationName(), IdNumber(), CreditCode(), CreditCode(of="employer"),
    CreditCode(of="union"), Phone(), Day(), Count(), YesNo(), YesNo(yes="存续", no="注销"), Choices(),
    Choices(codes.OCCUPATION_GROUP), Reference("employer"), Place(), *(Choice(each) for each in LISTS),
]  # fmt: skip
RIGHT = "500106198503079012"

#: Pieces of what sheets hold, so that random texts come near to real ones.
PIECES = st.sampled_from(
    [
        *[
            "0",
            "1",
            "2",
            "3",
            "8",
            "9",
            "19",
            "20",
            "85",
            "1985",
            "2024",
            "7",
            "12",
            "13812345678",
            "023",
            "63630000",
            "500106198503079012",
            "500106850307901",
        ],
        *[
            "91350100M000100Y43",
            "E+17",
            "5.00112",
            "X",
            "x",
            "×",
            ".",
            "-",
            "/",
            ":",
            ",",
            "、",
            "，",
            "；",
            "（",
            "）",
            "(",
            ")",
            "〔",
            "'",
            "?",
            "□",
            "*",
            "+",
            "#",
            "~",
            "～",
            "—",
            "·",
            "•",
        ],
        *[
            "人",
            "约",
            "以上",
            "余",
            "万",
            "十",
            "百",
            "零",
            "〇",
            "二",
            "年",
            "月",
            "日",
            "号",
            "转",
            "86",
            "王",
            "五",
            "䶮",
            "𫖯",
            "公司",
            "有限",
            "工会",
            "是",
            "否",
            "有",
            "无",
            "未",
            "已",
            "汉",
            "族",
        ],
        *["党员", "本科", "N", "A", "其他", "美团", "Ａ", "５", "ﬁ", "ß", "İ", "Å", "ͅ"],
        *(" ", "\u3000", "\xa0", "\n", "\t", "\x00", "\u200b", "\ufeff", "\ue863", "\ufffd", "\ud800"),
    ]
)
PLAINS: st.SearchStrategy[Plain] = st.one_of(
    st.lists(PIECES, max_size=8).map("".join), st.text(max_size=12), st.none(), st.booleans(), st.integers(),
    st.integers(0, 10**19), st.integers(-5, 100_000), st.floats(), st.floats(0, 3000).map(lambda value: round(value, 2)),
    st.dates(), st.datetimes(),
)  # fmt: skip


def read(kind: Kind, plain: Plain) -> tuple[object, str]:
    """The value and the problem's code."""
    value, problem = kind.parse(plain)
    return value, problem.code if problem else ""


def subclasses(kind: type[Kind]) -> set[type[Kind]]:
    """All classes of kinds below one."""
    return set().union(*({each} | subclasses(each) for each in kind.__subclasses__()))


def test_the_promises_are_tried_on_every_kind() -> None:
    assert {type(kind) for kind in KINDS} >= {
        each for each in subclasses(Kind) if each.__module__.startswith("models.")
    }


@settings(max_examples=1500, deadline=None)
@given(PLAINS)
@example(10**5000)
@example(float("nan"))
@example("N/A")
@example("王 ．五")
@example("（ 甲")
@example("٢٠٢٤")
@example("①③")
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


@settings(max_examples=600, deadline=None)
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


@settings(max_examples=600, deadline=None)
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
    assert kind.show(None) == ""
    assert kind.export(None) is None


# --- texts and names


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("  甲\u3000乙\n丙 ", "甲 乙 丙"),
        ("渝工〔２０２４〕３号", "渝工〔2024〕3号"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "是"),
        (dt.datetime(2024, 5, 6), "2024-05-06"),
        ("\u200b", None),
        ("暂无", None),
    ],
)
def test_a_text_is_stored_in_one_cleaned_form(plain: Plain, text: str | None) -> None:
    assert read(Text(), plain) == (text, "")


def test_a_long_text_keeps_its_lines() -> None:
    assert Text(long=True).parse("一  行\r\n\r\n二行\n").value == "一 行\n\n二行"


def test_a_garbled_text_is_told_and_a_number_of_lost_digits_refused() -> None:
    assert read(Text(), "锟斤拷") == ("锟斤拷", "text-damaged")
    assert read(Text(), 1.23456789012345e18) == (None, "number-truncated")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王\u3000五", "王五"),
        (" 王 小 五 ", "王小五"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ． 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("JOHN   SMITH", "JOHN SMITH"),
        ("王\U0002b5af", "王\U0002b5af"),
        ("王\ue863", "王䶮"),
        ("王\uf9d3", "王\uf9d3"),
    ],
)
def test_a_name_loses_its_padding_and_nothing_else(written: str, name: str) -> None:
    assert read(PersonName(), written) == (name, "")


@pytest.mark.parametrize("written", ["王?", "王？", "王□", "王\ufffd"])
def test_a_name_that_lost_a_character_is_kept_and_told(written: str) -> None:
    assert read(PersonName(), written) == (written, "name-damaged")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("重庆 某某(集团)有限公司 ", "重庆某某（集团）有限公司"),
        ("重庆ＡＢＣ 科技 有限公司", "重庆ABC 科技有限公司"),
        ("ABC (China) Ltd", "ABC (China) Ltd"),
    ],
)
def test_an_organization_is_named_as_its_licence_prints_it(written: str, name: str) -> None:
    assert OrganizationName().parse(written).value == name


def test_names_that_differ_only_in_writing_are_compared_as_equal() -> None:
    ways = [
        "重庆某某（集团）有限责任公司",
        "重庆某某(集团)有限公司",
        " 重庆某某 集团 有限公司。",
        "重庆某某﹙集团﹚有限公司",
    ]
    assert {normal_name(way) for way in ways} == {"重庆某某集团有限公司"}
    assert normal_name("重庆某某股份有限公司") != normal_name("重庆某某有限公司")


# --- identity numbers


@pytest.mark.parametrize(
    ("plain", "value", "code"),
    [
        (RIGHT, RIGHT, ""),
        (" 500106 19850307 9012 ", RIGHT, ""),
        ("'５００１０６１９８５０３０７９０１２", RIGHT, ""),
        ("11010519491231002×", "11010519491231002X", ""),
        ("500106850307901", RIGHT, ""),
        (500106850307901, RIGHT, ""),
        (500106850307901.0, RIGHT, ""),
        ("usa110185030712", "USA110185030712", ""),
        ("500106198503079013", "500106198503079013", "id-check-digit"),
        ("500106198513079012", "500106198513079012", "id-date"),
        ("500106851307901", "500106851307901", "id-date"),
        ("50010619850307901", "50010619850307901", "id-shape"),
        ("E12345678", "E12345678", "id-shape"),
        ("见附件（二）", "见附件二", "id-shape"),
        ("问本人？", None, "id-shape"),
        (5.00106198503079e17, None, "id-truncated"),
        (500106198503079012, None, "id-truncated"),
        ("5.00106E+17", None, "id-truncated"),
        ("500106198503079000", None, "id-truncated"),
        (50010619850307901, None, "id-shape"),
        ("500***********9012", None, "id-masked"),
        (dt.date(1985, 3, 7), None, "id-shape"),
        (True, None, "id-shape"),
        ("无", None, ""),
    ],
)
def test_an_identity_number_is_read_or_its_fault_named(plain: Plain, value: str | None, code: str) -> None:
    assert read(IdNumber(), plain) == (value, code)


@pytest.mark.parametrize(
    "number",
    ["510202198503079014", "810000199001019013", "820000199001019023", "830000199001019033", "911840198503079010"],
)
def test_old_areas_residence_permits_and_foreigners_follow_the_same_rule(number: str) -> None:
    assert read(IdNumber(), number) == (number, "")
    assert read(IdNumber(), number[:-1] + "X") == (number[:-1] + "X", "id-check-digit")


@pytest.mark.parametrize(
    ("plain", "id_type", "value", "code"),
    [
        ("e1234 5678", "护照", "E12345678", ""),
        (12345678, "台湾居民来往大陆通行证", "12345678", ""),
        ("军字第1234567号", "军官证", "军字第1234567号", ""),
        ("500106850307901", "其他", "500106850307901", ""),
        (500106850307901, "其他", "500106850307901", ""),
        ("500106850307901", "户口簿", RIGHT, ""),
        ("A12345678", "户口簿", "A12345678", ""),
        ("E12345678", "居民身份证", "E12345678", "id-shape"),
        ("E12345678", None, "E12345678", "id-shape"),
        ("500106198503079013", "居民身份证", "500106198503079013", "id-check-digit"),
        ("E123", "护照", "E123", "id-shape"),
        (5.00106198503079e17, "其他", None, "id-truncated"),
        (None, "护照", None, ""),
    ],
)
def test_other_documents_are_not_held_to_the_rules_of_the_identity_card(
    plain: Plain, id_type: str | None, value: str | None, code: str
) -> None:
    parsed = id_for_type(plain, id_type)
    assert (parsed.value, parsed.problem.code if parsed.problem else "") == (value, code)


# --- credit codes

EMPLOYER_CODE = "91350100M000100Y43"
UNION_CODE = "81500106MC0EXAMP05"


@pytest.mark.parametrize(
    ("plain", "value", "code"),
    [
        (EMPLOYER_CODE, EMPLOYER_CODE, ""),
        (" 91350100-m000100y43 ", EMPLOYER_CODE, ""),
        ("９１３５０１００Ｍ０００１００Ｙ４３", EMPLOYER_CODE, ""),
        ("91350100M000100Y44", None, "code-check-character"),
        ("9135O100M000100Y43", None, "code-check-character"),
        ("500106000012345", None, "code-shape"),
        ("M000100Y4", None, "code-shape"),
        (9.15001060000012e17, None, "code-truncated"),
        ("9.15E+17", None, "code-truncated"),
        ("915001060000012000", None, "code-truncated"),
        (500106000012345, None, "code-shape"),
    ],
)
def test_a_credit_code_is_read_or_dropped_with_the_reason(plain: Plain, value: str | None, code: str) -> None:
    assert read(CreditCode(), plain) == (value, code)


def test_the_codes_of_a_union_and_of_its_employer_are_told_apart() -> None:
    assert read(CreditCode(of="union"), UNION_CODE) == (UNION_CODE, "")
    assert read(CreditCode(of="union"), EMPLOYER_CODE) == (None, "code-kind-employer")
    assert read(CreditCode(of="employer"), EMPLOYER_CODE) == (EMPLOYER_CODE, "")
    assert read(CreditCode(of="employer"), UNION_CODE) == (None, "code-kind-union")
    assert read(CreditCode(), UNION_CODE) == (UNION_CODE, "")


# --- phones


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("19900000001", "19900000001"),
        (19900000001, "19900000001"),
        (19900000001.0, "19900000001"),
        ("1.9900000001E+10", "19900000001"),
        ("+86 199-0000-0001", "19900000001"),
        ("008619900000001", "19900000001"),
        ("8619900000001", "19900000001"),
        ("１９９ ００００ ０００１", "19900000001"),
        ("023-63630000", "023-63630000"),
        ("(023) 6363 0000", "023-63630000"),
        ("02363630000", "023-63630000"),
        (2363630000, "023-63630000"),
        ("+86 23 63630000", "023-63630000"),
        ("0831—2345678转801", "0831-2345678-801"),
        ("023-6363-0000", "023-63630000"),
        ("63630000", "63630000"),
        ("6363-0000", "63630000"),
        ("63630000-8", "63630000-8"),
        ("400-123-4567", "4001234567"),
        ("19900000001/19900000002", "19900000001、19900000002"),
        ("19900000001、023-63630000", "19900000001、023-63630000"),
        ("19900000001 19900000002", "19900000001、19900000002"),
        ("19900000001；19900000001", "19900000001"),
    ],
)
def test_a_phone_is_stored_in_one_form(plain: Plain, value: str) -> None:
    assert read(Phone(), plain) == (value, "")


@pytest.mark.parametrize(
    "plain",
    [
        "1990000001",
        1990000001,
        "199000000011",
        "199****0001",
        "19900000001/1",
        "110",
        "1.99E+10",
        "王五",
        True,
        1.5,
        RIGHT,
    ],
)
def test_what_is_no_phone_is_dropped_and_told(plain: Plain) -> None:
    assert read(Phone(), plain) == (None, "phone-shape")


# --- days, counts, yes and no


def test_a_day_is_read_with_its_precision_and_its_doubts() -> None:
    assert read(Day(), "1985年7月") == ("1985-07", "")
    assert read(Day(), 1985.1) == ("1985", "day-october")
    assert read(Day(), "1985-02-30") == (None, "day-unreadable")
    assert "1985-02-30" in (Day().parse("1985-02-30").problem or pytest.fail("no problem")).text


@pytest.mark.parametrize(
    ("plain", "value"),
    [(25, 25), (25.0, 25), ("25", 25), ("25.0", 25), ("25人", 25), ("25 名", 25), ("１２", 12), ("1,204", 1204), ("十二", 12),
     ("一百零五人", 105), ("两百", 200), ("0", 0), ("3年", 3)],
)  # fmt: skip
def test_a_count_is_read(plain: Plain, value: int) -> None:
    assert read(Count(), plain) == (value, "")


@pytest.mark.parametrize(
    ("plain", "value"),
    [("约30", 30), ("30左右", 30), ("30余人", 30), ("30多名", 30), ("三十来人", 30), ("十几人", 10), ("百余人", 100),
     ("100-299", 100), ("100～299人", 100), ("100人至299人", 100), ("100--299", 100), ("200+", 200), ("25人以上", 25), ("≥25", 25),
     ("1.2万", 12000)],
)  # fmt: skip
def test_a_range_or_an_about_counts_by_its_lower_bound_and_says_so(plain: Plain, value: int) -> None:
    assert read(Count(), plain) == (value, "count-approximate")
    assert str(value) in (Count().parse(plain).problem or pytest.fail("no problem")).text


@pytest.mark.parametrize(
    "plain",
    ["近百", "近100", "不足25", "25以下", "<25", "几十", "一百二", "二三十", "-5", -5, 25.5, "25.5", "30-25", "1,20", "25/30", "男10女15",
     "2024-05-06", dt.date(2024, 5, 6), True, 10**9, "1234567890", float("nan")],
)  # fmt: skip
def test_what_has_no_lower_bound_or_is_no_count_is_dropped(plain: Plain) -> None:
    assert read(Count(), plain) == (None, "count-unreadable")


def test_large_counts_are_shown_in_groups() -> None:
    assert Count().show(12000) == "12,000"
    assert Count().export(12000) == 12000


@pytest.mark.parametrize(
    "plain", ["是", "有", "√", "✔", "Y", "yes", "TRUE", "1", 1, 1.0, True, "已建立", " 是 。", "对"]
)
def test_yes_is_read(plain: Plain) -> None:
    assert read(YesNo(), plain) == (1, "")


@pytest.mark.parametrize(
    "plain", ["否", "无", " 无 ", "×", "X", "N", "no", "false", "0", 0, 0.0, False, "未签订", "没有", "不是"]
)
def test_no_is_read_and_here_a_bare_wu_is_a_no(plain: Plain) -> None:
    assert read(YesNo(), plain) == (0, "")


def test_what_is_unknown_is_neither_yes_nor_no() -> None:
    assert read(YesNo(), "未知") == (None, "")
    assert read(YesNo(), "待核实") == (None, "")
    assert read(YesNo(), "是（2024）") == (None, "yes-no-unknown")
    assert read(YesNo(), 2) == (None, "yes-no-unknown")
    assert read(YesNo(), dt.date(2024, 5, 6)) == (None, "yes-no-unknown")


def test_a_field_may_know_further_words_for_yes_and_no() -> None:
    operating = YesNo(yes="存续 在营", no="注销 吊销")
    assert [operating.parse(word).value for word in ("存续", "注销", "是", "否")] == [1, 0, 1, 0]
    assert read(YesNo(), "存续") == (None, "yes-no-unknown")


def test_yes_and_no_are_shown_and_exported_as_words() -> None:
    assert [YesNo().show(value) for value in (1, 0, None)] == ["是", "否", ""]
    assert [YesNo().export(value) for value in (1, 0, None)] == ["是", "否", None]


# --- choices


@pytest.mark.parametrize(
    ("codes_of", "written", "label"),
    [
        (codes.SEX, "女性", "女"),
        (codes.ETHNICITY, "汉", "汉族"),
        (codes.ETHNICITY, "土 家", "土家族"),
        (codes.ETHNICITY, "僳僳族", "傈僳族"),
        (codes.ETHNICITY, "01 汉族", "汉族"),
        (codes.POLITICAL_STATUS, "党员", "中共党员"),
        (codes.EDUCATION, "大学本科", "本科"),
        (codes.EMPLOYMENT_STATE, "待(下)岗", "待（下）岗"),
        (codes.SKILL_LEVEL, "无", "无"),
        (codes.SKILL_LEVEL, "高级工", "职业资格三级（高级）"),
        (codes.ID_TYPE, "身份证", "居民身份证"),
        (codes.CHANGE_TYPE, "1 入会", "入会"),
        (codes.CHANGE_REASON, "劳动(工作)关系发生变化", "劳动（工作）关系发生变化"),
        (codes.OCCUPATION_GROUP, "外卖骑手", "外卖配送员"),
        (codes.NATURE, "有限责任公司(自然人投资或控股)", "私营企业"),
        (codes.INDUSTRY, "C制造业", "制造业"),
        (codes.INDUSTRY, "农林牧渔业", "农、林、牧、渔业"),
        (codes.INDUSTRY, "信息传输、计算机服务和软件业", "信息传输、软件和信息技术服务业"),
        (codes.UNION_TYPE, "独立基层工会", "单独基层工会"),
        (codes.UNION_TYPE, "乡镇(街道)工会", "乡镇（街道）工会"),
        (codes.COUNT_SOURCE, "税务登记", "税务"),
        (codes.STAGE, "未建会", "待筹建"),
    ],
)
def test_a_choice_is_found_by_label_or_synonym(codes_of: codes.CodeList, written: str, label: str) -> None:
    assert read(Choice(codes_of), written) == (label, "")


@pytest.mark.parametrize("plain", ["1", 1, 1.0, "01", "火星族", True, dt.date(2024, 5, 6)])
def test_a_choice_is_never_found_by_number_and_unknown_ones_are_told(plain: Plain) -> None:
    assert read(Choice(codes.ETHNICITY), plain) == (None, "choice-unknown")


def test_a_bare_wu_is_nothing_where_the_list_lacks_it() -> None:
    assert read(Choice(codes.POLITICAL_STATUS), "无") == (None, "")


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.name)
def test_every_label_and_synonym_of_a_list_is_found(each: codes.CodeList) -> None:
    assert [each.find(label) for label in each.labels] == list(each.labels)
    assert [each.find(f" {synonym}\u3000") for synonym in each.synonyms] == list(each.synonyms.values())


def test_there_are_fifty_six_peoples() -> None:
    assert len(codes.ETHNICITY.labels) == 56 + 2


def test_a_list_in_which_one_word_means_two_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="甲 means both"):
        codes.code_list("例", {"一": "甲", "二": ""} | {"甲": ""})
    with pytest.raises(ValueError, match="no label"):
        codes.CodeList("例", ("一",), {"甲": "二"})


def test_several_choices_are_joined_and_unknown_ones_left_out() -> None:
    assert read(Choices(), "美团，饿了么/美团") == ("美团、饿了么", "")
    assert read(Choices(codes.OCCUPATION_GROUP), "骑手、快递小哥；宇航员") == ("外卖配送员、快递员", "choice-unknown")
    assert Choices().show("美团、饿了么") == "美团、饿了么"


def test_whether_an_employer_is_non_public_follows_from_its_nature_where_it_can_be_told() -> None:
    told = [
        codes.non_public_by_nature(label)
        for label in ("私营企业", "其他有限责任公司", "国有企业", "机关", "其他组织", None)
    ]
    assert told == [True, True, False, False, None, None]


def test_which_labels_mean_new_employment_forms_and_joint_unions() -> None:
    assert codes.is_new_form("外卖配送员")
    assert not codes.is_new_form("非新就业形态")
    assert not codes.is_new_form(None)
    assert set(codes.OCCUPATION_GROUP.labels) == codes.NEW_FORM_GROUPS | {"非新就业形态"}
    assert codes.is_joint("联合基层工会")
    assert not codes.is_joint("单独基层工会")
