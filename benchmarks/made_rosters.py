"""A large invented roster of members in the shape of the provincial member form: nobody in it exists."""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import xlsxwriter

from samples.invented import AREAS, id_number, wrong_check_digit

#: 15 columns; the union and the employer stand on every row, as in lists that were put together from many.
HEADER = (
    "序号", "姓名", "性别", "出生日期\n（格式：yyyy/MM/dd）", "民族", "就业状况", "证件号码\n(填写18位身份证)", "学历",
    "移动电话", "户籍类型", "会籍变化类型", "会籍变化日期\n（格式：yyyy/MM/dd）", "政治面貌", "工作单位", "所属工会",
)  # fmt: skip
#: One employer with its union for so many people.
PEOPLE_PER_EMPLOYER = 250
SEED = 20260706

_SURNAMES = "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
_GIVEN = "砚舟嘉树岩泽川峻霖昊桐铭恺烨柏劲松砺锋远恒帆渝平巍芷汐蔓萱琬沁茉棠苒黛筠绮雁菡璐姝蕊岚婉晴惠敏娅"
_PLACES = "砚霁禾澜榉枫岭汀溪岚"
_TRADES = ("软件", "印务", "食品", "物流", "机械", "电子", "家政", "建材", "服装", "环保")
_SEQUENCES = 100  # 900 to 999: sequences that are not given to people


def write_roster(path: Path, rows: int, faulty: bool = False, first: int = 0) -> None:
    """Write a roster of ``rows`` people as .xlsx: two title lines, a line 填表单位, the header, the people.

    All are sound; or, when ``faulty``, every identity number ends in a wrong digit. ``first``: so many come before.
    """
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("会员信息采集表")
    for line, text in enumerate(("附件四", "重庆市工会会员信息采集表", "填表单位（盖章）：砚溪示例街道总工会")):
        sheet.write_string(line, 0, text)
    for column, text in enumerate(HEADER):
        sheet.write_string(3, column, text)
    at = HEADER.index("证件号码\n(填写18位身份证)") - 1
    for line, person in enumerate(islice(_people(first + rows), first, None), start=4):
        if faulty:
            person = (*person[:at], wrong_check_digit(person[at]), *person[at + 1 :])  # noqa: PLW2901
        sheet.write_number(line, 0, line - 3)
        for column, text in enumerate(person, start=1):
            sheet.write_string(line, column, text)
    book.close()


def kept_roster(folder: Path, rows: int, faulty: bool = False) -> Path:
    """The roster of :func:`write_roster` in ``folder``, made unless it is there; its name stays the same for so many rows."""
    path = folder / f"{'有错的' if faulty else '会员'}名册{rows}.xlsx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".part")
        write_roster(begun, rows, faulty)
        begun.replace(path)
    return path


def _people(count: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(SEED)
    numbers: set[str] = set()
    for place in range(count):
        while True:
            birth = dt.date(1966, 1, 1) + dt.timedelta(days=chance.randrange(13_500))
            sequence = 900 + chance.randrange(_SEQUENCES)
            number = id_number(chance.choice(AREAS), birth, sequence)
            if number not in numbers:
                break
        numbers.add(number)
        employer = _employer(place // PEOPLE_PER_EMPLOYER)
        joined = dt.date(2018, 1, 1) + dt.timedelta(days=chance.randrange(3_000))
        yield (
            chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2, 2)))),
            "男" if sequence % 2 else "女", f"{birth:%Y/%m/%d}", chance.choice(("汉族", "汉族", "汉族", "土家族", "苗族")),
            "在岗", number, chance.choice(("初中", "高中", "大专", "本科", "硕士")), str(19900000000 + place),
            chance.choice(("农业户口", "非农业户口")), "入会", f"{joined:%Y/%m/%d}",
            chance.choice(("群众", "群众", "共青团员", "中共党员")), employer, f"{employer}工会",
        )  # fmt: skip


def _employer(number: int) -> str:
    """A different invented name for each number below 10,000."""
    digits = [number // 10**place % 10 for place in range(4)]
    return f"重庆{_PLACES[digits[2]]}{_PLACES[digits[0]]}{_PLACES[digits[3]]}示例{_TRADES[digits[1]]}有限公司"
