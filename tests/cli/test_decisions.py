"""An import decided from the command line: what the plan says is enough to write the file of decisions."""

import json
from pathlib import Path
from typing import Any

from tests.aids.speaking import LI, WANG, workbook
from tests.aids.terminal import Commands

UNION = "重庆霁蓝虚构印务有限公司工会"
HEAD = ["姓名", "身份证号", "手机", "所属工会", "入会日期"]
PEOPLE = [["王五", WANG, "19900000001", UNION, "2024-05-06"], ["李四", LI, "19900000002", UNION, "2024-06-01"]]


def decisions(path: Path, file: str, **parts: Any) -> Path:
    """A file of decisions about the only sheet of a file."""
    path.write_text(json.dumps({"sheets": [{"file": file, "sheet": "名单"} | parts]}, ensure_ascii=False), "utf-8")
    return path


def only_sheet(answer: Any) -> Any:
    """The only sheet of the only file of an answer."""
    return answer["files"][0]["sheets"][0]


def test_a_question_names_its_candidates_and_is_answered_by_a_file(run: Commands, tmp_path: Path) -> None:
    unions = [["工会名称", "所在区划", "工会主席"], [UNION, "沙坪坝区", "王砚舟"], [UNION, "万州区", "李芷汐"]]
    run.told("import", workbook(tmp_path / "工会.xlsx", {"名单": unions}))
    path = workbook(tmp_path / "会员.xlsx", {"名单": [HEAD, PEOPLE[0]]})
    sheet = only_sheet(run.told("import", path, "--plan"))
    (asked,) = [each for each in sheet["problems"] if each["level"] == "question"]
    named = {line: uid for uid, line in asked["candidates"].items()}
    assert sorted(named) == [f"{UNION} · 万州区", f"{UNION} · 沙坪坝区"]
    decided = decisions(tmp_path / "决定.json", "会员.xlsx", rows={"2": f"update:{named[f'{UNION} · 万州区']}"})
    assert only_sheet(run.told("import", path, "--decisions", decided))["new"] == 1
    members = {row["region"]: row["uid"] for row in run.told("list", "unions")["unions"]}
    assert members["万州区"] == named[f"{UNION} · 万州区"]
    assert [row["union"] for row in run.told("list", "workers")["workers"]] == [UNION]


def test_a_full_roster_names_who_is_missing_with_numbers_covered(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "九月.xlsx", {"名单": [HEAD, *PEOPLE]}))
    path = workbook(tmp_path / "十月.xlsx", {"名单": [HEAD, PEOPLE[0]]})
    asked = decisions(tmp_path / "全部.json", "十月.xlsx", full={})
    (gone,) = only_sheet(run.told("import", path, "--plan", "--decisions", asked))["missing"]
    assert (gone["name"], gone["phone"], gone["join_date"]) == ("李四", "199****0002", "2024-06-01")
    assert LI not in str(gone)
    assert "名册里没有的会员 1 人：李四" in run("import", path, "--plan", "--decisions", asked)[1]
    decided = decisions(tmp_path / "退会.json", "十月.xlsx", full={gone["uid"]: "退会"})
    assert only_sheet(run.told("import", path, "--decisions", decided))["updated"] == 1
    states = {row["name"]: row["membership_state"] for row in run.told("list", "workers")["workers"]}
    assert states == {"王五": "在册", "李四": "退会"}
