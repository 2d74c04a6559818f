"""Folders, zips and e-mails: each file in them is one of its own, told by its way there, or refused in a sentence."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, SourceFile
from models.journal.history import history
from models.journal.writer import Author
from models.register.register import Register
from tests.aids.archives import gbk_zip, locked_zip, mail
from tests.aids.broken_files import xls, xlsx, zipped
from tests.aids.speaking import LI, TODAY, WANG, imported, listed
from tests.aids.terminal import Commands, commands
from tests.importers.sheets import IDS, PEOPLE

HEAD = ["姓名", "身份证号", "手机号"]
ONE, TWO = [[HEAD, ["王砚舟", WANG, None]]], [[HEAD, ["李芷汐", LI, None]]]
A, B = xlsx(ONE[0]), xls(TWO[0])


@pytest.fixture
def run(tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Commands:
    return commands(tmp_path / "data", empty_register, monkeypatch, capfd)


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def read(path: Path, password: str | None = None) -> list[SourceFile]:
    return session.read([path], ImportOptions(password=password), today=TODAY)


def held(files: list[SourceFile]) -> list[tuple[str, list[object]]]:
    """The names of the files, each with the first cell of its rows below the header."""
    return [(source.name, [row.values[0] for sheet in source.sheets for row in sheet.rows[1:]]) for source in files]


def error(path: Path, **options: Any) -> str:
    """The sentence by which an archive is refused as a whole."""
    [source] = read(path, **options)
    assert source.sheets == []
    return source.error


def test_a_zip_is_one_import_of_its_workbooks(author: Author, tmp_path: Path) -> None:
    path = put(tmp_path / "材料.zip", zipped({"江北/甲.xlsx": A, "乙.xls": B}))
    assert held(read(path)) == [("材料.zip › 乙.xls", ["李芷汐"]), ("材料.zip › 江北/甲.xlsx", ["王砚舟"])]
    done = imported(author, path)
    assert [sheet.file for sheet in done.plan.sheets] == ["材料.zip › 乙.xls", "材料.zip › 江北/甲.xlsx"]
    assert sorted(name for (name,) in listed("workers", "name")) == ["李芷汐", "王砚舟"]
    assert history()[0].files == ["材料.zip › 乙.xls", "材料.zip › 江北/甲.xlsx"]
    assert imported(author, path).plan.changes_nothing


def test_a_folder_is_one_import_with_what_lies_in_its_folders(author: Author, tmp_path: Path) -> None:
    put(tmp_path / "收到的" / "江北" / "甲.xlsx", A)
    put(tmp_path / "收到的" / "乙.xls", B)
    for litter in ("~$甲.xlsx", ".DS_Store", "江北/._甲.xlsx", "乙_退回.xlsx", "乙_退回(2).xlsx", "Thumbs.db"):
        put(tmp_path / "收到的" / litter, b"x")
    files = read(tmp_path / "收到的")
    assert held(files) == [("收到的 › 乙.xls", ["李芷汐"]), ("收到的 › 江北/甲.xlsx", ["王砚舟"])]
    assert [source.path for source in files] == [tmp_path / "收到的" / "乙.xls", tmp_path / "收到的" / "江北" / "甲.xlsx"]
    assert imported(author, tmp_path / "收到的").outcome.batch is not None


def test_an_email_is_opened_for_its_workbooks(tmp_path: Path) -> None:
    path = put(tmp_path / "请查收.eml", mail({"会员名册.xlsx": A, "照片.jpg": b"\xff\xd8\xff"}))
    files = read(path)
    assert held(files) == [("请查收.eml › 会员名册.xlsx", ["王砚舟"])]
    assert files[0].sheets[0].head.notes == ("“请查收.eml”里另有 1 个文件不是表格，没有读取：照片.jpg",)


def test_an_email_may_bring_a_zip_or_a_forwarded_email(tmp_path: Path) -> None:
    inner = mail({"会员名册.xlsx": A})
    path = put(tmp_path / "邮件.eml", mail({"名册.zip": zipped({"乙.xls": B})}, forwarded=inner))
    assert held(read(path)) == [("邮件.eml › 名册.zip › 乙.xls", ["李芷汐"]), ("邮件.eml › 转发的邮件.eml › 会员名册.xlsx", ["王砚舟"])]


def test_two_attachments_of_one_name_are_two_files(tmp_path: Path) -> None:
    data = mail({"甲.xlsx": A, "乙.xlsx": B})
    second, first = (f"filename*=utf-8''{each}.xlsx".encode() for each in ("%E4%B9%99", "%E7%94%B2"))
    double = data.replace(second, first)
    assert double != data
    assert [name for name, _rows in held(read(put(tmp_path / "邮件.eml", double)))] == ["邮件.eml › 甲(2).xlsx", "邮件.eml › 甲.xlsx"]


def test_a_table_pasted_into_the_text_of_an_email_is_read_where_no_file_comes_with_it(tmp_path: Path) -> None:
    page = f"<table><tr><td>姓名<td>身份证号</tr><tr><td>王砚舟<td>{WANG}</tr></table>"
    path = put(tmp_path / "邮件.eml", mail({"签名.png": b"\x89PNG"}, html=page))
    assert held(read(path)) == [("邮件.eml › 正文.html", ["王砚舟"])]


def test_names_that_windows_wrote_in_gbk_are_what_they_were(tmp_path: Path) -> None:
    path = put(tmp_path / "材料.zip", gbk_zip({"江北/会员名册（砚屿）.xlsx": A, "𫖯.csv": "姓名,身份证号\n王,1".encode()}))
    assert [name for name, _rows in held(read(path))] == ["材料.zip › 江北/会员名册（砚屿）.xlsx", "材料.zip › 𫖯.csv"]


def test_what_is_no_table_in_an_archive_is_told_once(tmp_path: Path) -> None:
    others = {f"照片{number}.jpg": b"x" for number in range(5)}
    [source] = read(put(tmp_path / "材料.zip", zipped({"甲.xlsx": A, "__MACOSX/._甲.xlsx": b"x", **others})))
    assert source.sheets[0].head.notes == ("“材料.zip”里另有 5 个文件不是表格，没有读取：照片0.jpg、照片1.jpg、照片2.jpg…",)


def test_a_file_of_an_archive_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    files = read(put(tmp_path / "材料.zip", zipped({"甲.xlsx": A, "坏.xlsx": A[:500], "空.xlsx": b""})))
    assert [(source.name, bool(source.sheets), source.error[:14]) for source in files] == [
        ("材料.zip › 坏.xlsx", False, "文件损坏或恶意：“材料.zi"), ("材料.zip › 甲.xlsx", True, ""),
        ("材料.zip › 空.xlsx", False, "“材料.zip › 空.xl"),
    ]  # fmt: skip


def test_an_archive_in_an_archive_in_an_archive_is_told(tmp_path: Path) -> None:
    once = zipped({"甲.xlsx": A})
    assert held(read(put(tmp_path / "二层.zip", zipped({"里.zip": once})))) == [("二层.zip › 里.zip › 甲.xlsx", ["王砚舟"])]
    [source] = read(put(tmp_path / "三层.zip", zipped({"中.zip": zipped({"里.zip": once})})))
    assert source.error == "“三层.zip › 中.zip › 里.zip”是压缩包里的压缩包里的压缩包，没有读取，请先解压一层再导入"


def test_an_archive_without_tables_is_told(tmp_path: Path) -> None:
    assert error(put(tmp_path / "空.zip", zipped({"照片.jpg": b"x"}))) == "压缩包“空.zip”里没有能读的表格，请核对是否选错了文件"
    assert error(put(tmp_path / "空.eml", mail({"照片.jpg": b"x"}))) == "邮件“空.eml”没有带表格附件，请核对是否选错了邮件"
    (tmp_path / "夹").mkdir()
    assert error(tmp_path / "夹") == "文件夹“夹”里没有能读的表格，请核对是否选错了文件夹"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped({"甲.xlsx": A, "长.csv": b"\0" * (20 << 20)}), "压缩比异常"),
        (zipped({f"{number}.txt": "" for number in range(5_001)}), "内部的文件太多"),
        (zipped({f"{number}.csv": "" for number in range(501)}), "超过 500 个"),
        (zipped({"../../甲.xlsx": A}), "重复或越界"),
        (zipped({"C:/甲.xlsx": A}), "重复或越界"),
        (zipped({"..\\甲.xlsx": A}), "重复或越界"),
        (gbk_zip({"甲.xlsx": A, "./../甲.xlsx": A}), "重复或越界"),
        (zipped({"甲.xlsx": A})[:-30], "损坏"),
        (b"Rar!\x1a\x07\0", "请先解压"),
    ],
)
def test_a_hostile_archive_is_told(data: bytes, sentence: str, tmp_path: Path) -> None:
    assert sentence in error(put(tmp_path / "材料.zip", data))


def test_a_declared_size_beyond_a_gigabyte_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"甲.xlsx": A}))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 2 << 30)
    assert "解压后超过 1024 MB" in error(put(tmp_path / "材料.zip", bytes(data)))


def test_an_email_of_parts_without_end_is_told(tmp_path: Path) -> None:
    deep = b"From: a\nSubject: b\nMIME-Version: 1.0\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(3_000)
    )
    data = deep + b"Content-Disposition: attachment; filename=a.xlsx\n\nx"
    assert error(put(tmp_path / "邮件.eml", data)).startswith(("文件损坏", "邮件“邮件.eml”没有带"))


def test_a_zip_under_a_password_is_asked_once_and_opened_with_it(tmp_path: Path) -> None:
    path = put(tmp_path / "密.zip", locked_zip({"甲.xlsx": A, "乙.xls": B}, "解压123"))
    [locked] = read(path)
    assert (locked.locked, locked.error) == (True, "压缩包“密.zip”加了密，请输入解压密码，或者先解压再导入")
    [wrong] = session.read_again(locked, ImportOptions(password="不对"))
    assert (wrong.locked, wrong.error) == (True, "压缩包“密.zip”的解压密码不对，请核对后再试")
    opened = session.read_again(locked, ImportOptions(password="解压123"))
    assert held(opened) == [("密.zip › 乙.xls", ["李芷汐"]), ("密.zip › 甲.xlsx", ["王砚舟"])]


def test_a_zip_under_the_newer_kind_of_password_is_told(tmp_path: Path) -> None:
    told = error(put(tmp_path / "密.zip", locked_zip({"甲.xlsx": A}, "解压123", method=99)), password="解压123")
    assert told == "压缩包“密.zip”的加密方式（AES）无法解开，请先解压，再导入里面的工作簿或者整个文件夹"


FAULTY = [HEAD, ["王砚舟", WANG[:-1] + "5", "19900000001"], [PEOPLE[0], IDS[0], "19900000002"]]


@pytest.mark.parametrize(
    ("name", "pack", "member", "returned"),
    [
        ("材料.zip", lambda book: zipped({"江北/甲.xlsx": book}), "材料.zip › 江北/甲.xlsx", "材料_甲_退回.xlsx"),
        ("请查收.eml", lambda book: mail({"甲.xlsx": book}), "请查收.eml › 甲.xlsx", "请查收_甲_退回.xlsx"),
        ("邮件.eml", lambda book: mail({"名册.zip": zipped({"甲.xlsx": book})}), "邮件.eml › 名册.zip › 甲.xlsx", "邮件_名册_甲_退回.xlsx"),
    ],
    ids=["zip", "mail", "zip in a mail"],
)  # fmt: skip
def test_the_returned_workbook_of_a_member_is_the_members_own_and_comes_back(
    author: Author, tmp_path: Path, name: str, pack: Callable[[bytes], bytes], member: str, returned: str
) -> None:
    path = put(tmp_path / name, pack(xlsx(FAULTY, "会员名册")))
    done = imported(author, path)
    back = done.outcome.returned[member]
    assert back == tmp_path / returned
    book = openpyxl.load_workbook(back)
    assert book.sheetnames == ["会员名册"]
    sheet = book["会员名册"]
    assert [cell.value for cell in sheet[2]][:2] == ["王砚舟", WANG[:-1] + "5"]
    sheet["B2"] = WANG
    book.save(back)
    again = imported(author, back)
    assert again.plan.counts() | {"new": 1} == again.plan.counts()
    assert imported(author, back).plan.counts()["same"] == 1


def test_an_archive_that_was_changed_since_is_told_and_its_rows_come_back_as_read(author: Author, tmp_path: Path) -> None:
    path = put(tmp_path / "材料.zip", zipped({"甲.xlsx": xlsx(FAULTY)}))
    files = read(path)
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    plan = session.make_plan(files, views, ImportOptions(), TODAY)
    path.unlink()
    outcome = session.apply(plan, files, author)
    assert "改过或移走" in outcome.problems["材料.zip › 甲.xlsx"]
    assert outcome.returned["材料.zip › 甲.xlsx"].exists()


def test_the_command_takes_folders_zips_and_emails(run: Commands, tmp_path: Path) -> None:
    put(tmp_path / "夹" / "甲.xlsx", A)
    path = put(tmp_path / "邮件.eml", mail({"乙.xls": B}))
    code, out, _err = run("import", str(tmp_path / "夹"), str(path), "--json")
    assert code == 0
    assert [(each["file"], each["sheets"][0]["new"]) for each in json.loads(out)["files"]] == [
        ("夹 › 甲.xlsx", 1), ("邮件.eml › 乙.xls", 1),
    ]  # fmt: skip
    code, out, _err = run("import", str(path), "--plan")
    assert "邮件.eml › 乙.xls › 花名册：共 1 行，不变 1" in out


def test_the_command_asks_for_a_zips_password(run: Commands, tmp_path: Path) -> None:
    path = str(put(tmp_path / "密.zip", locked_zip({"甲.xlsx": A}, "解压123")))
    code, _out, err = run("import", path, "--plan")
    assert (code, err.strip()) == (1, "压缩包“密.zip”加了密，请输入解压密码，或者先解压再导入")
    assert run("import", path, "--plan", "--password", "解压123")[0] == 0
