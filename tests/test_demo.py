"""The demo tells the whole story without a screen, a question or a trace outside its folder."""

from pathlib import Path

import openpyxl
import pypdf
import pytest

from main import main


def test_the_demo_leaves_its_papers_and_touches_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for _number in range(2):
        assert main(["demo", "--out", str(tmp_path / "演示")]) == 0
    said = capfd.readouterr()
    assert "口令 demo-" in said.out
    assert said.err == ""
    assert not (tmp_path / "data").exists()
    left = {path.name for path in (tmp_path / "演示").iterdir()}
    assert {"会员花名册.pdf", "应建未建单位清单.xlsx", "总览.png", "收到的表", "data"} <= left
    pages = pypdf.PdfReader(tmp_path / "演示" / "会员花名册.pdf").pages
    assert "工会会员花名册" in pages[0].extract_text()
    rows = list(openpyxl.load_workbook(tmp_path / "演示" / "应建未建单位清单.xlsx").active.values)
    assert any("重庆澜沱电子有限公司" in row for row in rows)
    assert len(list((tmp_path / "演示" / "收到的表").glob("*_退回.xlsx"))) == 9
    assert (tmp_path / "演示" / "总览.png").read_bytes().startswith(b"\x89PNG")


def test_the_demo_does_not_empty_somebodys_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "重要.txt").write_text("keep")
    assert main(["demo", "--out", str(tmp_path / "mine")]) == 1
    assert "不是空文件夹" in capfd.readouterr().err
    assert (tmp_path / "mine" / "重要.txt").read_text() == "keep"


def test_no_name_or_number_of_a_sample_person_is_readable_in_the_register(tmp_path: Path) -> None:
    from models import register
    from models.worker import Worker

    assert main(["demo", "--out", str(tmp_path / "demo"), "--json"]) == 0
    data = tmp_path / "demo" / "data"
    register.open_register(data, "demo-2026-演示")
    people = [(row.name, row.id_number, row.phone) for row in Worker.select()]
    register.close_register()
    contents = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert len(people) > 100
    for person in people:
        for text in filter(None, person):
            assert not any(text.encode() in content or text.encode("utf-16-le") in content for content in contents)
