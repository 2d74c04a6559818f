"""Settings of the register are changed as everything else is: in a batch of the journal."""

import json
from typing import Any

from models.journal.log import WHOLE
from models.journal.parents import heads
from models.journal.writer import Author, Writer, batch
from models.records.setting import Setting, setting, uid_of


def change_setting(key: str, value: Any, author: Author) -> None:
    """Set one setting, journaled. KeyError for a key that no setting has; a value that is held already changes nothing."""
    change_settings({key: value}, author)


def change_settings(values: dict[str, Any], author: Author) -> None:
    """Set several settings as one batch; as :func:`change_setting`."""
    with batch("setting", author) as writer:
        write_settings(values, writer)


def write_settings(values: dict[str, Any], writer: Writer) -> None:
    """Set several settings within a batch; a value that is held already changes nothing."""
    for key, value in values.items():
        if setting(key) == value:
            continue
        row = Setting.get_or_none(Setting.key == key)
        text = json.dumps(value, ensure_ascii=False)
        if row is None:
            uid = uid_of(key)
            writer.create(Setting, {"uid": uid, "key": key, "value": text}, removal=heads([uid]).get((uid, WHOLE)))
        else:
            writer.update(Setting, row.uid, {"value": (row.value, text)})
