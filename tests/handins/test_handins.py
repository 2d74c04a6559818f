"""What is handed up: the cells, the strict check, what differs since the last time, their answers, templates of one's own."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from importers.handin_answers import read_answers
from models.editing import editing
from models.editing.moving import enter
from models.errors import UserError
from models.handins.making import HandInChoice, HandInMade, make
from models.handins.submitted import keep_answers, rows_of, submissions
from models.handins.templates import (
    HandInTemplate,
    find_template,
    forget_template,
    keep_template,
    plain,
    read_template,
    ready_templates,
    templates,
)
from models.journal.settings import change_setting
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from reports.handin_file import hand_up
from tests.aids.case_world import case
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported, made, workbook
from tests.aids.trailed import kept

FIRM, NAME = "重庆霁蓝虚构印务有限公司", "重庆霁蓝虚构印务有限公司工会"
CODE = "91500106MA5XXAMP0X"
#: All that the sheet with 20 columns asks of a person.
WHOLE: dict[str, Any] = {
    "sex": "男", "birth_date": "1985-03-07", "ethnicity": "汉族", "employment_state": "在岗", "id_type": "居民身份证", "education": "大专",
    "skill_level": "无", "phone": "19900000001", "household_type": "农业户口", "household_place": "重庆市沙坪坝区",
    "political_status": "无党派民主人士", "native_place": "重庆", "migrant_worker": 1, "id_number": WANG,
}  # fmt: skip


def place(name: str = "沙坪坝区小龙坎街道") -> str:
    found = load_index(TODAY).resolve(name).uid
    assert found is not None
    return found


def person(author: Author, name: str, of: str, firm: str, **values: Any) -> str:
    uid = member(author, name, employer=firm, **(WHOLE | values))
    enter("入会", [uid], "2024-05-06", author, union=of, reason="劳动（工作）关系发生变化")
    return uid


def world(author: Author) -> tuple[str, str]:
    """A union of one employer, with a union above; uids of the union and the employer."""
    parent = union(author, name="沙坪坝区小龙坎街道总工会", union_type="总工会")
    of = union(author, {"staff_count": 30, "member_count": 28}, parent=parent, region=place(), phone="023-65400001")
    firm = employer(author, of=of, region=place(), address="示例路1号", economy="私营经济", industry="制造业")
    return of, firm


def make_it(key: str, **choice: Any) -> HandInMade:
    return make(find_template(key), HandInChoice(TODAY, **choice), load_index(TODAY))


def refused(made_: HandInMade) -> dict[str, str]:
    return {each.field: each.why for each in made_.refused}


def strict(path: Path, template: HandInTemplate) -> list[list[str]]:
    """A strict importer, written apart: the rows that it takes. It refuses the whole file for anything that is wrong."""
    sheet: Worksheet = openpyxl.load_workbook(path).worksheets[0]
    titles = [each.title for each in template.columns]
    head = next(n for n in range(1, 10) if [sheet.cell(n, c + 1).value for c in range(len(titles))] == titles)
    assert sheet.max_column == len(titles)
    assert [each for each in sheet.merged_cells.ranges if each.max_row > head] == []
    last = sheet.max_row
    assert str(sheet.cell(last, 1).value).startswith("填表说明")
    rows = []
    for number in range(head + 1, last):
        cells = [sheet.cell(number, c + 1) for c in range(len(titles))]
        for column, cell in zip(template.columns, cells, strict=True):
            text = "" if cell.value is None else str(cell.value)
            assert text or not column.required, (number, column.title)
            assert not text or not column.allowed or text in column.allowed
            if column.check == "id18" and text:
                assert (len(text), cell.data_type, cell.number_format) == (18, "s", "@")
            if column.format == "yyyy/MM/dd" and text and not column.partial:
                dt.datetime.strptime(text, "%Y/%m/%d")
        rows.append(["" if cell.value is None else str(cell.value) for cell in cells])
    return rows


def test_the_strict_importer_takes_what_is_handed_up_and_ours_reads_it_back_as_the_same(
    register: Register, author: Author, tmp_path: Path
) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    person(author, "张𫖯", of, firm, id_number=LI, sex="女", birth_date="1990-02-28", phone="19900000002")
    made(author, HeadCount, subject=firm, subject_kind="单位", as_of="2026-06-30", source="社保", staff_count=33)
    made(author, DriveCase, employer=employer(author, 40, name="重庆松石虚构餐饮有限公司", region=place(), address="二路",
        credit_code="91500106MA5UXAMP04"), stage="筹建中", preparation_start="2026-05", opened_on="2026-01-02")  # fmt: skip
    for template in ready_templates():
        result = make_it(template.key)
        path = tmp_path / f"{template.key}.xlsx"
        hand_up(path, result, TODAY, author)
        rows = strict(path, template)
        assert len(rows) == len(result.rows) > 0, (template.key, refused(result))
        done = imported(author, path, apply=False)
        assert done.counts == {"same": len(rows)}, template.key
    assert {row.template for row in submissions()} == {each.key for each in ready_templates()}
    exports = kept("export")
    assert [(row.what, row.rows, bool(row.full)) for row in exports][:2] == [("会员信息采集表", 2, True), ("工会组织信息采集表", 1, True)]
    assert exports[0].purpose == "上报：会员信息采集表"


def test_a_union_in_the_place_of_an_unknown_employer_is_no_news_of_where_they_work(
    register: Register, author: Author, tmp_path: Path
) -> None:
    """The import of 24 columns has one for employer or union: the name of a member's own union says nothing of their work."""
    of, firm = world(author)
    person(author, "王五", of, firm)
    unknown = member(author, "李四", **(WHOLE | {"id_number": LI, "birth_date": "1990-02-28", "sex": "女", "phone": "19900000002"}))
    enter("入会", [unknown], "2024-05-06", author, union=of)
    made_ = make_it("members-24", refused_too=True)
    hand_up(tmp_path / "24.xlsx", made_, TODAY, author)
    assert {each.cells[8] for each in made_.rows} == {FIRM, NAME}
    assert imported(author, tmp_path / "24.xlsx", apply=False).counts == {"same": 2}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"ethnicity": None}, "ethnicity", "没有填，对方要求必填"),
        ({"employment_state": "离休"}, "employment_state", "“离休”不在对方的选项里"),
        ({"birth_date": "1985-03"}, "birth_date", "只知道到“1985-03”，请补到哪一天"),
        ({"id_number": WANG[:-1] + "0"}, "id_number", "证件号码的校验位或出生日期不对，请对照证件"),
        ({"id_number": "500106850307901"}, "id_number", "证件号码要 18 位"),
        ({"id_type": "护照", "id_number": "G12345678"}, "id_type", "“护照”不在对方的选项里"),
        ({"phone": "023-65400001"}, "phone", "要一个 11 位的手机号"),
        ({"employment_state": "退休"}, "employment_state", "已经退休的人不能作为新入会上报"),
    ],
)
def test_what_would_be_refused_is_left_out_and_says_what_to_mend(
    register: Register, author: Author, change: dict[str, Any], field: str, said: str
) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm, **change)
    result = make_it("members-2017")
    assert (len(result.rows), refused(result)) == (0, {field: said})
    assert len(make_it("members-2017", refused_too=True).rows) == 1


def test_the_same_number_twice_is_refused(register: Register, author: Author) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    person(author, "赵六", of, firm)
    result = make_it("members-2017")
    assert len(result.rows) == 1
    assert "对方会说重复" in refused(result)["id_number"]


def test_only_what_changed_since_the_last_time_and_who_left(register: Register, author: Author, tmp_path: Path) -> None:
    of, firm = world(author)
    one, two = person(author, "王五", of, firm), person(author, "李四", of, firm, id_number=LI)
    three = person(author, "赵六", of, firm, id_number=ZHAO)
    hand_up(tmp_path / "1.xlsx", make_it("members-2017"), TODAY, author)
    assert make_it("members-2017", since_last=True).rows == []
    index = load_index(TODAY)
    held = editing.held("worker", one)
    editing.save("worker", held, editing.understand("worker", {"education": "本科"}, held, TODAY, index), author)
    enter("转出", [two], "2026-10-05", author, reason="劳动（工作）关系发生变化")
    four = person(author, "周七", of, firm, id_number="500106199001019030")
    found = make_it("members-2017", since_last=True)
    assert ({each.uid for each in found.rows}, found.fresh, found.altered) == ({one, two, four}, {four}, {one, two})
    assert found.since == TODAY.isoformat()
    left = next(each for each in found.rows if each.uid == two)
    assert left.cells[12:15] == ("转出", "2026/10/05", "劳动（工作）关系发生变化")
    assert make_it("members-2017").gone == [two]
    done = hand_up(tmp_path / "2.xlsx", found, TODAY, author)
    assert [each.uid for each in make_it("members-2017", since_last=True).rows] == []
    assert three not in {row.record for row in rows_of(str(done.submission))}
    assert done.batch is not None
    undo(done.batch, author)
    assert {each.uid for each in make_it("members-2017", since_last=True).rows} == {one, two, four}


@pytest.mark.parametrize("how", ["转出", "退会", "除名"])
@pytest.mark.parametrize("of_what", ["all", "union", "region"])
def test_whoever_left_is_told_where_they_had_been_handed_up(
    register: Register, author: Author, tmp_path: Path, how: str, of_what: str
) -> None:
    """With a union or a region alone, too: whoever left has no union any more, the one they left tells what became of them."""
    of, firm = world(author)
    other = union(author, name="重庆松石虚构餐饮有限公司工会", region=place("渝中区大坪街道"))
    chosen: dict[str, dict[str, Any]] = {
        "all": {}, "union": {"union": of}, "region": {"regions": frozenset(load_index(TODAY).below(place()))},
    }  # fmt: skip
    stays, leaves, elsewhere = person(author, "王五", of, firm), person(author, "李四", of, firm, id_number=LI), person(
        author, "赵六", other, firm, id_number=ZHAO)  # fmt: skip
    hand_up(tmp_path / "1.xlsx", make_it("members-2017"), TODAY, author)
    for uid in (leaves, elsewhere):
        enter(how, [uid], "2026-10-05", author, reason="劳动（工作）关系发生变化")
    found = make_it("members-2017", since_last=True, **chosen[of_what])
    assert {each.uid for each in found.rows} == {leaves} | ({elsewhere} if of_what == "all" else set())
    hand_up(tmp_path / "2.xlsx", found, TODAY, author)
    assert make_it("members-2017", since_last=True, **chosen[of_what]).rows == []
    assert stays not in found.fresh | found.altered


def test_whoever_moved_to_another_union_is_told_there_and_not_as_having_left(
    register: Register, author: Author, tmp_path: Path
) -> None:
    of, firm = world(author)
    other = union(author, name="重庆松石虚构餐饮有限公司工会", region=place("渝中区大坪街道"))
    moves = person(author, "王五", of, firm)
    hand_up(tmp_path / "1.xlsx", make_it("members-2017"), TODAY, author)
    enter("转入", [moves], "2026-10-05", author, union=other, reason="劳动（工作）关系发生变化")
    assert make_it("members-2017", since_last=True, union=of).rows == []
    assert {each.uid for each in make_it("members-2017", since_last=True, union=other).rows} == {moves}


def test_their_answers_are_read_back_and_what_failed_is_handed_up_again(
    register: Register, author: Author, tmp_path: Path
) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    two = person(author, "李四", of, firm, id_number=LI)
    path = tmp_path / "1.xlsx"
    hand_up(path, make_it("members-2017"), TODAY, author)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    wide = sheet.max_column
    sheet.cell(3, wide + 1, "是否导入成功")
    sheet.cell(3, wide + 2, "错误原因")
    for row in (4, 5):
        failed = sheet.cell(row, 8).value == LI
        sheet.cell(row, wide + 1, "否" if failed else "是")
        sheet.cell(row, wide + 2, "证件号码已存在" if failed else None)
    book.save(tmp_path / "结果.xlsx")
    found = read_answers(tmp_path / "结果.xlsx")
    keep_answers(found.submission.uid, found.answers, author)
    (past,) = submissions("members-2017")
    assert (past.taken, past.failed, found.unknown) == (1, 1, [])
    assert [(row.called, row.result, row.reason) for row in rows_of(past.uid, "失败")] == [("李四", "失败", "证件号码已存在")]
    assert [each.uid for each in make_it("members-2017", since_last=True).rows] == [two]
    assert keep_answers(found.submission.uid, found.answers, author) is None


def test_a_file_without_answers_is_told(register: Register, author: Author, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"a": [["姓名", "证件号码"], ["王五", WANG]]})
    with pytest.raises(UserError, match="没有“是否成功”这一栏"):
        read_answers(path)
    path = workbook(tmp_path / "b.xlsx", {"a": [["姓名", "证件号码", "是否成功"], ["王五", WANG, "是"]]})
    with pytest.raises(UserError, match="和上报过的都对不上"):
        read_answers(path)


def test_a_masked_sheet_is_no_submission(register: Register, author: Author, tmp_path: Path) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    done = hand_up(tmp_path / "1.xlsx", make_it("members-2017", masked=True), TODAY, author, masked=True)
    assert (done.submission, submissions()) == (None, [])
    values = [cell.value for row in openpyxl.load_workbook(tmp_path / "1.xlsx").worksheets[0].iter_rows() for cell in row]
    assert WANG not in values
    assert "500***********9012" in {str(each) for each in values} or any("****" in str(each) for each in values)
    assert not kept("export")[0].full


def test_a_joint_union_stands_once_and_is_not_in_the_sheet_of_single_units(register: Register, author: Author) -> None:
    of, _firm = world(author)
    employer(author, 50, of, name="重庆松石虚构餐饮有限公司")
    assert [each.called for each in make_it("units-13").rows] == []
    rows = make_it("unions-2017").rows
    assert [(each.called, each.cells[0], each.cells[7]) for each in rows] == [(NAME, "", "80")]
    assert Union.select().count() == 2


def test_ones_own_template_is_kept_journaled_and_forgotten(register: Register, author: Author) -> None:
    given = plain(find_template("members-24"))
    given["columns"] = given["columns"][1:4]
    keep_template("本区会员表", given, author)
    own = find_template("本区会员表")
    assert ([each.title for each in own.columns], own.shown, bool(own.uid)) == (["姓名", "性别", "出生日期"], "本区会员表", True)
    assert read_template("x", json.loads(json.dumps(plain(own)))).columns == own.columns
    with pytest.raises(UserError, match="程序自带"):
        keep_template("建会统计", given, author)
    with pytest.raises(UserError, match="程序自带"):
        forget_template(find_template("建会统计"), author)
    forget_template(own, author)
    assert [each.key for each in templates()] == [each.key for each in ready_templates()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": "cars"}, "要写明 rows"), ({"columns": []}, "要有栏目"), ({"footer": ""}, "填表说明"),
        ({"columns": [{"title": ""}]}, "都要有 title"), ({"columns": [{"title": "甲", "field": "salary"}]}, "没有“salary”这一项"),
        ({"columns": [{"title": "生日", "field": "birth_date"}]}, "format 要写成"),
        ({"columns": [{"title": "甲"}, {"title": "甲"}]}, "两栏都叫“甲”"), ({"result": ["一"]}, "两栏"),
        ({"columns": [{"title": "甲", "field": "name", "check": "x"}]}, "check 只能是"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_told(register: Register, change: dict[str, Any], said: str) -> None:
    good = {"rows": "workers", "columns": [{"title": "姓名", "field": "name"}], "footer": "填表说明：无"}
    assert read_template("甲", good).columns[0].field == "name"
    with pytest.raises(UserError, match=said):
        read_template("甲", good | change)


def test_the_fee_office_is_told_of_who_is_preparing(register: Register, author: Author) -> None:
    preparing = employer(author, 40, name="重庆松石虚构餐饮有限公司", region=place(), address="二路", credit_code=None)
    case(author, employer(author, 30, region=place()))
    made(author, DriveCase, employer=preparing, stage="筹建中", preparation_start="2026-05", organizer="陈示例")
    result = make_it("preparing-employers", refused_too=True)
    assert [(each.called, each.cells[10:14]) for each in result.rows] == [("重庆松石虚构餐饮有限公司", ("筹建中", "2026-05", "", "陈示例"))]
    assert refused(result) == {"credit_code": "没有填，对方要求必填"}
    assert Worker.select().count() == 0


def test_the_months_list_has_each_employer_that_prepares_with_all_that_is_asked(
    register: Register, author: Author, tmp_path: Path
) -> None:
    change_setting("organization", "沙坪坝区总工会", author)
    firms = {
        "筹建中": "重庆甲虚构餐饮有限公司", "发展会员": "重庆乙虚构餐饮有限公司", "召开大会": "重庆丙虚构餐饮有限公司", "待批复": "重庆丁虚构餐饮有限公司",
        "待筹建": "重庆戊虚构餐饮有限公司", "已请示": "重庆己虚构餐饮有限公司", "已建会": "重庆庚虚构餐饮有限公司",
    }  # fmt: skip
    for number, (stage, name) in enumerate(firms.items()):
        firm = employer(
            author, 30 + number, name=name, region=place(), address=f"示例路{number}号", credit_code=None, phone="19900000077",
            legal_representative="冯示例", contact="李示例",
        )  # fmt: skip
        made(author, DriveCase, employer=firm, stage=stage, preparation_start="2026-05-06", preparation_number="沙工发〔2026〕3号")
    result = make_it("preparing-employers", refused_too=True)
    assert sorted(each.called for each in result.rows) == sorted(list(firms.values())[:4])
    (first,) = [each.cells for each in result.rows if each.called == firms["筹建中"]]
    said = dict(zip((column.title for column in result.template.columns[1:]), first, strict=True))  # the number is the file's
    assert [said[title] for title in ("单位地址", "所在区划", "职工人数", "法定代表人", "联系人", "联系电话", "单位成立日期", "建会阶段")] == [
        "示例路0号", "沙坪坝区小龙坎街道", "30", "冯示例", "李示例", "19900000077", "2026-02-03", "筹建中",
    ]  # fmt: skip
    assert (said["筹备组成立日期"], said["筹备批复文号"]) == ("2026-05-06", "沙工发〔2026〕3号")
    hand_up(tmp_path / "筹备期.xlsx", result, TODAY, author)
    sheet = openpyxl.load_workbook(tmp_path / "筹备期.xlsx").worksheets[0]
    above = [str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value]
    assert {"筹备期企业月名单", "填报单位：沙坪坝区总工会", "月份：2026-11"} <= set(above)
    stages = [sheet.cell(row, 12).value for row in range(1, sheet.max_row)]
    assert [stage for stage in stages if stage in firms] == [each.cells[10] for each in result.rows]
