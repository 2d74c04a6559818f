"""Own layouts of cards at the command line: taken from the list, changed in a file, kept, printed, undone, forgotten."""

import json
from pathlib import Path

import pypdf
import pytest

from tests.aids.terminal import Commands


@pytest.mark.usefixtures("members")
def test_an_own_layout_is_kept_printed_undone_and_forgotten(run: Commands, tmp_path: Path) -> None:
    given = run.told("report", "cards", "--card", "?")["cards"][0]
    given["form"] |= {"across": 1, "down": 2, "parts": [{"x": 1, "y": 1, "width": 60, "height": 8, "text": "{name} 的证"}]}
    (tmp_path / "版式.json").write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    kept = run.told("report", "cards", "--keep", "我的卡", "--form", tmp_path / "版式.json")
    assert (kept["kept"], bool(kept["batch"])) == ("我的卡", True)
    assert [each["name"] for each in run.told("report", "cards", "--card", "?")["cards"] if each["kept"]] == ["我的卡"]
    of = "沙坪坝区小龙坎街道商贸服务业联合工会"
    run.told("report", "cards", "--union", of, "--card", "我的卡", "--out", tmp_path / "卡.pdf")
    assert "王五 的证" in pypdf.PdfReader(tmp_path / "卡.pdf").pages[0].extract_text()
    forgotten = run.told("report", "cards", "--forget", "我的卡")
    run.told("undo", forgotten["batch"])
    assert [each["name"] for each in run.told("report", "cards", "--card", "?")["cards"] if each["kept"]] == ["我的卡"]


@pytest.mark.usefixtures("members")
def test_what_is_no_layout_is_refused_in_a_sentence(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{", "utf-8")
    for options, said in (
        (("--keep", "我的卡"), "--keep 名称 --form 文件.json"), (("--form", str(tmp_path / "坏.json"), "--keep", "甲"), "不是 JSON"),
        (("--forget", "桌签"), "自带的版式"),
    ):  # fmt: skip
        code, _out, error = run("report", "cards", *options)
        assert code == 1
        assert said in error
