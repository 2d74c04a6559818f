"""The one search box: how people, employers and unions are found."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.lists import search
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.values.pinyin import organization_readings, person_readings, segmentations
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported_rows
from tests.aids.whole_window import made_once, put_into

HEADER = ["姓名", "身份证号", "手机号码", "所属工会", "入会日期"]


def fill(author: Author, folder: Path) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["曾小单", WANG, "19900001234", "重庆砚屿软件技术有限公司工会", "2024-05-06"],
        ["张伟强", LI, "19900005678", "重庆砚屿软件技术有限公司工会", "2024-05-06"],
        ["单解", ZHAO, "19900009012", "重庆禾榉食品有限公司工会", "2024-05-06"],
        ["𫖯宁", "", "19900003456", "重庆禾榉食品有限公司工会", "2024-05-06"],
    ]
    imported_rows(author, folder, rows)
    search.catch_up()


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("stock"), fill)


@pytest.fixture
def people(register: Register, stock: Register) -> None:
    put_into(register, stock)


def found(text: str) -> dict[str, list[str]]:
    groups = search.find(text, load_index(TODAY))
    return {group.kind: [hit.title for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("曾小单", "曾小单"), ("小单", "曾小单"), ("单", "曾小单"), ("zxd", "曾小单"), ("cxd", "曾小单"),
        ("zengxiao", "曾小单"), ("cengxiaod", "曾小单"), ("xiaodan", "曾小单"), ("xd", "曾小单"), ("1234", "曾小单"),
        ("012", "曾小单"), (WANG, "曾小单"), ("shanjie", "单解"), ("danjie", "单解"), ("sj", "单解"), ("dj", "单解"),
        ("ZhangWei", "张伟强"), ("weiq", "张伟强"), ("wq", "张伟强"), ("张 5678", "张伟强"), ("𫖯", "𫖯宁"),
        ("９０１２", "单解"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_what_people_type(people: None, typed: str, person: str) -> None:
    assert person in found(typed)["worker"]


@pytest.mark.parametrize("typed", ["", "z", "12", "张三", "zxq", "9999", '"', "a OR b", "*", "()", "name:张"])
def test_what_nobody_is_called_finds_nobody(people: None, typed: str) -> None:
    assert "worker" not in found(typed)


def test_unions_are_found_in_a_group_of_their_own(people: None) -> None:
    assert found("砚屿") == {"union": ["重庆砚屿软件技术有限公司工会"]}
    assert found("chongqingheju") == {"union": ["重庆禾榉食品有限公司工会"]}
    assert found("cqhj") == {"union": ["重庆禾榉食品有限公司工会"]}


def test_hits_tell_namesakes_apart_without_their_numbers(people: None) -> None:
    [group] = search.find("张伟强", load_index(TODAY))
    assert "砚屿" in group.hits[0].detail
    assert "在册" in group.hits[0].detail
    assert LI not in str(group)
    assert "19900005678" not in str(group)


def test_the_index_follows_edits_removals_and_undo(people: None, author: Author) -> None:
    assert not search.behind()
    with batch("edit", author) as writer:
        person = Worker.get(Worker.name == "张伟强")
        writer.update(Worker, person.uid, {"name": ("张伟强", "章维强"), "note": (None, "改名")})
    assert search.behind()
    assert search.catch_up() == 1
    assert found("章") == {"worker": ["章维强"]}
    assert found("zhangweiqiang") == {"worker": ["章维强"]}
    assert found("伟强") == {}
    undo(Batch.select().order_by(Batch.id.desc()).get().id, author)
    undo(1, author)
    search.catch_up()
    assert Worker.select().count() == 0
    assert found("曾小单") == {}
    assert found("1234") == {}


def test_a_former_name_finds_the_union(author: Author) -> None:
    with batch("edit", author) as writer:
        union = {"uid": "u", "name": "重庆新名公司工会", "former_names": "重庆旧号公司工会"}
        writer.create(Union, union)
    search.catch_up()
    assert found("旧号") == {"union": ["重庆新名公司工会"]}
    assert found("jiuhao") == {"union": ["重庆新名公司工会"]}


def test_surnames_are_read_both_ways() -> None:
    assert [reading[0] for reading in person_readings("单解")] == ["shan", "dan"]
    assert [reading[0] for reading in person_readings("仇区")] == ["qiu", "chou"]
    assert [reading[0] for reading in person_readings("区单")] == ["ou", "qu"]
    assert [reading[0] for reading in person_readings("解区")] == ["xie", "jie"]
    assert person_readings("阿依古丽·买买提") == [["a", "yi", "gu", "li", "mai", "mai", "ti"]]
    assert person_readings("") == []


def test_an_organization_is_read_by_its_words() -> None:
    assert organization_readings("重庆银行") == [["chong", "qing", "yin", "hang"]]


def test_letters_are_read_as_syllables_the_last_one_unfinished() -> None:
    assert ["zhang", "w"] in list(segmentations("zhangw"))
    assert ["xi", "an"] in list(segmentations("xian"))
    assert list(segmentations("qqq")) == []


def test_things_that_stand_are_found_by_name_pinyin_and_address(author: Author, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["沙坪坝区工会驿站名单"], ["序号", "驿站名称", "所在镇街", "地址", "停用日期"]]
    rows += [[1, "三峡广场暖心驿站", "沙坪坝区小龙坎街道", "新街18号", None], [2, "老渡口驿站", "沙坪坝区西永街道", None, "2026-03-01"]]
    imported_rows(author, tmp_path, rows)
    search.catch_up()
    for typed in ("三峡广场", "sxgc", "暖心驿站", "新街18", "sanxia"):
        assert found(typed) == {"site": ["三峡广场暖心驿站"]}, typed
    (group,) = search.find("驿站", load_index(TODAY))
    assert [(hit.title, hit.detail) for hit in group.hits] == [
        ("老渡口驿站", "工会驿站 · 沙坪坝区西永街道 · 2026-03-01 停用"), ("三峡广场暖心驿站", "工会驿站 · 沙坪坝区小龙坎街道新街18号"),
    ]  # fmt: skip
