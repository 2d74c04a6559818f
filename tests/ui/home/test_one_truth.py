"""One number, wherever it stands: on a page, at a terminal, on paper; and how often the first page asks for its numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from models.engine import database
from models.figures.figures import Figures
from models.figures.indicators import indicators
from models.figures.targets import set_target
from models.records.region import load_index
from models.register import laptop
from models.register.register import Register
from reports import drive_list, target_list
from reports.choices import ReportChoices
from tests.aids.case_world import employer
from tests.aids.speaking import TODAY
from tests.aids.terminal import commands
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.drive.page import DrivePage
from ui.home.page import HomePage
from ui.shell.window import Window
from ui.targets.page import TargetsPage

#: Questions of the first page after a change that it shows, with every sample in the register and no target set.
#: Numbers and funnel: settings, employers, moved cases (3), unions without employer, rejected pairs (2), anything held (1),
#: kinds of the ledger (2) and of things that stand (2), unions and people (3), who is new (4). To do: targets (1), who is due
#: (3), what is due from unions (1), terms (1) and officers (1), imports and today's work (3), the rules (13), what is in
#: doubt (3), likenesses (1). Whoever asks for members of a day first asks how many events are younger: numbers, rules (1 each);
#: whoever asks who joined, whether the tables of past days have been counted anew since (1).
FIRST_PAGE = 45


@pytest.fixture
def window(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> Iterator[Window]:
    """The window over all samples, one employer with a future founding, and a target for each indicator."""
    with own_copy(sample_register, tmp_path) as register:
        author = laptop.author(register.folder)
        employer(author, "重庆将来虚构有限公司", 300, "沙坪坝区", founding_date="2027-01-01")
        for key in indicators():
            set_target(TODAY.year, key, 50, author, load_index(TODAY))
        yield shown_window(register)


def page_of(window: Window, name: str) -> Any:
    window.open_page(name)
    wait(window)
    return window.pages[name]


def on_pages(window: Window) -> tuple[dict[str, Any], dict[str, int], list[str]]:
    """The year's numbers of the page of targets, the funnel of the first page, and the list of the drive's page."""
    targets, home, drive = (page_of(window, name) for name in ("targets", "home", "drive"))
    assert isinstance(targets, TargetsPage)
    assert isinstance(home, HomePage)
    assert isinstance(drive, DrivePage)
    numbers = {each.indicator.key: each.actual.value for each in targets.model.items}
    first = {"unions": home.unions, "members": home.members, "new_form_members": home.new_form, "on_list": home.on_list}
    shown = {key: int(button.number.text().replace(",", "")) for key, button in first.items()}
    assert shown == {key: numbers[key] for key in first}
    funnel = {group: int(each.text().split()[-1].replace(",", "")) for group, each in home.funnel.buttons.items()}
    return numbers, funnel, [row.name for row in drive.model.items]


def on_paper() -> tuple[dict[str, str], list[str], str]:
    """The actual numbers by the names of their indicators, the list of the drive, and its closing line."""
    index, choices = load_index(TODAY), ReportChoices(TODAY, TODAY)
    (whole,) = target_list.compose(index, choices).sections
    drive = drive_list.compose(index, choices)
    listed = [row[1] for each in drive.sections if not each.heading.startswith("可能达到") for row in each.rows]
    return {row[0]: row[3] for row in whole.rows}, listed, drive.totals


def said(value: float | None) -> str:
    return "—" if value is None else f"{value:,}"


def test_page_command_and_paper_say_the_same_of_every_number(
    window: Window, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    numbers, funnel, listed = on_pages(window)
    paper, on_drive_paper, totals = on_paper()
    known = indicators()
    assert set(numbers) == set(known)
    assert {known[key].name: said(value) for key, value in numbers.items()} == paper
    closed(window)
    run = commands(tmp_path / "asked", window.context.register, monkeypatch, capfd)
    figures, drive = run.told("figures"), run.told("drive")
    assert {each["key"]: each["value"] for each in figures["indicators"]} == numbers
    assert {key: figures[key] for key in Figures.__dataclass_fields__ if key in numbers} == {
        key: numbers[key] for key in Figures.__dataclass_fields__ if key in numbers
    }
    assert {each["indicator"]: each["actual"]["value"] for each in run.told("targets")["targets"]} == numbers
    assert {group: drive["summary"][group] for group in funnel} == funnel
    assert sorted(each["name"] for each in drive["employers"]) == sorted(on_drive_paper)  # on paper they stand by town
    assert sorted(listed) == sorted(on_drive_paper)
    assert drive["summary"]["on_list"] == numbers["on_list"] == len(listed)
    assert f"应建未建 {numbers['on_list']}" in totals


def test_the_first_page_asks_for_each_fact_once(
    qtbot: QtBot, sample_register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_copy(sample_register, tmp_path) as register:
        window = shown_window(register)
        page = page_of(window, "home")
        assert isinstance(page, HomePage)
        asked: list[str] = []
        inner = type(database.db.obj).execute_sql

        def noting(held: Any, sql: str, *args: Any, **named: Any) -> Any:
            if not sql.startswith(("PRAGMA", "BEGIN", "COMMIT")):
                asked.append(sql)
            return inner(held, sql, *args, **named)

        monkeypatch.setattr(type(database.db.obj), "execute_sql", noting)
        page.refresh()
        wait(window)
        assert len(asked) == FIRST_PAGE
        closed(window)
