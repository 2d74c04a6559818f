"""Which of the forms a sheet is, judged by the fields its header covers; and the sheets that are none."""

from collections.abc import Sequence
from typing import NamedTuple

from importers.columns.content import filled
from importers.columns.header import Header
from importers.columns.header_text import normal
from importers.columns.mapping import Mapping, guess
from importers.columns.row_roles import role
from importers.columns.vocabulary import SEQUENCE
from models.ledger import kinds as ledger_kinds
from models.records.forms import FORMS, Form, SheetKind
from models.sites import kinds as site_kinds
from models.values import codes, drive_codes
from models.values.columns import Plain
from models.values.names import is_union_name

#: What a field tells of its form's being meant; fields that every form has tell little.
_TELLS: dict[str, dict[str, float]] = {
    "workers": {
        "name": 3, "id_number": 4, "sex": 1.5, "birth_date": 1.5, "ethnicity": 1, "education": 1, "political_status": 1,
        "member_number": 1, "join_date": 1, "occupation_group": 1, "platform": 1, "native_place": 1, "household_type": 1,
        "employer": 0.2, "union": 0.2, "phone": 0.3, "note": 0, "employer_credit_code": 0,
    },
    "employers": {
        "name": 2, "credit_code": 1, "legal_representative": 1.5, "nature": 0.8, "industry": 0.6, "address": 0.8, "contact": 0.8,
        "founding_date": 0.5, "non_public": 1.5, "operating": 1.5, "above_scale": 1.5, "stage": 1.5, "note": 0,
    },
    "unions": {
        "name": 2, "credit_code": 1.5, "parent": 2, "union_type": 3, "chair": 2, "approval_number": 1.5, "term_start": 1.5,
        "audit_committee": 1, "women_committee": 1, "legal_person": 1, "state": 1, "note": 0,
    },
    "headcounts": {
        "subject": 1, "as_of": 2, "source": 1, "staff_count": 0.8, "women_staff_count": 0.8, "member_count": 0.8,
        "women_member_count": 0.8, "migrant_member_count": 1, "new_form_member_count": 1,
    },
    "officers": {
        "union": 0.5, "name": 1, "body": 2.5, "post": 2.5, "term": 1.5, "since": 1.5, "until": 1.5, "elected_by": 2,
        "number": 0.5,
        "phone": 0.2, "id_number": 0.5, "until_because": 1, "note": 0,
    },
    "ledger": {
        "ledger_kind": 2.5, "date": 0.8, "title": 1, "quantity": 1.5, "done": 2, "people": 0.8, "amount": 1.5,
        "union": 0.2, "region": 0.2, "organization": 0.2, "person": 0.2, "note": 0,
        "parties": 2, "matter": 1.5, "due": 1.5, "closed_on": 1.5, "outcome": 1.5, "satisfied": 2, "recipient": 1.5, "goods": 2.5,
        "signed": 2.5, "education": 1, "level_before": 2.5, "level_after": 2.5, "id_number": 1,
    },
    "sites": {
        "site_kind": 3, "name": 1.5, "region": 0.3, "address": 0.8, "state": 1, "since": 1.5, "until": 1.5, "quantity": 1,
        "union": 0.3,
        "contact": 0.3, "phone": 0.3, "source": 0.3, "note": 0,
    },
    "regions": {"name": 2, "level": 1.5, "region": 1, "dense": 3, "aliases": 0.5},
}  # fmt: skip
#: What the kinds of work are called, in the words of the list that every register begins with.
_WORKS = {word: 1.0 for word in ledger_kinds.seeded_wordings() if len(word) > 2}
_STANDS = {word: 1.5 for word in site_kinds.seeded_wordings() if len(word) > 1}
#: Words in the sheet's name, title or header, and what they add.
_WORDS: dict[str, dict[str, float]] = {
    "workers": {"会员名": 1, "花名册": 1, "职工名册": 1, "骑手": 0.5, "会员信息": 1, "人员名单": 1},
    "employers": {"纳税人": 2, "企业名称": 1, "未建会": 1, "企业名单": 1, "单位名单": 1, "摸排": 1, "税务": 1},
    "unions": {"工会组织信息": 2, "工会名单": 1, "已建会": 1.5, "工会组织名单": 1, "基层工会名录": 1},
    "officers": {
        "委员名单": 3, "委员名册": 3, "干部名单": 3, "干部名册": 3, "委员会名单": 2, "代表名单": 3, "代表名册": 3, "任职名单": 2, "三委": 2, "工会干部": 2,
        "经审委员": 1, "女职工委员": 1,
    },
    "ledger": {"工作台账": 2, "台账": 0.5, "工作记录": 1, "活动记录": 1, "半年报": 1, **_WORKS},
    "regions": {
        "社区名称": 2, "村名称": 2, "园区名称": 2, "楼宇名称": 2, "区划名称": 2, "就业密集": 2, "小三级": 1.5, "楼宇名单": 1.5, "园区名单": 1.5,
        "社区名单": 1.5, "村社区名单": 1.5, "区划名单": 2, "楼宇名录": 1.5, "园区名录": 1.5, "社区名录": 1.5,
    },
    "sites": {"阵地": 2, "一览表": 0.5, "名录": 0.5, "分布": 0.5, "花名册": 0, **_STANDS},
    "headcounts": {"月报": 1.5, "人数统计": 1.5, "统计月份": 1, "人数月报": 0.5, "人数表": 1, "季报": 1, "年报": 1, "农民工数": 1, "农民工人数": 1},
}
_DICTIONARY_NAMES = ("下拉", "字典", "数据字典", "选项", "代码表", "dict", "数据源", "填写选项")
_LEAST = 2.5
_NEARLY_ALL = 0.8


class Recognised(NamedTuple):
    """The kind, how sure (0..1), and why: "fields" or "content"; without a kind "dictionary", "empty", "no-table", "unknown"."""

    kind: SheetKind | None
    sureness: float
    because: str


def recognise(header: Header | None, sheet_name: str, samples: Sequence[Sequence[Plain]]) -> Recognised:
    """Tell the kind of a sheet. ``samples``: the first rows below the header (some 200)."""
    if header is None:
        return Recognised(None, 1.0, "no-table")
    if _is_dictionary(sheet_name, samples):
        return Recognised(None, 0.9, "dictionary")
    # header texts tell enough; without them a look at some rows does
    known = [] if header.rows else samples[:40]
    mappings = {form.kind: guess(header, form, known) for form in FORMS.values()}
    told = " ".join((sheet_name, header.title, *header.texts, *header.groups))
    points = {kind: _points(FORMS[kind], mapping, told) for kind, mapping in mappings.items()}
    if _names_unions(mappings["employers"], samples):
        points["employers"] = 0  # whatever else its columns say, it is a list of unions
    ranked = sorted(points.items(), key=lambda each: -each[1])
    (kind, best), (_second, next_best) = ranked[0], ranked[1]
    if best < _LEAST:
        return Recognised(None, 0.5, "unknown")
    form = FORMS[kind]
    if not any(role(values, header, mappings[form.kind], form) in ("record", "section") for values in samples):
        return Recognised(None, 1.0, "empty")
    sureness = round(min(1.0, 0.5 + (best - max(next_best, 0)) / best / 2 + 0.02 * best), 2)
    return Recognised(form.kind, sureness, "fields" if header.rows else "content")


def _names_unions(mapping: Mapping, samples: Sequence[Sequence[Plain]]) -> bool:
    """True when nearly all names in what would be the column of employers' names are unions'."""
    at = mapping.of("name")
    names = [row[at] for row in samples if at is not None and at < len(row) and isinstance(row[at], str)]
    return bool(names) and sum(is_union_name(str(name)) for name in names) > _NEARLY_ALL * len(names)


def _points(form: Form, mapping: Mapping, told: str) -> float:
    """How much speaks for a form: telling fields, the share of columns it has a place for, words, what is missing."""
    tells = _TELLS[form.kind]
    points = sum(tells.get(match.field, 0.3) * match.sureness for match in mapping.matches if match.field)
    headed = [match for match in mapping.matches if match.header and normal(match.header) not in SEQUENCE]
    columns = headed or mapping.matches
    points += 3 * sum(match.field is not None for match in columns) / max(len(columns), 1)
    points += sum(worth for word, worth in _WORDS[form.kind].items() if word in told)
    if form.kind == "unions" and mapping.of("employer") is not None and mapping.of("parent") is not None:
        # a list of unions by their employers' names
        return points - (1.5 if mapping.missing else 0)
    if form.kind == "officers" and not any(mapping.of(name) is not None for name in ("body", "post", "elected_by", "until")):
        # a name and a phone make nobody an officer: the sheet must be called so
        return points - 3 if any(word in told for word in _WORDS["officers"]) and mapping.of("name") is not None else 0
    if form.kind == "ledger" and mapping.of("ledger_kind") is None and not any(word in told for word in _WORDS["ledger"]):
        # any list has days, names and quantities: which work was done must be said
        return 0
    if form.kind == "sites" and not any(word in told for word in _WORDS["sites"] if len(word) > 1):
        return 0  # names, addresses and phones are on every list
    if form.kind == "regions" and not any(word in told for word in _WORDS["regions"]):
        return 0  # every list has names and says where things are
    return points - (3 if mapping.missing else 0)


def _is_dictionary(sheet_name: str, samples: Sequence[Sequence[Plain]]) -> bool:
    """True for a sheet that feeds drop-downs: every column lists different labels of one code list."""
    width = max(map(len, samples), default=0)
    columns = [filled([row[index] for row in samples if index < len(row)]) for index in range(width)]
    columns = [column for column in columns if column]
    named = any(word in sheet_name.casefold() for word in _DICTIONARY_NAMES)
    if not columns or max(map(len, columns)) < 2:
        return False
    listing = [column for column in columns if len(set(map(str, column))) == len(column) and _labels(column)]
    return len(listing) >= (0.3 if named else 0.7) * len(columns)


def _labels(column: Sequence[Plain]) -> bool:
    """True when nearly all values are different labels of one code list."""
    for each in (*vars(codes).values(), *vars(drive_codes).values(), ledger_kinds.offered(), site_kinds.offered()):
        if isinstance(each, codes.CodeList):
            found = [each.find(value) for value in column if isinstance(value, str)]
            labels = {label for label in found if label}
            if len(labels) >= 0.8 * len(column):
                return True
    return set(map(str, column)) == {"是", "否"}
