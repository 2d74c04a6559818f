"""The command line on people's rights: what is held of one, putting it right, erasing, and how long it is kept."""

import json
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from models.register.register import Register
from tests.aids.speaking import LI, TODAY, WANG, workbook
from tests.aids.terminal import Commands, stocked

NAME, PHONE = "欧阳砚舟", "19900000071"
HEAD = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期", "会籍变化类型", "会籍变化日期", "备注"]
ROWS = [
    HEAD,
    [NAME, WANG, PHONE, "甲公司工会", "甲公司", "2019-05-06", "退会", "2020-03-05", "会开叉车"],
    ["李四", LI, "19900000002", "甲公司工会", "甲公司", "2024-06-01", None, None, None],
    ["赵无日", None, "19900000003", "甲公司工会", "甲公司", None, "退会", None, None],
]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A few people."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"花名册": {"名单": ROWS}})


def uid_of(run: Commands, name: str) -> str:
    return next(str(each["uid"]) for each in run.told("list", "workers")["workers"] if each["name"] == name)


def test_everything_held_of_a_person_is_told_with_where_it_came_from(run: Commands, tmp_path: Path) -> None:
    uid = uid_of(run, NAME)
    run.told("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-01-02", "--person", NAME, "--note", f"电话{PHONE}")
    run.told("person", uid, "--correct", "phone=19900000088", "--reason", "本人 11 月 20 日申请")
    told = run.told("person", "--id", WANG)["person"]
    held = {each["field"]: each for each in told["fields"]}
    assert (held["name"]["value"], held["phone"]["value"], held["employer"]["value"]) == (NAME, "199****0088", "甲公司")
    assert WANG not in json.dumps(told)
    assert held["note"]["origin"]["sheets"] == ["《花名册.xlsx》名单"]
    assert held["phone"]["origin"] | {"at": "", "person": ""} == {
        "person": "", "at": "", "batch": 3, "how": "edit", "sheets": [], "reason": "本人 11 月 20 日申请",
    }  # fmt: skip
    assert [(each["title"], each["before"], each["after"]) for each in told["earlier"]] == [
        ("移动电话", "199****0071", "199****0088")
    ]
    assert [(each["type"], each["date"], each["union"]) for each in told["events"]] == [
        ("入会", "2019-05-06", "甲公司工会"), ("退会", "2020-03-05", "甲公司工会"),
    ]  # fmt: skip
    assert [(each["kind"], each["text"]) for each in told["mentions"]] == [
        ("ledger_entry", NAME), ("ledger_entry", "电话199******71"),
    ]  # fmt: skip


@pytest.mark.parametrize("option", [[], ["--full"]], ids=["masked", "full"])
def test_the_paper_of_a_person(run: Commands, tmp_path: Path, option: list[str]) -> None:
    uid, pdf, book = uid_of(run, NAME), tmp_path / "本人.pdf", tmp_path / "本人.xlsx"
    for path in (pdf, book):
        run.told("person", uid, "--out", path, *option)
    printed = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    cells = [str(cell.value) for row in openpyxl.load_workbook(book).active.iter_rows() for cell in row if cell.value]
    for text in ("所持个人信息报告", NAME, "会开叉车", "会籍变动", "完整信息" if option else "已脱敏"):
        assert text in printed.replace("\n", "")
        assert any(text in cell for cell in cells)
    assert (WANG in printed.replace("\n", ""), WANG in cells) == (bool(option), bool(option))
    kept = run.told("trail", "--act", "export")["trail"]
    assert [(each["what"], each["full"], each["records"]) for each in kept] == [("所持个人信息", bool(option), [uid])] * 2
    assert NAME not in str(kept)
    named = [each["named"] for each in run.told("person", uid)["person"]["disclosures"]]
    assert named == [True] * 2 * len(option)


def test_a_source_of_many_files_is_told_once_on_the_paper_of_a_person(run: Commands, tmp_path: Path) -> None:
    head = ["姓名", "移动电话", "所属工会", "入会日期"]
    books = [
        workbook(tmp_path / f"渝中区解放碑街道二〇二六年上半年会员名册第{part}部分.xlsx", {"名单": [head, [f"钱示例{part}", "", "乙公司工会", "2024-06-01"]]})
        for part in "一二三四五六七八"
    ]
    run.told("import", *books)
    uid = uid_of(run, "钱示例一")
    run.told("person", uid, "--out", tmp_path / "本人.pdf")
    pages = [page.extract_text().replace("\n", "") for page in PdfReader(tmp_path / "本人.pdf").pages]
    printed = "".join(pages)
    assert len(pages) == 1
    assert printed.count("第一部分.xlsx") == printed.count("第八部分.xlsx") == 1
    assert printed.count("来源 1") == 3, "of the name, of the joining, and where it is told"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["person"], "请写记录标识"),
        (["person", "nobody"], "登记册里没有这个人"),
        (["person", "--id", "500106198503079999"], "没有这个证件号码的人"),
        (["person", "UID", "--correct", "phone=1"], "--reason"),
        (["person", "UID", "--correct", "colour=red", "--reason", "申请"], "字段=内容"),
        (["erase", "UID"], "请写明删除的原因"),
        (["erase", "--reason", "申请"], "请先选择"),
        (["erase", "UID", "--reason", f"{NAME}申请"], "写了本人的姓名或号码"),
        (["erase", "nobody", "--reason", "申请"], "登记册里没有这个人"),
        (["retention", "--set", "退会=x"], "会籍状态=年数"),
        (["retention", "--set", "退休=3"], "没有会籍状态“退休”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Commands, arguments: list[str], said: str) -> None:
    uid = uid_of(run, NAME)
    assert said in run.refused(*[uid if each == "UID" else each for each in arguments])


def test_erasing_is_previewed_then_done_and_the_backups_renewed(run: Commands) -> None:
    uid = uid_of(run, NAME)
    run.told("backup")
    before, figures = run.told("batches"), run.told("figures")
    seen = run.told("erase", uid, "--plan")
    assert (seen["batch"], seen["plan"]["names"], len(seen["copies"])) == (None, {uid: NAME}, 1)
    assert run.told("batches") == before
    code, out, _err = run("erase", uid, "--plan")
    assert (code, "什么都没有写入" in out, "不能撤销" in out) == (0, True, True)
    done = run.told("erase", uid, "--reason", "书面申请 12 号", "--backups")
    assert (done["swept"], done["copies"], len(done["deleted_copies"])) == (True, [], 1)
    assert run.told("figures")["indicators"] == figures["indicators"]
    assert sorted(each["name"] for each in run.told("list", "workers")["workers"]) == ["李四", "赵无日"]
    assert done["deleted_copies"] == seen["copies"]
    assert [Path(each).exists() for each in (*seen["copies"], done["fresh_backup"])] == [False, True]
    assert "依申请删除" in run.refused("person", uid)
    (told,) = run.told("erase", "--list")["erased"]
    assert (told["person"], told["reason"], told["erased_at"][:10]) == (uid, "书面申请 12 号", TODAY.isoformat())
    assert "书面申请 12 号" in run("erase", "--list")[1]
    assert "不能撤销" in run.refused("undo", done["batch"])


def test_an_older_backup_is_erased_again_with_a_notice(run: Commands, tmp_path: Path) -> None:
    uid = uid_of(run, NAME)
    run.told("backup", tmp_path / "old.jhbak")
    run.told("erase", uid, "--reason", "书面申请 12 号")
    run.told("restore", tmp_path / "old.jhbak")
    code, out, err = run("list", "workers", "--json")
    assert (code, sorted(each["name"] for each in json.loads(out)["workers"])) == (0, ["李四", "赵无日"])
    assert "重新删除" in err
    assert run("list", "workers")[2] == ""


def test_whose_data_is_due_follows_the_states_and_an_unknown_day_is_never_due(run: Commands, tmp_path: Path) -> None:
    told = run.told("retention")
    assert (told["years"]["退会"], told["years"]["在册"]) == (3, 0)
    assert [(each["name"], each["since"], each["due_on"], each["union"]) for each in told["due"]] == [
        (NAME, "2020-03-05", "2023-03-05", "甲公司工会")
    ]
    assert [each["name"] for each in told["undated"]] == ["赵无日"]
    assert run.told("retention", "--as-of", "2023-03-04")["due"] == []
    assert run.told("retention", "--set", "退会=9")["due"] == []
    assert [each["name"] for each in run.told("retention", "--as-of", "2029-03-05")["due"]] == [NAME]
    run.told("retention", "--as-of", "2029-03-05", "--out", tmp_path / "到期.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "到期.xlsx").active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", NAME, "赵无日"]
    run.told("erase", told["due"][0]["uid"], "--reason", "保存期限已到")
    assert run.told("retention", "--as-of", "2029-03-05")["due"] == []
