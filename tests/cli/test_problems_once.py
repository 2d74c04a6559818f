"""One note on many rows is one note with its rows; errors and questions stay by the row."""

from pathlib import Path
from typing import Any

from importers.plan.told import MANY
from tests.aids.speaking import LI, WANG, ZHAO, workbook
from tests.aids.terminal import Commands
from tests.cli.test_decisions import only_sheet

HEAD = ["姓名", "身份证号", "入会日期", "性别"]


def problems(run: Commands, path: Path) -> list[Any]:
    """What an import would tell: row, rows where there are several, code."""
    told = only_sheet(run.told("import", path, "--plan"))["problems"]
    return [(each["row"], each.get("rows"), each["code"]) for each in told]


def test_a_note_on_several_rows_is_told_once_with_its_rows(run: Commands, tmp_path: Path) -> None:
    rows = [["王五", WANG, "2024-05"], ["李四", LI, "2024-06"], ["张三", None, None], ["赵六", ZHAO, "2024-07"]]
    told = problems(run, workbook(tmp_path / "名单.xlsx", {"名单": [HEAD, *rows]}))
    assert told == [(2, "2-3,5", "union-unknown")]


def test_errors_and_questions_stay_by_the_row(run: Commands, tmp_path: Path) -> None:
    rows = [[None, WANG, None], [None, LI, None], ["王五、李四、赵六", None, None], ["王五、李四、赵六", None, None]]
    told = problems(run, workbook(tmp_path / "名单.xlsx", {"名单": [HEAD, *rows]}))
    assert told == [
        (2, None, "name-missing"), (3, None, "name-missing"), (4, None, "name-several"), (5, None, "name-several"),
    ]  # fmt: skip


def test_a_question_of_a_column_is_told_once_with_its_rows(run: Commands, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "批准的入会时间", "所属工会"]
    rows = [["王五", WANG, "2024-05-06", "砚屿机械工会"], ["李四", LI, "2024-05-07", "砚屿机械工会"], ["赵六", ZHAO, None, "禾榉食品工会"]]
    told = problems(run, workbook(tmp_path / "名单.xlsx", {"名单": [head, *rows]}))
    assert told == [(2, "2-3", "column-unsure"), (2, "2-3", "union-not-used"), (4, None, "union-not-used")]


def test_a_warning_is_told_once_from_a_thousand_rows_on(run: Commands, tmp_path: Path) -> None:
    def told(count: int) -> list[Any]:
        people = [[f"人{chr(0x4E00 + at)}", None, "", "不知"] for at in range(count)]
        return problems(run, workbook(tmp_path / f"{count}.xlsx", {"名单": [HEAD, *people]}))

    assert told(MANY) == [(2, f"2-{MANY + 1}", "choice-unknown")]
    fewer = told(MANY - 1)
    assert (len(fewer), fewer[0], fewer[-1]) == (MANY - 1, (2, None, "choice-unknown"), (MANY, None, "choice-unknown"))


def test_a_person_reads_one_line_for_a_warning_of_a_thousand_rows(run: Commands, tmp_path: Path) -> None:
    people = [[f"人{chr(0x4E00 + at)}", None, "", "不知"] for at in range(MANY)]
    _code, out, _err = run("import", workbook(tmp_path / "名单.xlsx", {"名单": [HEAD, *people]}), "--plan")
    assert [line.strip() for line in out.splitlines() if "不知" in line] == [
        f"第 2 行等 {MANY} 行：“不知”不在“性别”的选项里，未采用"
    ]
