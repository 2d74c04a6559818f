"""An import as a whole: several files at once, all or nothing, and what happens when it is broken off."""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from importers import session
from importers.plan.steps import Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, SourceFile
from models.engine import database
from models.errors import StalePlan, Stopped
from models.journal.log import Batch
from models.journal.writer import Author
from models.records.employer import Employer
from models.records.worker import Worker
from models.register import register as room
from models.register.register import Register
from samples.invented import credit_code, id_number
from tests.aids.logged import logged
from tests.aids.speaking import LI, TODAY, WANG, imported, imported_rows, listed, workbook

ROOT = Path(__file__).resolve().parent.parent.parent.parent
COMPANY = "重庆霁蓝虚构印务有限公司"
HEAD = ["姓名", "身份证号", "手机号", "工作单位", "所属工会", "入会日期"]


def crowd(count: int) -> list[list[Any]]:
    """A roster of so many invented members of three unions."""
    rows = [HEAD]
    for number in range(count):
        number_of_id = id_number("500106", dt.date(1970, 1, 1) + dt.timedelta(days=number // 50), 900 + number % 50)
        name, unit = f"王{chr(0x4E00 + number % 5000)}", f"重庆第{number % 3}虚构制造有限公司"
        rows.append([name, number_of_id, f"199{number:08d}", unit, f"{unit}工会", "2024-05-06"])
    return rows


def planned(*paths: Path) -> tuple[Plan, list[SourceFile]]:
    """The plan of an import that is not applied yet."""
    files = session.read(paths, ImportOptions())
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    return session.make_plan(files, views, ImportOptions(), TODAY), files


def size() -> tuple[int, ...]:
    """How much the register holds."""
    return (*(record.select().count() for record in (Worker, Employer, Batch)), len(logged()))


def test_an_unreadable_file_is_told_and_the_others_are_applied_as_one_batch(author: Author, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook at all" * 40)
    (tmp_path / "空.xlsx").write_bytes(b"")
    one = workbook(tmp_path / "甲.xlsx", {"名册": [["姓名", "身份证号"], ["王砚舟", WANG]]})
    two = workbook(tmp_path / "乙.xlsx", {"名册": [["姓名", "身份证号"], ["李芷汐", LI]]})
    done = imported(author, tmp_path / "坏.xlsx", one, tmp_path / "没有.xlsx", tmp_path / "空.xlsx", two)
    assert set(done.plan.errors) == {"坏.xlsx", "没有.xlsx", "空.xlsx"}
    assert all(name in sentence for name, sentence in done.plan.errors.items())
    assert done.counts == {"new": 2}
    assert (listed("workers", "name"), Batch.select().count()) == ([("王砚舟",), ("李芷汐",)], 1)


def test_every_sheet_is_recognised_and_told_by_itself(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "全.xlsx",
        {
            "名册": [["姓名", "身份证号", "工作单位"], ["王砚舟", WANG, COMPANY]],
            "企业": [["企业名称", "统一社会信用代码", "法定代表人"], [COMPANY, credit_code("91500106MA0000001"), "赵示例"]],
            "说明": [["请各单位于本月底前报送"], ["谢谢"]],
        },
    )
    done = imported(author, path)
    assert [(sheet.sheet, sheet.kind) for sheet in done.plan.sheets] == [("名册", "workers"), ("企业", "employers"), ("说明", None)]
    assert "说明" in done.plan.sheets[2].notes[-1]
    assert done.counts == {"new": 2}


def test_files_of_one_name_from_two_folders_are_both_applied(author: Author, tmp_path: Path) -> None:
    one = workbook(tmp_path / "甲" / "名册.xlsx", {"Sheet1": [["姓名", "身份证号"], ["王砚舟", WANG]]})
    two = workbook(tmp_path / "乙" / "名册.xlsx", {"Sheet1": [["姓名", "身份证号"], ["李芷汐", LI]]})
    done = imported(author, one, two)
    assert [sheet.file for sheet in done.plan.sheets] == ["名册.xlsx", "乙/名册.xlsx"]
    assert done.counts == {"new": 2}


def test_planning_writes_nothing(author: Author, tmp_path: Path) -> None:
    before = size()
    done = imported_rows(author, tmp_path, crowd(20), apply=False)
    assert (done.counts, size()) == ({"new": 20}, before)


def test_a_plan_made_before_another_change_is_refused(author: Author, tmp_path: Path) -> None:
    plan, files = planned(workbook(tmp_path / "名册.xlsx", {"Sheet1": [["姓名", "身份证号"], ["王砚舟", WANG]]}))
    imported_rows(author, tmp_path, [["姓名", "身份证号"], ["李芷汐", LI]])
    before = size()
    with pytest.raises(StalePlan, match="重新核对"):
        session.apply(plan, files, author)
    assert size() == before


def test_stopping_in_the_middle_leaves_nothing(author: Author, tmp_path: Path) -> None:
    plan, files = planned(workbook(tmp_path / "名册.xlsx", {"Sheet1": crowd(1200)}))
    before = size()
    reached = []

    def progress(done: int, total: int) -> None:
        reached.append(done)
        if done >= 1000:
            raise Stopped

    with pytest.raises(Stopped):
        session.apply(plan, files, author, progress=progress)
    assert (reached[-1], size()) == (1000, before)
    session.apply(plan, files, author)
    assert Worker.select().count() == 1200


def test_a_refused_row_beside_good_ones_is_returned_beside_its_file(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [["姓名", "身份证号"], ["王砚舟", WANG[:-1] + "3"], ["李芷汐", LI]], name="名册")
    assert [path.name for path in done.outcome.returned.values()] == ["名册_退回.xlsx"]
    clean = imported_rows(author, tmp_path, [["姓名", "身份证号"], ["王砚舟", WANG]], name="干净")
    assert clean.outcome.returned == {}


#: A process of its own that imports a file and kills itself, without any farewell, at the given statement.
KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import datetime as dt
from pathlib import Path
from importers import session
from importers.session import ImportOptions
from importers.rows.decisions import Decisions
from models.engine import database
from models.register import laptop
folder, key, path, marker, count = Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), sys.argv[5], int(sys.argv[6])
database.connect(folder / "register.db", key)
files = session.read([path], ImportOptions())
views = session.understand(files, ImportOptions(), Decisions(), dt.date(2026, 11, 22))
plan = session.make_plan(files, views, ImportOptions(), dt.date(2026, 11, 22))
seen = 0
def trace(statement):
    global seen
    seen += statement.startswith(marker)
    if seen == count:
        os.kill(os.getpid(), signal.SIGKILL)
database.db.connection().set_trace_callback(trace)
session.apply(plan, files, laptop.author(folder))
database.close()
print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    ("marker", "count"),
    [('INSERT INTO "change"', 1), ('INSERT INTO "bundle"', 1), ('INSERT INTO "worker"', 300), ("COMMIT", 1), ("never", 1)],
)
def test_an_import_that_is_killed_leaves_the_register_as_it_was(
    register: Register, author: Author, tmp_path: Path, marker: str, count: int
) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号"], ["李芷汐", LI]], name="以前")
    before = size()
    room.close_register()
    path = workbook(tmp_path / "名册.xlsx", {"Sheet1": crowd(600)})
    command = [sys.executable, "-c", KILLED, str(ROOT), str(register.folder), register.key_hex, str(path), marker, str(count)]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ, timeout=60, check=False)
    database.connect(register.file, register.key_hex)
    assert database.damage(deep=True) == []
    if marker == "never":
        # the same process does import when nobody kills it
        assert (ended.stdout, Worker.select().count()) == ("done\n", 601)
    else:
        assert (ended.returncode, ended.stdout) == (-9, "")
        assert size() == before
        assert imported(author, path).counts == {"new": 600}


def test_a_roster_of_20000_rows_is_imported(author: Author, tmp_path: Path) -> None:
    lines = (",".join(map(str, row)) for row in crowd(20_000))
    path = tmp_path / "大名册.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    begun = time.perf_counter()
    done = imported(author, path)
    first = time.perf_counter()
    again = imported(author, path)
    print(f"20,000 rows: {first - begun:.1f} s, again: {time.perf_counter() - first:.1f} s")
    assert (done.counts, again.counts) == ({"new": 20_000}, {"same": 20_000})
    assert Worker.select().where(Worker.membership_state == "在册").count() == 20_000
