"""``tables`` and the report of one at a terminal: the numbers, the sheet with its formulas, one's own tables."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.register.register import Register
from tests.aids.speaking import workbook
from tests.aids.terminal import Commands, commands

UNIONS: list[list[Any]] = [
    ["工会名称", "工会类型", "建会日期", "所在区划", "工会状态", "是否建立职代会制度"],
    ["甲公司工会", "单独基层工会", "2026-03-01", "沙坪坝区小龙坎街道", "正常", "是"],
    ["乙公司工会", "单独基层工会", "2026-05-01", "沙坪坝区童家桥街道", "正常", "否"],
    ["丙公司工会", "单独基层工会", "2025-05-01", "沙坪坝区童家桥街道", "正常", "是"],
]


@pytest.fixture
def run(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over a register with three unions in two towns."""
    made = commands(tmp_path / "data", empty_register, monkeypatch, capfd)
    made.told("import", workbook(tmp_path / "u.xlsx", {"工会": UNIONS}))
    return made


def test_a_table_is_the_same_on_screen_as_an_object_and_in_a_sheet(run: Commands, tmp_path: Path) -> None:
    run.told("targets", "set", "新建工会", "4", "--period", "2026-H1")
    asked = ("tables", "show", "新建工会", "--period", "2026-H1", "--indicators", "新建工会,职代会建制率")
    told = run.told(*asked)
    assert (told["period_name"], told["as_of"], told["rows_of"]) == ("2026 年上半年", "2026-06-30", "town")
    shown = {row["name"]: row["cells"]["new_unions"] for row in told["rows"] if not row["empty"]}
    assert {name: (cell["actual"]["value"], cell["last_year"]["value"], cell["rank"]) for name, cell in shown.items()} == {
        "沙坪坝区小龙坎街道": (1, 0, 1), "沙坪坝区童家桥街道": (1, 1, 1),
    }  # fmt: skip
    whole = told["total"]["cells"]
    assert (whole["new_unions"]["plan"], whole["new_unions"]["share"]) == (4, 50)
    assert (whole["congress"]["actual"]["value"], whole["congress"]["actual"]["part"]) == (66.6, 2)
    figures = run.told("figures", "--period", "2026-H1")
    by_key = {each["key"]: each["value"] for each in figures["indicators"]}
    assert {key: cell["actual"]["value"] for key, cell in whole.items()} == {key: by_key[key] for key in whole}
    out = run(*asked)[1]
    assert "沙坪坝区童家桥街道" in out
    assert "行没有数字，没有列出" in out
    run.told(*asked, "--out", tmp_path / "表.xlsx")
    sheet = load_workbook(tmp_path / "表.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (total,) = [number for number, row in enumerate(rows) if row[0] == "合计"]
    first, last = total - 1, total
    assert rows[total][1] == f"=SUM(B{first}:B{last})"
    assert rows[total][2:4] == [4, f'=IF(C{total + 1}=0,"",INT(B{total + 1}*1000/C{total + 1})/10)']
    kept = [[cell.value for cell in row] for row in load_workbook(tmp_path / "表.xlsx", data_only=True).active.iter_rows()]
    assert kept[total][1:4] == [2, 4, 50]
    assert 66.6 in kept[total]
    run.told("report", "table", "--table", "新建工会", "--period", "2026-H1", "--out", tmp_path / "表.pdf")
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")


def test_one_s_own_tables(run: Commands) -> None:
    kept = run.told("tables", "keep", "月报", "--indicators", "新建工会、基层工会", "--by", "district", "--parts", "last_year")
    assert (kept["indicators"], kept["rows"], kept["parts"]) == (["new_unions", "unions"], "district", ["last_year"])
    assert [each["name"] for each in run.told("tables")["tables"] if each["kept"]] == ["月报"]
    told = run.told("tables", "show", "月报", "--period", "2026-05")
    assert [(row["name"], row["cells"]["unions"]["actual"]["value"]) for row in told["rows"] if not row["empty"]] == [("沙坪坝区", 3)]
    assert "月报" in run("tables")[1]
    assert run.told("tables", "forget", "月报")["name"] == "月报"
    assert "没有统计表“月报”" in run.refused("tables", "show", "月报")
    assert "请写统计表的名称" in run.refused("tables", "show")
    assert "程序自带" in run.refused("tables", "forget", "小三级")
    assert "没有“颜色”一栏" in run.refused("tables", "show", "小三级", "--parts", "颜色")
