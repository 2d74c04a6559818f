"""What the documents say about the command line is what the program does."""

import re
from pathlib import Path
from typing import Any

import pytest

from cli.arguments import parser
from scripts import texts

ROOT = Path(__file__).resolve().parent.parent.parent
#: A command as documents write it, up to the end of the line, the code span or the next command.
COMMAND = re.compile(r"(?:main\.py|scripts[/\\]run(?:\.cmd)?)[ ]+([a-z]+)\b(.*?)(?=main\.py|`|#|$)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
GUIDES = [ROOT / "docs" / name for name in ("指南.md", "guide.en.md")]
SAFETY = [ROOT / "docs" / name for name in ("安全.md", "safety.en.md")]
#: What the English guide quotes that no window of the program says.
ELSEWHERE = {"Documents", "Add python.exe to PATH", "Text"}
READMES = [ROOT / name for name in ("README.zh-CN.md", "README.md")]
COMMAND_LINES = [ROOT / "docs" / name for name in ("命令行.md", "command-line.en.md")]
#: What the Chinese documents point at, and the English ones instead.
IN_ENGLISH = {
    "docs/安全.md": "docs/safety.en.md",
    "README.md": "README.zh-CN.md",
    "docs/指南.md": "docs/guide.en.md",
    "docs/命令行.md": "docs/command-line.en.md",
    "docs/城市规模.md": "docs/city.en.md",
}
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / ".github").rglob("*.md"))]


def verbs() -> dict[str, set[str]]:
    """Every verb with its options."""
    found: dict[str, Any] = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    return {verb: {name for action in each._actions for name in action.option_strings} for verb, each in found.items()}


def commands(text: str) -> list[tuple[str, set[str]]]:
    """The commands that a text names: verb, options."""
    return [(found[1], set(OPTION.findall(found[2]))) for found in COMMAND.finditer(text)]


def test_a_command_is_found_where_documents_write_one() -> None:
    text = "    main.py check [--deep]    main.py backup [OUT]\n"
    text += "先运行 `sh scripts/run undo 编号`（Windows 是 `scripts\\run.cmd batches`）"
    assert commands(text) == [("check", {"--deep"}), ("backup", set()), ("undo", set()), ("batches", set())]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_and_option_that_a_document_names_exists(path: Path) -> None:
    known = verbs()
    named = commands(path.read_text("utf-8"))
    assert [verb for verb, _options in named if verb not in known] == []
    assert {verb: options - known[verb] for verb, options in named if options - known[verb]} == {}


@pytest.mark.parametrize("path", COMMAND_LINES, ids=lambda path: path.name)
def test_the_command_lines_name_every_verb(path: Path) -> None:
    named = {verb for verb, _options in commands(path.read_text("utf-8"))}
    assert set(verbs()) - named == set()


def test_the_command_lines_name_the_same_verbs_with_the_same_options_in_the_same_order() -> None:
    chinese, english = (path.read_text("utf-8") for path in COMMAND_LINES)
    assert commands(english) == commands(chinese)
    assert len(re.findall(r"^- ", english, re.MULTILINE)) == len(re.findall(r"^- ", chinese, re.MULTILINE))


def test_the_readmes_have_the_same_headings_commands_pictures_and_links() -> None:
    chinese, english = (path.read_text("utf-8") for path in READMES)
    for part in (r"^#+", r"^\d+\.", r"^\|", r"^    \S+ \S+"):
        assert re.findall(part, english, re.MULTILINE) == re.findall(part, chinese, re.MULTILINE), part
    links = [re.findall(r"\]\(([^)]+)\)", text) for text in (chinese, english)]
    assert [IN_ENGLISH.get(link, link) for link in links[0]] == links[1]
    assert max(len(text.splitlines()) for text in (chinese, english)) <= 150


def test_every_decision_is_in_the_index_and_says_something() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert re.findall(r"^- \[\d{4} .*?\]\((.*?)\)", (folder / "README.md").read_text("utf-8"), re.MULTILINE) == pages
    assert [name for name in pages if len((folder / name).read_text("utf-8").splitlines()) < 3] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_picture_and_file_that_a_document_points_at_is_there(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("pages", [GUIDES, SAFETY], ids=["guide", "safety"])
def test_both_languages_have_the_same_headings_pictures_and_parts(pages: list[Path]) -> None:
    chinese, english = (path.read_text("utf-8") for path in pages)
    for part in (r"^#+ *\d*", r"!\[.*?\]\(([^)]+)\)", r"^\*\*", r"^[-|]|^\d+\."):
        assert re.findall(part, english, re.MULTILINE) == re.findall(part, chinese, re.MULTILINE), part


@pytest.mark.parametrize("path", [GUIDES[1], SAFETY[1]], ids=lambda path: path.name)
def test_an_english_page_names_what_it_quotes_as_the_window_does(path: Path) -> None:
    said = {re.sub(r"\{.*?\}", "…", text) for text in texts.read().values()} | {"中文", "English"}
    quoted = re.findall(r"“((?:[^“”]|“…”)+)”", path.read_text("utf-8"))
    named = {part for text in quoted for part in re.split(r" [›→|] ", text)}
    assert sorted(part for part in named - ELSEWHERE if part not in said) == []
