"""Every report as it is laid out, kept as text beside this file: with nothing in its table, with one row, and with several.

``JIANHUI_LAYOUTS=1 pytest tests/reports/test_layouts.py`` writes the texts anew; what has changed is then seen in the diff.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.chasing.rules import add_rule
from models.chasing.rules import read as read_rule
from models.drive.case_list import plan_case
from models.editing.regions import add_region
from models.errors import UserError
from models.figures.targets import set_target
from models.journal.writer import Author
from models.ledger import entries
from models.lists.listings import Selection
from models.lists.print_forms import ready_forms
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.register.register import Register
from models.sites import sites
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.layout import Layout, lay_out
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import kind_of_list
from reports.paper_page import PaperPage
from tests.aids.case_world import case, cover, employer, union
from tests.aids.sound_union import member
from tests.aids.sound_union import union as sound_union
from tests.aids.speaking import TODAY, made
from tests.aids.whole_window import made_once, own_copy
from tests.reports.test_report import plain_measure
from tests.reports.test_report_kinds import PAPERS, fill

FOLDER = Path(__file__).parent / "layouts"
ANEW = bool(os.environ.get("JIANHUI_LAYOUTS"))
FIRM, UNION = "重庆山示例有限公司", "甲公司工会"
#: A position in the kept texts is in millimetres; one of them has so many twentieths of a point.
MM = 1440 / 25.4

Choice = dict[str, Any]
Writes = Callable[[Author], Choice]


def nothing(_author: Author) -> Choice:
    return {}


def bare_union(author: Author) -> Choice:
    return {"union": union(author, UNION)}


def bare_employer(author: Author) -> Choice:
    return {"employer": employer(author, FIRM, None)}


def one_member(author: Author) -> Choice:
    of = union(author, UNION)
    member(author, "王五", ("入会", "2024-05-06", of), phone="19900000001", sex="男")
    return {"union": of}


def one_case(author: Author) -> Choice:
    uid = employer(author, FIRM, 60, "渝中区大坪街道", address="示例路1号", contact="李示例", phone="19900000077")
    plan_case(case(author, uid), {"next_action": "上门走访", "next_action_date": "2026-11-10", "organizer": "陈示例"}, author)
    return {"employer": uid}


def on_the_list(author: Author) -> Choice:
    one_case(author)
    return {}


def one_target(author: Author) -> Choice:
    set_target(2026, "new_members", 200, author, load_index(TODAY))
    return {}


def one_term(author: Author) -> Choice:
    union(author, "到期工会", term_start="2021-11-01", term_years=5, founding_date="2010-01-01")
    return {}


def one_finding(author: Author) -> Choice:
    uid = sound_union(author, approval_number=None)
    made(author, HeadCount, subject=uid, subject_kind="工会", as_of="2026-06-30", source="工会登记", member_count=30)
    return {}


def one_entry(author: Author) -> Choice:
    index = load_index(TODAY)
    texts = {"ledger_kind": "劳动争议调解", "date": "2026-02-03", "title": "劳动合同", "people": "12", "quantity": "2"}
    entries.add(entries.read(texts, index), author)
    return {}


def no_member(_author: Author) -> Choice:
    return {"table": "会员发展"}


def counted_member(author: Author) -> Choice:
    one_member(author)
    return {"table": "会员发展"}


def counted(author: Author) -> Choice:
    one_member(author)
    return {}


def one_site(author: Author) -> Choice:
    index = load_index(TODAY)
    texts = {"site_kind": "工会驿站", "name": "小龙坎商圈工会驿站", "region": "沙坪坝区小龙坎街道", "since": "2026-03"}
    sites.add(sites.read(texts, index), author)
    return {}


def one_due(author: Author) -> Choice:
    made(author, Union, name=UNION, union_type="单独基层工会", founding_date="2020", chair="周示例", phone="19900000021")
    add_rule(read_rule({"sheet": "人数", "every": "每月", "days": "10", "since": "2026-08"}, load_index(TODAY)), author, TODAY)
    return {}


def one_card(author: Author) -> Choice:
    of = union(author, UNION)
    member(author, "𫖯𬭊", ("入会", "2024-05-06", of), phone="19900000001", member_number="A0012345", residence_address="示例路 7 号")
    return {"union": of}


def three_levels(author: Author) -> Choice:
    above = made(author, Union, name="小龙坎街道总工会", union_type="乡镇（街道）工会")
    middle = made(author, Union, name="示例社区工会", union_type="村（社区）工会", parent=above)
    one_member(author)
    made(author, Union, name="乙公司工会", parent=middle)
    return {"union": above}


def one_community(author: Author) -> Choice:
    index = load_index(TODAY)
    town = str(index.resolve("渝中区大坪街道").uid)
    place = add_region("示例社区", "community", town, author, index)
    for name, count in (("甲公司", 60), ("乙公司", 30)):
        employer(author, name, count, "渝中区大坪街道示例社区")
    employer(author, "丙公司", 40, "渝中区大坪街道")
    cover(author, union(author, UNION), str(Employer.get(Employer.name == "甲公司").uid))
    assert place
    return {"region": town}


#: What the register holds when a report has no row, and when it has one; the choices that it needs.
FEW: dict[str, tuple[Writes, Writes]] = {
    "roster": (bare_union, one_member),
    "attendance": (bare_union, one_member),
    "visits": (nothing, on_the_list),
    "case": (bare_employer, one_case),
    "drive": (nothing, on_the_list),
    "targets": (nothing, one_target),
    "table": (no_member, counted_member),
    "half_year": (nothing, counted),
    "terms": (nothing, one_term),
    "findings": (nothing, one_finding),
    "ledger": (nothing, one_entry),
    "sites": (nothing, one_site),
    "chase": (nothing, one_due),
    "list": (nothing, counted),
    "cards": (bare_union, one_card),
    "labels": (bare_union, one_card),
    "tree": (nothing, three_levels),
    "town": (nothing, one_community),
    "annual": (nothing, counted),
    "laptop": (nothing, counted),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with several rows for each report."""
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def written(page: PaperPage) -> list[str]:
    """What is drawn on a page, a line each: where it stands in millimetres, what it is."""
    texts = [
        f"{each.x / MM:6.1f} {each.baseline / MM:6.1f}  {each.size / 20:g}{'b' * each.bold}{'↓' * each.turned}  {each.text}"
        for each in page.texts
    ]
    tints = [f"{each.x / MM:6.1f} {each.y / MM:6.1f}  {each.colour}{each.grey}% {each.width / MM:.1f} × {each.height / MM:.1f}"
        for each in page.tints]
    rules = [" → ".join(f"{x / MM:6.1f} {y / MM:6.1f}" for x, y in (rule[:2], rule[2:])) for rule in page.rules]
    return [*texts, *tints, *rules]


def told_of(layout: Layout) -> str:
    """A layout as text."""
    shape = "横" if layout.landscape else "竖"
    head = f"{layout.title}（{shape}，{layout.watermark or '无水印'}，{len(layout.pages)} 页）"
    return "\n".join([head, *(line for number, page in enumerate(layout.pages, 1) for line in (f"-- {number}", *written(page)))])


def laid_out(name: str, choice: Choice) -> str:
    """A report of the open register, laid out: its text. Where there is no paper without a row, the sentence that says so."""
    index = load_index(TODAY)
    try:
        report = report_kinds()[name].compose(index, ReportChoices(**{"today": TODAY, "day": TODAY, **choice}))
    except UserError as error:
        return str(error)
    return told_of(lay_out(report, "2026-11-22 09:00", plain_measure))


def test_every_report_has_its_few() -> None:
    assert list(FEW) == list(report_kinds())


@pytest.mark.parametrize("name", report_kinds())
def test_a_report_is_laid_out_as_it_is_kept(
    name: str, empty_register: Register, filled: Register, tmp_path: Path
) -> None:
    parts, author = [], Author("tests", "陈示例")
    for rows, write in zip(("没有一行", "一行"), FEW[name], strict=True):
        with own_copy(empty_register, tmp_path / rows):
            parts.append(f"==== {rows}\n{laid_out(name, write(author))}")
    with own_copy(filled, tmp_path / "几行"):
        uids = {str(row.name): str(row.uid) for record in (Employer, Union) for row in record.select()}
        chosen = next((chosen for kind, chosen, *_rest in PAPERS if kind == name), no_member(author) if name == "table" else {})
        parts.append(f"==== 几行\n{laid_out(name, {field: uids.get(value, value) for field, value in chosen.items()})}")
    text, kept = "\n\n".join(parts) + "\n", FOLDER / f"{name}.txt"
    if ANEW:
        kept.write_text(text, "utf-8")
    assert text.splitlines() == kept.read_text("utf-8").splitlines()


def test_the_lists_in_their_ready_layouts_are_laid_out_as_they_are_kept(filled: Register, tmp_path: Path) -> None:
    """All that the list shows, and grouped papers of their own, in copies and on sheets of their own."""
    parts = []
    told = ListPaper("某区总工会", TODAY.isoformat())
    forms = ready_forms()
    apart = replace(forms[0], name="每组单独", group_by="union", apart=True, copies=2, duplex=True, paper="A3", watermark="草稿")
    with own_copy(filled, tmp_path / "几行"):
        index = load_index(TODAY)
        for form in (*forms, apart):
            report = list_report(Selection(kind_of_list(form), today=TODAY), form, told, index)
            parts.append(f"==== {form.kind} {form.name}\n{told_of(lay_out(report, '2026-11-22 09:00', plain_measure))}")
    text, kept = "\n\n".join(parts) + "\n", FOLDER / "list_ready.txt"
    if ANEW:
        kept.write_text(text, "utf-8")
    assert text.splitlines() == kept.read_text("utf-8").splitlines()
