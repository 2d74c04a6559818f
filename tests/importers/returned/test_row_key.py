import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.records.region import load_index
from models.uid import KEY_TITLE
from reports.list_file import write_listing
from samples import make_samples
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, Done, imported, imported_rows, listed, workbook

MEMBERS = [
    ["重庆示例甲有限公司工会会员花名册"],
    ["姓名", "身份证号", "手机号", "单位名称", "所属工会", "入会日期"],
    ["王示例", WANG, "19900000001", "重庆示例甲有限公司", "重庆示例甲有限公司工会", "2024-05-06"],
    ["李示例", LI, "19900000002", "重庆示例甲有限公司", "重庆示例甲有限公司工会", "2024-05-06"],
    ["赵示例", ZHAO, "19900000003", "重庆示例甲有限公司", "重庆示例甲有限公司工会", "2024-05-06"],
]
QIAN = "500106199201019019"


def export(kind: str, path: Path, masked: bool = True) -> Path:
    """What ``list --out`` writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_listing(Selection(kind), selection.listed_columns(kind), masked, load_index(TODAY), path)
    return path


def edited(path: Path, *edits: tuple[str, str, Any]) -> Path:
    """The export after somebody typed over cells: (name in the row, column's title, new value)."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    for name, title, value in edits:
        row = next(row for row in sheet.iter_rows(min_row=2) if name in [cell.value for cell in row])
        row[titles.index(title)].value = value
    book.save(path)
    return path


def copied(path: Path, name: str, **values: Any) -> Path:
    """The export after somebody copied a row, hidden cells too, to write another person over the copy."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    row = next([cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[0].value == name)
    sheet.append([values.get(str(title), value) for title, value in zip(titles, row, strict=True)])
    book.save(path)
    return path


@pytest.fixture
def members(author: Author, tmp_path: Path) -> Author:
    """A register with three members."""
    done = imported_rows(author, tmp_path / "first", MEMBERS)
    assert done.counts == {"new": 3}
    return author


def test_an_export_carries_a_hidden_last_column_with_the_records_uids(members: Author, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(export("workers", tmp_path / "名册.xlsx")).active
    last = sheet.max_column
    assert sheet.cell(1, last).value == KEY_TITLE
    assert [sheet.cell(row, last).value for row in (2, 3, 4)] == [uid for (uid,) in listed("workers", "uid")]
    letter = sheet.cell(1, last).column_letter
    assert sheet.column_dimensions[letter].hidden
    assert sheet.auto_filter.ref == f"A1:{letter}4", "sorting takes the keys along"


def test_the_key_column_is_no_column_to_be_mapped(members: Author, tmp_path: Path) -> None:
    done = imported(members, export("workers", tmp_path / "名册.xlsx"))
    mapping = done.plan.sheets[0].mapping
    assert mapping
    assert mapping.matches[-1].header == KEY_TITLE
    assert mapping.matches[-1].field is None


@pytest.mark.parametrize("masked", [True, False])
def test_an_export_that_nobody_edited_changes_nothing(members: Author, tmp_path: Path, masked: bool) -> None:
    done = imported(members, export("workers", tmp_path / "名册.xlsx", masked))
    assert done.counts == {"same": 3}
    assert done.outcome.batch is None
    assert [code for _row, code in done.codes] == []


def test_a_corrected_name_and_a_corrected_number_are_updates_of_the_same_person(members: Author, tmp_path: Path) -> None:
    path = edited(
        export("workers", tmp_path / "名册.xlsx", masked=False), ("王示例", "姓名", "汪示例"), ("李示例", "证件号码", QIAN)
    )
    done = imported(members, path)
    assert done.counts == {"updated": 2, "same": 1}
    assert listed("workers", "name", "id_number") == [("汪示例", WANG), ("李示例", QIAN), ("赵示例", ZHAO)]


def test_masked_numbers_never_overwrite_the_true_ones(members: Author, tmp_path: Path) -> None:
    path = edited(export("workers", tmp_path / "名册.xlsx"), ("王示例", "民族", "土家族"), ("李示例", "移动电话", "19900000009"))
    written = {cell.value for row in openpyxl.load_workbook(path).active for cell in row}
    assert WANG not in written
    assert "199****0001" in written
    done = imported(members, path)
    assert done.counts == {"updated": 2, "same": 1}
    assert done.codes == []
    assert listed("workers", "name", "id_number", "phone", "ethnicity")[:2] == [
        ("王示例", WANG, "19900000001", "土家族"),
        ("李示例", LI, "19900000009", None),
    ]


def test_a_masked_number_that_was_changed_is_told_and_dropped(members: Author, tmp_path: Path) -> None:
    path = edited(export("workers", tmp_path / "名册.xlsx"), ("王示例", "证件号码", "500***********9999"))
    done = imported(members, path)
    assert done.codes == [(2, "id-masked")]
    assert listed("workers", "id_number")[0] == (WANG,)


def test_a_row_copied_with_its_key_to_add_somebody_is_somebody_new(members: Author, tmp_path: Path) -> None:
    path = copied(export("workers", tmp_path / "名册.xlsx", masked=False), "王示例", 姓名="钱示例", 证件号码=QIAN, 移动电话=None)
    done = imported(members, path)
    assert done.counts == {"same": 3, "new": 1}
    assert [name for (name,) in listed("workers", "name")] == ["王示例", "李示例", "赵示例", "钱示例"]


def test_a_row_typed_over_with_somebody_else_is_asked(members: Author, tmp_path: Path) -> None:
    path = edited(
        export("workers", tmp_path / "名册.xlsx", masked=False), ("王示例", "证件号码", QIAN), ("王示例", "姓名", "钱多多")
    )
    done = imported(members, path)
    assert done.counts == {"conflict": 1, "same": 2}
    assert (2, "key-contradicts") in done.codes
    assert listed("workers", "name")[0] == ("王示例",)


def test_a_number_that_is_somebody_elses_is_asked(members: Author, tmp_path: Path) -> None:
    path = edited(export("workers", tmp_path / "名册.xlsx", masked=False), ("王示例", "证件号码", LI))
    done = imported(members, path)
    assert (2, "key-number-taken") in done.codes
    assert listed("workers", "name", "id_number")[0] == ("王示例", WANG)


@pytest.mark.parametrize(
    ("answer", "people"),
    [
        ("update", ["钱多多", "李示例", "赵示例"]),
        ("new", ["王示例", "李示例", "赵示例", "钱多多"]),
        ("skip", ["王示例", "李示例", "赵示例"]),
    ],
)
def test_a_person_says_what_a_row_typed_over_is(
    members: Author, tmp_path: Path, answer: str, people: list[str]
) -> None:
    path = edited(
        export("workers", tmp_path / "名册.xlsx", masked=False), ("王示例", "证件号码", QIAN), ("王示例", "姓名", "钱多多")
    )
    files = session.read([path], ImportOptions())
    key = (files[0].name, files[0].sheets[0].head.sheet)
    decided = Decisions(rows={key: {2: answer}})
    views = session.understand(files, ImportOptions(), decided, TODAY)
    plan = session.make_plan(files, views, ImportOptions(), TODAY, decisions=decided)
    session.apply(plan, files, members)
    assert [name for (name,) in listed("workers", "name")] == people


def test_a_key_that_the_register_does_not_hold_counts_for_nothing(author: Author, tmp_path: Path) -> None:
    foreign = "01990000-0000-7000-8000-000000000000"
    imported_rows(author, tmp_path / "1", MEMBERS)
    done = imported_rows(
        author, tmp_path / "2", [["姓名", "身份证号", "手机号", KEY_TITLE], ["王示例", WANG, "19900000007", foreign]]
    )
    assert done.counts == {"updated": 1}
    assert listed("workers", "name", "phone")[0] == ("王示例", "19900000007")


def test_the_key_of_an_employer_counts_for_nothing_in_a_roster(members: Author, tmp_path: Path) -> None:
    ((employer,),) = listed("employers", "uid")
    done = imported_rows(members, tmp_path / "2", [["姓名", "身份证号", KEY_TITLE], ["钱示例", QIAN, employer]])
    assert done.counts == {"new": 1}


def test_an_employer_renamed_and_given_its_right_code_is_the_same_employer(author: Author, tmp_path: Path) -> None:
    first = [["单位名称", "统一社会信用代码"], ["重庆示例甲有限公司", "91500106MA5U00001A"], ["重庆示例乙有限公司", None]]
    imported_rows(author, tmp_path / "1", first, kind="employers")
    path = edited(export("employers", tmp_path / "单位.xlsx"), ("重庆示例乙有限公司", "单位名称", "重庆示例乙（集团）有限公司"))
    done = imported(author, path)
    assert done.counts == {"same": 1, "updated": 1}
    assert sorted(listed("employers", "name")) == [("重庆示例乙（集团）有限公司",), ("重庆示例甲有限公司",)]


def test_a_head_count_is_corrected_in_its_place(author: Author, tmp_path: Path) -> None:
    table = [["单位名称", "统计日期", "数据来源", "职工人数"], ["重庆示例甲有限公司", "2026-01-01", "社保", 40]]
    imported_rows(author, tmp_path / "1", table, kind="headcounts")
    path = edited(
        export("headcounts", tmp_path / "人数.xlsx"), ("重庆示例甲有限公司", "职工人数", 44), ("重庆示例甲有限公司", "统计日期", "2026-02-01")
    )
    done = imported(author, path)
    assert done.counts == {"updated": 1}
    assert listed("headcounts", "as_of", "source", "staff_count") == [("2026-02-01", "社保", 44)]


@pytest.mark.parametrize("masked", [True, False])
def test_every_list_of_a_full_register_comes_back_without_a_change(author: Author, tmp_path: Path, masked: bool) -> None:
    folder = shutil.copytree(Path(make_samples.__file__).parent, tmp_path / "samples")
    imported(author, *sorted(each for each in folder.iterdir() if each.name[:2].isdigit()))
    for kind in ("employers", "unions", "headcounts", "workers"):
        done: Done = imported(author, export(kind, tmp_path / f"{kind}.xlsx", masked))
        assert set(done.counts) == {"same"}, kind
        assert done.outcome.batch is None


def test_an_export_edited_wrongly_comes_back_with_its_keys_and_is_still_the_same_person(
    members: Author, tmp_path: Path
) -> None:
    path = edited(export("workers", tmp_path / "名册.xlsx", masked=False), ("王示例", "证件号码", WANG[:-1] + "8"))
    done = imported(members, path)
    assert done.counts == {"refused": 1, "same": 2}
    (back,) = done.outcome.returned.values()
    again = imported(members, edited(back, ("王示例", "证件号码", QIAN)))
    assert again.counts == {"updated": 1}
    assert listed("workers", "name", "id_number")[0] == ("王示例", QIAN)


def test_a_key_in_the_hand_of_a_plain_list_is_read_from_any_column(members: Author, tmp_path: Path) -> None:
    ((uid,), *_others) = listed("workers", "uid")
    done = imported(members, workbook(tmp_path / "表.xlsx", {"名单": [[KEY_TITLE, "姓名", "电话"], [uid, "王示列", "19900000001"]]}))
    assert done.counts == {"updated": 1}
    assert listed("workers", "name")[0] == ("王示列",)
