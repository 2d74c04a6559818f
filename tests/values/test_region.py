"""Regions: the seed, the tree of a day, and what people write for a place."""

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from models.editing.regions import follow
from models.engine import database
from models.records.region import Region, RegionParent, load_index, seed_rows
from models.values.region_index import RegionIndex, Resolved, build_index

BEFORE = dt.date(2025, 11, 5)
SINCE = dt.date(2025, 11, 6)


@pytest.fixture(scope="module")
def index() -> RegionIndex:
    """The seed as it stands since 两江新区 is a district."""
    return build_index(*seed_rows(), SINCE)


@pytest.fixture(scope="module")
def index_before() -> RegionIndex:
    """The seed as it stood on the last day of 江北区 and 渝北区."""
    return build_index(*seed_rows(), BEFORE)


def uid_of(index: RegionIndex, name: str) -> str:
    """The uid of a place that must be found."""
    uid = index.resolve(name).uid
    assert uid is not None, name
    return uid


def said(index: RegionIndex, found: Resolved) -> str | list[str] | None:
    """What was found, in words: a path, several paths, or nothing."""
    if found.uid:
        return index.path(found.uid)
    return [index.path(uid) for uid in found.candidates] or None


def streets_and_towns(index: RegionIndex, district: str) -> tuple[int, int]:
    """How many street offices, and how many towns and townships, a district has."""
    names = [index.name(uid) for uid in index.children(uid_of(index, district))]
    streets = sum(name.endswith("街道") for name in names)
    return streets, len(names) - streets


def test_the_seed_has_every_district_zone_and_town_once() -> None:
    regions, parents = seed_rows()
    levels = [row["level"] for row in regions]
    assert {level: levels.count(level) for level in set(levels)} == {"city": 1, "district": 39, "zone": 2, "town": 1031}
    assert len({row["uid"] for row in regions}) == len(regions)
    assert len({row["uid"] for row in parents}) == len(parents)


def test_every_laptop_seeds_the_same_uids() -> None:
    """Written down here: another way of making them would part the registers that are already in use."""
    uids = {row["name"]: row["uid"] for row in seed_rows()[0]}
    assert uids["沙坪坝区"] == "12d5d949-a60f-509b-b1ca-37725e4547a4"
    assert uids["两江新区"] == "9a7f4b64-cdd2-5826-803e-dd500e806664"


@pytest.mark.parametrize(
    ("district", "before", "since"),
    [
        ("两江新区", (0, 0), (31, 11)),
        ("北碚区", (9, 8), (6, 11)),
        ("江北区", (9, 3), (0, 0)),
        ("渝北区", (19, 11), (0, 0)),
    ],
)
def test_the_towns_of_a_district_are_those_of_the_day(
    index_before: RegionIndex, index: RegionIndex, district: str, before: tuple[int, int], since: tuple[int, int]
) -> None:
    assert streets_and_towns(index_before, district) == before
    assert streets_and_towns(index, district) == since


def test_the_city_has_37_districts_and_counties_since_the_change_and_had_38_before(
    index_before: RegionIndex, index: RegionIndex
) -> None:
    for tree, count in ((index_before, 38), (index, 37)):
        below_city = tree.children(uid_of(tree, "重庆市"))
        assert sum(tree.level(uid) == "district" for uid in below_city) == count
        assert {tree.name(uid) for uid in below_city if tree.level(uid) == "zone"} == {
            "西部科学城重庆高新区",
            "万盛经开区",
        }


def test_a_town_lies_in_the_district_of_the_day(index_before: RegionIndex, index: RegionIndex) -> None:
    town = uid_of(index, "观音桥街道")
    assert index_before.path(town) == "江北区观音桥街道"
    assert index.path(town) == "两江新区观音桥街道"
    assert index.district_of(town) == uid_of(index, "两江新区")
    assert town in index.below(uid_of(index, "两江新区"))
    assert town not in index.below(uid_of(index, "江北区"))
    assert town in index_before.below(uid_of(index, "江北区"))


def test_district_and_town_of_a_place(index: RegionIndex) -> None:
    city, district, town = (uid_of(index, name) for name in ("重庆市", "沙坪坝区", "小龙坎街道"))
    assert [index.district_of(uid) for uid in (city, district, town)] == [None, district, district]
    assert [index.town_of(uid) for uid in (city, district, town)] == [None, None, town]
    assert index.path(city) == "重庆市"
    assert len(index.below(city)) == len(index.entries) - 2  # all but the abolished 江北区 and 渝北区


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("重庆市沙坪坝区小龙坎街道", "沙坪坝区小龙坎街道"),
        ("沙坪坝区小龙坎街道办事处", "沙坪坝区小龙坎街道"),
        ("小龙坎街道", "沙坪坝区小龙坎街道"),
        ("小龙坎", "沙坪坝区小龙坎街道"),
        ("小龙坎街道办", "沙坪坝区小龙坎街道"),
        ("小龙坎街道总工会", "沙坪坝区小龙坎街道"),
        ("沙坪坝区　小龙坎 街道", "沙坪坝区小龙坎街道"),
        ("重庆市/市辖区/沙坪坝区", "沙坪坝区"),
        ("沙坪坝", "沙坪坝区"),
        ("沙坪坝沙坪坝", "沙坪坝区沙坪坝街道"),
        ("500106", "沙坪坝区"),
        ("５００１０６", "沙坪坝区"),
        ("500106.0", "沙坪坝区"),
        ("500106000000", "沙坪坝区"),
        ("500106007", "沙坪坝区双碑街道"),
        ("500106007000", "沙坪坝区双碑街道"),
        ("500106007003", "沙坪坝区双碑街道"),
        ("忠县", "忠县"),
        ("重庆市县忠县", "忠县"),
        ("石柱县", "石柱土家族自治县"),
        ("地宝乡", "万州区地宝土家族乡"),
        ("重庆市", "重庆市"),
    ],
)
def test_a_place_is_found_however_it_is_written(index: RegionIndex, written: str, meant: str) -> None:
    assert said(index, index.resolve(written)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("江北区", "江北区"),
        ("江北区观音桥街道", "两江新区观音桥街道"),
        ("渝北区兴隆镇", "北碚区兴隆镇"),
        ("北碚区复兴街道", "两江新区复兴街道"),
        ("开县", "开州区"),
        ("陈家桥镇", "沙坪坝区陈家桥街道"),
        ("两江新区管委会", "两江新区"),
        ("高新区", "西部科学城重庆高新区"),
        ("高新区曾家镇", "沙坪坝区曾家镇"),
        ("万盛经开区万东镇", "綦江区万东镇"),
    ],
)
def test_old_names_and_zones_resolve_to_the_place_of_today(index: RegionIndex, written: str, meant: str) -> None:
    assert said(index, index.resolve(written)) == meant


@pytest.mark.parametrize(
    "written",
    ["", "　", "无此街道", "北京市朝阳区", "沙坪坝区观音桥街道", "99", "500106999", "510202", "街道", "重庆市某街道"],
)
def test_what_is_no_place_of_ours_is_not_guessed(index: RegionIndex, written: str) -> None:
    assert index.resolve(written) == Resolved(None)


@pytest.mark.parametrize(
    ("written", "home", "meant"),
    [
        ("龙潭镇", None, ["涪陵区龙潭镇", "酉阳土家族苗族自治县龙潭镇"]),
        ("龙潭镇", "涪陵区", "涪陵区龙潭镇"),
        ("龙潭镇", "渝中区", ["涪陵区龙潭镇", "酉阳土家族苗族自治县龙潭镇"]),
        ("重庆市人和街道", "两江新区", "两江新区人和街道"),
        ("人和街道", "渝北区", "两江新区人和街道"),
        ("云阳县人和街道", "两江新区", "云阳县人和街道"),
        ("兴隆镇", "北碚区", "北碚区兴隆镇"),
        ("观音桥街道", "沙坪坝区", "两江新区观音桥街道"),
        ("南坪", "南岸区", ["南岸区南坪街道", "南岸区南坪镇"]),
        ("复兴镇", "北碚区", ["忠县复兴镇", "两江新区复兴街道"]),
    ],
)
def test_a_bare_name_of_several_towns_is_looked_for_at_home_or_asked(
    index: RegionIndex, written: str, home: str | None, meant: str | list[str]
) -> None:
    assert said(index, index.resolve(written, uid_of(index, home) if home else None)) == meant


def test_exactly_35_town_names_need_a_home(index: RegionIndex) -> None:
    towns = {entry.name for entry in index.entries.values() if entry.level == "town"}
    assert sum(index.resolve(name).uid is None for name in towns) == 35


def test_every_path_leads_back_to_its_place(index_before: RegionIndex, index: RegionIndex) -> None:
    for tree in (index_before, index):
        lost = [tree.path(uid) for uid in tree.entries if tree.resolve(tree.path(uid)).uid != uid]
        assert lost == []


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("重庆市渝中区解放碑民族路1号", "渝中区解放碑街道"),
        ("中国重庆市渝中区解放碑街道民族路1号", "渝中区解放碑街道"),
        ("江北区观音桥步行街2号", "两江新区观音桥街道"),
        ("重庆市沙坪坝区大学城南路55号虎溪街道某小区", "沙坪坝区虎溪街道"),
        ("沙坪坝区渝碚路10号", "沙坪坝区渝碚路街道"),
        ("重庆市江津区白沙镇滨江路", "江津区白沙镇"),
        ("小龙坎街道正街1号", "沙坪坝区小龙坎街道"),
        ("高新区曾家镇某路", "沙坪坝区曾家镇"),
        ("高新区大学城某路", "西部科学城重庆高新区"),
    ],
)
def test_an_address_is_read_from_its_beginning(index: RegionIndex, address: str, meant: str) -> None:
    assert said(index, index.in_address(address)) == meant


@pytest.mark.parametrize(
    ("address", "meant"), [("重庆市沙坪坝区小龙坎新街78号", "沙坪坝区"), ("万州大道100号", None), ("重庆南路3号", None)]
)
def test_a_road_named_after_a_place_does_not_lie_in_it_for_sure(
    index: RegionIndex, address: str, meant: str | None
) -> None:
    assert said(index, index.in_address(address)) == meant


@pytest.mark.parametrize(
    "address",
    ["", "重庆市", "浙江省宁波市江北区观音桥街道1号", "四川省邻水县兴隆镇3组", "太平洋广场", "解放碑民族路8号"],
)
def test_an_address_elsewhere_or_without_a_place_gives_nothing(index: RegionIndex, address: str) -> None:
    assert index.in_address(address) == Resolved(None)


def test_an_address_without_a_district_is_read_at_home(index: RegionIndex) -> None:
    home = uid_of(index, "渝中区")
    assert said(index, index.in_address("解放碑民族路8号", home)) == "渝中区解放碑街道"
    assert index.in_address("太平洋广场", home) == Resolved(None)


def test_an_unsure_step_of_an_address_keeps_the_sure_one_above_it(index: RegionIndex) -> None:
    uid, candidates = index.in_address("南岸区南坪万达广场")
    assert uid == uid_of(index, "南岸区")
    assert [index.path(each) for each in candidates] == ["南岸区南坪街道", "南岸区南坪镇"]


def test_a_community_added_below_a_town_is_found_and_counted_there() -> None:
    regions, parents = seed_rows()
    town = uid_of(build_index(regions, parents, SINCE), "小龙坎街道")
    added = {"uid": "c1", "name": "示例社区", "level": "community", "code": None, "aliases": "示例居委会"}
    link = {"region": "c1", "parent": town, "since": "2026-01", "until": None}
    index = build_index([*regions, added], [*parents, link], dt.date(2026, 1, 1))
    assert index.path("c1") == "沙坪坝区小龙坎街道示例社区"
    assert index.town_of("c1") == town
    assert "c1" in index.below(uid_of(index, "沙坪坝区"))
    for written in ("示例社区", "小龙坎街道示例居委会", "重庆市沙坪坝区小龙坎街道示例社区"):
        assert index.resolve(written).uid == "c1"
    assert index.in_address("沙坪坝区小龙坎街道示例社区8号").uid == "c1"


def test_a_circle_of_parents_after_a_merge_ends() -> None:
    names = ("甲", "乙")
    rows = [{"uid": name, "name": f"{name}示例镇", "level": "town", "code": None, "aliases": None} for name in names]
    links = [{"region": a, "parent": b, "since": None, "until": None} for a, b in (("甲", "乙"), ("乙", "甲"))]
    index = build_index(rows, links, SINCE)
    assert index.below("甲") == {"甲", "乙"}
    assert index.line("甲") == ["甲", "乙"]


@pytest.mark.parametrize("reading", [RegionIndex.resolve, RegionIndex.in_address])
def test_strange_text_is_answered_without_an_error(
    index: RegionIndex, reading: Callable[[RegionIndex, str], Resolved]
) -> None:
    for text in ("重庆市" * 200, "②", "𠮷镇", "\x00", "-1", "5" * 500, "镇" * 500):
        assert reading(index, text) == Resolved(None)


def test_the_register_gives_the_same_index_as_the_seed(tmp_path: Path) -> None:
    regions, parents = seed_rows()
    database.connect(tmp_path / "register.db", secrets.token_hex(32))
    try:
        database.db.create_tables([Region, RegionParent])
        with database.transaction():
            database.insert_rows(Region, regions)
            database.insert_rows(RegionParent, parents)
        assert load_index(SINCE) == build_index(regions, parents, SINCE)
        assert load_index(BEFORE) != load_index(SINCE)
        follow(load_index(SINCE), BEFORE)
        assert load_index(SINCE) == build_index(regions, parents, SINCE)
    finally:
        database.close()
