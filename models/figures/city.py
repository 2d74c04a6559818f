"""A city (城市): the registers of its districts in one database, looked at together and left as they are.

Each district is a schema with a register of its own, made by ``office init --district``, or the foreign tables of one on another
server (postgres_fdw). The same queries as everywhere are asked in each; only who stands in several districts is asked of all at
once. Such a person is a question for the districts: one of them may have moved, or been entered with somebody else's number.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from models.engine import database, districts, marking
from models.engine.districts import DistrictSchema, InDistrict
from models.errors import UserError
from models.figures.counts import counts
from models.figures.facts import WHOLE_REGISTER, Inquiry, Number, year_until
from models.figures.indicators import indicators
from models.language import _
from models.records.region import seed_rows
from models.register import office
from models.register.register import close_register, schema_number
from models.values.codes import fold

#: What is counted in each district and, as whole numbers that may be added up, in the city.
CITY_FIGURES = ("unions", "members", "new_unions", "new_members", "covered", "on_list")
#: So many equal numbers are told one by one; of more, how many.
MOST = 100
#: Before the code of a district in the name of its schema.
_PREFIX = "d"


class DistrictFigures(NamedTuple):
    """One district: the numbers by their keys, or why there are none. ``name``: the district's, or its schema's."""

    schema: str
    name: str
    elsewhere: bool
    numbers: Mapping[str, Number]
    problem: str = ""


class City(NamedTuple):
    """What a city comes to on a day: each district, their sums, and who stands in several (by identity number).

    ``names``: what each number is called. ``left_out``: the districts whose people were not compared, for whoever asks does
    not read all of them, or none.
    """

    day: dt.date
    districts: Sequence[DistrictFigures]
    numbers: Mapping[str, Number]
    several: int
    people: Mapping[str, Sequence[InDistrict]]
    left_out: Sequence[str]
    names: Mapping[str, str]


def schema_of(district: str) -> str:
    """The name of the schema for a district, by its name or its code of six digits. UserError for what is none."""
    wanted = fold(district)
    for row in seed_rows()[0]:
        names = (str(row["name"]), str(row["code"] or ""), *str(row["aliases"] or "").split("、"))
        if row["level"] == "district" and wanted in {fold(each) for each in names if each}:
            return f"{_PREFIX}{row['code']}"
    raise UserError(_("“{name}”不是区县。请写区县的名称或者 6 位代码，例如“沙坪坝区”或 500106。").format(name=district))


def folder_of_district(folder: Path, district: str) -> Path:
    """What this laptop keeps of the register of a district, in the database whose address ``folder`` has. Raises UserError."""
    address = office.address_in(folder)
    assert address is not None
    return office.folder_of_office(str(replace(address, district=schema_of(district))))


def look_at_city(folder: Path, password: str, day: dt.date, progress: Callable[[int, int], None] | None = None) -> City:
    """Count every district of the city to whose database ``folder`` belongs, and look who stands in several.

    UserError where there is no district; whatever keeps one from being read is told in its place. ``progress``: (done, of).
    """
    address = office.address_in(folder)
    assert address is not None
    whole = replace(address, district="")
    database.connect_server(whole, folder, password or None)
    try:
        with database.damage_told():
            found = districts.district_schemas()
        if not found:
            raise UserError(_("这个数据库里还没有区县的登记册。请管理员用 office init --district 建立。"))
        read: list[DistrictFigures] = []
        names: dict[str, str] = {}
        for place, each in enumerate(found):
            close_register()
            database.connect_server(replace(whole, district=each.name), folder, password or None)
            read.append(_figures_of(each, day, names))
            if progress is not None:
                progress(place + 1, len(found))
        close_register()
        database.connect_server(whole, folder, password or None)
        open_ones = {each.schema for each in read if not each.problem}
        asked = [each.name for each in found if each.whole and each.name in open_ones]
        with database.damage_told():
            several, people = districts.in_several(asked, MOST)
    finally:
        close_register()
    left_out = [each.name for each in read if each.schema not in asked]
    return City(day, read, _sums(read), several, people, left_out, names)


def _figures_of(district: DistrictSchema, day: dt.date, names: dict[str, str]) -> DistrictFigures:
    """What is counted in the open register of a district; what the numbers are called goes into ``names``."""
    told = DistrictFigures(district.name, _name_of(district.name), district.elsewhere, {})
    try:
        with database.damage_told():
            held = marking.mark()[1]
            if held != schema_number():
                wrong = _("这个区县的登记册是第 {held} 版，这个程序要第 {wanted} 版。")
                return told._replace(problem=wrong.format(held=held, wanted=schema_number()))
            asked = Inquiry(year_until(day.year, day))
            known = asked.standing.once(indicators)
            names |= {key: known[key].name for key in CITY_FIGURES}
            numbers = counts(CITY_FIGURES, WHOLE_REGISTER, asked.period, asked)
    except UserError as error:
        return told._replace(problem=str(error))
    return told._replace(numbers=dict(zip(CITY_FIGURES, numbers, strict=True)))


def _name_of(schema: str) -> str:
    """The name of the district whose code a schema's name has, or that name."""
    codes = {f"{_PREFIX}{row['code']}": str(row["name"]) for row in seed_rows()[0] if row["level"] == "district"}
    return codes.get(schema, schema)


def _sums(read: Sequence[DistrictFigures]) -> dict[str, Number]:
    """What the districts come to together; who stands in several is in each of them."""
    counted = [each.numbers for each in read if not each.problem]
    return {
        key: Number(
            sum(int(each[key].value or 0) for each in counted), sum(each[key].unknown for each in counted),
            sum(each[key].marked for each in counted), undated=sum(each[key].undated for each in counted),
        )
        for key in CITY_FIGURES
    }  # fmt: skip
