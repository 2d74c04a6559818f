"""What a column may hold because of the columns beside it: 名称 where nothing better is there, 农民工数 beside 职工人数."""

import re
from collections.abc import Collection, Sequence

from importers.columns.header import Header
from importers.columns.header_text import normal
from importers.columns.text import FieldCandidate, HeaderReading, side_of
from importers.columns.vocabulary import ANCHORS
from models.records.forms import Form

Offers = list[tuple[FieldCandidate, int]]

#: How many people, where nothing says of which kind: of an employer its staff.
_HEADS = tuple(map(normal, ("总人数", "人数", "总人员数", "人员总数", "人员数")))
_OF_CHANGES = re.compile("新增|新发展|新入会|净增|减少|增减|流失|退会|预计|预期")
_OF_ALL = re.compile("总|现有|期末|累计|合计|全部|在册")
_STAFF = re.compile("职工|员工|从业|用工|在岗")
#: What alone counts people where whole numbers stand below it, and the forms that count.
_BARE = {"会员": "member_count", "职工": "staff_count", "员工": "staff_count"}
_COUNTED = ("employers", "unions", "headcounts")
#: The field of names of each form that 名称 may stand for.
_NAMED = {"employers": "name", "unions": "name", "headcounts": "subject"}
#: Counts whose wording does not say whether they are of staff or of members.
_PARTS = frozenset(map(normal, ("农民工数", "农民工人数", "农民工", "其中农民工", "其中农民工数", "其中农民工人数")))

#: Days of an application or of a change, by field; what tells that membership is meant, and what tells of other matters:
#: of being helped, trained, sent to rest.
GENERIC_DAYS = {
    "join_date": frozenset(map(normal, ("申请时间", "申请日期"))),
    "change_date": frozenset(map(normal, ("变动时间", "变动日期"))),
}
_OF_MEMBERSHIP = re.compile("入会|退会|会员|会籍|加入工会")
_OF_OTHERS = re.compile("困难|补助|救助|帮扶|慰问|互助|疗休?养|培训|活动|报销|贷款|奖|调解|维权|援助")


def of_membership(reading: HeaderReading, text: str, header: Header) -> HeaderReading:
    """A day of applying or of a change is one of a membership only where the sheet speaks of one; elsewhere it is asked."""
    field = reading.candidates[0].field if reading.candidates else ""
    if normal(text) not in GENERIC_DAYS.get(field, ()) or sum(map(bool, header.texts)) < 2:
        return reading
    told = " ".join((header.title, *header.other_lines, *header.texts, *header.groups))
    if _OF_MEMBERSHIP.search(told) and not _OF_OTHERS.search(told):
        return reading
    return HeaderReading(closed=True, maybe=reading.candidates[0])


def of_whom(reading: HeaderReading, text: str, group: str, header: Header) -> HeaderReading:
    """人数 alone counts members where title or groups speak of them only; beside unions' names it may be asked.

    Under a title of who came, went or is expected (新增会员统计表) a count may be of these alone, and is asked too.
    """
    field = reading.candidates[0].field if reading.candidates else ""
    if field in ("staff_count", "member_count") and _OF_CHANGES.search(header.title) and not _OF_ALL.search(text):
        return HeaderReading(closed=True, maybe=reading.candidates[0])
    if field != "staff_count" or normal(text) not in _HEADS or group:
        return reading
    # what another column is called (会员大会届次) says nothing of this one
    told = " ".join((header.title, *header.other_lines, *header.groups))
    staff = _STAFF.search(" ".join((told, *header.texts)))
    if "会员" in told and not staff:
        return HeaderReading((FieldCandidate("member_count", "group", 0.92),))
    sides = {side_of(normal(each)) for each in header.texts}
    if staff or "union" not in sides or "employer" in sides:
        return reading
    return HeaderReading(closed=True, maybe=reading.candidates[0])


def with_names(form: Form, offers: Offers, texts: Sequence[str], counts: Collection[int]) -> Offers:
    """名称 is the column of names where no other column is; so is 总人数 of an employer the number of its staff.

    会员 and 职工 alone head counts where numbers stand below them. ``counts``: the columns of whole numbers.
    """
    wanted = _NAMED.get(form.kind, "")
    had = {each.field for each, _index in offers}
    places = {normal(text): index for index, text in reversed(list(enumerate(texts)))}
    found = []
    if wanted and wanted not in had:
        found += [(FieldCandidate(wanted, "synonym", 0.6), places[text]) for text in ANCHORS if text in places][:1]
    if form.kind == "employers" and "staff_count" not in had:
        found += [(FieldCandidate("staff_count", "synonym", 0.6), places[text]) for text in _HEADS if text in places][:1]
    if form.kind in _COUNTED:
        bare = [(field, places[text]) for text, field in _BARE.items() if text in places and field not in had]
        found += [(FieldCandidate(field, "synonym", 0.9), index) for field, index in bare if index in counts]
    return [*offers, *found]


def without_parts_of_staff(offers: Offers, texts: Sequence[str], groups: Sequence[str]) -> Offers:
    """农民工数 behind 职工人数 counts staff, of which the register keeps no such part; behind 会员人数 it counts members."""
    return [(each, index) for each, index in offers if not _of_staff(each, index, offers, texts, groups)]


def _of_staff(each: FieldCandidate, index: int, offers: Offers, texts: Sequence[str], groups: Sequence[str]) -> bool:
    if each.field != "migrant_member_count" or normal(texts[index]) not in _PARTS or "会员" in groups[index]:
        return False
    if "职工" in groups[index] or "员工" in groups[index]:
        return True
    counts = {at: other.field for other, at in offers if other.field in ("staff_count", "member_count")}
    before = max((at for at in counts if at < index), default=None)
    return counts[before] == "staff_count" if before is not None else "staff_count" in counts.values()


def with_union_beside(form: Form, offers: Offers, texts: Sequence[str]) -> Offers:
    """In a head-count sheet 工会名称 beside 单位名称 is the union of the unit, not a second name of what is counted."""
    named = [index for each, index in offers if each.field == "subject"]
    unions = [index for index in named if side_of(normal(texts[index])) == "union"]
    if form.kind != "headcounts" or not unions or len(unions) == len(named):
        return offers
    return [
        (FieldCandidate("union", each.because, each.sureness) if each.field == "subject" and index in unions else each, index)
        for each, index in offers
    ]
