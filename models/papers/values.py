"""What a paper can say: the names that stand in its template, and what the register knows for each.

What nobody wrote is a line to be filled in by hand, never a guess. Names are Chinese, for people write them in Word.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.drive.case_file import case_file
from models.engine import database
from models.engine.record import Record, Values
from models.errors import UserError
from models.journal.stored import stored
from models.language import N_, _
from models.papers.catalogue import FoundingPaper
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import newest_counts
from models.standing.covered_counts import covered_counts
from models.standing.officers import UnionOfficers, officers_on
from models.unions.sheet import UnionSheet, union_sheet
from models.values.columns import column_of
from models.values.days import precision
from models.values.kinds import Day
from models.values.region_index import RegionIndex

#: Stands where the register knows nothing.
BLANK = "________"
#: The one list that a template can go through, and what each of it says.
LIST = "委员"
_EACH = ("序号", "姓名", "性别", "出生年月", "政治面貌", "学历", "机构", "职务", "任职日期")
#: Lines of the list where nobody is known.
_LINES = 5

#: Name in a template → the field of the record that it says.
_EMPLOYER: Mapping[str, str] = {
    N_("单位名称"): "name", N_("信用代码"): "credit_code", N_("单位地址"): "address", N_("单位性质"): "nature", N_("所属行业"): "industry",
    N_("经济类型"): "economy", N_("单位成立日期"): "founding_date", N_("法定代表人"): "legal_representative", N_("联系人"): "contact",
    N_("联系电话"): "phone",
}  # fmt: skip
_UNION: Mapping[str, str] = {
    N_("工会名称"): "name", N_("工会代码"): "credit_code", N_("建会日期"): "founding_date", N_("批复文号"): "approval_number",
    N_("工会类型"): "union_type", N_("主席"): "chair", N_("届次"): "term_number", N_("任期年数"): "term_years", N_("会议形式"): "meeting_form",
    N_("工会电话"): "phone", N_("专职干部数"): "full_time_staff",
}  # fmt: skip
_PERSON: Mapping[str, str] = {
    N_("姓名"): "name", N_("性别"): "sex", N_("出生日期"): "birth_date", N_("民族"): "ethnicity", N_("学历"): "education",
    N_("政治面貌"): "political_status", N_("技术等级"): "skill_level", N_("就业状况"): "employment_state", N_("证件类型"): "id_type",
    N_("证件号码"): "id_number", N_("移动电话"): "phone", N_("户籍类型"): "household_type", N_("户籍所在地"): "household_place",
    N_("籍贯"): "native_place", N_("现住址"): "residence_address", N_("是否农民工"): "migrant_worker", N_("职业类别"): "occupation_group",
    N_("工会小组"): "union_group", N_("会员号"): "member_number", N_("入会日期"): "join_date", N_("入会方式"): "join_way",
    N_("会籍状态"): "membership_state", N_("变化原因"): "change_reason", N_("申请日期"): "application_date",
}  # fmt: skip
#: What is worked out, and what every paper can say.
_OF_UNIT = (
    N_("所在区划"), N_("职工人数"), N_("女职工人数"), N_("会员人数"), N_("女会员人数"), N_("筹备批复文号"), N_("筹备组成立日期"), N_("筹备组名单"),
    N_("任期起"), N_("任期止"), N_("委员人数"), N_("选举结果"), N_("经审组织"), N_("女职工组织"), N_("筹备组或上届委员会"),
    N_("主席性别"), N_("主席出生年月"), N_("主席政治面貌"), N_("主席学历"), N_("主席证件号码"),
)  # fmt: skip
_COMMON = (N_("日期"), N_("年份"), N_("文号"), N_("本级工会"), N_("上级工会"))


def names_of(paper: FoundingPaper) -> list[str]:
    """The names that a template of a paper can have, those of its subject first."""
    if "person" in paper.of:
        return [*_PERSON, N_("工作单位"), N_("所属工会"), *_COMMON]
    return [*_EMPLOYER, *_UNION, *_OF_UNIT, *_COMMON]


def values(
    paper: FoundingPaper, uid: str, subject: str, index: RegionIndex, day: dt.date, *, masked: bool = True, number: str = ""
) -> dict[str, Any]:
    """What the paper says of a record (``subject``: employer, union or person) as of a day; texts by name, and the list.

    UserError where it cannot be of such a record, or the record is not there.
    """
    if subject not in paper.of:
        raise UserError(_("《{paper}》不能这样打印，要选{subjects}。").format(paper=paper.shown, subjects=_subjects(paper)))
    said: dict[str, Any] = dict.fromkeys(names_of(paper), "")
    if subject == "person":
        said |= _of_person(uid, masked)
    else:
        said |= _of_unit(uid, subject, index, day, masked)
    said |= {"日期": date_text(day.isoformat()), "年份": str(day.year), "文号": number}
    said["本级工会"] = str(setting("organization")) or said["上级工会"]
    said["上级工会"] = said["上级工会"] or said["本级工会"]
    filled = {name: value or BLANK for name, value in said.items() if name != LIST}
    return filled | ({LIST: said.get(LIST) or _blank_lines()} if "person" not in paper.of else {})


def _subjects(paper: FoundingPaper) -> str:
    words = {"employer": _("一个单位"), "union": _("一个工会"), "person": _("一个人")}
    return _("或").join(words[each] for each in paper.of)


def date_text(day: str | None) -> str:
    """A stored day as papers write it, as far as it is known."""
    if not day:
        return ""
    parts = [int(part) for part in day.split("-")]
    return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))


def _texts(record: type[Record], held: Values, names: Mapping[str, str], masked: bool) -> dict[str, str]:
    found = {}
    for name, field in names.items():
        kind, value = column_of(record, field).kind, held.get(field)
        found[name] = date_text(str(value)) if isinstance(kind, Day) and value else _export(kind, value, masked)
    return found


def _export(kind: Any, value: Any, masked: bool) -> str:
    told = kind.export(value, masked=masked)
    return "" if told is None else str(told)


def _of_person(uid: str, masked: bool) -> dict[str, Any]:
    held = stored(Worker, uid, _("登记册里没有这个人（可能已经合并或撤销）。请刷新后重新选择。"))
    derived = ("union", "join_date", "membership_state", "change_reason")
    (values_,) = database.fetch_in(Worker, "uid", [uid], derived)
    held |= dict(zip(derived, values_, strict=True))
    said: dict[str, Any] = _texts(Worker, held, _PERSON, masked)
    union = _name(Union, held["union"] or _last_union(uid))
    return said | {"工作单位": _name(Employer, held["employer"]), "所属工会": union, "上级工会": _parent(held["union"])}


def _last_union(worker: str) -> str | None:
    """The union of somebody's last event: where a person who left was a member."""
    rows = [(str(uid), union) for uid, union in database.fetch_in(MembershipEvent, "worker", [worker], ("uid", "union"))]
    last: str | None = max(rows)[1] if rows else None
    return last


def _name(record: type[Record], uid: str | None) -> str:
    return next((str(name or "") for (name,) in database.fetch_in(record, "uid", [uid] if uid else [], ("name",))), "")


def _parent(union: str | None) -> str:
    parent = next((each for (each,) in database.fetch_in(Union, "uid", [union] if union else [], ("parent",))), None)
    return _name(Union, parent)


def _of_unit(uid: str, subject: str, index: RegionIndex, day: dt.date, masked: bool) -> dict[str, Any]:
    """Of an employer with the union that covers it, if any; of a union with its employer, where that is one."""
    case: Values = {}
    employer: str | None
    if subject == "employer":
        file = case_file(uid, day, index)
        employer, union, case = uid, file.union, file.case or {}
    else:
        covered = covered_counts([uid], day).get(uid)
        employer, union = next(iter(covered.employers)) if covered and len(covered.employers) == 1 else None, uid
    said: dict[str, Any] = {}
    held = stored(Employer, employer, "") if employer else {}
    said |= _texts(Employer, held, _EMPLOYER, masked)
    counts = newest_counts([employer] if employer else []).get(employer or "", {})
    said |= {"职工人数": _number(counts.get("staff_count")), "女职工人数": _number(counts.get("women_staff_count"))}
    said |= {"会员人数": _number(counts.get("member_count")), "女会员人数": _number(counts.get("women_member_count"))}
    region = held.get("region")
    said |= _of_union(union, day, index, masked) if union else {}
    if not union and held:
        said["工会名称"] = f"{held['name']}工会"  # the name that is proposed; it can be changed before printing
    said["所在区划"] = index.path(region) if region in index.entries else ""
    said |= {"筹备批复文号": case.get("preparation_number") or "", "筹备组成立日期": date_text(case.get("preparation_start"))}
    said["筹备组或上届委员会"] = "委员会" if subject == "union" else "筹备组"
    return said


def _number(count: Any) -> str:
    return "" if count is None else str(count)


def _of_union(uid: str, day: dt.date, index: RegionIndex, masked: bool) -> dict[str, Any]:
    held = stored(Union, uid, _("登记册里没有这个工会（可能已经合并或撤销）。请刷新后重新选择。"))
    sheet = union_sheet(uid, day)
    assert sheet is not None
    officers = officers_on(day, [uid]).get(uid, UnionOfficers())
    said: dict[str, Any] = _texts(Union, held, _UNION, masked)
    said |= _members(sheet)
    if sheet.counted:
        said["职工人数"] = _number(sheet.staff)
    start = held["term_start"]
    ends = date_text(sheet.term_end.isoformat()) if sheet.term_end and start and precision(start) == "day" else ""
    listed = _people(officers)
    return said | {
        "上级工会": _name(Union, held["parent"]), "任期起": date_text(start), "任期止": ends, "委员人数": _number(len(listed) or None),
        LIST: listed, "选举结果": _result(officers), **_bodies(sheet, held), **_chair(officers, masked),
    }  # fmt: skip


def _members(sheet: UnionSheet) -> dict[str, str]:
    """The members of the roster; where the register has none, those that the union declared last."""
    if sheet.listed or sheet.declared is None or sheet.declared.upper is not None:
        return {"会员人数": _number(sheet.listed or None), "女会员人数": _number(sheet.women if sheet.listed else None)}
    return {"会员人数": _number(sheet.declared.members), "女会员人数": _number(sheet.declared_women)}


def _bodies(sheet: UnionSheet, held: Values) -> dict[str, str]:
    words = {None: "", 0: "未建立", 1: "已建立"}
    return {"经审组织": words[held["audit_committee"]], "女职工组织": words[held["women_committee"]]}


def _people(officers: UnionOfficers) -> list[dict[str, str]]:
    """Everybody in office, by body, whoever leads it first."""
    order = sorted(officers.held, key=lambda each: (each.of_body or "", not (each.post or "").startswith("主"), each.uid))
    fields = ("uid", "sex", "birth_date", "political_status", "education")
    rows = database.fetch_in(Worker, "uid", [each.worker for each in order if each.worker], fields)
    known = {row[0]: row[1:] for row in rows}
    found = []
    for number, each in enumerate(order, 1):
        sex, birth, status, education = known.get(each.worker or "", (None,) * 4)
        line = (
            str(number), each.name, sex, (birth or "")[:7], status, education, each.body or each.of_body, each.post, each.since,
        )  # fmt: skip
        found.append({name: value or "" for name, value in zip(_EACH, line, strict=True)})
    return found


def _blank_lines() -> list[dict[str, str]]:
    return [dict.fromkeys(_EACH, "") | {"序号": str(number)} for number in range(1, _LINES + 1)]


def _result(officers: UnionOfficers) -> str:
    """Who was elected to what, in one sentence."""
    bodies: dict[str, list[str]] = {}
    for each in _people(officers):
        bodies.setdefault(each["机构"], []).append(f"{each['姓名']}（{each['职务']}）" if each["职务"] else each["姓名"])
    return "；".join(f"{body}：{'、'.join(people)}" for body, people in bodies.items())


def _chair(officers: UnionOfficers, masked: bool) -> dict[str, str]:
    """What is known of the chair as a person."""
    uid = next((each.worker for each in officers.held if each.post == "主席" and each.worker), None)
    if uid is None:
        return {}
    held = stored(Worker, uid, "")
    names = {"主席性别": "sex", "主席出生年月": "birth_date", "主席政治面貌": "political_status", "主席学历": "education",
        "主席证件号码": "id_number"}  # fmt: skip
    return _texts(Worker, held, names, masked)
