"""A roster planned by column does what each of its rows does alone, in the plan, in the tables and in the log."""

import datetime as dt
import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest

from importers import apply as applying
from importers.plan import making
from importers.plan.steps import Create, PackedRun, Plan, Step
from importers.rows.decisions import Decisions
from importers.rows.parts import UnderstoodRows
from importers.rows.understanding import SheetView, view
from importers.workbook.sheet import Sheet, SheetHead, SheetRow
from models.engine import database
from models.journal import undo
from models.journal.stretch import Stretch
from models.journal.writer import Author, batch
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.worker import Worker
from models.uid import new_uids
from samples.invented import AREAS, id_number, wrong_check_digit
from tests.aids.logged import logged
from tests.aids.sizes import every
from tests.aids.speaking import TODAY

HEADERS = (
    "姓名", "证件号码", "移动电话", "学历", "会籍变化类型", "会籍变化日期", "入会日期", "会籍状态", "工作单位", "所属工会", "居住镇街", "备注",
)  # fmt: skip
FIRMS = tuple(f"重庆砚屿{word}有限公司" for word in ("禾岭", "澜汀", "榉枫"))
NAMES = tuple(first + last for first in "王李张刘陈杨" for last in ("砚舟", "嘉树", "泽川", "霖"))
_UID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def people(chance: random.Random, count: int, odd: float) -> list[dict[str, Any]]:
    """Invented people as rows; more or less often a cell says something else, or a person stands there once more."""
    other: dict[str, tuple[Any, ...]] = {
        "姓名": (None, "王某", "张三（已退会）"), "证件号码": (None, "x"), "移动电话": (None, "19900000001", "123"), "学历": (None, "没上过"),
        "会籍变化类型": (None, "转入", "转出", "退会", "申请", "保留"), "会籍变化日期": (None, "2030-01-01", "2021"),
        "入会日期": (None, "2019"), "会籍状态": (None, "保留", "未入会", "待落会籍"), "工作单位": (None, "个体", FIRMS[0] + "工会"),
        "所属工会": (None, "否", "未建会", FIRMS[1] + "工会"), "居住镇街": (None, "哪里", "城关镇"), "备注": ("新来的",),
    }  # fmt: skip
    found: list[dict[str, Any]] = []
    for place in range(count):
        born = dt.date(1970, 1, 1) + dt.timedelta(days=chance.randrange(11_000))
        firm = FIRMS[place * len(FIRMS) // count]
        person: dict[str, Any] = {
            "姓名": chance.choice(NAMES), "证件号码": id_number(chance.choice(AREAS), born, 900 + chance.randrange(100)),
            "移动电话": str(19900000000 + chance.randrange(10**6)), "学历": chance.choice(("本科", "大专")), "会籍变化类型": "入会",
            "会籍变化日期": f"202{chance.randrange(5)}-03-0{1 + chance.randrange(9)}", "入会日期": chance.choice(("2018-05", "2019-06-01")),
            "会籍状态": "在册", "工作单位": firm, "所属工会": firm + "工会", "居住镇街": "小龙坎街道", "备注": None,
        }  # fmt: skip
        if found and chance.random() < odd:
            person = dict(chance.choice(found))
        for name in person:
            if chance.random() < odd:
                person[name] = chance.choice(other[name])
        if chance.random() < odd and person["证件号码"]:
            person["证件号码"] = wrong_check_digit(person["证件号码"])
        found.append(person)
    return found


def seen(chance: random.Random, title: str, count: int) -> SheetView:
    """A roster of some of the columns, understood."""
    headers = [each for each in HEADERS if each in ("姓名", "证件号码") or chance.random() < 0.75]
    written = [[each[name] for name in headers] for each in people(chance, count, chance.choice((0, 0.01, 0.2)))]
    rows = [[title], headers, *written]
    sheet = Sheet(SheetHead("名册.xlsx", title, 0, False, "xlsx"), [SheetRow(number, row) for number, row in enumerate(rows, 1)])
    return view(sheet, Decisions(), "workers", TODAY)


def alone(packed: SheetView) -> SheetView:
    """The same, every row standing by itself."""
    rows = UnderstoodRows(list(packed.rows))
    return replace(packed, rows=rows, notes=[])


def planned(*views: SheetView) -> Plan:
    return making.make(views, load_index(TODAY), None, TODAY)


def told(step: Step) -> list[Any]:
    """All that a step says."""
    writes = [
        [each.record.__name__, each.values, each.facts] if isinstance(each, Create) else [each.uid, each.changes]
        for each in step.writes
    ]
    return [step.number, step.row.values, step.action, step.label, step.target, writes, step.problems, step.suggestion]


def same_uids(said: Any) -> str:
    """A text of it in which uids are called by their turn, and what nobody says is left out."""
    turns: dict[str, str] = {}
    text = json.dumps(_said(said), ensure_ascii=False, default=repr)
    return _UID.sub(lambda found: turns.setdefault(found[0], f"u{len(turns)}"), text)


def _said(what: Any) -> Any:
    if isinstance(what, dict):
        return {name: _said(what[name]) for name in sorted(what) if what[name] is not None}
    return [_said(each) for each in what] if isinstance(what, list | tuple) else what


def held() -> list[Any]:
    """What is in the tables, and what the log says since the last batch began."""
    every: list[Any] = [list(record.select().order_by(record.id).dicts()) for record in (Worker, MembershipEvent)]
    tables = [[{name: value for name, value in row.items() if name != "id"} for row in table] for table in every]
    newest = max(each.batch for each in logged())
    wholes = [json.loads(each.after) for each in logged() if each.batch == newest and each.field == "*" and each.after]
    return [same_uids(tables), sorted(map(same_uids, wholes))]


@pytest.mark.parametrize("seed", range(0, 24, every(2)))
def test_rows_planned_together_do_what_each_does_alone(author: Author, seed: int) -> None:
    chance = random.Random(seed)
    first, later = seen(chance, "会员花名册", 220), seen(chance, "人员名单", 60)
    found = []
    for views in ([first, later], [alone(first), alone(later)]):
        plan = planned(*views)
        steps = [told(step) for sheet in plan.sheets for step in sheet.steps]
        number = applying.apply(plan, author, {})
        again = [told(step) for step in planned(views[0]).sheets[0].steps] if number else []
        found.append([same_uids(steps), plan.counts(), held() if number else [], same_uids(again)])
        if number:
            undo.undo(number, author)
    together, each = found
    assert together == each


def test_of_a_sound_roster_nearly_all_is_packed(author: Author) -> None:
    chance = random.Random(1)
    rows = [list(HEADERS), *([each[name] for name in HEADERS] for each in people(chance, 300, 0))]
    sheet = Sheet(SheetHead("名册.xlsx", "会员", 0, False, "xlsx"), [SheetRow(number, row) for number, row in enumerate(rows, 1)])
    for action, by_themselves in (("new", 10), ("same", 10)):
        steps = (plan := planned(view(sheet, Decisions(), "workers", TODAY))).sheets[0].steps
        packed = [run for run in steps.runs() if isinstance(run, PackedRun)]
        assert len(steps) - sum(run.end - run.start for run in packed) <= by_themselves
        assert {run.packed.action for run in packed} == {action}
        assert [steps[place] for place in (0, 150, -1)] == [list(steps)[place] for place in (0, 150, -1)]
        assert steps[3:6] == list(steps)[3:6]
        assert list(steps.numbers()) == [step.number for step in steps] == list(range(2, 302))
        applying.apply(plan, author, {})


def test_a_stretch_shorter_than_a_bundle_is_rows_of_the_log(author: Author) -> None:
    uids = new_uids(3)
    assert uids == sorted(uids)
    columns: dict[str, list[Any]] = {"uid": uids, "name": ["王砚", "李砚", "张砚"], "phone": ["19900000001", None, "19900000003"]}
    stretch = Stretch("worker", uids, [("worker", {**columns, "phone": ["19900000001", [], "19900000003"]})], [(Worker, columns)])
    with batch("edit", author) as writer:
        writer.create_many(stretch)
    entries = [each for each in logged() if each.record in uids]
    assert [json.loads(each.after or "") for each in entries] == [
        [["worker", {"uid": uids[0], "name": "王砚", "phone": "19900000001"}]], [["worker", {"uid": uids[1], "name": "李砚"}]],
        [["worker", {"uid": uids[2], "name": "张砚", "phone": "19900000003"}]],
    ]  # fmt: skip
    assert list(database.fetch_in(Worker, "uid", uids, ("name", "phone"))) == [
        ("王砚", "19900000001"), ("李砚", None), ("张砚", "19900000003"),
    ]  # fmt: skip
    assert [part.uids for part in (stretch.cut(0, 3), stretch.cut(1, 2))] == [uids, uids[1:2]]
