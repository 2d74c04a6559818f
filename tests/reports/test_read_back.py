"""What leaves the register comes back as the same: lists, layouts, rosters, hand-ins, working lists, Word documents, templates.

A paper that is no list is left out, and says so; a list whose numbers are covered is known by what can be seen of them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import template
from importers.plan.steps import Create
from models.editing.moving import enter
from models.editing.officers import enter_officer
from models.handins.making import HandInChoice, make
from models.handins.templates import HandInTemplate, ready_templates
from models.journal.writer import Author
from models.ledger import entries
from models.lists import selection
from models.lists.listings import Selection
from models.lists.print_forms import PrintForm, plain_form, ready_forms
from models.records.employer import Coverage, Employer
from models.records.forms import FORMS
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.sites import sites
from models.worklists.lists import find_worklist, make_worklist
from reports import handout
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.handin_file import write_handin
from reports.list_file import write_listing
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import kind_of_list
from reports.listing.worklists import write_worklist
from reports.roster import compose
from tests.aids.case_world import case
from tests.aids.sound_union import UNION, employer, member, union
from tests.aids.speaking import LI, TODAY, ZHAO, imported, made, workbook
from tests.aids.whole_window import made_once, own_copy
from tests.handins.test_handins import WHOLE, person, place

#: Lists whose layouts the importer reads; the others (changes of membership, regions) are no forms of its own.
KINDS = ("workers", "employers", "unions", "headcounts")
#: Reports whose rows are records; all others are papers.
LISTS = ("roster", "drive", "list", "cards", "labels", "tree")


def fill(author: Author, folder: Path) -> None:
    """Members with and without employers, rare names, several unions, ranges for counts; and what is known by its name alone."""
    of = union(author, name="重庆霁蓝虚构印务有限公司工会", region=place())
    firm = employer(author, of=of, region=place(), address="示例路1号", economy="私营经济", industry="制造业")
    joint = union(author, name="渝中区大坪街道商圈联合工会", union_type="联合基层工会", region=place("渝中区大坪街道"))
    person(author, "王五", of, firm)
    person(author, "张𫖯", of, firm, id_number=LI, sex="女", birth_date="1990-02-28", phone="19900000002")
    values = WHOLE | {"id_number": ZHAO, "birth_date": "1978-11-11", "phone": "19900000003"}
    unknown = member(author, "买买提·艾合买提江", **values)  # where they work nobody knows
    enter("入会", [unknown], "2024-05-06", author, union=joint)
    made(author, HeadCount, subject=firm, subject_kind="单位", as_of="2026-06-30", source="社保", staff_count=33)
    rest(author, folder, of, firm)


def rest(author: Author, folder: Path, of: str, firm: str) -> None:
    """One of everything else that is listed, and what an export may say in less words than the register holds."""
    rows = [["会员花名册"], ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"],
            ["钱七", "500106199001011231", "19900000007", "重庆未核实公司工会", "重庆未核实公司", "2026-03-04"]]  # fmt: skip
    imported(author, workbook(folder / "只有名称的.xlsx", {"会员": rows}))
    values = {"id_number": "510202196811119031", "birth_date": "1968-11-11", "sex": "男", "phone": "19900000008"}
    member(author, "孙留", ("保留", "2025-01-02", of), employer=firm, **values)  # when they joined nobody knows
    school = employer(author, None, name="沙坪坝区示例小学", nature="其他事业单位", non_public=None, region=place())
    made(author, HeadCount, subject=school, subject_kind="单位", source="街道摸排", staff_count=20, staff_count_upper=30, approximate=1)
    made(author, HeadCount, subject=school, subject_kind="单位", as_of="2026-03", source="税务", staff_count=31)
    case(author, employer(author, 60, name="重庆应建示例有限公司", region=place(), contact="李示例"))
    enter_officer(of, {"name": "赵示例", "body": "工会委员会", "post": "主席", "since": "2025-05-06"}, author, TODAY)
    index = load_index(TODAY)
    texts = {"ledger_kind": "劳动争议调解", "date": "2026-02-03", "title": "劳动合同", "people": "12", "quantity": "2"}
    entries.add(entries.read(texts, index), author)
    sites.add(sites.read({"site_kind": "驿站", "name": "甲站", "region": "沙坪坝区小龙坎街道", "since": "2026-02"}, index), author)
    make_worklist("2027年春节慰问", "慰问", "workers", author, [str(row.uid) for row in Worker.select()])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def author(filled: Register, tmp_path: Path) -> Iterator[Author]:
    with own_copy(filled, tmp_path / "own"):
        yield Author("tests", "陈示例")


def read_back(author: Author, path: Path) -> dict[str, int]:
    """How many rows of a file are new, updated, the same …; nothing is written."""
    return dict(imported(author, path, apply=False).counts)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("masked", [True, False])
def test_a_list_that_was_exported_comes_back_as_the_same(
    author: Author, tmp_path: Path, kind: str, ending: str, masked: bool
) -> None:
    path = tmp_path / f"名单{ending}"
    written = write_listing(
        Selection(kind, today=TODAY), selection.listed_columns(kind), masked, load_index(TODAY), path
    )
    assert (written.rows or 0) > 0
    assert read_back(author, path) == {"same": written.rows}


@pytest.mark.parametrize("form", [*ready_forms(), *map(plain_form, KINDS)], ids=lambda form: f"{form.kind} {form.name}")
def test_a_layout_of_a_list_comes_back_as_the_same_or_is_no_form_of_ours(author: Author, tmp_path: Path, form: PrintForm) -> None:
    """A sheet to post or to sign has no numbers, or half a name: it says nothing new of anybody, whatever is made of it."""
    report = list_report(
        Selection(kind_of_list(form), today=TODAY), form, ListPaper("某区总工会", TODAY.isoformat(), masked=False), load_index(TODAY)
    )
    handout.write(report, tmp_path / "名单.xlsx", "xlsx")
    counts = read_back(author, tmp_path / "名单.xlsx")
    assert not counts.get("updated"), counts
    assert not counts.get("new"), counts


def test_a_roster_comes_back_as_the_same(author: Author, tmp_path: Path) -> None:
    index, seen = load_index(TODAY), 0
    for each in Union.select().order_by(Union.id):
        report = compose(index, ReportChoices(TODAY, TODAY, union=each.uid, masked=False))
        handout.write(report, tmp_path / "名册.xlsx", "xlsx")
        assert read_back(author, tmp_path / "名册.xlsx") == {"same": report.records}
        seen += report.records
    assert seen == 5


@pytest.mark.parametrize("template", ready_templates(), ids=lambda template: template.key)
@pytest.mark.parametrize("masked", [True, False])
def test_what_is_handed_up_comes_back_as_the_same(
    author: Author, tmp_path: Path, template: HandInTemplate, masked: bool
) -> None:
    handed = make(template, HandInChoice(TODAY, masked=masked, refused_too=True), load_index(TODAY))
    write_handin(tmp_path / "上报.xlsx", handed, "", TODAY)
    wanted = {"same": len(handed.rows)} if handed.rows else {}
    assert read_back(author, tmp_path / "上报.xlsx") == wanted


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@pytest.mark.parametrize("name", [name for name in report_kinds() if name != "table"])
def test_a_report_changes_nothing_when_it_comes_back(author: Author, tmp_path: Path, name: str, ending: str) -> None:
    firm, of = Employer.get(Employer.name == "重庆应建示例有限公司"), Union.get(Union.name == "重庆霁蓝虚构印务有限公司工会")
    kind = report_kinds()[name]
    chosen: Any = {"union": of.uid if "union" in kind.takes else "", "employer": firm.uid if "employer" in kind.takes else ""}
    report = kind.compose(load_index(TODAY), ReportChoices(TODAY, TODAY, masked=False, **chosen))
    path = tmp_path / f"报表.{ending}"
    handout.write(report, path, ending)
    done = imported(author, path, apply=False)
    if name in LISTS:
        assert dict(done.counts) == {"same": report.records}
    else:
        assert done.counts == {}
        said = [note for sheet in done.plan.sheets for note in sheet.notes]
        assert any("是建会通自己印的报表" in each for each in said)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("masked", [True, False])
def test_a_working_list_says_nothing_new_of_its_people(author: Author, tmp_path: Path, ending: str, masked: bool) -> None:
    path = tmp_path / f"慰问{ending}"
    write_worklist(find_worklist("2027年春节慰问"), masked, load_index(TODAY), path)
    assert read_back(author, path) == {"same": Worker.select().count()}


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "headcounts"])
def test_a_template_filled_with_what_is_held_comes_back_as_the_same(author: Author, tmp_path: Path, kind: Any) -> None:
    """Whoever fills in the empty form by hand confirms what they write: nothing changes but that it is confirmed."""
    index, path = load_index(TODAY), tmp_path / "模板.xlsx"
    template.write(kind, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[3]}
    rows = selection.rows(Selection(kind, today=TODAY), index)[:20]
    for number, row in enumerate(rows, start=4):
        for column in selection.listed_columns(kind):
            if column.label in places:
                sheet.cell(number, places[column.label], column.kind.export(row[column.name]))
    book.save(path)
    done = imported(author, path, apply=False)
    changed = [write for each in done.plan.sheets for step in each.steps for write in step.writes]
    assert sum(done.counts.values()) == len(rows)
    assert {name for write in changed for name in getattr(write, "changes", {})} <= {"verified", "non_public"}, done.counts
    assert {write.record for write in changed if isinstance(write, Create)} <= {Coverage}, "a union that is called after it"


def test_their_own_workbook_with_our_answers_comes_back_as_the_same(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "手机", "所属工会", "入会日期"]
    new = ["周新", "500106199203041236", "19900000009", UNION, "2026-05-06"]
    rows = [head, new, ["吴错", "500106199203", None, UNION, "2026-13-01"]]
    done = imported(author, workbook(tmp_path / "名单.xlsx", {"会员": rows}))
    assert done.counts == {"new": 1, "refused": 1}
    (returned,) = done.outcome.returned.values()
    assert read_back(author, returned) == {"refused": 1}, "what was taken in stands there no more"


def covered(author: Author, folder: Path, *rows: list[str | None]) -> Any:
    head = ["姓名", "证件号码", "移动电话", "学历"]
    return imported(author, workbook(folder / "打星号.xlsx", {"会员": [head, *rows]}), apply=False)


def test_covered_numbers_are_those_of_the_one_person_whom_they_fit(author: Author, tmp_path: Path) -> None:
    known, other = "500106********9012", "500107********9012"
    done = covered(author, tmp_path, ["王五", known, "199****0001", "本科"], ["王五", other, None, "本科"], ["郑生", known, None, None])
    assert done.counts == {"updated": 1, "refused": 2}, "what stands beside them is read, the numbers stay"
    (update,) = done.plan.sheets[0].steps[0].writes
    assert update.changes == {"education": ("大专", "本科")}
    told = [each.code for each in done.plan.sheets[0].steps[0].problems]
    assert told == ["known-by-cover"]


def test_covered_numbers_that_fit_two_people_are_nobodys(author: Author, tmp_path: Path) -> None:
    member(author, "王五", id_number="500106199101019011", phone="19900000001")
    done = covered(author, tmp_path, ["王五", "500106********901*", None, "本科"])
    assert done.counts == {"refused": 1}
    assert done.codes == [(2, "id-masked-alone")]


def test_a_list_of_somebody_else_confirms_what_was_known_by_name_alone(author: Author, tmp_path: Path) -> None:
    """The same row confirms in their list and says nothing in ours, whatever program saved it since."""
    index, path = load_index(TODAY), tmp_path / "工会.xlsx"
    write_listing(Selection("unions", today=TODAY), selection.listed_columns("unions"), True, index, path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_cols(book.worksheets[0].max_column)  # without the hidden uids
    book.save(path)
    assert set(read_back(author, path)) == {"same"}
    theirs = imported(author, workbook(tmp_path / "报来的.xlsx", {"工会": [["工会名称", "工会类型"], ["重庆未核实公司工会", "单独基层工会"]]}))
    assert theirs.counts == {"updated": 1}
    assert Union.get(Union.name == "重庆未核实公司工会").verified == 1
