"""Lists on paper in any layout: no row lost or doubled, sums that equal separate counts, whatever stands in the rows."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from models.editing.own_fields import NewField, add_own_fields
from models.errors import UserError
from models.journal.writer import Author
from models.ledger import entries
from models.lists.listings import Selection
from models.lists.print_forms import (
    PrintForm,
    find_print_form,
    forget_print_form,
    keep_print_form,
    own_forms,
    plain_form,
    print_forms,
    read_columns,
    ready_forms,
)
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.worker import Worker
from reports import handout, paper
from reports.layout import Layout, lay_out
from reports.listing.listed import USUAL, ListPaper, list_report, masked_name, narrowed
from reports.listing.rows import Span, columns_of_kind
from reports.report import Report, ReportColumn, Section
from tests.aids.case_world import edit, employer, union
from tests.aids.sound_union import member
from tests.aids.speaking import TODAY, made
from tests.reports.test_report import plain_measure

LONG_NAME = "重庆" + "一二三四五六七八九十" * 5 + "示例有限公司"
RARE = "𫖯某"
WHOSE = ListPaper("某区总工会", TODAY.isoformat())


def printed(kind: str, form: PrintForm | None = None, told: ListPaper = WHOSE, **chosen: Any) -> Report:
    return list_report(Selection(kind, **chosen), form or plain_form(kind), told, load_index(TODAY))


def form_of(kind: str, columns: str, **more: Any) -> PrintForm:
    return replace(plain_form(kind), columns=read_columns(columns.split()), **more)


def rows(report: Report) -> list[list[str]]:
    return [list(row) for section in report.sections for row in section.rows]


def texts(report: Report, path: Path) -> list[str]:
    """The text of each page of the PDF, read back."""
    handout.write(report, path, "pdf")
    book = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in book]


def members(author: Author, names: list[str], union_name: str = "甲公司工会") -> str:
    of = union(author, union_name)
    for number, name in enumerate(names):
        member(author, name, ("入会", "2024-05-06", of), phone=f"1990000{number:04d}", sex="女" if number % 2 else "男")
    return of


def test_nothing_one_row_and_the_whole_list(register: Any, author: Author, tmp_path: Path) -> None:
    assert rows(printed("workers")) == []
    assert "没有符合条件的记录" in texts(printed("workers"), tmp_path / "0.pdf")[0]
    members(author, ["王五"])
    report = printed("workers")
    assert [row[:3] for row in rows(report)] == [["1", "王五", "男"]]
    assert list(report.sums)[:2] == ["合计", "1 人"]
    assert "199****0000" in texts(report, tmp_path / "1.pdf")[0]


def test_what_is_long_or_rare_is_printed_and_read_back(author: Author, tmp_path: Path) -> None:
    employer(author, LONG_NAME, 30, "渝中区大坪街道")
    members(author, [RARE])
    told = "".join(texts(printed("employers"), tmp_path / "e.pdf")).replace("\r\n", "").replace("\n", "")
    assert LONG_NAME in told
    assert rows(printed("workers"))[0][1] == RARE


@pytest.mark.parametrize("count", [1, 21, 22, 10_000])
def test_no_row_is_lost_or_doubled_on_paper(count: int, tmp_path: Path) -> None:
    """21 rows and their closing line fill one page."""
    columns = [ReportColumn("序号", 3, "center"), ReportColumn("姓名", 8), ReportColumn("签名", 12, blank=True)]
    lines = [[str(number), f"N{number:05d}", ""] for number in range(1, count + 1)]
    report = Report("名单", "某区总工会", "2026-11-22", columns, [Section("", lines)], sums=["合计", f"{count:,} 人", ""], below=True)
    told = texts(report, tmp_path / "r.pdf")
    found = [word for text in told for word in text.split() if word.startswith("N") and len(word) == 6]
    assert found == [line[1] for line in lines]
    assert len(told) == len(paper.lay_out(report).pages)
    assert [f"{count:,} 人" in text for text in told] == [False] * (len(told) - 1) + [True]
    assert (len(told) == 1) == (count < 22)


def test_thirty_columns_fit_one_page_wide_or_stand_in_parts(author: Author, tmp_path: Path) -> None:
    members(author, ["王五", "李四"])
    names = " ".join(["name", *(column.name for column in columns_of_kind("workers") if column.name != "name")][:30])
    one = printed("workers", form_of("workers", names))
    assert {len(page.texts) > 0 for page in lay_out(one, "", plain_measure).pages} == {True}
    parts = printed("workers", form_of("workers", names, one_wide=False))
    assert len(parts.sections) > 1
    titles = [column.title for section in parts.sections for column in section.columns[2:]]
    assert titles == [column.title for column in one.columns[2:]]
    assert all([row[1] for row in section.rows] == [row[1] for row in rows(one)] for section in parts.sections)
    handout.write(parts, tmp_path / "p.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert sheet.max_column == 31
    assert all("王五" in text for text in texts(parts, tmp_path / "p.pdf")[:1])


def test_groups_have_subtotals_which_equal_separate_counts(author: Author, tmp_path: Path) -> None:
    for name, staff, town in (("重庆甲示例有限公司", 30, "渝中区大坪街道"), ("重庆乙示例有限公司", 40, "渝中区大坪街道"),
                              ("重庆丙示例有限公司", None, "沙坪坝区小龙坎街道"), ("重庆丁示例有限公司", 5, None)):  # fmt: skip
        employer(author, name, staff, town)
    report = printed("employers", form_of("employers", "name staff_count =签名:8 region", group_by="region", signatures=("盖章",)))
    assert [column.title for column in report.columns] == ["序号", "单位名称", "职工人数", "签名"]
    found = {section.heading: (len(section.rows), list(section.sums)) for section in report.sections}
    assert found == {
        "沙坪坝区小龙坎街道": (1, ["小计", "1 家", "", ""]),
        "渝中区大坪街道": (2, ["小计", "2 家", "70", ""]),
        "（未填所在区划）": (1, ["小计", "1 家", "5", ""]),
    }
    assert list(report.sums) == ["合计", "4 家", "75", ""]
    assert sum(row.staff_count or 0 for row in HeadCount.select()) == 75
    handout.write(report, tmp_path / "g.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").active
    *_rows, total, sign = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert [str(cell)[:13] for cell in total[:3]] == ["合计", "=SUBTOTAL(102", "=SUBTOTAL(9,C"]
    assert sign[0] == "盖章："
    kept = openpyxl.load_workbook(tmp_path / "g.xlsx", data_only=True).active
    *_rows, total, sign = [row for row in kept.iter_rows(values_only=True) if any(row)]
    assert total[1:3] == (4, 75)


def test_what_is_no_amount_is_not_added_up(author: Author) -> None:
    of = union(author, "甲公司工会", term_years=5, full_time_staff=2)
    for day, source in (("2026-03-31", "税务"), ("2026-06-30", "工会登记")):
        told: dict[str, Any] = {"subject": of, "subject_kind": "工会", "as_of": day, "source": source}
        made(author, HeadCount, **told, staff_count=30, member_count=20)
    counts = printed("headcounts")
    assert [row[5:7] for row in rows(counts)] == [["30", "20"]] * 2
    assert list(counts.sums) == ["合计", "2 条", "", "", "", "", ""], "the same people, counted twice"
    assert list(printed("unions", form_of("unions", "name term_years full_time_staff")).sums) == ["合计", "1 个", "", "2"]


def test_quantities_of_different_kinds_of_work_have_no_sum_and_those_of_one_kind_have(author: Author) -> None:
    index = load_index(TODAY)
    for kind, title in (("劳动争议调解", "劳动合同"), ("劳动争议调解", "工伤待遇"), ("送温暖送清凉", "走访")):
        told = {"ledger_kind": kind, "date": "2026-02-03", "title": title, "people": "12", "quantity": "2"}
        entries.add(entries.read(told, index), author)
    form = form_of("ledger", "title ledger_kind quantity people")
    assert list(printed("ledger", form).sums) == ["合计", "3 条", "", "", "36"]
    grouped = printed("ledger", replace(form, group_by="ledger_kind"))
    assert [list(section.sums)[1:] for section in grouped.sections] == [["2 条", "4", "24"], ["1 条", "2", "12"]]
    assert list(grouped.sums)[1:] == ["3 条", "", "36"]


def test_each_group_can_be_a_paper_of_its_own_in_copies(author: Author) -> None:
    members(author, ["王五", "李四"])
    members(author, ["赵六"], "乙公司工会")
    form = form_of("workers", "name phone", group_by="union", apart=True, copies=2, duplex=True)
    laid: Layout = lay_out(printed("workers", form), "", plain_measure)
    feet = [next((text.text for text in page.texts if text.text.startswith("第 ")), "") for page in laid.pages]
    assert feet == ["第 1 页 共 1 页", ""] * 3 + ["第 1 页 共 1 页"]
    names = [[text.text for text in page.texts if text.text in ("王五", "李四", "赵六")] for page in laid.pages]
    assert [sorted(each) for each in names if each] == [["李四", "王五"]] * 2 + [["赵六"]] * 2


def test_the_ready_layouts_are_printed_and_name_whom_they_are_about(author: Author, tmp_path: Path) -> None:
    of = members(author, ["王五", "李四"])
    member(author, "赵六", ("入会", "2024-05-06", of), ("保留", "2025-01-02", of), phone="19900000009")
    for form in ready_forms():
        kind = "workers" if form.kind == "events" else form.kind
        report = printed(kind, form)
        assert report.title == form.name
        assert texts(report, tmp_path / "r.pdf")
    voters = printed("workers", find_print_form("workers", "选民名单"))
    assert sorted(row[1] for row in rows(voters)) == ["李四", "王五"]
    assert narrowed(Selection("workers", states=frozenset({"保留"})), find_print_form("workers", "选民名单")).uids == frozenset()
    posted = printed("workers", find_print_form("workers", "公示名单"))
    assert sorted(row[1] for row in rows(posted)) == ["李*", "王*", "赵*"]
    changes = printed("workers", find_print_form("workers", "会籍变动表"), replace(WHOSE, span=Span(dt.date(2025, 1, 1))), union=of)
    assert [row[2] for row in rows(changes)] == ["赵六"]
    assert [masked_name(each) for each in ("", "王", "王五", "欧阳示例", "王五、李四")] == ["", "王", "王*", "欧**例", "王*、李*"]


def test_own_fields_are_columns_groups_and_sums(author: Author) -> None:
    fields = [
        NewField("worker", "党龄", "number", uid="019a0000-0000-7000-8000-000000000001"),
        NewField("worker", "帮扶档次", "choice", ("一档", "二档"), "019a0000-0000-7000-8000-000000000002"),
    ]
    add_own_fields(fields, author)
    members(author, ["王五", "李四"])
    party, level = (each.field for each in fields)
    for name, values in (("王五", {party: 350_000, level: "一档"}), ("李四", {party: 1_005_000, level: "一档"})):
        edit(author, Worker, str(Worker.get(Worker.name == name).uid), **values)
    report = printed("workers", form_of("workers", "name 党龄 帮扶档次", group_by=level))
    (section,) = report.sections
    found = sorted(list(row[1:]) for row in section.rows)
    assert (section.heading, found, list(section.sums)) == ("一档", [["李四", "100.5"], ["王五", "35"]], ["小计", "2 人", "135.5"])


def test_a_layout_is_kept_found_replaced_and_forgotten(author: Author) -> None:
    form = form_of("workers", "name:6 =签名:8", group_by="union", paper="A3", notes=("一", "二"), size=10.5, one_wide=False)
    assert keep_print_form(form, " 我的  版式 ", author)
    (kept,) = own_forms("workers")
    assert replace(kept, uid="", name="") == form
    assert find_print_form("workers", "我的 版式") == kept
    assert keep_print_form(replace(form, copies=3), "我的 版式", author)
    assert [each.copies for each in own_forms("workers")] == [3]
    for name, sentence in (("", "起个名字"), ("公示名单", "自带的版式")):
        with pytest.raises(UserError, match=sentence):
            keep_print_form(form, name, author)
    with pytest.raises(UserError, match="不能删除"):
        forget_print_form(find_print_form("workers", "公示名单"), author)
    assert forget_print_form(own_forms("workers")[0], author)
    assert own_forms("workers") == []
    with pytest.raises(UserError, match="没有版式“无”，可以用：慰问品签领表"):
        find_print_form("workers", "无")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [("=", "不是一栏"), ("name:x", "不是一栏"), ("name:99", "不是一栏"), ("=签:8 " * 61, "最多 60 栏"), ("bogus", "没有“bogus”一栏")],
)
def test_a_column_that_is_none_is_told(register: Any, columns: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        printed("workers", form_of("workers", columns))


def test_every_list_has_its_usual_columns(register: Any) -> None:
    for kind, names in USUAL.items():
        assert set(names) <= {column.name for column in columns_of_kind(kind)}
        listed = rows(printed("workers" if kind == "events" else kind, plain_form(kind)))
        assert (listed == []) == (kind != "regions"), "places come with the program"
    assert print_forms("headcounts") == []
