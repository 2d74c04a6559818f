"""What follows a write, by the kinds it changed: at the command line the drive's cases are in line after every command."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.engine import database
from models.errors import UserError
from models.following import table
from models.following.table import follower, keeping_up
from models.journal import followers
from models.journal.followers import Follower, When
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.opening import opening
from models.records.catalogue import RECORDS
from models.records.drive_case import DriveCase
from models.register.register import Register, close_register
from models.standing import past_counts
from models.values import masking
from tests.aids import case_world
from tests.aids.held import counted, kept
from tests.aids.speaking import PASSPHRASE, last_batch, workbook
from tests.aids.terminal import Commands, commands, stocked
from ui.kit.context import Context

HEAD = ["企业名称", "单位性质", "所在街道", "员工人数", "统计日期"]
SMALL, FIRST, SECOND = "重庆墨玉虚构物流有限公司", "重庆霁蓝虚构印务有限公司", "重庆松石虚构餐饮有限公司"
UNITS: list[list[Any]] = [
    HEAD,
    [FIRST, "私营企业", "沙坪坝区小龙坎街道", 60, "2026-06-30"],
    [SECOND, "私营企业", "沙坪坝区小龙坎街道", 90, "2026-06-30"],
    [SMALL, "私营企业", "沙坪坝区小龙坎街道", 8, "2026-06-30"],
]
UNION: list[list[Any]] = [
    ["工会名称", "基层工会类型", "建会日期", "所在镇街"],
    ["小龙坎街道总工会", "街道总工会", "2019-05-01", "沙坪坝区小龙坎街道"],
]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Three employers and the union of their town."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"单位": {"名单": UNITS}, "工会": {"名单": UNION}})


@pytest.fixture
def run(
    tmp_path: Path, stock: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over a register with three employers, two of them on the list, and the union of their town."""
    return commands(tmp_path / "data", stock, monkeypatch, capfd)


def cases(run: Commands) -> list[tuple[str, bool]]:
    """Who is on the list, and whether a case is open for them."""
    return [(each["name"], bool(each["drive_case"])) for each in run.told("drive")["employers"]]


def test_whom_an_import_brings_onto_the_list_has_a_case_and_is_to_be_visited(run: Commands, tmp_path: Path) -> None:
    assert cases(run) == [(SECOND, True), (FIRST, True)]
    assert run.told("report", "visits", "--all", "--out", tmp_path / "走访.xlsx")["rows"] == 2


Act = Callable[[Commands, Path], Any]


def imported(name: str, rows: list[list[Any]], *more: str) -> Act:
    """An import of one sheet."""
    return lambda run, folder: run.told("import", workbook(folder / f"{name}.xlsx", {"名单": rows}), *more)


def words(*given: str) -> Act:
    """A command."""
    return lambda run, _folder: run.told(*given)


def undone(act: Act) -> Act:
    """What another act did, undone."""
    return lambda run, folder: run.told("undo", act(run, folder)["batch"])


def merged(run: Commands, folder: Path) -> None:
    """Two names of one employer, one of which is on the list only through the other."""
    imported("又一家", [HEAD, ["墨玉虚构物流", "私营企业", "沙坪坝区小龙坎街道", 70, "2026-09-30"]])(run, folder)
    (found,) = run.told("duplicates", "employers")["pairs"]
    run.told("merge", found["left"]["uid"], found["right"]["uid"])


def confirmed(run: Commands, folder: Path) -> None:
    """A union whose name is near is said to be that of the employer."""
    imported("又一个", [UNION[0], ["重庆市霁蓝虚构印务有限公司工会", "单独基层工会", "2020-01-02", "沙坪坝区小龙坎街道"]])(run, folder)
    (match, *_others) = run.told("sources")["matches"]
    run.told("sources", "--confirm", match["left"], match["right"])


COUNTED = imported("月报", [["单位名称", "统计月份", "职工人数", "数据来源"], [SMALL, "2026-10", 40, "税务"]])
SHRUNK = imported("裁员", [["单位名称", "统计月份", "职工人数", "数据来源"], [FIRST, "2026-10", 9, "税务"]])
COVERED = imported("已建会", [["工会名称", "单位名称", "建会日期"], [f"{SECOND}工会", SECOND, "2026-03-01"]], "--as", "unions")
FOUNDED = words("case", "霁蓝", "--found", "霁蓝虚构印务工会", "--date", "2026-11-01")
WRITES: dict[str, Act] = {
    "an import of employers": imported("再一批", [HEAD, ["重庆青瓷虚构有限公司", "私营企业", "沙坪坝区小龙坎街道", 31, "2026-06-30"]]),
    "an import of counts": COUNTED,
    "an import of fewer people": SHRUNK,
    "an import of a union": COVERED,
    "counts undone": undone(COUNTED),
    "fewer people undone": undone(SHRUNK),
    "a union undone": undone(COVERED),
    "a founding": FOUNDED,
    "a founding undone": undone(FOUNDED),
    "a joining": words("case", "霁蓝", "--join", "小龙坎街道", "--date", "2026-11-01"),
    "a closing": words("case", "霁蓝", "--close", "注销", "--date", "2026-11-01"),
    "a contact": words("case", "霁蓝", "--contact", "date=2026-11-02,way=电话,attitude=拒绝"),
    "a merge": merged,
    "a pair confirmed": confirmed,
    "the work ledger": words("ledger", "add", "--kind", "走访", "--date", "2026-03"),
    "a target": words("targets", "set", "新入会", "1,000"),
    "a group": words("groups", "--rename", "保安员=安保值守员"),
}


@pytest.mark.parametrize("name", WRITES)
def test_after_every_command_that_writes_the_cases_are_in_line(run: Commands, tmp_path: Path, name: str) -> None:
    WRITES[name](run, tmp_path)
    assert all(open_one for _name, open_one in cases(run))
    code, out, _err = run("drive", "--reconcile")
    assert (code, "建会台账：" in out) == (0, False)


def test_what_a_person_undid_of_the_cases_stays_undone(run: Commands) -> None:
    (number,) = [each["batch"] for each in run.told("batches")["batches"] if each["kind"] == "cases"]
    run.told("undo", number)
    assert cases(run) == [(SECOND, False), (FIRST, False)]


def test_after_commands_the_past_is_counted_and_check_looks_at_it(run: Commands, tmp_path: Path) -> None:
    people = [["姓名", "工会名称", "会籍变化类型", "会籍变化日期"], ["唐稚棠", UNION[1][0], "入会", "2019-06-01"]]
    run.told("import", workbook(tmp_path / "会员.xlsx", {"会员": people}))
    told = run.told("check")
    assert (told["sound"], told["counts"]) == (True, [])
    opening.open_register(run.folder, PASSPHRASE)
    assert not past_counts.behind(dt.date.today())
    assert counted(dt.date(2020, 1, 1)) == kept(dt.date(2020, 1, 1)) != set()
    database.db.execute_sql("UPDATE past_count SET people = people + 1")
    close_register()
    code, out, _err = run("check", "--json")
    told = json.loads(out)
    assert (code, told["sound"], told["counts"]) == (1, False, ["1 个工会以前的会员计数与会籍变动不符"])


def test_what_follows_afterwards_needs_somebody_who_has_the_register_open(context: Context, author: Author) -> None:
    case_world.employer(author)
    assert DriveCase.select().count() == 0
    with keeping_up(context):
        change_setting("threshold", 31, author)
        assert DriveCase.select().count() == 0
        change_setting("threshold", 30, author)
    assert DriveCase.select().count() == 1


def test_what_teaches_is_learned_at_once_and_nothing_else_is(
    register: Register, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    inner = type(database.db.obj).execute_sql

    def noting(held: Any, sql: str, *args: Any, **named: Any) -> Any:
        asked.append(sql)
        return inner(held, sql, *args, **named)

    monkeypatch.setattr(type(database.db.obj), "execute_sql", noting)
    case_world.union(author)
    assert not [sql for sql in asked if sql.startswith("SELECT") and ("occupation_group" in sql or '"setting"' in sql)]
    change_setting("phone_shown", "0+4", author)
    assert masking.mask_phone("19900000001").endswith("0001")
    assert [sql for sql in asked if sql.startswith("SELECT") and "occupation_group" in sql]


def test_each_row_of_the_table_follows_kinds_that_there_are() -> None:
    rows = [follower(name) for name in ("learn", "cases", "search", "past_counts")]
    assert {row.when for row in rows} == set(When)
    assert all(row.kinds and row.kinds <= set(RECORDS) for row in rows)
    assert {each.__name__ for each in table.OWNERS} == {row.call.__module__ for row in rows}


def test_a_follower_that_cannot_write_does_not_undo_what_was_written(
    register: Register, author: Author, monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    def full(_here: Any) -> None:
        raise UserError("磁盘空间不足")

    monkeypatch.setitem(followers._table, "cases", Follower("cases", frozenset({"setting"}), full, When.AFTERWARDS))
    with keeping_up(context):
        change_setting("threshold", 40, author)
    assert last_batch() == 1
