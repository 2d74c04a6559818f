"""Make every sample workbook anew, beside this script: ``python samples/make_samples.py``.

The numbers before the names are the order in which to import them: units first, then unions, counts and people.
"""

import datetime as dt
import sys
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samples import lists, monthly, rosters, stations, work
from samples.containers import write_biff, write_text, write_xlsx
from samples.invented import Crowd, Person


def make_all(folder: Path) -> list[Path]:
    """Write all samples into ``folder`` (made when missing); their paths, in the order in which to import them."""
    folder.mkdir(parents=True, exist_ok=True)
    crowd = Crowd()
    members = _members(crowd)
    colleagues = crowd.many(26)
    staff = crowd.many(42)
    staff[30] = rosters.born(staff[30], dt.date(1985, 10, 17))
    riders = [crowd.one(born=(1985, 2006)) for _ in range(35)]
    shops = crowd.many(40)
    return [
        write_text(folder / "01税务代收工会经费名单.csv", lists.tax_rows(), ","),
        write_xlsx(folder / "02非公企业建会摸排清单.xlsx", lists.street_sheets()),
        write_biff(folder / "03工会组织信息采集表.xls", [lists.union_sheet()]),
        write_xlsx(folder / "04基层工会人数月报.xlsx", [monthly.monthly_sheet()]),
        write_xlsx(folder / "05会员信息采集表（砚屿软件）.xlsx", [rosters.member_sheet(members)]),
        write_text(folder / "06禾榉食品会员导出.txt", rosters.member_text(colleagues, members[1]), "\t"),
        write_xlsx(folder / "07霁蓝印务职工名册.xlsx", [rosters.staff_sheet(staff)]),
        write_biff(folder / "08蜂雀外卖骑手名单.et", [rosters.rider_sheet(riders)]),
        write_xlsx(folder / "09小龙坎联合工会会员（一司一表）.xlsx", rosters.company_sheets(shops)),
        write_xlsx(folder / "10沙坪坝区工作台账.xlsx", work.ledger_sheets()),
        write_xlsx(folder / "11沙坪坝区工会驿站名单.xlsx", stations.station_sheets()),
    ]


def _members(crowd: Crowd) -> list[Person]:
    """The people of the member form, four of them as its faults need them."""
    people = crowd.many(31)
    people[11] = rosters.born(people[11], people[11].birth, "500106")
    people[18] = rosters.born(people[18], dt.date(1974, 5, 9), "510213")
    people[19] = rosters.born(people[19], people[19].birth, "810000")
    people[21] = rosters.born(people[21], dt.date(1962, 3, 14))
    return people


if __name__ == "__main__":
    for made in make_all(Path(__file__).resolve().parent):
        print(made.name)
