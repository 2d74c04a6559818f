"""Papers of founding and joining: what each says, numbers that are never given twice, what is issued, templates of one's own."""

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx import Document

from models.drive.case_file import case_file
from models.editing.officers import enter_officer
from models.errors import UserError
from models.journal.settings import change_setting
from models.journal.undo import undo
from models.journal.writer import Author
from models.papers import numbering
from models.papers.catalogue import PAPERS, find_paper
from models.papers.issuing import issue, issued
from models.papers.own_templates import forget_own, keep_own, own_template
from models.papers.values import BLANK, names_of
from models.records.drive_case import CasePaper, DriveCase
from models.records.region import load_index
from models.register.register import Register
from reports.fitting import wrap
from reports.letters.handing_out import MadePaper, PaperWish, hand_out, make_paper, pages_of
from reports.letters.laying_out import broken, lay_out_letter
from reports.letters.letter import Letter, LetterCell, LetterParagraph, LetterTable
from reports.letters.word import asked_of, check, letter_of, ours
from scripts import papers as made_templates
from tests.aids.case_world import case
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import TODAY, WANG
from tests.aids.trailed import kept
from tests.reports.test_report import plain_measure

FIRM = "重庆霁蓝虚构印务有限公司"


def paper_of(key: str, subject: str, uid: str, **wish: Any) -> MadePaper:
    return make_paper(PaperWish(find_paper(key), subject, uid, TODAY, **wish), load_index(TODAY))


def text_of(content: bytes) -> str:
    book = Document(io.BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in book.paragraphs), *cells])


def world(author: Author) -> dict[str, str]:
    """An employer with a case, a union with officers, a member; uids by subject."""
    change_setting("organization", "沙坪坝区小龙坎街道总工会", author)
    firm = employer(author, 60, name="重庆松石虚构餐饮有限公司", legal_representative="冯示例", address="示例路 2 号")
    case(author, firm)
    of = union(author, term_start="2023-05-06", term_years=3)
    employer(author, 30, of)
    person = member(author, "王五", ("入会", "2024-05-06", of), id_number=WANG, phone="19900000001", sex="男", education="大专")
    for name, post in (("王五", "主席"), ("李四", "委员")):
        enter_officer(of, {"name": name, "body": "工会委员会", "post": post, "since": "2023-05-06"}, author, TODAY)
    return {"employer": firm, "union": of, "person": person}


def test_the_templates_say_what_their_texts_say_and_ask_for_nothing_unknown() -> None:
    assert made_templates.differing() == []
    for paper in PAPERS:
        check(ours(paper), paper, paper.title)


@pytest.mark.parametrize("paper", PAPERS, ids=[each.key for each in PAPERS])
def test_every_paper_is_filled_for_whom_it_can_be_and_its_pdf_says_the_same(
    register: Register, author: Author, tmp_path: Path, paper: Any
) -> None:
    uids = world(author)
    for subject in paper.of:
        made = paper_of(paper.key, subject, uids[subject])
        said = text_of(made.content)
        assert "{{" not in said
        assert "{%" not in said
        assert all(str(made.said[name]) in said for name in made.asked if isinstance(made.said[name], str))
        path = tmp_path / f"{paper.key}-{subject}.pdf"
        hand_out(path, made, author)
        pages = pypdf.PdfReader(path).pages
        assert len(pages) == len(pages_of(made).pages) <= 2
        read = "".join("".join(page.extract_text().split()) for page in pages)
        for line in said.split("\n"):
            assert "".join(line.split())[:12] in read, (paper.key, line)


def test_what_is_not_known_is_a_line_and_numbers_of_people_are_covered(register: Register, author: Author) -> None:
    uids = world(author)
    made = paper_of("registration", "person", uids["person"])
    assert made.said["证件号码"].startswith("500")
    assert WANG not in text_of(made.content)
    assert WANG in text_of(paper_of("registration", "person", uids["person"], masked=False).content)
    assert {"籍贯", "民族"} <= set(made.blank)
    assert "姓名" not in made.blank
    assert made.said["籍贯"] == BLANK


def test_what_is_typed_stands_on_the_paper(register: Register, author: Author) -> None:
    uids = world(author)
    made = paper_of("opinion", "employer", uids["employer"], given={"职工人数": "62"})
    assert "现有职工62人" in text_of(made.content)
    with pytest.raises(UserError, match="没有“身高”"):
        paper_of("opinion", "employer", uids["employer"], given={"身高": "180"})
    with pytest.raises(UserError, match="要选一个单位"):
        paper_of("opinion", "union", uids["union"])


def test_the_committee_stands_in_its_table_whoever_leads_first(register: Register, author: Author) -> None:
    uids = world(author)
    made = paper_of("committee", "union", uids["union"])
    assert [(each["序号"], each["姓名"], each["职务"]) for each in made.said["委员"]] == [("1", "王五", "主席"), ("2", "李四", "委员")]
    table = Document(io.BytesIO(made.content)).tables[0]
    assert [row.cells[1].text for row in table.rows] == ["姓　名", "王五", "李四"]
    assert made.said["任期止"].startswith("2026年5月")
    empty = paper_of("candidates", "employer", uids["employer"])
    assert [each["姓名"] for each in empty.said["委员"]] == [""] * 5


def test_a_number_is_given_in_order_and_never_twice(register: Register, author: Author) -> None:
    uids = world(author)
    assert paper_of("opinion", "employer", uids["employer"]).number == ""
    numbering.set_rule("渝工发", 11, author)
    made = paper_of("opinion", "employer", uids["employer"])
    assert made.number == "渝工发〔2026〕11号"
    batch = issue(made.wish.paper, "employer", uids["employer"], made.number, TODAY, author)
    assert paper_of("opinion", "employer", uids["employer"]).number == made.number  # the same paper again
    other = employer(author, 40, name="重庆椿屿虚构家政有限公司")
    assert paper_of("opinion", "employer", other).number == "渝工发〔2026〕12号"
    with pytest.raises(UserError, match="不能用两次"):
        issue(made.wish.paper, "employer", other, made.number, TODAY, author)
    assert batch is not None
    undo(batch, author)
    assert paper_of("opinion", "employer", uids["employer"]).number == "渝工发〔2026〕12号"
    issue(made.wish.paper, "employer", other, "渝工发〔2026〕15号", TODAY, author)
    assert numbering.gaps(2026) == [12, 13, 14]
    assert numbering.next_number(2026) == "渝工发〔2026〕16号"
    assert numbering.next_number(2027) == "渝工发〔2027〕11号"


@pytest.mark.parametrize(("prefix", "first"), [("渝工发〔2026〕", 1), ("号", 1), ("渝工发", 0), ("长" * 21, 1)])
def test_an_odd_rule_is_refused(register: Register, author: Author, prefix: str, first: int) -> None:
    with pytest.raises(UserError):
        numbering.set_rule(prefix, first, author)


def test_a_number_that_stands_elsewhere_is_taken(register: Register, author: Author) -> None:
    uids = world(author)
    numbering.set_rule("渝工发", 1, author)
    union(author, name="某市场联合工会", approval_number="渝工发[2026] 7 号")
    assert paper_of("opinion", "employer", uids["employer"]).number == "渝工发〔2026〕8号"


def test_what_is_issued_stands_among_the_papers_of_the_case(register: Register, author: Author, tmp_path: Path) -> None:
    uids = world(author)
    numbering.set_rule("渝工发", 1, author)
    made = paper_of("preparation-approval", "employer", uids["employer"])
    written, batch = hand_out(tmp_path / "批复.docx", made, author)
    assert written.path.read_bytes() == made.content
    (row,) = CasePaper.select()
    assert (row.name, row.number, row.date, row.stage) == ("同意筹建的批复", "渝工发〔2026〕1号", TODAY.isoformat(), "筹建中")
    file = case_file(uids["employer"], TODAY, load_index(TODAY))
    assert [each.number for each in file.papers if each.name == "同意筹建的批复"] == ["渝工发〔2026〕1号"]
    assert [each.number for each in issued("employer", uids["employer"])] == ["渝工发〔2026〕1号"]
    assert [(each.what, each.rows, bool(each.full), each.records) for each in kept("export")] == [
        ("同意筹建的批复", 1, False, uids["employer"])
    ]
    assert hand_out(tmp_path / "批复2.docx", made, author)[1] is None
    assert batch is not None
    undo(batch, author)
    assert (CasePaper.select().count(), issued("employer", uids["employer"]), DriveCase.select().count()) == (0, [], 1)


def test_a_draft_is_marked_and_not_noted(register: Register, author: Author, tmp_path: Path) -> None:
    uids = world(author)
    numbering.set_rule("渝工发", 1, author)
    made = paper_of("opinion", "employer", uids["employer"], draft=True)
    assert (made.number, pages_of(made).watermark) == ("", "草稿")
    assert hand_out(tmp_path / "a.pdf", made, author)[1] is None
    assert issued("employer", uids["employer"]) == []


def test_the_file_of_a_persons_paper_is_not_named_in_the_trail(register: Register, author: Author, tmp_path: Path) -> None:
    uids = world(author)
    hand_out(tmp_path / "王五.pdf", paper_of("join-application", "person", uids["person"]), author)
    (row,) = kept("export")
    assert (row.file, row.records) == ("入会申请书.pdf", uids["person"])


def word_file(*paragraphs: str) -> bytes:
    book = Document()
    for text in paragraphs:
        book.add_paragraph(text)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_template_of_ones_own_is_used_and_given_back(register: Register, author: Author) -> None:
    uids = world(author)
    paper = find_paper("opinion")
    own = word_file("致 {{ 单位名称 }}", "{{ 本级工会 }}")
    check(own, paper, "我的.docx")
    assert keep_own(paper, "我的.docx", own, author)
    assert keep_own(paper, "我的.docx", own, author) is None
    assert own_template(paper) == ("我的.docx", own)
    made = paper_of("opinion", "employer", uids["employer"])
    assert text_of(made.content) == "致 重庆松石虚构餐饮有限公司\n沙坪坝区小龙坎街道总工会"
    assert made.asked == {"单位名称", "本级工会"}
    forget_own(paper, author)
    assert own_template(paper) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (word_file("{{ 单位名 }}、{{ 身高 }}"), "不认识的名称：单位名、身高"), (b"PK", "不是 Word 文档"), (b"", "不是 Word 文档"),
        (word_file("{{ 单位名称 "), "占位符写得不对"), (word_file("{% for x in 委员 %}{{ x.身高 }}{% endfor %}"), "占位符写得不对"),
        (word_file("{{ 单位名称.__class__.__mro__ }}"), "占位符写得不对"), (b"x" * (5 << 20), "太大了"),
        (base64.b64decode("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="), "不是 Word 文档"),
    ],
    ids=["unknown", "short", "empty", "open", "each", "sandbox", "large", "zip"],
)  # fmt: skip
def test_what_is_no_template_is_told_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check(content, find_paper("opinion"), "模板.docx")


def test_a_zip_bomb_is_no_template() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("word/document.xml", b"0" * (65 << 20))
    with pytest.raises(UserError, match="太大了"):
        check(packed.getvalue(), find_paper("opinion"), "模板.docx")


def test_names_in_templates_are_told() -> None:
    for paper in PAPERS:
        assert asked_of(ours(paper), paper.title) <= {*names_of(paper), "委员"}


def test_lines_break_within_the_paper_and_what_is_moved_stays_moved() -> None:
    lines = broken("　　　　（盖章）　　年　月　日", 20, plain_measure)
    assert lines[0] == (4.0, "（盖章）　　年　月　日")
    long = broken("工" * 25, 10, plain_measure, indent=2)
    assert [(start, len(text)) for start, text in long] == [(2, 8), (0.0, 10), (0.0, 7)]
    assert broken("", 10, plain_measure) == [(0, "")]
    assert wrap("工" * 25, 10, plain_measure)[0] == "工" * 10


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于成立重庆拙川精密机械有限公司工会的批复", ["关于成立重庆拙川精密机械有限公司", "工会的批复"]),
        ("关于沙坪坝区小龙坎街道商贸服务业联合工会换届的请示", ["关于沙坪坝区小龙坎街道", "商贸服务业联合工会换届的请示"]),
        ("工会主席承诺书", ["工会主席承诺书"]),
    ],
)
def test_a_title_is_broken_between_words(title: str, lines: list[str]) -> None:
    layout = lay_out_letter(Letter("题", (LetterParagraph(title, 22, "center", bold=True),)), plain_measure)
    assert [each.text for each in layout.pages[0].texts] == lines


def test_neither_a_line_nor_a_cell_ends_in_a_single_character() -> None:
    table = LetterTable((1.0, 5.0), ((10.0, (LetterCell(("政治面貌",), 24, "center"), LetterCell(("",), 12))),))
    layout = lay_out_letter(Letter("字", (LetterParagraph("工" * 29, 16, indent=0), table)), plain_measure)
    assert [each.text for each in layout.pages[0].texts] == ["工" * 27, "工工", "政治", "面貌"]


def test_the_members_that_a_union_declares_stand_where_the_register_has_no_roster(register: Register, author: Author) -> None:
    uid = union(author, {"member_count": 30, "women_member_count": 12})
    said = paper_of("reelection-request", "union", uid).said
    assert (said["会员人数"], said["女会员人数"]) == ("30", "12")
    member(author, "王五", ("入会", "2024-05-06", uid), sex="男")
    said = paper_of("reelection-request", "union", uid).said
    assert (said["会员人数"], said["女会员人数"]) == ("1", "0")


def test_a_long_paper_has_pages_and_a_signature_is_not_alone_on_one() -> None:
    text = LetterParagraph("工" * 300, 16, indent=2)
    sign = [LetterParagraph("某工会（盖章）", 16, "right"), LetterParagraph("2026年11月22日", 16, "right")]
    layout = lay_out_letter(Letter("长", (*([text] * 4), *sign)), plain_measure)
    assert len(layout.pages) == 2
    last = [each.text for each in layout.pages[-1].texts]
    assert last[-3:] == ["某工会（盖章）", "2026年11月22日", "第 2 页 共 2 页"]
    assert any(each.startswith("工") for each in last)
    row = (10.0, (LetterCell(("甲",), 12), LetterCell(("乙",), 12)))
    high = lay_out_letter(Letter("表", (LetterTable((1.0, 2.0), (row,) * 40),)), plain_measure)
    assert len(high.pages) == 2
    assert sum(each.text == "甲" for page in high.pages for each in page.texts) == 40


def test_a_document_is_read_with_its_tables_and_joined_cells() -> None:
    letter = letter_of(ours(find_paper("legal-person")), "表")
    table = next(each for each in letter.parts if isinstance(each, LetterTable))
    assert len(table.widths) == 4
    assert {sum(cell.span for cell in cells) for _height, cells in table.rows} == {4}
    assert [cell.span for cell in table.rows[3][1]] == [1, 3]
