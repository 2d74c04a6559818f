"""No text is left out: every sentence goes through the catalogue, the catalogue is whole, and the window speaks English."""

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from cli.arguments import parser
from importers import template
from models.journal.writer import Author
from models.language import _, language, official, use_language
from models.lists.listings import Selection
from models.records.region import load_index
from models.records.worker import Worker
from models.register.laptop import write_laptop
from models.register.register import Register
from models.values import codes, drive_codes
from models.values.columns import columns_of
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.list_file import write_listing
from scripts import texts
from tests.aids.speaking import LI, TODAY, WANG, imported, imported_rows
from tests.aids.terminal import Commands
from tests.house.seen_texts import HAN

#: Modules whose Chinese is no text for people, and why.
NO_TEXTS = {
    "models/values/cleaning.py": "characters that are cleaned away",
    "models/values/codes.py": "labels, which the script collects, and the wordings that mean them",
    "models/values/drive_codes.py": "the same",
    "models/values/days.py": "how dates are written in sheets",
    "models/values/id_kinds.py": "how numbers are written in sheets",
    "models/values/kinds.py": "how yes, no and several values are written in sheets",
    "models/ledger/kinds.py": "what a register begins with; the script collects its names",
    "models/sites/kinds.py": "the same",
    "models/migrations/0004_counts.py": "stored values in a statement",
    "models/migrations/0008_officers.py": "kinds of work that are stored",
    "models/papers/catalogue.py": "stages and materials as they are stored; the titles are marked",
    "models/papers/values.py": "names as they stand in templates, and words of papers, which are for others",
    "models/papers/numbering.py": "how numbers of papers are written",
    "reports/letters/word.py": "names as they stand in templates",
    "models/values/money.py": "how amounts are written in sheets",
    "models/values/union_kinds.py": "endings of unions' names, and labels, which the script collects",
    "models/values/names.py": "endings of unions' names",
    "models/values/numbers.py": "how numbers are written in sheets",
    "models/values/pinyin.py": "readings of characters",
    "models/values/surnames.py": "readings of surnames",
    "models/values/problems.py": "a table that the script collects",
    "models/values/quantity.py": "how quantities are written in sheets",
    "models/values/region_index.py": "endings of regions' names",
    "importers/rows/cells.py": "characters that are cleaned away",
    "importers/columns/content.py": "what names look like",
    "importers/columns/text.py": "words of headers",
    "importers/columns/foreign.py": "words of headers",
    "importers/columns/ticks.py": "words of headers",
    "importers/columns/period.py": "how titles write the time they speak of",
    "importers/columns/sections.py": "what headings of sections look like",
    "importers/rows/ditto.py": "marks in the place of a value",
    "importers/rows/leaving.py": "words by which sheets tell of a leaving",
    "importers/columns/header.py": "words of headers",
    "importers/columns/header_lines.py": "words of lines above headers",
    "importers/columns/header_text.py": "words of headers",
    "importers/columns/mapping.py": "words of headers",
    "importers/returned/__init__.py": "names of returned workbooks, which are for others",
    "importers/returned/answers.py": "titles of returned workbooks, by which they are known again",
    "importers/returned/comments.py": "by whom comments are, by which they are known again",
    "importers/columns/row_roles.py": "words of rows that are no records",
    "importers/columns/sheet_kind.py": "words of titles",
    "importers/handin_answers.py": "words of headers",
    "models/handins/templates.py": "titles of columns by which answers are known, and what a last row begins with",
    "importers/template.py": "blank templates, which are for others",
    "importers/columns/vocabulary.py": "words of headers",
    "importers/columns/counted.py": "words of headers that name two counts",
    "importers/columns/timed.py": "words of headers that count at times",
    "importers/columns/times.py": "how headers write times",
    "importers/columns/decorations.py": "words around headers",
    "importers/columns/joins.py": "words of headers",
    "importers/columns/neighbours.py": "words of headers",
    "importers/columns/persons.py": "words of headers",
    "importers/columns/row_words.py": "words of rows that are no records",
    "importers/columns/tables.py": "brackets around a range behind a sheet's name",
    "importers/columns/upright.py": "how labels end in forms",
    "importers/workbook/loose_text.py": "signs that separate columns",
    "models/values/marks.py": "marks beside names and numbers, and family names",
    "models/values/signs.py": "how ticks are written in sheets",
    "models/values/terms.py": "how terms of office are written in sheets",
    "models/values/typed_days.py": "words for days as they are typed",
    "importers/workbook/refusals.py": "a table that the script collects",
    "reports/fitting.py": "characters at which lines break",
    "ui/shell/guide.py": "the file of the Chinese guide and its headings; the English guide has its own",
}
#: Calls whose arguments are declarations: labels, which the script collects, wordings of sheets and invented examples.
DECLARING = {"declare", "Column", "YesNo", "Rung", "compile", "pattern"}
PASSED = DECLARING | set(texts.MARKS)
#: What stands between several values or at the end of a sentence that is cut, as it is stored and typed; yes, no and
#: unknown as they are stored; a character as wide as all others, for widths.
NO_WORDS = {"、", "，", "。.", "是", "否", "未填", "国"}
#: Single texts of a module that are no texts for people, and why.
SINGLE = {
    "cli/demo.py": {"demo-2026-演示", "_退回"},  # a passphrase, and the end of a file's name
    "importers/columns/own_kind.py": {"、|"},  # what stands between options, and so never in one
    "reports/letters/laying_out.py": {
        "有限责任公司", "股份有限公司", "有限公司", "事务所", "合作社", "街道", "委员会", "工会", "关于成立", "关于同意筹建",
    },  # words behind which a title is broken
    "importers/plan/officers.py": {"工会委员", "委员会委员", "换届连任"},  # words of titles, and a reason as it is stored
    "importers/plan/places.py": {
        "社区", "村", "园区", "楼宇", "社区（村）", "镇街", "街道", "镇", "乡", "居委会", "村委会", "工业园", "产业园", "科技园", "物流园", "开发区",
        "商圈", "园", "大厦", "大楼", "写字楼", "中心", "广场", "楼", "座",
    },  # words of titles, and endings of places' names
    "importers/plan/sites.py": {"只有数量，没有逐个列名"},  # a note as it is stored
    "importers/session.py": {"粘贴的表"},  # the name of a sheet as it stands in the log
    "importers/workbook/members.py": {"转发的邮件.eml", "正文.html"},  # names of files as they stand in the log
    "importers/workbook/stacked.py": {"表格"},  # the names of sheets as they stand in the log
    "models/figures/periods.py": {"一二三四", "上"},  # how periods are written
    "models/files/given.py": {"剪贴板"},  # the name of what was pasted, as it stands in the log
    "models/records/checks.py": {"经审", "女职工"},  # words of posts
    "models/standing/new_form.py": {
        "新业态", "卡车司机", "货运司机", "网约车", "快递", "外卖", "骑手", "配送员", "送餐员", "代驾",
    },  # words of unions' names
    "importers/plan/matching.py": {"基层工会委员会", "基层工会"},  # endings of unions' names
    "importers/plan/making.py": {"参保", "摸排", "月报"},  # words of titles
    "importers/rows/understanding.py": {"示例", "填写示例", "样例", "填表示例", "范例"},  # names of worksheets
    "models/values/columns.py": {"／", "无。", "空", "暂无", "不详"},  # what people write where nothing is known
    "models/lists/print_forms.py": {
        "：", "＝", "在册", "保留", "name:6 employer:14 phone:8 =慰问品:8 =数量:4 =签名:9 =备注:7",
        "name:6 sex:4 birth_date:8 employer:16 join_date:8 =备注:8", "name:6 body:10 post:8 since:8 until:8 =备注:8",
        "name sex:4 id_number occupation_group phone platform residence_region union join_date join_way =备注:6",
    },  # what is typed, states as they are stored, columns of papers that are Chinese in every language
    "models/lists/filters.py": {"[、,，]"},  # what stands between words that are typed
    "models/worklists/kinds.py": {"，,;；\n"},  # what stands between labels
    "models/values/name_order.py": {"·•・‧∙．"},  # what stands between the parts of a foreign name
    "models/language.py": {"中文"},  # the language by its own name
    "models/people/masked_text.py": {"（已删除）"},  # stands in stored texts in the place of a name
    "models/editing/dissolving.py": {"所在工会撤销"},  # a reason as it is stored
    "models/uid.py": {"记录标识（请勿改动）"},  # a title of sheets, by which it is known again
    "ui/home/page.py": {"_退回"},  # the end of a file's name
    "ui/lists/print_columns.py": {"=＝"},  # how formulas begin
    "reports/roster.py": {"联合"},  # what types and names of unions say, as they are stored
    "reports/cells.py": {"宋体"},  # a font
    "reports/faces.py": {
        "方正小标宋_GBK", "方正小标宋简体", "华文中宋", "思源宋体", "宋体", "方正仿宋_GBK", "仿宋", "华文仿宋", "仿宋_GB2312", "方正黑体_GBK",
        "黑体", "华文黑体", "思源黑体", "宋体-ExtB",
    },  # fonts
    "reports/docx_file.py": {"方正小标宋简体", "黑体", "仿宋"},  # fonts
    "reports/handin_file.py": {"宋体"},  # a font
    "reports/xlsx.py": {"＝", "＋", "－", "＠"},  # how formulas begin
}  # fmt: skip


@pytest.fixture
def english() -> Iterator[None]:
    """English for one test."""
    use_language("en")
    yield
    use_language("zh")


def called(node: ast.Call) -> str:
    """The name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def loose(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts with Han characters that are neither docstrings, nor in a call of ``_()``, nor declarations."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.Call) and called(node) in PASSED:
            passed |= {id(each) for each in ast.walk(node)}
        elif isinstance(node, ast.Constant) and id(node) not in passed and isinstance(node.value, str) and HAN.search(node.value):
            yield node.lineno, node.value


def test_every_text_goes_through_the_catalogue() -> None:
    # labels are what the register stores and compares; they are translated where they are shown
    stored = texts.declared() | NO_WORDS
    found = [
        f"{path}:{line}: {text}"
        for path, tree in texts.sources()
        for line, text in (loose(tree) if path not in NO_TEXTS else ())
        if text not in stored | SINGLE.get(path, set())
    ]
    assert found == []


def test_no_exemption_outlives_what_it_exempts() -> None:
    trees = dict(texts.sources())
    assert set(NO_TEXTS) | set(SINGLE) <= set(trees)
    for path, words in SINGLE.items():
        assert words <= {text for _line, text in loose(trees[path])}, path


def test_texts_are_not_translated_while_a_module_is_loaded() -> None:
    faults = []
    for path, tree in texts.sources():
        waiting: list[ast.AST] = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                continue
            if isinstance(node, ast.Call) and called(node) == "_":
                faults.append(f"{path}:{node.lineno}")
            waiting += ast.iter_child_nodes(node)
    assert faults == []


def test_the_catalogue_is_whole() -> None:
    held, wanted = texts.read(), texts.texts()
    assert sorted(text for text in wanted if not held.get(text)) == [], "run scripts/texts.py and translate what it lists"
    assert sorted(set(held) - wanted) == [], "run scripts/texts.py"
    assert [text for text, said in held.items() if texts.places(text) != texts.places(said)] == []
    named = {"_退回"}  # the end of a file's name
    assert [said for said in held.values() if HAN.search(said) and not any(name in said for name in named)] == []


def test_the_committed_catalogues_are_what_the_script_makes() -> None:
    held = texts.read()
    assert texts.CATALOGUE.read_bytes() == texts.po_of(held)
    assert texts.CATALOGUE.with_suffix(".mo").read_bytes() == texts.mo_of(held)


def test_no_two_choices_of_a_list_have_one_name(english: None) -> None:
    for module in (codes, drive_codes):
        for name, listed in vars(module).items():
            if isinstance(listed, codes.CodeList):
                assert len({codes.fold(_(label)) for label in listed.labels}) == len(listed.labels), name
                assert [listed.find(_(label)) for label in listed.labels] == list(listed.labels), name


@pytest.mark.parametrize(
    ("code", "environment", "spoken"),
    [
        ("", "", "zh"),
        ("", "en", "en"),
        ("", "en_US.UTF-8:zh_CN", "en"),
        ("", "zh_CN:en", "zh"),
        ("", "fr", "zh"),
        ("zh", "en", "zh"),
        ("en", "zh_CN", "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, english: None, code: str, environment: str, spoken: str
) -> None:
    monkeypatch.setenv("LANGUAGE", environment)
    use_language(code)
    assert language() == spoken
    assert _("撤销") == {"zh": "撤销", "en": "Undo"}[spoken]
    assert _("") == ""
    with official():
        assert _("撤销") == "撤销"


def test_one_chinese_word_may_be_several_english_ones(english: None) -> None:
    assert (_("工会"), _("工会", "page")) == ("Union", "Unions")


def test_the_help_of_every_command_is_english(english: None) -> None:
    waiting, told = [parser()], []
    while waiting:
        each = waiting.pop()
        told.append(each.format_help())
        for action in each._actions:
            if isinstance(action, argparse._SubParsersAction):
                waiting += action.choices.values()
    assert len(told) > 20
    assert [line for text in told for line in text.splitlines() if HAN.search(line)] == []


def test_the_laptop_chooses_the_language_of_the_program(run: Commands, english: None) -> None:
    write_laptop({"language": "en"})
    assert run("undo", 7)[2] == "There is no batch 7. All batches can be seen under “Import records”.\n"
    write_laptop({})
    assert run("undo", 7)[2] == "没有批次 7。用“导入记录”可以看到所有批次。\n"


def test_what_is_for_others_stays_chinese_and_comes_back(
    english: None, author: Author, register: Register, tmp_path: Path
) -> None:
    roster = [["姓名", "身份证号", "性别", "所属工会", "入会日期"], ["王五", WANG, "男", "甲工会", "2024-05-06"]]
    roster.append(["李四", LI[:-1] + "0", "女", "甲工会", "2024-05-06"])
    done = imported_rows(author, tmp_path, roster)
    (path,) = done.outcome.returned.values()
    answered = list(openpyxl.load_workbook(path).active.values)
    assert answered[0][-3:] == ("处理结果", "问题说明", "原行号")
    assert answered[1][-3:-1] == ("未导入", "身份证号：证件号码的校验位不对，请核对是否抄错一位")

    index, columns = load_index(TODAY), columns_of(Worker)[:6]
    sheet = write_listing(Selection("workers"), columns, False, index, tmp_path / "名单.xlsx").path
    assert next(openpyxl.load_workbook(sheet).active.values)[:3] == ("姓名", "性别", "出生日期")
    assert imported(author, sheet).counts == {"same": 1}

    report = report_kinds()["roster"].compose(index, ReportChoices(TODAY, TODAY))
    assert (report.title, report.mark, report.columns[1].title) == ("工会会员花名册", "已脱敏", "姓名")
    template.write("workers", tmp_path / "模板.xlsx")
    assert "姓名*" in {cell for row in openpyxl.load_workbook(tmp_path / "模板.xlsx").active.values for cell in row}
