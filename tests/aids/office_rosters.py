"""A roster large enough to stand aside while it is written into an office, read and planned."""

from pathlib import Path

from importers import session
from importers.plan.steps import Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, SourceFile
from tests.aids.speaking import LI, TODAY, WANG, workbook

#: The union that everybody in it belongs to.
UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
PEOPLE = 602
_UNIT = "重庆砚屿软件技术有限公司"
_ROWS = [
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"],
    ["王五", WANG, "19900000001", UNION, _UNIT, "2024-05-06"],
    ["李四", LI, "19900000002", UNION, _UNIT, "2024-06"],
]


def name_of(number: int) -> str:
    """What one of the other 600 is called."""
    return f"赵{chr(0x4E00 + number)}"


def planned(folder: Path) -> tuple[Plan, list[SourceFile]]:
    """Read and plan the roster with the open register, which knows :data:`UNION`; nothing is written."""
    others = [[name_of(number), None, f"1990001{number:04}", UNION, _UNIT, "2024-06"] for number in range(PEOPLE - 2)]
    options = ImportOptions()
    files = session.read([workbook(folder / "a.xlsx", {"名单": [*_ROWS, *others]})], options, today=TODAY)
    views = session.understand(files, options, Decisions(), TODAY)
    return session.make_plan(files, views, options, TODAY), files
