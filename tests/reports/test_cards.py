"""Cards and labels: layouts as data, whole names in their boxes, codes that a reader finds, where the printer prints."""

import json
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader
from PySide6.QtGui import QColor

from models.errors import UserError
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.lists import card_forms
from models.lists.card_forms import CardForm, find_card, keep_card, plain, read_card, ready_cards
from models.lists.listings import Selection
from models.records.region import load_index
from models.records.worker import Worker
from models.register.laptop import laptop_file
from models.register.register import Register
from models.worklists.lists import make_worklist
from reports import handout, paper
from reports.cards.chosen import cards_report, printer_test
from reports.cards.drawing import CardSheets
from reports.cards.offsets import keep_offset, print_offset, read_offset
from reports.cards.qr import QUIET
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.layout import Layout, lay_out
from reports.paper_page import MM, SIDES
from reports.report import Report
from tests.aids.case_world import union
from tests.aids.sound_union import member
from tests.aids.speaking import TODAY
from tests.aids.whole_window import made_once
from tests.reports.test_report import plain_measure

#: Sixty characters, as the longest names of unions are; and a name outside the plane that most fonts know.
LONG = "重庆市沙坪坝区小龙坎街道三峡广场商圈及周边楼宇非公有制企业和新就业形态劳动者以及家政服务员网约配送员联合工会委员会筹备工作小组"
RARE = "𫖯𬭊"
FORMS = [*ready_cards("cards"), *ready_cards("labels")]


def fill(author: Author, _folder: Path) -> None:
    change_setting("organization", "某区总工会", author)
    of = union(author, LONG)
    for number, name in enumerate((RARE, "欧阳上官司马诸葛", "王五"), start=1):
        member(author, name, ("入会", "2024-05-06", of), phone=f"1990000000{number}", member_number=f"A001234{number}")
    member(author, "李四", ("入会", "2024-05-06", of))


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def of_all(form: CardForm, **more: Any) -> Report:
    return cards_report(form, Selection(form.of, order="name", today=TODAY), load_index(TODAY), TODAY.isoformat(), **more)


def laid_out(report: Report) -> Layout:
    return lay_out(report, "", plain_measure)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.use} {form.key}")
def test_each_layout_stays_on_its_sheet_and_says_what_it_is_read_from(form: CardForm) -> None:
    again = read_card(form.name, json.loads(json.dumps(plain(form))))
    assert again == form
    cards = [dict.fromkeys(form.names, "某区") | {"name": LONG}] * (form.a_sheet + 1)
    report = Report("", "", "", (), (), drawn=CardSheets(form, cards, (0, 0)))
    pages = laid_out(report).pages
    wide, high = SIDES[form.paper]
    assert len(pages) == 2
    for page in pages:
        for text in page.texts:
            length = plain_measure(text.text, text.bold) * text.size
            left = text.x - length if text.turned else text.x
            assert 0 <= left <= left + length <= wide + 1, text
            assert 0 <= text.baseline <= high
    said = "".join(text.text for text in pages[1].texts)
    assert LONG in said, "sixty characters stand whole, in small letters where it takes them"
    assert "…" not in said


def test_a_card_says_who_it_is_and_what_is_unknown_stays_empty(register: Register) -> None:
    report = of_all(find_card("cards", "会员证卡片"))
    assert report.totals == "4 张，1 页；1 张没有会员号，没有印二维码"
    (page,) = laid_out(report).pages
    texts = [text.text for text in page.texts]
    assert {RARE, "会员号 A0012341", "会员号", "入会 2024-05-06", "某区总工会"} <= set(texts)
    assert [column.title for column in report.columns] == ["序号", "姓名", "所属工会", "入会日期", "会员号"]
    assert report.records == 4


def test_the_pdf_is_searched_by_name_and_covers_numbers_unless_asked(register: Register, tmp_path: Path) -> None:
    form = find_card("labels", "地址标签")
    for masked, phone in ((True, "199****0003"), (False, "19900000003")):
        handout.write(of_all(form, masked=masked), tmp_path / "a.pdf", "pdf")
        text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
        assert [word for word in ("王五 收", "欧阳上官司马诸葛", phone) if word not in text] == []
    handout.write(of_all(find_card("cards", "桌签（带单位）")), tmp_path / "b.pdf", "pdf")
    assert sum("王五" in page.extract_text() for page in PdfReader(tmp_path / "b.pdf").pages) == 1


def test_a_card_of_the_table_has_the_name_on_both_sides_one_on_its_head(register: Register) -> None:
    pages = laid_out(of_all(find_card("cards", "桌签（带单位）"))).pages
    told = [[(text.text, text.turned) for text in page.texts if text.bold] for page in pages]
    assert sorted(told) == sorted([(name, True), (name, False)] for name in (RARE, "欧阳上官司马诸葛", "王五", "李四"))


def test_the_code_on_the_printed_page_is_the_member_number(register: Register) -> None:
    """The picture of the page, looked at in the middle of each module, is the code that the standard gives for the number."""
    form = find_card("cards", "会员证卡片")
    report = of_all(form)
    assert isinstance(report.drawn, CardSheets)
    numbers = [card["member_number"] for card in report.drawn.cards]
    image = paper.page_image(paper.lay_out(report), 1, 300)
    part = next(part for part in form.parts if part.qr)
    place = numbers.index("A0012341")
    column, row = place % form.across, place // form.across
    left = form.left + column * (form.width + form.gap_x) + part.x
    top = form.top + row * (form.height + form.gap_y) + part.y
    wanted = [[bool(each) for each in line] for line in segno.make_qr("A0012341", error="m").matrix]
    module = part.width / (len(wanted) + 2 * QUIET)

    def dark(x: float, y: float) -> bool:
        at = [round((start + (each + QUIET + 0.5) * module) / 25.4 * 300) for start, each in ((left, x), (top, y))]
        return QColor(image.pixel(at[0], at[1])).lightness() < 128

    assert [[dark(x, y) for x in range(len(wanted))] for y in range(len(wanted))] == wanted
    assert not any(dark(each, -2) or dark(-2, each) for each in range(len(wanted))), "the quiet zone stays empty"


def test_ten_thousand_cards_are_a_thousand_pages_of_which_none_is_held() -> None:
    form = find_card_of("会员证卡片")
    cards = [{"name": f"会员{number}", "member_number": str(number)} for number in range(10_000)]
    pages = laid_out(Report("", "", "", (), (), drawn=CardSheets(form, cards, (0, 0)))).pages
    assert len(pages) == 1_000
    assert [text.text for text in pages[999].texts if text.text.startswith("会员9")][-1] == "会员9999"
    assert pages[999] is not pages[999]
    with pytest.raises(IndexError):
        pages[1_000]
    exact = laid_out(Report("", "", "", (), (), drawn=CardSheets(form, cards[:10], (0, 0)))).pages
    assert len(exact) == 1


def find_card_of(name: str) -> CardForm:
    return next(form for form in FORMS if form.name == name)


def test_what_the_printer_prints_beside_is_put_right_by_an_offset_that_this_laptop_keeps(register: Register) -> None:
    form = find_card("cards", "会员证卡片")
    before = laid_out(of_all(form)).pages[0]
    assert read_offset("1.5，-2") == (1.5, -2.0)
    keep_offset((1.5, -2.0))
    assert print_offset() == (1.5, -2.0)
    after = laid_out(of_all(form)).pages[0]
    for one, other in zip(before.texts, after.texts, strict=True):
        assert (other.x - one.x, other.baseline - one.baseline) == pytest.approx((1.5 * MM, -2 * MM))
    assert after.rules[0][0] == pytest.approx((15 + 1.5) * MM)
    test = laid_out(printer_test(form)).pages
    assert len(test) == 1
    assert "".join(text.text for text in test[0].texts).count("向右 1.5，向下 -2") == 1
    laptop_file().write_text('{"print_offset": [1, "a"]}', "utf-8")
    assert print_offset() == (0, 0)
    for wrong in ("1.5", "a,b", ""):
        with pytest.raises(UserError, match="不是偏移"):
            read_offset(wrong)
    with pytest.raises(UserError, match="偏移最多 20 毫米"):
        keep_offset((30, 0))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"use": "stamps"}, "要写明 use"), ({"parts": []}, "要有 parts"), ({"across": 4}, "一页放不下"), ({"width": "宽"}, "写成毫米数"),
        ({"parts": [{"x": 0, "y": 0, "width": 10, "height": 5, "text": "{salary}"}]}, "没有“salary”"),
        ({"parts": [{"x": 0, "y": 0, "width": 100, "height": 5, "text": "{name}"}]}, "印到卡片外面"),
        ({"parts": [{"x": 0, "y": 0, "width": 10, "height": 5}]}, "要有 text"), ({"down": 0}, "大小或个数不对"),
    ],
)  # fmt: skip
def test_what_is_no_layout_is_said(change: dict[str, Any], said: str) -> None:
    given = plain(find_card_of("会员证卡片"))
    with pytest.raises(UserError, match=said):
        read_card("甲", given | change)


def test_a_register_keeps_layouts_of_its_own(register: Register, author: Author) -> None:
    part = {"x": 1, "y": 1, "width": 60, "height": 8, "text": "{number} {name} {day}"}
    given = plain(find_card_of("会员证卡片")) | {"parts": [part]}
    keep_card("我的卡", given, author)
    form = find_card("cards", "我的卡")
    texts = {text.text for text in laid_out(of_all(form)).pages[0].texts}
    assert f"2 李四 {TODAY}" in texts  # after 𫖯, fǔ
    with pytest.raises(UserError, match="自带的版式"):
        keep_card("桌签", given, author)
    card_forms.forget_card(form, author)
    with pytest.raises(UserError, match="没有版式“我的卡”"):
        find_card("cards", "我的卡")


def test_cards_are_printed_of_a_working_list_in_its_order(register: Register, author: Author) -> None:
    people = {str(row.name): str(row.uid) for row in Worker.select()}
    uid, _added = make_worklist("代表会", "开会通知", "workers", author, [people["王五"], people[RARE], people["李四"]])
    choices = ReportChoices(TODAY, TODAY, worklist=uid, card="桌签")
    report = report_kinds()["cards"].compose(load_index(TODAY), choices)
    assert [row[1] for row in report.sections[0].rows] == ["王五", RARE, "李四"]
    with pytest.raises(UserError, match="选择一个工会"):
        report_kinds()["cards"].compose(load_index(TODAY), ReportChoices(TODAY, TODAY))
    test = report_kinds()["cards"].compose(load_index(TODAY), ReportChoices(TODAY, TODAY, test_page=True))
    assert test.title == "打印位置测试页"
