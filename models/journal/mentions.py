"""Records that speak of another one within a text, where no reference points: findings put aside, and saved filters.

After a merge they speak of the record that remains.
"""

import json
from collections.abc import Collection

from models.engine import sql
from models.engine.record import Record, Values
from models.journal.log import to_json
from models.records.saved_filter import SavedFilter
from models.records.setting import Setting

#: The setting that keeps the findings that a person put aside, by "rule uid".
ASIDE = "set_aside"


def mentions(uid: str) -> list[tuple[type[Record], str]]:
    """The settings and saved filters (class, uid) whose text speaks of a record (uid)."""
    settings = Setting.select(Setting.uid).where(Setting.key == ASIDE, sql.stands_in(uid, Setting.value))
    filters = SavedFilter.select(SavedFilter.uid).where(sql.stands_in(uid, SavedFilter.choice))
    return [(Setting, row.uid) for row in settings] + [(SavedFilter, row.uid) for row in filters]


def speak_of(record: type[Record], values: Values, drop: str, keep: str, name: str) -> None:
    """Let a setting or a saved filter speak of ``keep`` (called ``name``) where it speaks of ``drop``, in place.

    What was put aside of ``drop`` stays beside it: a merge that is taken apart needs it whatever was put aside since.
    """
    if record is Setting:
        values["value"] = json.dumps(_followed(json.loads(values["value"]), drop, keep), ensure_ascii=False)
        return
    parts = json.loads(values["choice"])
    told = {field: keep if value == drop else value for field, value in parts.items()}
    if parts.get("union") == drop and "union_name" in parts:
        told["union_name"] = name
    values["choice"] = to_json(dict(sorted(told.items())))


def _followed(aside: dict[str, str], drop: str, keep: str) -> dict[str, str]:
    ours = {key.replace(drop, keep): reason for key, reason in aside.items() if key.endswith(drop)}
    return aside | {key: reason for key, reason in ours.items() if key not in aside}


def put_aside(before: str, after: str) -> int:
    """How many findings were put aside between two texts of the setting."""
    return len(json.loads(after)) - len(json.loads(before))


def aside_without(value: str, uids: Collection[str]) -> str:
    """The text of a setting without the findings that were put aside of these records (uids); any other as it is."""
    if not any(uid in value for uid in uids):
        return value
    held = json.loads(value)
    if not isinstance(held, dict):
        return value
    return json.dumps({key: each for key, each in held.items() if key.split(" ")[-1] not in uids}, ensure_ascii=False)
