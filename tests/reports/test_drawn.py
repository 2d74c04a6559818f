"""The tree of the unions and the page of a town: every union once, joined pages, numbers and shades as the places have them."""

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.editing.regions import add_region, change_region
from models.errors import UserError
from models.figures.places import place_coverage
from models.journal.writer import Author
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.unions.tree import TreeNode, union_tree
from reports import handout
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.drawn.town import TownPages, shade_of, towns_of
from reports.drawn.tree import TreePages, members_told
from reports.layout import lay_out
from reports.report import Report
from tests.aids.case_world import count, cover, employer, made, union
from tests.aids.sound_union import member
from tests.aids.speaking import TODAY
from tests.reports.test_report import plain_measure

TOWN = "沙坪坝区小龙坎街道"


def composed(name: str, region: str = "") -> Report:
    return report_kinds()[name].compose(load_index(TODAY), ReportChoices(TODAY, TODAY, region=region))


def node(depth: int, number: int, branches: int = 0, name: str = "") -> TreeNode:
    return TreeNode(f"{depth}-{number}", name or f"工会{depth}-{number}", "", depth, 0, 0, None, depth == 0, branches)


def test_the_tree_goes_down_from_the_towns_union_with_the_members_of_all_below(register: Register, author: Author) -> None:
    above = union(author, "小龙坎街道总工会", union_type="乡镇（街道）工会")
    middle = union(author, "示例社区工会", union_type="村（社区）工会", parent=above)
    low = union(author, "甲公司工会", parent=middle)
    lone = union(author, "乙公司工会")
    union(author, "撤销了的工会", parent=middle, dissolved_on="2025-01-01")
    for name, of in (("王五", low), ("李四", low), ("赵六", middle)):
        member(author, name, ("入会", "2024-05-06", of))
    made(author, Worker, name="职工")
    count(author, lone, 0, member_count=41, subject_kind="工会", staff_count=None)
    told = [(each.name, each.depth, each.listed, each.below, each.declared) for each in union_tree()]
    assert told == [
        ("小龙坎街道总工会", 0, 0, 3, None), ("示例社区工会", 1, 1, 3, None), ("甲公司工会", 2, 2, 2, None), ("乙公司工会", 0, 0, 0, 41),
    ]  # fmt: skip
    assert [members_told(each) for each in union_tree()] == ["连同下级名册 3 人", "名册 1 · 连同下级 3", "名册 2 人", "申报 41 人"]
    assert [each.name for each in union_tree(middle)] == ["示例社区工会", "甲公司工会"]
    report = composed("tree")
    assert report.totals == "4 个工会，名册上的会员 3 人；没有登记上级的 1 个"
    assert members_told(node(0, 1)) == "人数未登记"


def test_the_tree_of_a_past_day_has_who_was_there_then_and_says_what_nobody_knows(register: Register, author: Author) -> None:
    above = union(author, "小龙坎街道总工会", founding_date="2015-01-01")
    low = union(author, "甲公司工会", parent=above, founding_date="2024-05")
    union(author, "后来的工会", parent=above, founding_date="2026-03-01")
    union(author, "后来撤销的工会", parent=above, founding_date="2020-01-01", dissolved_on="2026-02-01")
    union(author, "不知道哪天的工会", parent=above)
    member(author, "王五", ("入会", "2024-06-01", low))
    member(author, "李四", ("入会", "2026-06-01", low))
    count(author, above, 0, day="2025-01", member_count=41, subject_kind="工会", staff_count=None)
    count(author, above, 0, day="2026-01", member_count=52, subject_kind="工会", staff_count=None)
    day = dt.date(2025, 6, 30)
    told = {each.name: (each.depth, each.listed, each.declared) for each in union_tree(day=day)}
    names = ["小龙坎街道总工会", "甲公司工会", "后来撤销的工会", "不知道哪天的工会"]
    assert told == {names[0]: (0, 0, 41), names[1]: (1, 1, None), names[2]: (1, 0, None), names[3]: (1, 0, None)}
    assert {each.name for each in union_tree()} == {*names[:2], names[3], "后来的工会"}
    report = report_kinds()["tree"].compose(load_index(TODAY), ReportChoices(TODAY, day))
    assert "工会和会员是 2025-06-30 那天的，上级是现在登记的" in report.footnotes[0]
    assert "成立日期不明的 1 个也画了。" in report.footnotes[0]


def test_a_circle_of_parents_is_walked_once(register: Register, author: Author) -> None:
    one = union(author, "甲工会")
    other = union(author, "乙工会", parent=one)
    third = union(author, "丙工会", parent=other)
    Union.update(parent=third).where(Union.uid == one).execute()
    assert [each.name for each in union_tree(one)] == ["甲工会", "乙工会", "丙工会"]
    with pytest.raises(UserError, match="还没有工会"):
        composed("tree", region=str(load_index(TODAY).resolve("渝中区").uid))


@pytest.mark.parametrize(("communities", "each"), [(1, 1), (4, 3), (6, 40), (1, 100)])
def test_every_union_stands_once_on_the_pages_but_for_those_said_again(communities: int, each: int) -> None:
    nodes = [node(0, 0, communities)]
    for place in range(communities):
        nodes.append(node(1, place, each))
        nodes += [node(2, place * 1000 + number) for number in range(each)]
    report = Report("树", "某区总工会", "2026-11-22", (), (), drawn=TreePages(nodes))
    pages = lay_out(report, "", plain_measure).pages
    texts = [text.text for page in pages for text in page.texts]
    names = [text for text in texts if text.startswith("工会") and "（续）" not in text]
    assert sorted(names) == sorted(each.name for each in nodes)
    assert len(pages) == 1 or any("（续）" in text for text in texts)
    assert [f"第 {number} 页 共 {len(pages)} 页" + (f"，接第 {number + 1} 页" if number < len(pages) else "") in texts
        for number in range(1, len(pages) + 1)] == [True] * len(pages)


def test_a_name_of_sixty_characters_stands_whole_and_one_outside_the_plane_too(tmp_path: Path) -> None:
    long = "重庆市沙坪坝区小龙坎街道" * 5
    nodes = [node(0, 0, 2, long), node(1, 1, name="𫖯𬭊示例工会"), node(1, 2)]
    report = Report("树", "", "2026-11-22", (), (), drawn=TreePages(nodes))
    handout.write(report, tmp_path / "a.pdf", "pdf")
    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text().replace("\n", "")
    assert long in text
    assert "𫖯𬭊示例工会" in [text.text for text in lay_out(report, "", plain_measure).pages[0].texts]


def test_a_towns_page_has_a_tile_for_each_place_and_one_for_what_is_nowhere(register: Register, author: Author) -> None:
    index = load_index(TODAY)
    town = str(index.resolve(TOWN).uid)
    places = {name: add_region(name, level, town, author, index) for name, level in (("甲社区", "community"), ("乙园", "park"))}
    index = load_index(TODAY)
    change_region(str(index.resolve(TOWN + "乙园").uid), author, index, dense=True)
    for name, staff, place in (
        ("一公司", 60, "甲社区"), ("二公司", 30, "甲社区"), ("三公司", 26, "乙园"), ("四公司", 90, ""), ("五公司", None, "甲社区"),
    ):  # fmt: skip
        uid = employer(author, name, staff, TOWN + place)
        if name in ("一公司", "二公司"):
            cover(author, union(author, f"{name}工会"), uid)
    (found,) = towns_of(place_coverage(TODAY, town))
    assert [(each.name, each.covered, each.large, each.unknown) for each in found.places] == [("乙园", 0, 1, 0), ("甲社区", 2, 2, 1)]
    assert found.elsewhere is not None
    assert (found.elsewhere.employers, found.elsewhere.large, found.elsewhere.covered) == (1, 1, 0)
    assert sum(each.employers for each in (*found.places, found.elsewhere)) == found.town.employers == 5
    assert [shade[2] if (shade := shade_of(each)) else None for each in found.places] == [5, 41]
    report = composed("town", region=town)
    assert isinstance(report.drawn, TownPages)
    (page,) = lay_out(report, "", plain_measure).pages
    texts = "\n".join(text.text for text in page.texts)
    for word in ("甲社区", "2/2　100%", "人数不明 1", "乙园", "0/1　0%", "小三级工会没有", "没有写明社区的", "80%–100%"):
        assert word in texts
    assert places
    greys = {tint.grey: tint.colour for tint in page.tints if tint.colour}
    parts = ((1, 0.299), (3, 0.587), (5, 0.114))
    lightness = [sum(int(greys[grey][at : at + 2], 16) * share for at, share in parts) for grey in sorted(greys)]
    assert lightness == sorted(lightness, reverse=True), "the darker in grey, the darker in colour"
    assert all(abs(100 - light / 2.55 - grey) < 2 for light, grey in zip(lightness, sorted(greys), strict=True))


def test_each_town_of_a_district_with_anything_in_it_has_its_page(register: Register, author: Author) -> None:
    for number, place in enumerate((TOWN, "沙坪坝区西永街道", "渝中区大坪街道")):
        employer(author, f"第{number}公司", 30, place)
    district = str(load_index(TODAY).resolve("沙坪坝区").uid)
    assert len(lay_out(composed("town", region=district), "", plain_measure).pages) == 2
    assert len(lay_out(composed("town"), "", plain_measure).pages) == 3
    empty = str(load_index(TODAY).resolve("沙坪坝区天星桥街道").uid)
    (page,) = lay_out(composed("town", region=empty), "", plain_measure).pages
    assert any("还没有登记社区" in text.text for text in page.texts)


def test_sixty_places_stand_on_one_page(register: Register) -> None:
    index = load_index(TODAY)
    found = place_coverage(TODAY, str(index.resolve(TOWN).uid))
    town = towns_of(found)[0]
    many = tuple(town.town for _each in range(60))
    report = Report("覆盖", "", "2026-11-22", (), (), drawn=TownPages([type(town)(town.town, many, None)]))
    (page,) = lay_out(report, "", plain_measure).pages
    assert sum(1 for text in page.texts if text.text == town.town.name) == 60
