"""How the tests of returned workbooks speak: a workbook with a layout, its parts, and what came back of it."""

import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import python_calamine
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.aids.speaking import LI, WANG, ZHAO, Done

COMPANY = "重庆示例甲有限公司"
WRONG = WANG[:-1] + "8"
HEADER = ["序号", "姓名", "性别", "身份证号", "手机号", "单位名称"]
#: Rows 3 to 7 of a roster: the second and the fourth are wrong.
PEOPLE: list[list[Any]] = [
    [1, "王示例", "男", WANG, "19900000001", COMPANY],
    [2, "李示例", "女", LI[:-1] + "1", "19900000002", COMPANY],
    [3, "赵示例", "男", ZHAO, "19900000003", COMPANY],
    [4, "钱示例", "女", WRONG, "19900000004", COMPANY],
    [5, "孙示例", "男", "500106199201019019", "19900000005", COMPANY],
]
SHEET = "xl/worksheets/sheet1.xml"


def roster(path: Path, lay_out: Callable[[Workbook, Worksheet], None] | None = None, name: str = "花名册") -> Path:
    """A roster of five people below a title, laid out as somebody wants it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in [["职工花名册"], HEADER, *PEOPLE]:
        sheet.append(row)
    if lay_out is not None:
        lay_out(book, sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    book.close()
    return path


def parts(path: Path) -> dict[str, bytes]:
    """All parts of a package."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(path: Path, changes: Mapping[str, Callable[[str], str] | str | bytes]) -> Path:
    """The package with some parts changed or added."""
    content = parts(path)
    for name, change in changes.items():
        made = change(content[name].decode()) if callable(change) else change
        content[name] = made.encode() if isinstance(made, str) else made
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def replaced(old: str, new: str) -> Callable[[str], str]:
    """A change of a part: one text for another, which must be there once."""

    def change(text: str) -> str:
        assert text.count(old) == 1, text
        return text.replace(old, new)

    return change


def came_back(done: Done) -> Path:
    """The only returned workbook of an import; everybody can open it."""
    (path,) = done.outcome.returned.values()
    looked_through(path)
    return path


def looked_through(path: Path) -> None:
    """Fail unless every reader opens the package, every part is XML, has a type, and every relationship a target."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported.*")
        openpyxl.load_workbook(path).close()
    native = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in native.sheet_names:
        native.get_sheet_by_name(name).to_python()
    content = parts(path)
    types = ET.fromstring(content["[Content_Types].xml"])
    named = {each.get("PartName", "").lstrip("/") for each in types}
    endings = {each.get("Extension", "").lower() for each in types}
    assert named - {""} <= content.keys()
    for name, part in content.items():
        assert name in named or name.rpartition(".")[2].lower() in endings, name
        if name.endswith((".xml", ".rels", ".vml")):
            ET.fromstring(part)
        if name.endswith(".rels"):
            _linked(name, part, content)
    chosen = [name for name, part in content.items() if b'tabSelected="1"' in part]
    assert len(chosen) <= 1, "typing would go into several sheets"


def _linked(name: str, part: bytes, content: Mapping[str, bytes]) -> None:
    folder = name.rpartition("_rels/")[0]
    for link in ET.fromstring(part):
        target = link.get("Target", "")
        if link.get("TargetMode") != "External":
            steps = [] if target.startswith("/") else folder.rstrip("/").split("/")
            for step in target.strip("/").split("/"):
                steps = steps[:-1] if step == ".." else [*steps, step]
            assert "/".join(filter(None, steps)) in content, (name, target)


def in_place(source: Path, path: Path) -> bool:
    """True for a workbook that is the sender's own, changed; False for one that was written anew."""
    about = "docProps/app.xml"
    return parts(source).get(about) == parts(path).get(about)


def table(sheet: Worksheet) -> list[list[Any]]:
    """The values of a sheet."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]
