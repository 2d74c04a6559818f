"""The work ledger by hand: its kinds, its entries, what they add up to; and the plan of 2024 comes out as it went in."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.errors import UserError
from models.journal import undo
from models.journal.log import Batch
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.ledger import kinds as ledger_kinds
from models.ledger.entries import EntryChoice, add, change, remove, totals
from models.ledger.kinds import add_kind, change_kind, find_kind, remove_kind
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.region import load_index
from models.values.codes import fold
from tests.aids.speaking import TODAY, imported_rows, workbook
from tests.aids.terminal import Commands

#: The half-year report of 2024: kind → quantity, done, people, amount in fen.
HALF_YEAR: dict[str, tuple[int, int, int, int]] = {
    "劳动争议调解": (1459, 1302, 0, 0),
    "工会驿站": (5444, 0, 0, 0),
    "送温暖送清凉": (1, 0, 280_000, 17_000_000_000),
    "劳模“三进”宣讲": (100, 0, 0, 0),
    "创新成果申报": (1535, 0, 0, 0),
    "工匠选送培训": (7, 0, 0, 0),
    "国家级座谈": (13, 0, 0, 0),
    "国家级承办": (6, 0, 0, 0),
    "国家级表扬": (6, 0, 0, 0),
    "国家级表彰": (7, 0, 0, 0),
}
#: What the plan of 2024 counts besides.
PLANNED = (
    "劳动保护帮扶企业", "安康杯参与企业", "职工关爱单位", "心理服务样本", "“五小”项目", "劳模工匠工作室", "市级活动",
    "学历技能提升", "12351热线", "走访", "劳动竞赛", "关爱职工优秀单位", "求学圆梦", "新八级", "大国工匠", "批示", "文体活动",
    "助企行", "联席会议", "四季帮扶", "爱心托育", "一件事一次办", "十件实事", "五大行动",
)  # fmt: skip
#: What contacts of the drive are counted as besides 走访: see models/ledger/contacts.py.
WAYS = ("蹲点", "三服务")


def entry(author: Author, **texts: Any) -> str:
    given = {"ledger_kind": "劳动争议调解", "date": "2026-03-05"} | texts
    return add(ledger_entries.read(given, load_index(TODAY)), author)


def summed(**chosen: Any) -> list[tuple[str, int, int, int, int]]:
    return [(each.name, each.quantity, each.done, each.people, each.amount) for each in totals(EntryChoice(**chosen))]


def shown(**chosen: Any) -> list[tuple[Any, ...]]:
    rows = ledger_entries.entries(EntryChoice(**chosen), load_index(TODAY))
    return [(row["ledger_kind"], row["date"], row["title"], row["region"]) for row in rows]


@pytest.mark.usefixtures("register")
def test_a_new_register_has_every_kind_that_the_plan_and_the_report_of_2024_name() -> None:
    names = {each.name for each in ledger_kinds.load_kinds().kinds}
    assert names == {*HALF_YEAR, *PLANNED, *WAYS}
    kinds = ledger_kinds.load_kinds()
    assert {kinds.by_uid[ledger_kinds.seed_uid(name)].name for name in names} == names


def test_the_half_year_report_of_2024_comes_out_as_it_went_in(author: Author) -> None:
    for name, (quantity, done, people, amount) in HALF_YEAR.items():
        numbers = {"quantity": quantity, "done": done or None, "people": people or None, "amount": amount // 100 or None}
        entry(author, ledger_kind=name, date="2024-06-30", **numbers)
    assert {name: numbers for name, *numbers in summed()} == {name: list(each) for name, each in HALF_YEAR.items()}
    sql = LedgerEntry._meta.database.execute_sql(
        "SELECT k.name, sum(e.quantity), sum(e.amount) FROM ledger_entry e, ledger_kind k WHERE k.uid = e.ledger_kind GROUP BY 1"
    )
    plain = {name: (quantity, amount or 0) for name, quantity, amount in sql.fetchall()}
    assert plain == {name: (each[0], each[3]) for name, each in HALF_YEAR.items()}


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("调解", "劳动争议调解"), ("服务站点", "工会驿站"), ("慰问", "送温暖送清凉"), ("劳模三进宣讲", "劳模“三进”宣讲"),
        ("安康杯", "安康杯参与企业"), ("五小", "“五小”项目"), ("12351 热线", "12351热线"), ("劳模创新工作室", "劳模工匠工作室"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("register")
def test_a_kind_is_found_by_any_of_its_wordings(wording: str, name: str) -> None:
    assert find_kind(wording).name == name


def test_no_wording_of_the_first_kinds_means_two_of_them() -> None:
    wordings = [fold(each) for each in ledger_kinds.seeded_wordings()]
    assert len(set(wordings)) == len(wordings)


@pytest.mark.usefixtures("register")
def test_an_unknown_kind_is_told_with_near_ones() -> None:
    with pytest.raises(UserError, match=r"没有台账类别“争议调节”，是不是：劳动争议调解.*先新增这个类别"):
        find_kind("争议调节")


def test_a_kind_can_be_added_renamed_and_taken_out_of_use(author: Author) -> None:
    uid = add_kind("阅读推广", "场", author, measures=["people"], aliases=["读书活动"])
    assert find_kind("读书活动").measure_titles == ("人次",)
    change_kind(uid, author, name="职工阅读")
    assert (find_kind("阅读推广").name, find_kind("职工阅读").aliases) == ("职工阅读", ("读书活动", "阅读推广"))
    change_kind(uid, author, active=False)
    assert "职工阅读" not in ledger_kinds.offered().labels
    assert not find_kind("职工阅读").active
    undo.undo(Batch.select().count(), author)
    assert find_kind("职工阅读").active


def test_a_kind_with_entries_is_never_deleted(author: Author) -> None:
    uid = add_kind("阅读推广", "场", author)
    kept = entry(author, ledger_kind="阅读推广")
    with pytest.raises(UserError, match="下面还有台账，不能删除"):
        remove_kind(uid, author)
    remove(kept, author)
    remove_kind(uid, author)
    assert LedgerKind.get_or_none(LedgerKind.uid == uid) is None


@pytest.mark.parametrize("wording", ["调解", "劳动争议调解", " 争议 调解"])
def test_a_wording_of_another_kind_is_refused(wording: str, author: Author) -> None:
    with pytest.raises(UserError, match="一个叫法只能指一个类别"):
        add_kind("别的工作", "件", author, aliases=[wording])


def test_an_unknown_measure_is_refused(author: Author) -> None:
    with pytest.raises(UserError, match="没有计量“weight”"):
        add_kind("别的工作", "件", author, measures=["weight"])


def test_an_entry_is_added_corrected_and_removed_and_each_can_be_undone(author: Author) -> None:
    uid = entry(author, quantity="3件", done="2", amount="1.5万元", region="沙坪坝区小龙坎街道")
    assert summed() == [("劳动争议调解", 3, 2, 0, 1_500_000)]
    change(uid, {"quantity": 5}, author)
    assert summed() == [("劳动争议调解", 5, 2, 0, 1_500_000)]
    remove(uid, author)
    assert summed() == []
    for batch, quantity in ((3, 5), (2, 3)):
        undo.undo(batch, author)
        assert summed() == [("劳动争议调解", quantity, 2, 0, 1_500_000)]


def test_a_quantity_that_is_not_given_counts_as_one(author: Author) -> None:
    for quantity in (None, None, 4, 0):
        entry(author, quantity=quantity)
    assert summed() == [("劳动争议调解", 6, 0, 0, 0)]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"ledger_kind": None}, "请填写“台账类别”"),
        ({"date": ""}, "请填写“日期”"),
        ({"date": "昨天上午"}, "日期：看不懂的日期“昨天上午”"),
        ({"quantity": "若干"}, "数量：看不懂的数量“若干”"),
        ({"amount": "很多"}, "金额：看不懂的金额“很多”"),
        ({"region": "乌有镇"}, "找不到区划“乌有镇”"),
        ({"union": "乌有工会"}, "登记册里没有工会“乌有工会”"),
    ],
)
def test_what_cannot_be_an_entry_is_refused_with_a_sentence(texts: dict[str, Any], why: str, author: Author) -> None:
    with pytest.raises(UserError, match=why):
        entry(author, **texts)
    assert LedgerEntry.select().count() == 0


def test_what_is_gone_cannot_be_corrected(author: Author) -> None:
    uid = entry(author)
    remove(uid, author)
    with pytest.raises(UserError, match="已经不在了"):
        change(uid, {"quantity": 2}, author)


def test_a_list_holds_what_was_chosen(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["工会名称", "所属镇街"], ["甲公司工会", "沙坪坝区小龙坎街道"]], kind="unions")
    index = load_index(TODAY)
    entry(author, date="2025-12-31", title="去年", region="渝中区")
    entry(author, date="2026", title="整年", region="沙坪坝区")
    entry(author, date="2026-06", title="六月", union="甲公司工会")
    entry(author, date="2026-06-02", title="次日", ledger_kind="走访", note="看望骑手")
    district = index.below(str(index.resolve("沙坪坝区").uid))
    assert [title for _kind, _date, title, _region in shown()] == ["次日", "六月", "整年", "去年"]
    assert [row[2] for row in shown(since=dt.date(2026, 1, 1), until=dt.date(2026, 6, 1))] == ["六月", "整年"]
    assert [row[2] for row in shown(regions=district)] == ["六月", "整年"], "an entry lies where its union lies"
    assert [row[2] for row in shown(kind=find_kind("走访").uid)] == ["次日"]
    assert [row[2] for row in shown(search="骑手")] == ["次日"]
    assert [row[2] for row in shown(search="甲公司")] == ["六月"]
    assert [(name, quantity) for name, quantity, *_rest in summed(since=dt.date(2026, 1, 1))] == [("劳动争议调解", 2), ("走访", 1)]


def test_the_command_line_enters_lists_and_removes(run: Commands) -> None:
    words = ("ledger", "add", "--kind", "慰问", "--date", "2026-07", "--people", "280", "--amount", "1.7亿", "--region", "沙坪坝区")
    uid = run.told(*words)["uid"]
    run.told("ledger", "add", "--kind", "走访", "--date", "2025-07-01")
    told = run.told("ledger", "--year", "2026", "--region", "沙坪坝区")
    (row,) = told["ledger"]
    assert (row["uid"], row["ledger_kind"], row["date"], row["people"], row["amount"], row["region"]) == (
        uid, "送温暖送清凉", "2026-07", 280, 170_000_000, "沙坪坝区",
    )  # fmt: skip
    assert [(each["ledger_kind"], each["quantity"], each["amount"]) for each in told["totals"]] == [
        ("送温暖送清凉", 1, 170_000_000),
    ]
    assert "170,000,000" in run("ledger")[1]
    assert "170,000,000" in run("list", "ledger")[1]
    assert run.told("ledger", "--year", "2026", "--as-of", "2026-06-30")["ledger"] == []
    assert run.told("ledger", "remove", uid)["removed"] == [uid]
    assert [row["ledger_kind"] for row in run.told("ledger")["ledger"]] == ["走访"]
    assert "没有台账类别“乌有”" in run.refused("ledger", "add", "--kind", "乌有", "--date", "2026")


def test_the_command_line_changes_the_kinds(run: Commands) -> None:
    run.told("ledger", "kinds", "--new", "阅读推广", "--unit", "场", "--measures", "people,amount")
    run.told("ledger", "kinds", "--alias", "阅读推广=读书")
    kinds = {each["name"]: each for each in run.told("ledger", "kinds", "--retire", "劳动竞赛")["kinds"]}
    assert (kinds["阅读推广"]["measures"], kinds["阅读推广"]["aliases"]) == (["people", "amount"], ["读书"])
    assert not kinds["劳动竞赛"]["active"]
    assert "阅读推广" in run("ledger", "kinds")[1]


def test_the_command_line_imports_a_ledger_of_one_kind(run: Commands, tmp_path: Path) -> None:
    rows = [["日期", "单位名称", "数量"], ["2026-03-05", "甲公司", 2]]
    path = workbook(tmp_path / "三月.xlsx", {"Sheet1": rows})
    answer = run.told("ledger", "import", path, "--kind", "调解")
    assert answer["files"][0]["sheets"][0]["new"] == 1
    assert run.told("ledger", "import", path, "--kind", "调解")["batch"] is None
    assert [row["ledger_kind"] for row in run.told("ledger")["ledger"]] == ["劳动争议调解"]
    assert "请写明要导入的文件" in run.refused("ledger", "import")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_written_list_comes_back_as_it_was(ending: str, run: Commands, tmp_path: Path) -> None:
    run.told("ledger", "add", "--kind", "调解", "--date", "2026-03", "--quantity", "3", "--amount", "1700.5")
    out = tmp_path / f"台账.{ending}"
    assert run.told("ledger", "--out", out)["out"] == str(out)
    answer = run.told("import", out)
    assert (answer["files"][0]["sheets"][0]["kind"], answer["files"][0]["sheets"][0]["same"]) == ("ledger", 1)
