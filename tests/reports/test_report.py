"""How a report is fitted to paper, told without a font: a Han character is one em wide, a Latin one half."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fitting import BODY_SIZES, POINT, Fitted, fit_columns, pieces, wrap
from reports.flow import Block, blocks_of, paginate
from reports.layout import MARGIN, Layout, lay_out
from reports.paper_page import MM
from reports.report import Report, ReportColumn, Section, group_runs, people_total, printable, roster_signatures


def plain_measure(text: str, bold: bool) -> float:
    return sum(0.5 if ord(character) < 128 else 1.0 for character in text)


COLUMNS = [ReportColumn("序号", 3, "center"), ReportColumn("姓名", 5), ReportColumn("工作单位", 14)]


def people(count: int, employer: str = "重庆云栈智能制造有限公司") -> list[list[str]]:
    return [[str(number), f"王小{number}", employer] for number in range(1, count + 1)]


def roster(*sections: Section) -> Report:
    return Report(
        "工会会员花名册",
        "重庆云栈智能制造有限公司工会",
        "2026-11-22",
        COLUMNS,
        sections,
        totals=people_total(sum(len(section.rows) for section in sections), 1),
        signatures=roster_signatures(),
        footnotes=("一式两份。", "证件号码以证件为准。"),
        mark="已脱敏",
    )


def texts(layout: Layout, number: int) -> list[str]:
    return [text.text for text in layout.pages[number - 1].texts]


@given(st.text(max_size=200), st.floats(1, 40))
def test_lines_are_never_wider_than_their_column_and_lose_nothing_but_spaces(text: str, width: float) -> None:
    lines = wrap(text, width, plain_measure, most=1000)
    assert all(plain_measure(line, False) <= width + 0.001 for line in lines)
    assert "".join("".join(lines).split()) == "".join(printable(text).split())


@given(st.text(max_size=100))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    line = text.replace("\n", " ")
    assert "".join(pieces(line)) == line


def test_a_number_moves_to_the_next_line_whole_and_punctuation_stays_with_its_character() -> None:
    assert wrap("电话13983001234", 6, plain_measure) == ("电话", "13983001234")
    assert wrap("困难职工，请核对吧", 4, plain_measure) == ("困难职", "工，请核", "对吧")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("沙坪坝区西永街道", 7, ("沙坪坝区西永", "街道")), ("困难职工，请核对", 4, ("困难职", "工，请", "核对")), ("甲乙丙", 2, ("甲乙", "丙")),
        ("共有1234567人。", 5, ("共有", "1234567", "人。")), ("请到工会领取。", 6, ("请到工会", "领取。")),
    ],
)  # fmt: skip
def test_a_last_line_is_not_a_single_character_where_it_can_help_it(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, width, plain_measure) == lines


def test_half_of_a_sum_is_never_seen() -> None:
    columns = [ReportColumn("单位名称", 30), ReportColumn("职工人数", 5, "right"), ReportColumn("工会", 30)]
    report = replace(roster(), columns=columns, sections=[Section("", [["甲公司", "12", ""]])], sums=["合计", "7,089 以上", ""])
    page = lay_out(report, "", lambda text, bold: plain_measure(text, bold) * (1.2 if bold else 1)).pages[0]
    assert "7,089 以上" in [text.text for text in page.texts]


def test_the_sums_of_a_list_have_two_rows_above_them_on_their_page() -> None:
    for count in range(30, 80):
        report = replace(roster(Section("", people(count))), sums=["合计", f"{count} 人", ""], totals="")
        pages = lay_out(report, "", plain_measure).pages
        last = [text.text for text in pages[-1].texts]
        assert "合计" in last
        assert {str(count), str(count - 1)} <= set(last), count


def pages_of(*sections: Section) -> list[list[str]]:
    """The texts of each page of a list without totals."""
    layout = lay_out(replace(roster(*sections), totals=""), "", plain_measure)
    return [[text.text for text in page.texts] for page in layout.pages]


def test_a_short_table_of_its_own_columns_is_not_parted_and_a_long_one_keeps_its_heading_with_its_first_row() -> None:
    own = [ReportColumn("名称", 10), ReportColumn("实际", 5, "right", most=20)]
    rows = [[f"街道{n}", str(n)] for n in range(9)]
    for before in range(1, 25):
        pages = pages_of(Section("甲", people(before)), Section("乙", rows, columns=own, sums=["合计", "36"]))
        assert len([page for page in pages if "街道0" in page and "街道8" in page and "36" in page]) == 1
    tall = [[name, "字\n" * 19 + "字"] for name, _number in rows]
    pages = pages_of(Section("", people(20)), Section("丙", tall, columns=own))
    assert [page.count("街道0") for page in pages if "丙" in page] == [1]


def test_a_text_of_more_than_three_lines_ends_in_an_ellipsis() -> None:
    assert wrap("甲乙丙丁戊己庚辛", 2, plain_measure) == ("甲乙", "丙丁", "戊…")


def test_a_column_is_widened_until_its_numbers_stay_whole() -> None:
    columns = [ReportColumn("证件号码", 2), ReportColumn("备注", 40)]
    report = replace(roster(), columns=columns, sections=[Section("", [["500101************", "无"]])])
    size, (narrow, wide), _own = fit_columns(report, 5000, plain_measure)
    assert size == BODY_SIZES[0]
    assert narrow > plain_measure("500101************", False) * size
    assert narrow + wide == pytest.approx(5000)


def test_letters_become_smaller_only_when_the_numbers_do_not_fit_otherwise() -> None:
    def size(number_columns: int) -> int:
        columns = [ReportColumn("证件号码", 10)] * number_columns
        return fit_columns(replace(roster(), columns=columns, sections=[Section("", [["5" * 18] * number_columns])]),
                           267 * MM, plain_measure)[0]  # fmt: skip

    assert [size(8), size(9), size(11), size(13)] == list(BODY_SIZES)


def test_a_row_with_a_text_too_few_is_a_bug() -> None:
    with pytest.raises(ValueError, match="2 texts in a report of 3 columns"):
        roster(Section("", [["1", "王小明"]]))


def test_neighbouring_columns_share_their_group() -> None:
    columns = [
        ReportColumn(title, 4, group=group) for title, group in zip("甲乙丙丁", ["", "单位", "单位", ""], strict=True)
    ]
    assert list(group_runs(columns)) == [(0, 1, ""), (1, 3, "单位"), (3, 4, "")]


def test_a_short_roster_is_one_page_with_everything_on_it() -> None:
    layout = lay_out(roster(Section("", people(3))), "2026-11-22 16:00", plain_measure)
    assert len(layout.pages) == 1
    assert texts(layout, 1) == [
        "工会会员花名册", "填报单位：重庆云栈智能制造有限公司工会", "填报日期：2026-11-22",
        "序号", "姓名", "工作单位",
        "1", "王小1", "重庆云栈智能制造有限公司",
        "2", "王小2", "重庆云栈智能制造有限公司",
        "3", "王小3", "重庆云栈智能制造有限公司",
        "共 3 人，其中女 1 人", "填表单位（盖章）：", "单位负责人（签字）：", "信息采集人（签字）：",
        "填表说明：1. 一式两份。", "2. 证件号码以证件为准。",
        "打印时间 2026-11-22 16:00", "第 1 页 共 1 页", "已脱敏",
    ]  # fmt: skip


def test_every_page_repeats_the_header_and_says_what_it_belongs_to() -> None:
    layout = lay_out(roster(Section("", people(60))), "", plain_measure)
    count = len(layout.pages)
    assert count == 3
    for number in range(1, count + 1):
        assert {"序号", "姓名", "工作单位", f"第 {number} 页 共 {count} 页", "已脱敏"} <= set(texts(layout, number))
    assert "工会会员花名册　重庆云栈智能制造有限公司工会" in texts(layout, 2)
    by_hand = replace(roster(Section("", people(60))), organization="_" * 20, scope="2026 年")
    assert "工会会员花名册　2026 年" in texts(lay_out(by_hand, "", plain_measure), 2)
    meeting = replace(roster(Section("", people(60))), scope="会议名称：" + "_" * 16)
    assert "工会会员花名册　重庆云栈智能制造有限公司工会" in texts(lay_out(meeting, "", plain_measure), 2)


def test_notes_keep_away_from_a_table_without_signatures() -> None:
    report = replace(roster(Section("", people(3))), signatures=())
    page = lay_out(report, "", plain_measure).pages[0]
    table = max(y for _x, _y, _right, y in page.rules)
    note = next(text for text in page.texts if text.text.startswith("填表说明："))
    assert note.baseline - note.size > table + 2 * POINT


@pytest.mark.parametrize("count", range(1, 75))
def test_signatures_never_stand_on_a_page_without_the_last_two_rows(count: int) -> None:
    layout = lay_out(roster(Section("", people(count))), "", plain_measure)
    last = texts(layout, len(layout.pages))
    assert {f"王小{number}" for number in (count, max(1, count - 1))} <= set(last)
    assert {f"共 {count} 人，其中女 1 人", "填表单位（盖章）："} <= set(last)
    written = [text for number in range(len(layout.pages)) for text in texts(layout, number + 1)]
    assert [text for text in written if text.startswith("王小")] == [f"王小{number}" for number in range(1, count + 1)]


@pytest.mark.parametrize("count", range(1, 75))
def test_nothing_stands_outside_the_margins_but_the_running_head_and_the_foot(count: int) -> None:
    sections = (
        Section("甲公司工会", people(count), "共若干人"),
        Section("乙公司工会", people(7, "很长的单位名称" * 9)),
    )
    layout = lay_out(roster(*sections), "2026-11-22 16:00", plain_measure)
    width, height = layout.paper
    for page in layout.pages:
        inside = [
            text for text in page.texts if not text.text.startswith(("打印", "第 ", "已脱敏", "工会会员花名册　"))
        ]
        assert all(MARGIN < text.baseline < height - MARGIN for text in inside)
        assert all(
            text.x >= MARGIN - 1 and text.x + plain_measure(text.text, text.bold) * text.size <= width - MARGIN + 1
            for text in inside
        )
        assert all(MARGIN - 1 <= y <= height - MARGIN + 1 for rule in page.rules for y in (rule[1], rule[3]))


def test_a_union_that_goes_on_is_named_again_and_its_heading_never_stands_last() -> None:
    for count in range(1, 40):
        layout = lay_out(
            roster(Section("甲公司工会", people(count)), Section("乙公司工会", people(40))), "", plain_measure
        )
        for number in range(1, len(layout.pages) + 1):
            page = texts(layout, number)
            names = [n for n, text in enumerate(page) if text.startswith(("甲公司工会", "乙公司工会"))]
            assert all(page[n + 1].isdigit() for n in names)
            assert names
    assert "乙公司工会（续）" in texts(layout, len(layout.pages))


def test_totals_without_a_heading_are_not_repeated_on_the_next_page() -> None:
    layout = lay_out(roster(Section("", people(40), "共 40 人")), "", plain_measure)
    assert not any("（续）" in text for number in range(len(layout.pages)) for text in texts(layout, number + 1))


def test_each_union_may_start_a_page_of_its_own() -> None:
    sections = [Section("甲公司工会", people(2)), Section("乙公司工会", people(2)), Section("", people(1))]
    layout = lay_out(replace(roster(*sections), sections_start_pages=True), "", plain_measure)
    assert len(layout.pages) == 3
    assert "乙公司工会" in texts(layout, 2)
    assert "甲公司工会" not in texts(layout, 2)


def test_an_empty_report_says_so() -> None:
    layout = lay_out(roster(), "", plain_measure)
    assert "没有符合条件的记录" in texts(layout, 1)


def test_many_footnotes_flow_on_to_further_pages() -> None:
    notes = [f"第{number}条说明。" for number in range(1, 101)]
    layout = lay_out(replace(roster(Section("", people(3))), footnotes=notes), "", plain_measure)
    written = "".join(text for number in range(len(layout.pages)) for text in texts(layout, number + 1))
    assert all(note in written for note in notes)
    assert "序号" not in texts(layout, len(layout.pages))


def test_blocks_tied_together_that_are_more_than_a_page_are_cut_all_the_same() -> None:
    tied = [Block("note", 40, ((str(number),),), keep=True) for number in range(5)]
    assert [len(page) for page in paginate(tied, 100, 100, [])] == [2, 2, 1]


def test_a_long_text_makes_its_row_higher() -> None:
    report = roster(Section("", [["1", "王小明", "短"], ["2", "王小红", "长" * 40]]))
    low, high = list(blocks_of(report, Fitted(180, (1000.0, 1000.0, 3000.0)), plain_measure))[:2]
    assert low.height == 7 * MM
    assert high.height > low.height


def test_a_two_level_header_draws_the_group_above_its_columns() -> None:
    columns = [
        ReportColumn("姓名", 5),
        ReportColumn("名称", 9, group="单位"),
        ReportColumn("信用代码", 9, group="单位"),
    ]
    report = replace(roster(), columns=columns, sections=[Section("", [["王小明", "甲公司", "无"]])])
    where = {text.text: text.baseline for text in lay_out(report, "", plain_measure).pages[0].texts}
    assert where["单位"] < where["姓名"] < where["名称"] == where["信用代码"]


@given(st.lists(st.floats(1, 20), min_size=2, max_size=12))
def test_short_words_stay_on_one_line_whatever_the_wished_widths(wishes: list[float]) -> None:
    columns = [ReportColumn("学历", wish) for wish in wishes]
    report = replace(roster(), columns=columns, sections=[Section("", [["本科"] * len(wishes)])])
    fitted = fit_columns(report, 267 * MM, plain_measure)
    assert next(blocks_of(report, fitted, plain_measure)).cells == (("本科",),) * len(wishes)


def file_of(count: int) -> Report:
    """Tables of different columns below one another: facts without a header, contacts, nothing, notes."""
    facts = [ReportColumn("", 5, label=True), ReportColumn("", 20)]
    contacts = [ReportColumn("日期", 7), ReportColumn("结果", 30, most=20), ReportColumn("签名", 12, blank=True)]
    return replace(
        roster(
            Section("", [["单位名称", "重庆云栈智能制造有限公司"]], columns=facts),
            Section("联系", [["2026-11-22", "说了很多" * 20, ""] for _number in range(count)], columns=contacts),
            Section("材料", [], "没有记录", columns=contacts),
        ),
        columns=[],
    )


@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_tables_of_different_columns_stand_below_one_another_within_the_margins(count: int) -> None:
    layout = lay_out(file_of(count), "", plain_measure)
    width, height = layout.paper
    for number, page in enumerate(layout.pages, 1):
        told = texts(layout, number)
        assert ("联系" in told, "联系（续）" in told) == (number == 1, number > 1 and "2026-11-22" in told)
        assert "2026-11-22" not in told or {"日期", "结果", "签名"} <= set(told)
        assert all(MARGIN - 1 <= x <= width - MARGIN + 1 for rule in page.rules for x in (rule[0], rule[2]))
        assert all(MARGIN - 1 <= y <= height - MARGIN + 1 for rule in page.rules for y in (rule[1], rule[3]))
    last = texts(layout, len(layout.pages))
    assert {"材料", "没有记录", "填表单位（盖章）："} <= set(last)
    assert file_of(count).records == 1


def test_a_column_to_write_on_is_never_narrower_than_wished() -> None:
    columns = [ReportColumn("证件号码", 10), ReportColumn("单位", 60), ReportColumn("签名", 12, blank=True)]
    report = replace(roster(), columns=columns, sections=[Section("", [["5" * 18, "很长" * 30, ""]])])
    size, widths, _own = fit_columns(report, 267 * MM, plain_measure)
    assert widths[-1] >= 12 * size


def test_rows_to_write_on_are_as_high_as_wished() -> None:
    report = replace(roster(Section("", people(3))), row_height=16)
    blocks = list(blocks_of(report, fit_columns(report, 5000, plain_measure), plain_measure))
    assert {block.height for block in blocks[:3]} == {16 * MM}


def test_what_was_chosen_stands_beside_the_organization_or_below_it() -> None:
    short, long = "截至 2026-11-22", "会议名称：" + "_" * 120
    for scope in (short, long):
        told = texts(lay_out(replace(roster(Section("", people(1))), scope=scope), "", plain_measure), 1)
        name = "填报单位：重庆云栈智能制造有限公司工会"
        assert (f"{name}　　{scope}" in told) == (scope == short)
        assert (name in told and scope in told) == (scope == long)
