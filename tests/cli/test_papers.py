"""``paper`` at the command line: the papers, one written and noted, numbers, templates."""

from pathlib import Path

import pytest

from tests.aids.speaking import WANG
from tests.aids.terminal import Commands
from tests.papers.test_papers import text_of, word_file

UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
UNIT = "重庆砚屿软件技术有限公司"


@pytest.mark.usefixtures("members")
def test_a_paper_is_listed_written_and_numbered(run: Commands, tmp_path: Path) -> None:
    listed = {each["name"]: each for each in run.told("paper", "--list")["papers"]}
    assert len(listed) == 17
    assert listed["opinion"]["needs"] == ["employer"]
    assert listed["opinion"]["formats"] == ["docx", "pdf"]
    told = run.told("paper", "opinion", "--employer", UNIT, "--out", tmp_path / "a.docx")
    assert (told["number"], told["masked"]) == (None, True)
    assert {"文号", "单位成立日期"} <= set(told["blank"])
    assert run.told("paper", "numbers", "--prefix", "渝工发", "--first", "12")["next"] == "渝工发〔2026〕12号"
    told = run.told("paper", "建立工会意见书", "--employer", UNIT, "--out", tmp_path / "b.docx", "--set", "职工人数=31")
    assert told["number"] == "渝工发〔2026〕12号"
    assert "现有职工31人" in text_of((tmp_path / "b.docx").read_bytes())
    assert run.told("paper", "numbers")["used"] == ["渝工发〔2026〕12号"]
    assert run.told("paper", "committee", "--union", UNION, "--out", tmp_path / "c.pdf", "--draft")["batch"] is None
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("members")
def test_a_persons_paper_is_masked_unless_asked(run: Commands, tmp_path: Path) -> None:
    run.told("paper", "registration", "--person", "王五", "--out", tmp_path / "a.docx")
    assert WANG not in text_of((tmp_path / "a.docx").read_bytes())
    run.told("paper", "registration", "--person", WANG, "--out", tmp_path / "a.docx", "--full")
    assert WANG in text_of((tmp_path / "a.docx").read_bytes())
    assert "没有这个人" in run.refused("paper", "registration", "--person", "谁", "--out", tmp_path / "a.docx")
    assert "--person" in run.refused("paper", "registration", "--union", UNION, "--out", tmp_path / "a.docx")
    assert "没有文书“甲”" in run.refused("paper", "甲", "--union", UNION, "--out", tmp_path / "a.docx")
    assert "名称=内容" in run.refused("paper", "registration", "--person", "王五", "--out", tmp_path / "a.docx", "--set", "甲")


@pytest.mark.usefixtures("members")
def test_a_template_goes_out_and_comes_back(run: Commands, tmp_path: Path) -> None:
    run.told("paper", "template", "opinion", "--out", tmp_path / "模板.docx")
    assert run.told("paper", "replace", "opinion", "--file", tmp_path / "模板.docx")["batch"]
    assert next(each for each in run.told("paper", "--list")["papers"] if each["name"] == "opinion")["own_template"]
    (tmp_path / "错.docx").write_bytes(word_file("{{ 身高 }}"))
    assert "不认识的名称：身高" in run.refused("paper", "replace", "opinion", "--file", tmp_path / "错.docx")
    assert run.told("paper", "replace", "opinion")["batch"]
    assert run.told("paper", "replace", "opinion")["batch"] is None
