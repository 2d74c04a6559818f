"""What each verb leaves in the trail, and the trail at the command line."""

import json
from pathlib import Path

import openpyxl
import pypdf
import pytest

from cli.arguments import parser
from models.engine import database
from models.register import register as room
from models.register.register import Register
from tests.aids import engines
from tests.aids.speaking import LI, PASSPHRASE, WANG, workbook
from tests.aids.terminal import Commands, stocked

UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
UNIT = "重庆砚屿软件技术有限公司"
HEAD = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"]
PEOPLE = [
    ["王五", WANG, "19900000001", UNION, UNIT, "2024-05-06"], ["李四", LI, "19900000002", UNION, UNIT, "2024-06"],
]  # fmt: skip
#: A command, and the acts that it leaves.
Step = tuple[tuple[str | Path | int, ...], str]
PERSONAL = ("王五", "李四", WANG, LI, "19900000001", "19900000002")


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two members."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"a": {"名单": [HEAD, *PEOPLE]}})


def trail(run: Commands, *options: str | Path) -> list[dict[str, object]]:
    """The trail, the oldest first."""
    return list(reversed(run.told("trail", *options)["trail"]))


def test_each_verb_leaves_its_entries(run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = workbook(tmp_path / "b.xlsx", {"名单": [HEAD, ["赵七", LI[:-1] + "0", "", UNION, UNIT, "2024-06"], *PEOPLE]})
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", PASSPHRASE)
    workers = [row["uid"] for row in run.told("list", "workers")["workers"]]
    first = run.told("backup")["backup"]
    out = tmp_path / "out"
    out.mkdir()
    steps = _steps(workers, wrong, first, out)
    found, wanted, seen = [], [], int(str(trail(run)[-1]["number"]))
    for command, acts in steps:
        run(*command)
        left = trail(run)
        new = left if command[0] == "restore" else [each for each in left if int(str(each["number"])) > seen]
        new = new[-2:-1] if command[0] == "restore" else new[:-1]
        seen = int(str(left[-1]["number"]))
        told = [_told(each, acts) for each in new]
        found.append((command[0], " ".join(told)))
        wanted.append((command[0], acts))
    assert found == wanted
    verbs = set(next(action for action in parser()._actions if action.dest == "verb" or action.choices).choices or ())
    assert {str(command[0]) for command, _acts in steps} == verbs - {"demo"}
    assert run.told("check")["sound"]
    assert [each["act"] for each in trail(run, "--data", out / "rescued")][-2:] == ["rescue", "open"]
    assert not any(each in json.dumps(trail(run), ensure_ascii=False) for each in PERSONAL)


def _steps(workers: list[str], wrong: Path, first: str, out: Path) -> list[Step]:
    """Every verb, and what it leaves: rows and fullness only where they matter."""
    return [*_lists(workers, out), *_acts(workers, wrong, first, out)]


def _lists(workers: list[str], out: Path) -> list[Step]:
    """What is looked at and handed out."""
    return [
        (("list", "workers"), "open"),
        (("list", "workers", "--full"), "open unmask:2"),
        (("list", "workers", "--out", out / "1.xlsx"), "open export:2"),
        (("list", "workers", "--out", out / "2.csv", "--full", "--search", "王五"), "open export:1:full"),
        (("report", "roster", "--out", out / "3.pdf"), "open export:2"),
        (("report", "roster", "--out", out / "4.xlsx", "--full"), "open export:2:full"),
        (("drive",), "open"),
        (("drive", "--out", out / "5.xlsx"), "open export:0"),
        (("due",), "open"),
        (("sources",), "open"),
        (("rules",), "open"),
        (("rules", "--rule", "R01", "--out", out / "6.xlsx"), "open export"),
        (("terms",), "open"),
        (("figures",), "open"),
        (("targets",), "open"),
        (("moved", "--since", "2026-01-01"), "open"),
        (("groups",), "open"),
        (("fields",), "open"),
        (("fields", "add", "党龄", "--content", "number"), "open"),
        (("worklists",), "open"),
        (("worklists", "new", "慰问", "--all"), "open"),
        (("worklists", "export", "慰问", "--out", out / "12.xlsx"), "open export:2"),
        (("ledger",), "open"),
        (("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-05-06"), "open"),
        (("ledger", "--out", out / "7.csv"), "open export:1"),
    ]  # fmt: skip


def _acts(workers: list[str], wrong: Path, first: str, out: Path) -> list[Step]:
    """What concerns single people and units, files and the register itself."""
    return [
        (("duplicates", "workers"), "open"),
        (("distinct", *workers), "open"),
        (("merge", *workers, "--plan"), "open"),
        (("case", UNIT), "open"),
        (("office", "init"), ""),
        (("import", wrong, "--plan"), "open"),
        (("import", wrong), "open export:3:full"),
        (("batches",), "open"),
        (("person", workers[0]), "open"),
        (("person", workers[0], "--full"), "open unmask:1"),
        (("person", workers[0], "--out", out / "王五.pdf", "--full"), "open export:1:full"),
        (("exchange", "status"), "open"),
        (("retention",), "open"),
        (("retention", "--out", out / "11.xlsx"), "open export"),
        (("init", "--data", out / "new"), ""),
        (("rescue", out / "rescued"), ""),
        (("undo", 1), "open backup undo"),
        (("check",), "open"),
        (("template", "workers", out / "8.xlsx"), ""),
        (("backup", out / "9.jhbak"), "open backup"),
        (("passphrase",), "open passphrase"),
        (("trail",), "open"),
        (("trail", "--out", out / "10.pdf"), "open export"),
        (("prints",), "open"),
        (("prints", "--out", out / "12.pdf"), "open export"),
        (("restore", first), "restore"),
        (("undated", "unions"), "open"),
        (("types",), "open"),
        (("sites",), "open"),
        (("regions",), "open"),
        (("chase",), "open"),
        (("tables",), "open"),
        (("handin",), "open"),
        (("paper", "committee", "--union", UNION, "--draft", "--out", out / "13.pdf"), "open export:1"),
        (("erase", workers[1], "--reason", "本人申请"), "open erase:1 backup"),
        (("dissolve", UNION, "--date", "2026-01-02", "--members", "leave"), "open"),
    ]  # fmt: skip


def _told(entry: dict[str, object], wanted: str) -> str:
    """An entry as the steps write it: its rows and fullness where they are asked for."""
    act = str(entry["act"])
    if f"{act}:" not in wanted:
        return act
    return f"{act}:{entry['rows']}" + (":full" if entry["full"] and act != "unmask" else "")


def test_it_is_narrowed_and_written_to_files(run: Commands, tmp_path: Path) -> None:
    run.told("list", "workers", "--out", tmp_path / "名单.xlsx")
    assert [each["file"] for each in trail(run, "--act", "导出")] == ["名单.xlsx"]
    assert trail(run, "--search", "名单.xlsx")[0]["sha256"]
    assert trail(run, "--until", "2020-01-01") == trail(run, "--who", "谁也不是") == []
    assert trail(run, "--since", "2026-01-01")[0]["what"] == "import"
    assert "没有“吃饭”这种操作" in run.refused("trail", "--act", "吃饭")
    for name in ("a.xlsx", "a.csv", "a.pdf"):
        count = run.told("trail", "--act", "export", "--out", tmp_path / name)["rows"]
        text = _text(tmp_path / name)
        assert "名单.xlsx" in text
        assert count >= 1
    assert "最后一条的指纹" in text


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages).replace("\n", "")
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    return str(list(openpyxl.load_workbook(path).active.values))


def test_check_says_from_which_entry_on_it_was_changed(run: Commands, empty_register: Register) -> None:
    told = run.told("check")
    assert (told["sound"], told["damage"], told["trail"]["wrong"]) == (True, [], None)
    engines.opened(Register(run.folder, empty_register.key_hex))
    engines.without_trigger("trail", "trail_no_update")
    database.db.execute_sql("UPDATE trail SET person = 'x' WHERE id = 2")
    room.close_register()
    code, out, _err = run("check")
    assert (code, "从第 2 条起与原来不符：内容被改过" in out, "登记册完好" in out) == (1, True, True)
    code, out, _err = run("check", "--json")
    assert (code, json.loads(out)["sound"], json.loads(out)["trail"]["wrong"]) == (1, False, 2)


def test_to_whom_and_what_for_stand_in_the_print_log(run: Commands, tmp_path: Path) -> None:
    said = ("--to", "区总工会组织部", "--purpose", "年度会籍核对")
    run("list", "workers", "--out", tmp_path / "1.xlsx", *said)
    run("report", "roster", "--union", UNION, "--full", "--out", tmp_path / "2.pdf", *said)
    run("report", "list", "--out", tmp_path / "3.docx", "--to", "会计")
    run("paper", "committee", "--union", UNION, "--draft", "--out", tmp_path / "4.pdf", *said)
    run("handin", "members-2017", "--masked", "--out", tmp_path / "5.xlsx", "--to", "市总", "--purpose", "试报")
    run("list", "workers")
    told = run.told("prints")
    assert [(each["file"], each["recipient"], each["purpose"], each["full"]) for each in reversed(told["prints"])] == [
        ("1.xlsx", "区总工会组织部", "年度会籍核对", False), ("2.pdf", "区总工会组织部", "年度会籍核对", True),
        ("3.docx", "会计", "", False), ("4.pdf", "区总工会组织部", "年度会籍核对", False),
        ("5.xlsx", "市总", "上报：会员信息采集表，试报", False),
    ]  # fmt: skip
    rows = sum(each["rows"] for each in told["prints"])
    assert told["totals"] == {"times": 5, "rows": rows, "uncounted": 0, "full": 1, "unsaid": 0}
    assert [each["file"] for each in run.told("prints", "--numbers", "full")["prints"]] == ["2.pdf"]
    assert [each["file"] for each in run.told("prints", "--search", "会计")["prints"]] == ["3.docx"]


def test_the_print_log_is_printed_and_that_is_an_entry_too(run: Commands, tmp_path: Path) -> None:
    run("list", "workers", "--out", tmp_path / "1.xlsx", "--to", "区总工会")
    run("report", "roster", "--union", UNION, "--out", tmp_path / "2.pdf")
    path = tmp_path / "打印记录.pdf"
    assert run.told("prints", "--out", path)["rows"] == 2
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages).replace("\n", "")
    for word in ("打印记录", "交给谁", "做什么用", "区总工会", "2.pdf", "共 2 次，4 行；完整号码 0 次；没有写明交给谁 1 次"):
        assert word in text
    assert run.told("prints")["prints"][0]["what"] == "打印记录"


def test_a_recipient_of_nothing_is_refused(run: Commands) -> None:
    assert "--to 要与 --out 一起用" in run.refused("list", "workers", "--to", "区总工会")
