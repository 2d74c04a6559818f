"""Two people wrote into the same field: who was first and when, what stood there, what stands there now; a person decides."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.editing.editing import as_typed, names_of
from models.journal.overtaken import last_writers
from models.language import _
from models.values.columns import Column
from models.values.region_index import RegionIndex

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class WrittenByOther:
    """A field that somebody else changed: its name and title, who did and how long ago, what stood there and stands there now.

    ``person`` is "" where the log does not say it; ``before`` and ``now`` are as they are shown, personal ones covered; ``value``
    is what is stored now.
    """

    name: str
    title: str
    person: str
    ago: str
    before: str
    now: str
    value: Any

    @property
    def question(self) -> str:
        """The question to whoever has typed another value into the field."""
        who = self.person or _("别人")
        sentence = _("{who}{ago}改了{title}：{before} → {now}，保留谁的？")
        return sentence.format(who=who, ago=self.ago, title=self.title, before=self.before, now=self.now)


def written_by_others(
    uid: str, known: Mapping[str, Any], now: Mapping[str, Any], columns: Iterable[Column], index: RegionIndex
) -> list[WrittenByOther]:
    """Those of these fields of a record that hold something else ``now`` than what was ``known`` of them, both by field name."""
    changed = [each for each in columns if known.get(each.name) != now.get(each.name)]
    writers = last_writers(uid) if changed else {}
    clock = dt.datetime.now(dt.UTC)
    was, stands = names_of(known, changed, index), names_of(now, changed, index)
    by = {name: (person, ago(at, clock)) for name, (person, at) in writers.items()}
    return [
        WrittenByOther(
            each.name, each.title, *by.get(each.name, ("", "")), _shown(each, known.get(each.name), was),
            _shown(each, now.get(each.name), stands), now.get(each.name)
        )
        for each in changed
    ]  # fmt: skip


def _shown(column: Column, value: Any, names: Mapping[str, str]) -> str:
    if column.kind.covers(value):
        return column.kind.show(value, masked=True, beside_birth=True)
    return as_typed(column, value, names) or _("（空）")


def ago(at: str, clock: dt.datetime) -> str:
    """How long before ``clock`` a moment was (ISO, with its zone), in words. Another computer's clock may be ahead of ours."""
    try:
        passed = (clock - dt.datetime.fromisoformat(at)).total_seconds()
    except (ValueError, TypeError):
        return ""
    if passed < _MINUTE:
        return _("刚刚")
    if passed < _HOUR:
        return _("{count} 分钟前").format(count=int(passed // _MINUTE))
    if passed < _DAY:
        return _("{count} 小时前").format(count=int(passed // _HOUR))
    return _("在 {day}").format(day=at[:10])
