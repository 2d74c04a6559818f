"""``chase`` at the command line: rules, who owes what, a person's word, a sheet of the list."""

from pathlib import Path

import openpyxl
import pytest

from models.journal.writer import Author
from models.records.union import Union
from models.register.register import Register
from tests.aids.speaking import made
from tests.aids.terminal import commands
from tests.figures.test_indicators import place


def test_rules_are_made_and_tell_who_owes_what(
    register: Register, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, kind in (("甲公司工会", "单独基层工会"), ("乙联合工会", "联合基层工会")):
        made(author, Union, name=name, union_type=kind, region=place("沙坪坝区小龙坎街道"), chair="周示例", phone="19900000021",
            founding_date="2020")  # fmt: skip
    run = commands(tmp_path / "copy", register, monkeypatch, capfd)
    assert run.told("chase")["items"] == []
    added = run.told("chase", "add", "--sheet", "人数", "--every", "每月", "--days", "10", "--classes", "单独", "--since", "2026-10")
    assert added["text"] == "人数；每月，期满后 10 天内；单独基层工会"
    (item,) = run.told("chase")["items"]
    assert {key: item[key] for key in ("rule", "union", "region", "period", "due", "state", "days", "contact", "phone")} == {
        "rule": "每月人数", "union": "甲公司工会", "region": "沙坪坝区小龙坎街道", "period": "2026-10", "due": "2026-11-10",
        "state": "overdue", "days": 12, "contact": "周示例", "phone": "199****0021",
    }  # fmt: skip
    told = run.told("chase", "--as-of", "2026-11-05")
    assert [told[name] for name in ("awaited", "due_count", "not_due_count", "not_due_came")] == [1, 0, 1, 0]
    out = tmp_path / "催报.xlsx"
    run.told("chase", "--out", str(out))
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [cell.value for cell in sheet[2]][2] == "甲公司工会"
    about = ("--rule", "每月人数", "--period", "2026-10", "--union", "甲公司工会")
    assert "原因" in run.refused("chase", "close", *about)
    assert run.told("chase", "close", *about, "--reason", "纸质交来")["closed"] == 1
    told = run.told("chase", "--all")
    assert (told["handed"], told["overdue"], told["items"][0]["reason"]) == (1, 0, "纸质交来")
    assert run.told("chase", "reopen", *about)["reopened"] == 1
    assert run.told("chase", "excuse", *about, "--reason", "停产")["excused"] == 1
    assert "不用再记" in run.refused("chase", "close", *about, "--reason", "又交")
    run.told("chase", "change", "每月人数", "--unions", "乙联合工会")
    assert run.told("chase", "--region", "沙坪坝区")["overdue"] == 1
    assert run.told("chase", "rules")["rules"][0]["unions"] == "乙联合工会"
    assert "可以停用" in run.refused("chase", "remove", "每月人数")
    run.told("chase", "change", "每月人数", "--active", "否")
    assert run.told("chase")["items"] == []
    run.told("report", "chase", "--out", str(tmp_path / "催报.pdf"))
    assert (tmp_path / "催报.pdf").read_bytes().startswith(b"%PDF")
