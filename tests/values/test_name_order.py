"""Names stand as people look them up: by pinyin as in a dictionary, by strokes as lists of committees are written."""

import hashlib
import random

import pytest

from models.records.name_keys import KEPT_SINCE
from models.values import name_order
from models.values.name_order import LAST, PINYIN, STROKES, in_order, keys_of

#: Members of a committee of the party as its list was published, "按姓氏笔画为序".
PUBLISHED = (
    "乙晓光 丁来杭 丁学东 丁薛祥 于伟国 于忠福 万立骏 马飚 马兴瑞 马晓伟 王君 王勇 王晨 王毅 王小洪 王玉普 王正伟 王东明 王东峰 王尔乘 王志民"
).split()


def person_key(name: str) -> str:
    return keys_of(True)([name])[0]


def organization_key(name: str) -> str:
    return keys_of(False)([name])[0]


def ordered(names: list[str], *, person: bool = True, way: name_order.Way = PINYIN) -> list[str]:
    mixed = list(names)
    random.Random(7).shuffle(mixed)
    return in_order(mixed, str, person, way)


@pytest.mark.parametrize(
    "names",
    [
        "区慕洁 欧豪 仇英 渠一 单雄信 尚云 石刚",
        "万俟卨 莫言 谢安 解缙 尉迟恭 曾国藩 查良镛 翟天 张三",
        "安一 陈二 李三 张四 周五",
        "妈好 麻好 马好 骂好",  # by tone
        "鲁一 吕一 栾一 罗一",  # lu, lü, luan, luo
        "张安 张伟 章安",  # all of one surname together
        "3号 a型 B型 c型 阿一",
    ],
)
def test_people_stand_by_pinyin(names: str) -> None:
    assert ordered(names.split()) == names.split()


@pytest.mark.parametrize(
    ("person", "reads_as", "not_as"),
    [("单一", "善", "丹"), ("查一", "渣", "茶"), ("曾一", "增", "层"), ("解一", "谢", "姐"), ("仇一", "求", "愁"), ("区一", "欧", "驱"),
     ("任一", "人", "认"), ("朴一", "瓢", "普"), ("盖一", "葛", "概"), ("尉迟一", "玉", "未"), ("万俟一", "末", "腕"), ("长孙一", "掌", "常")],
)  # fmt: skip
def test_a_surname_is_read_as_one_for_people_and_not_for_firms(person: str, reads_as: str, not_as: str) -> None:
    def near(key: str, other: str) -> int:
        return abs(ord(key[0]) - ord(other[0]))

    own, common = organization_key(reads_as), organization_key(not_as)
    assert near(person_key(person), own) < near(person_key(person), common)
    if len(person) == 2:
        assert near(organization_key(person), common) < near(organization_key(person), own)


def test_a_part_of_a_foreign_name_is_no_surname_and_the_dot_does_not_count() -> None:
    assert person_key("查仁·明安") == organization_key("查仁明安") != person_key("查仁明安")


def test_firms_are_read_by_their_phrases() -> None:
    firms = "长安汽车 崇明公司 重庆机床 丹阳公司 单位服务 会员之家 会计师事务所 厦门航空 下关公司 银行学校 中国公司 重型机械".split()
    expected = "长安汽车 重庆机床 崇明公司 丹阳公司 单位服务 会员之家 会计师事务所 下关公司 厦门航空 银行学校 中国公司 重型机械".split()
    assert ordered(firms, person=False) == expected


def test_signs_digits_letters_characters_unknown_ones_and_nothing_at_all() -> None:
    names = ["（一）公司", "1号", "２号", "A公司", "ｂ公司", "C公司", "阿公司", "做公司", "カ公司", "\U0003134a公司", ""]
    assert ordered(names, person=False) == names
    assert ordered(names[:-1], person=False, way=STROKES)[:6] == names[:6]
    assert keys_of(True)(["", None, " "]) == [LAST] * 3
    assert keys_of(True, STROKES)(["", None, " "]) == [LAST] * 3


def test_spaces_width_and_case_do_not_count() -> None:
    for one, other in (("张 伟", "张伟"), ("张　伟", "张伟"), ("ＡＢ公司", "ab公司"), ("ß", "SS")):
        assert organization_key(one) == organization_key(other)


def test_a_published_list_by_strokes_is_in_its_order() -> None:
    assert ordered(PUBLISHED, way=STROKES) == PUBLISHED


def test_of_as_many_strokes_the_first_ones_decide_and_single_names_come_before_double_ones() -> None:
    # 7 strokes: 李 and 杨 begin with 横, 吴 with 竖, 何 with 撇, 沈 with 点, 陈 and 张 with 折 (张 折横折, 陈 折竖)
    assert ordered("李一 杨一 吴一 何一 沈一 张一 陈一".split(), way=STROKES) == "李一 杨一 吴一 何一 沈一 张一 陈一".split()
    assert ordered("王毅 王一一 欧豪 欧一一 欧阳一".split(), way=STROKES) == "王毅 王一一 欧豪 欧一一 欧阳一".split()


@pytest.mark.parametrize("way", [PINYIN, STROKES])
@pytest.mark.parametrize("person", [True, False])
def test_many_at_once_have_the_keys_that_each_has_alone(person: bool, way: name_order.Way) -> None:
    names = [*PUBLISHED, "重庆长安", "a\nb", "", None, "单\n一", "查干·巴", "🙂", "\x00x"]
    together = keys_of(person, way)
    assert together(names) == [together([name])[0] for name in names]
    assert all("\n" not in key and "\x00" not in key for key in together(names))


def test_whoever_changes_what_the_order_is_made_of_has_kept_places_made_anew() -> None:
    """The places are kept in registers: another order needs a migration, and its number at ``name_keys.KEPT_SINCE``."""
    texts = [chr(code) for start, end in ((0x20, 0x7F), (0x4E00, 0x9FA6)) for code in range(start, end)]
    told = [keys_of(person, way)([*texts, *map("一".__add__, texts)]) for person in (True, False) for way in (PINYIN, STROKES)]
    digest = hashlib.sha256(repr(told).encode() + name_order._DATA.read_bytes()).hexdigest()
    assert (KEPT_SINCE, digest[:16]) == (27, "3b9601910bbace27")
