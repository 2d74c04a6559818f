"""What the register remembers about itself: settings (threshold, home district) and how headers were mapped before."""

import json
from typing import TYPE_CHECKING, Any

from models.columns import declare
from models.kinds import Text
from models.record import Record
from models.uid import new_uid

if TYPE_CHECKING:
    from models.journal import Author

#: Every setting of the register with its value until a person changes it.
DEFAULTS: dict[str, Any] = {
    "threshold": 25,  # 25 and more people employed: the drive's line, plan of the year 2024
    "home_district": "",
    "organization": "",
}


class Setting(Record):
    """One setting; ``value`` is JSON."""

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


def setting(key: str) -> Any:
    """The register's value of a setting, or its default. KeyError for a key that no setting has."""
    default = DEFAULTS[key]
    row = Setting.get_or_none(Setting.key == key)
    return default if row is None else json.loads(row.value)


def change_setting(key: str, value: Any, author: "Author") -> None:
    """Set one setting, journaled. KeyError for a key that no setting has; a value that is held already changes nothing."""
    from models.journal import batch  # the journal knows all records, this one among them

    if setting(key) == value:
        return
    row = Setting.get_or_none(Setting.key == key)
    text = json.dumps(value, ensure_ascii=False)
    with batch("setting", author) as writer:
        if row is None:
            writer.create(Setting, {"uid": new_uid(), "key": key, "value": text})
        else:
            writer.update(Setting, row.uid, {"value": (row.value, text)})
