"""Rows understood together say what each of them says alone, whatever is written in them; and what the samples say is kept."""

import datetime as dt
import json
import os
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importers.columns.tables import tables
from importers.reader.process import read_all
from importers.rows import cells
from importers.rows.by_column import understand_part
from importers.rows.decisions import Decisions
from importers.rows.rows import Row
from importers.rows.understanding import begin, view
from importers.workbook.sheet import Columns, Sheet, SheetHead, SheetRow
from models.journal.writer import Author
from models.values.columns import Kind, Parsed
from models.values.id_kinds import IdNumber, Phone
from models.values.kinds import PersonName
from samples.invented import AREAS, id_number, wrong_check_digit
from tests.aids.sizes import every
from tests.aids.speaking import TODAY

ROOT = Path(__file__).resolve().parents[3]
KEPT = Path(__file__).with_name("rows_of_samples.json")
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".xlsx", ".xls", ".csv", ".txt", ".et"))
HEADERS = (
    "序号", "姓名", "性别", "出生日期", "民族", "就业状况", "证件类型", "证件号码", "学历", "移动电话", "会籍变化类型", "会籍变化日期",
    "会籍状态", "入会日期", "工作单位", "所属工会", "备注", "离职时间", "是否农民工",
)  # fmt: skip
#: What people write where something else is expected.
ODD: dict[str, tuple[Any, ...]] = {
    "姓名": (None, " 王 五", "张三（已退休）", "合计", "例：张三", "总", "王五、李四", "John", "姓名", "无", "1、李四", "同上", "计划生", " "),
    "性别": (None, "M", "x", 1, "〃"),
    "出生日期": (None, "1985", "1985-03", dt.date(1985, 3, 4), 45000, "3000/01/01", "2024/13/45", "1930-01-01", "#REF!", "同上"),
    "民族": (None, "汉", "x", 1), "就业状况": (None, "退休", "离职", "x"), "证件类型": (None, "护照", "军官证", "x"),
    "证件号码": (None, 5e17, "E12345678", "500106********1234", "无", "#N/A", "同上", "1" * 18, 500106850307123),
    "学历": (None, "大学", "没上过", True, "..."),
    "移动电话": (None, 13812345678, "13812345678/13912345678", "138123", "13812345678（微信同号）", "023-63630000", "—"),
    "会籍变化类型": (None, "退会", "转入", "死亡", "x"), "会籍变化日期": (None, "2030-01-01", "2020", "x", 44000),
    "会籍状态": (None, "去世", "退会", "申请中", "x"), "入会日期": (None, "2027-01", "2026-11", "2026年", dt.date(2020, 1, 1)),
    "工作单位": (None, "重庆乙有限公司（已注销）", "  重庆丙有限公司 ", "同上", "″"), "所属工会": (None, "同上", "某工会"),
    "备注": ("退休", "同上", "x\ny", 5), "离职时间": ("2024-01-01", "否", dt.date(2024, 1, 1), "-"),
    "是否农民工": (None, 1, 0, "√", "×", True), "序号": (None, "例", "注：", "合计", "填表人：张三", 3.0),
}  # fmt: skip


def roster(chance: random.Random) -> Sheet:
    """A roster of some of the columns in some order, with more or less of what is odd in it."""
    headers = [each for each in HEADERS if each == "姓名" or chance.random() < 0.75]
    if chance.random() < 0.3:
        chance.shuffle(headers)
    headers += chance.sample(("移动电话", "性别：男", "性别：女", "单位电话"), chance.choice((0, 0, 1, 2)))
    odd = chance.choice((0, 0.002, 0.02, 0.1, 0.4))
    rows = [SheetRow(1, list(headers))]
    for number in range(2, 2 + chance.choice((5, 60, 400))):
        sound = _person(chance, number)
        row = [
            chance.choice(ODD.get(each, ("√", "x", "13800000001", None))) if chance.random() < odd or each not in sound
            else sound[each]
            for each in headers
        ]  # fmt: skip
        rows.append(SheetRow(number, row, hidden=chance.random() < 0.01))
        if chance.random() < 0.004:
            rows[-1] = SheetRow(number, ["重庆甲示例有限公司工会"])
    unsaved = tuple((row.number, chance.randrange(len(headers))) for row in chance.sample(rows, 3))
    for each in rows:
        each.values = [None if (each.number, at) in unsaved else value for at, value in enumerate(each.values)]
    return Sheet(SheetHead("名册.xlsx", "表", 0, False, "xlsx", unsaved=unsaved), rows)


def _person(chance: random.Random, number: int) -> dict[str, Any]:
    birth, sequence = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(17_000)), 900 + chance.randrange(100)
    identity = id_number(chance.choice(AREAS), birth, sequence)
    if chance.random() < 0.01:
        identity = wrong_check_digit(identity)
    name = chance.choice("王李张总合计共") + "".join(chr(0x4E00 + chance.randrange(5_000)) for _time in range(chance.choice((1, 2))))
    return {
        "序号": number, "姓名": name, "性别": "男" if sequence % 2 else "女", "出生日期": f"{birth:%Y/%m/%d}", "民族": "汉族",
        "就业状况": "在岗", "证件类型": "居民身份证", "证件号码": identity, "学历": "本科", "移动电话": str(19900000000 + number),
        "会籍变化类型": "入会", "会籍变化日期": "2020/01/02", "会籍状态": "在册", "入会日期": "2019-03-04",
        "工作单位": "重庆砚屿示例软件有限公司", "所属工会": "重庆砚屿示例软件有限公司工会", "备注": None, "离职时间": None,
        "是否农民工": chance.choice(("是", "否")),
    }  # fmt: skip


def said(rows: Sequence[Row]) -> list[Any]:
    """All that is known of rows, in the order of its names."""
    return [
        (row.number, sorted((n, v) for n, v in row.values.items() if v is not None), row.problems, row.hidden) for row in rows
    ]


@pytest.mark.parametrize("seed", range(60 // every(4)))
def test_rows_together_say_what_each_says_alone(author: Author, seed: int) -> None:
    chance = random.Random(seed)
    sheet = roster(chance)
    together, alone = (begin(sheet, Decisions(), "workers", TODAY)[1] for _time in range(2))
    assert together is not None
    assert alone is not None
    # of a sheet with keys every row is looked at by itself, and one row is a column of one cell
    keyed = replace(alone, keyed=True)
    one_by_one = [row for each in sheet.rows for row in understand_part(Columns.of([each]), keyed)]
    assert said(understand_part(Columns.of(sheet.rows), together)) == said(one_by_one)


def test_most_rows_of_a_sound_roster_need_no_look(author: Author) -> None:
    sheet = Sheet(SheetHead("名册.xlsx", "表", 0, False, "xlsx"), [SheetRow(1, list(HEADERS))])
    chance = random.Random(1)
    for number in range(2, 500):
        person = _person(chance, number)
        sheet.rows.append(SheetRow(number, [person[each] for each in HEADERS]))
    _seen, way = begin(sheet, Decisions(), "workers", TODAY)
    assert way is not None
    rows = understand_part(Columns.of(sheet.rows), way)
    assert len({row.packed[0] for row in rows if not row.problems}) == 1


def test_a_sheet_without_a_column_for_a_field_has_rows_that_lack_everything(author: Author) -> None:
    rows: list[list[Any]] = [["姓名", "身份证号", "入会日期"], ["王五", "500106197102029132", "2024-05"], ["李四", "500106197203039241", None]]
    sheet = Sheet(SheetHead("名册.xlsx", "表", 0, False, "xlsx"), [SheetRow(at, row) for at, row in enumerate(rows, 1)])
    seen = view(sheet, Decisions(), "employers", TODAY)
    assert [(row.number, row.values, [each.code for each in row.problems]) for row in seen.rows] == [
        (2, {}, ["employer-name-missing"]), (3, {}, ["employer-name-missing"]),
    ]  # fmt: skip


TEXTS = (
    "王五", "王砚舟", "无", "不详", "暂无", "总", "合", " 王五", "王五 ", "王　五", "烫烫", "屯屯屯", "锟斤拷", "王\n五", "A王", "王·五", "㐂五",
    "王" * 12, "王" * 13, "\ue000五", "13812345678", "1381234567", "138123456789", "１３８１２３４５６７８", "13812345678\n", "0" * 11,
    "500106197102029132", "500106197102029133", "50010619750606951X", "50010619750606951x", "500106197102309131",
    "000106197102029132",
    "500106190002299132", "500106220002029132", "50010619710202913", "5001061971020291321", "", " ", "\n", "5001061971020２9132",
)  # fmt: skip


@pytest.mark.parametrize("kind", [IdNumber(), Phone(), PersonName()], ids=lambda kind: type(kind).__name__)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_called_sound_is_read_as_it_is(kind: Kind, text: str) -> None:
    sound = next(each for each in ("王砚舟", "13812345678", "500106197102029132") if kind.all_sound([each]))
    if kind.all_sound([text]) or kind.all_sound([sound, text, sound]):
        assert kind.parse(text) == Parsed(text)
        assert cells.plain(text) == text


@pytest.mark.parametrize("seed", range(5))
def test_numbers_are_called_right_together_as_they_are_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    numbers = [str(_person(chance, 1)["证件号码"]) for _number in range(2_000)]
    right = [number for number in numbers if IdNumber().parse(number) == Parsed(number)]
    assert IdNumber().all_sound(right)
    assert not any(IdNumber().all_sound([number]) for number in set(numbers) - set(right))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_say_what_they_said(author: Author, path: Path) -> None:
    found = {}
    for sheet in read_all(path):
        for each in tables(sheet):
            seen = view(each, Decisions(), None, TODAY)
            rows = [[*row[:2], [_problem(one) for one in row[2]]] for row in said(seen.rows)]
            found[each.head.sheet] = [json.dumps(row, ensure_ascii=False) for row in rows]
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if os.environ.get("JIANHUI_ROWS") == "1":
        KEPT.write_text(json.dumps(kept | {path.name: found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
        kept |= {path.name: found}
    assert found == kept[path.name]


def _problem(one: Any) -> list[Any]:
    return [one.code, one.column, one.text]
