"""What the register remembers about itself: settings (threshold, home district) and how headers were mapped before."""

import json
from typing import Any

from models.engine.record import Record
from models.uid import keyed_uid
from models.values.columns import declare
from models.values.kinds import Text

#: Every setting of the register with its value until a person changes it.
DEFAULTS: dict[str, Any] = {
    "threshold": 25,  # 25 and more people employed: the drive's line, plan of the year 2024
    "home_district": "",
    # on equal days the count of the source that stands first counts; a source that is not here comes after them
    "count_sources": ["社保", "税务", "走访核实", "街道摸排", "工会登记", "单位申报", "市场监管", "导入", "其他"],
    "code_lists": {},  # labels and wordings of the register's own (models/editing/own_labels.py)
    "id_shown": "3+4",  # so many first and last digits stay to be seen of a covered number (models/values/masking.py)
    "phone_shown": "3+4",
    "my_towns": [],  # uids of the towns that whoever works with the register looks after
    "new_form_share": 50,  # a union of which so many percent of the members are of new forms is one of new forms itself
    "organization": "",
    "plan_tolerance": 5,  # a number this many percent of the plan for the day away from it is still on plan (progress.py)
    # the rules' lines where the text in force was not found, or districts differ (models/rules/rules.py)
    "chair_vacant_months": 3,  # a vacant chair is filled normally within three months: 重庆市工会条例 10
    "committee_sizes": "2016",  # a key of models/law/committee_sizes.VARIANTS, or a district's own rows
    "congress_members": 100,  # up to so many members meet without delegates: 中国工会章程 26
    "founding_months": 12,  # a new unit founds its union within a year: 重庆市工会条例 7
    "full_time_staff": 200,  # from so many staff on: full-time union staff, 重庆市工会条例 13
    "retention_years": {"转出": 3, "退会": 3, "除名": 3, "去世": 3, "未入会": 3},  # models/people/retention.py
    "set_aside": {},  # findings that a person put aside: "R04 <uid>" → the reason
    "term_days": 90,  # a term's end is told so many days before
    "women_members": 10,  # from so many women members on: a women's committee, 重庆市工会条例 9
}


def uid_of(key: str) -> str:
    """The uid of a setting: the same on every laptop."""
    return keyed_uid("setting", key)


#: Settings (uids) of whoever works with this copy of the register: what another laptop says of them is not taken over.
NOT_SHARED = frozenset({uid_of("my_towns")})


class Setting(Record):
    """One setting; ``value`` is JSON. Its uid follows from its key."""

    key = declare(Text(), "设置", index=True)
    value = declare(Text(), "值")


class RememberedMapping(Record):
    """That a person sent columns with this normalised header (and group header) of a form to a field, or to none."""

    form = declare(Text(), "表", index=True)
    group = declare(Text(), "上级表头")
    header = declare(Text(), "表头")
    field = declare(Text(), "字段")


class RememberedValue(Record):
    """That a person read a written value of a field as a label of its code list; "" drops the value."""

    form = declare(Text(), "表", index=True)
    field = declare(Text(), "字段")
    written = declare(Text(), "写法")
    label = declare(Text(), "含义")


def settings() -> dict[str, Any]:
    """The register's value of every setting, or its default, by one query."""
    written = {row.key: json.loads(row.value) for row in Setting.select(Setting.key, Setting.value)}
    return {key: written.get(key, default) for key, default in DEFAULTS.items()}


def setting(key: str) -> Any:
    """The register's value of a setting, or its default. KeyError for a key that no setting has."""
    default = DEFAULTS[key]
    row = Setting.get_or_none(Setting.key == key)
    return default if row is None else json.loads(row.value)
