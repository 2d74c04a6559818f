"""``report`` as a contract: which reports there are is told, and each is written in each format without a further question."""

from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from models.register.register import Register
from tests.aids.terminal import ROSTER, Commands, stocked

UNION, UNIT = "沙坪坝区小龙坎街道商贸服务业联合工会", "重庆砚屿软件技术有限公司"
UNITS = [["单位名称", "所在区划", "职工人数"], ["重庆甲示例有限公司", "沙坪坝区", 25]]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two members of a union, and an employer without one."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"a": {"名单": ROSTER, "单位": UNITS}})


def test_all_reports_are_told_with_their_formats_and_what_they_need(run: Commands) -> None:
    told = run.told("report", "--list")["reports"]
    first = {name: told[0][name] for name in ("name", "title", "formats", "needs")}
    assert first == {"name": "roster", "title": "会员花名册", "formats": ["pdf", "xlsx", "docx"], "needs": ["union"]}
    needs = {each["name"]: each["needs"] for each in told if each["needs"]}
    named = ("roster", "attendance", "cards", "labels")
    assert needs == {name: ["union"] for name in named} | {"case": ["employer"]}
    said = run("report", "--list")[1]
    assert all(each["title"] in said for each in told)
    assert "缺少 NAME" in run.refused("report")


def test_each_of_them_is_written_in_each_format_by_what_it_needs_alone(run: Commands, tmp_path: Path) -> None:
    named = {"union": UNION, "employer": UNIT, "region": "沙坪坝区"}
    for each in run.told("report", "--list")["reports"]:
        given = [word for need in each["needs"] for word in (f"--{need}", named[need])]
        for ending in each["formats"]:
            out = tmp_path / f"{each['name']}.{ending}"
            assert run.told("report", each["name"], *given, "--out", out)["report"] == each["name"]
        readers = {"pdf": _pdf, "docx": _word, "xlsx": _sheet}
        texts = [read(tmp_path / f"{each['name']}.{ending}") for ending, read in readers.items()]
        wanted = {"王五", "李四"} if each["name"] in ("roster", "attendance", "list", "cards", "labels") else set()
        assert [{name for name in ("王五", "李四") if name in text} for text in texts] == [wanted] * 3, each["name"]


def test_a_period_is_said_by_its_two_days(run: Commands, tmp_path: Path) -> None:
    days = ("--since", "2026-01-05", "--until", "2026-03-09")
    for name in ("ledger", "table", "half_year", "targets"):
        run.told("report", name, *days, "--out", tmp_path / f"{name}.pdf")
        assert "2026-03-09" in _pdf(tmp_path / f"{name}.pdf"), name
    assert "只能用一种" in run.refused("report", "table", *days, "--period", "2026", "--out", tmp_path / "a.pdf")
    assert "不用 --until" in run.refused("report", "attendance", "--union", UNION, "--until", "2026-03-09", "--out", "a.pdf")


def _pdf(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "")


def _word(path: Path) -> str:
    return "".join(cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


def _sheet(path: Path) -> str:
    return "".join(str(cell) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row if cell)
