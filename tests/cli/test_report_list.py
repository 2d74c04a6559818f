"""``report list``: any list with its filters, in a layout put together by options or kept under a name."""

from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from models.register.register import Register
from tests.aids.speaking import WANG
from tests.aids.terminal import PHONES, ROSTER, Commands, stocked

UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
UNITS = [["单位名称", "所在区划", "职工人数"], ["重庆甲示例有限公司", "沙坪坝区", 25], ["重庆乙示例有限公司", "沙坪坝区", 40]]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two members of a union, and two employers without one."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"a": {"名单": ROSTER, "单位": UNITS}})


def text(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "")


def test_a_list_is_printed_by_filters_columns_and_a_layout(run: Commands, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    asked = ("report", "list", "--list", "workers", "--where", "sex=男", "--layout", "慰问品签领表", "--out", out)
    told = run.told(*asked)
    assert (told["list"], told["layout"], told["rows"], told["masked"]) == ("workers", "慰问品签领表", 1, True)
    assert all(word in text(out) for word in ("慰问品签领表", "王五", "签名", "发放人（签字）", "199****0001"))
    assert "李四" not in text(out)
    run.told("report", "list", "--union", UNION, "--columns", "name:6,id_number,=签名:8", "--full", "--out", out)
    assert WANG in text(out)
    run.told("report", "list", "--search", "李四", "--mask-names", "--title", "公示", "--out", tmp_path / "a.docx")
    cells = [cell.text for row in docx.Document(str(tmp_path / "a.docx")).tables[0].rows for cell in row.cells]
    assert ("李*" in cells, "李四" in cells, PHONES[1] in cells) == (True, False, False)


def test_groups_and_sums_in_a_sheet(run: Commands, tmp_path: Path) -> None:
    out = tmp_path / "e.xlsx"
    asked = ("report", "list", "--list", "employers", "--columns", "单位名称,职工人数", "--group-by", "所在区划")
    assert run.told(*asked, "--sign", "盖章", "--note", "说明一", "--paper", "A3", "--portrait", "--out", out)["rows"] == 3
    sheet = openpyxl.load_workbook(out, data_only=True).active
    rows = [row[:3] for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[-3:] == [("合计", 3, 65), ("盖章：", None, None), ("填表说明：1. 说明一", None, None)]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "portrait")


def test_a_layout_is_kept_used_and_forgotten(run: Commands, tmp_path: Path) -> None:
    kept = run.told("report", "list", "--columns", "name,=签名:9", "--keep", "签到", "--out", tmp_path / "a.pdf")
    assert (kept["kept"], bool(kept["batch"])) == ("签到", True)
    layouts = run.told("report", "list", "--layout", "?")["layouts"]
    told = {"name": "签到", "list": "workers", "columns": ["name", "=签名:9"], "group_by": None, "paper": "A4", "kept": True}
    assert layouts[-1] == told
    assert "签到" in run("report", "list", "--layout", "?")[1]
    run.told("report", "list", "--layout", "签到", "--out", tmp_path / "b.pdf")
    assert "签名" in text(tmp_path / "b.pdf")
    run.told("undo", run.told("report", "list", "--forget", "签到")["batch"])
    assert run.told("report", "list", "--layout", "?")["layouts"][-1]["name"] == "签到"


def test_what_is_not_understood_is_a_sentence(run: Commands) -> None:
    for options, sentence in (
        (("--list", "people"), "没有“people”这种名单"), (("--layout", "无"), "没有版式“无”"), (("--columns", "无"), "没有“无”一栏"),
        (("--where", "x"), "要写成 条件=值"), (("--list", "unions", "--union", UNION), "不能按工会选"),
    ):  # fmt: skip
        assert sentence in run.refused("report", "list", *options, "--out", "a.pdf"), options
    assert "缺少 --out" in run.refused("report", "list", "--list", "workers")
    assert "“换届提醒”不用 --columns" in run.refused("report", "terms", "--columns", "name", "--out", "a.pdf")
    assert "5 到 36 的数" in run.refused("report", "list", "--size", "99", "--out", "a.pdf")
