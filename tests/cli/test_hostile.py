"""Nothing that is typed after a verb ends in a traceback: every option of every verb, found by walking the parser."""

import argparse
import os
import socket
from pathlib import Path

import pytest

from cli import parsing
from cli.arguments import parser
from tests.aids.sizes import every
from tests.aids.speaking import WANG, workbook
from tests.aids.terminal import Commands

LONG = "9" * 5_000
HALF = "\udcff\udce4"  # bytes of a name that are no UTF-8, as the system hands them over
NUMBERS = (LONG, "99999999999999999999999", "-99999999999999999999", "-1", "1e400", "nan", "٣٣", "0x10", "1_0", "", HALF)
DAYS = (LONG, "9999-12-31", "0001-01-01", "2026-02-30", "2026-11", "99999999999999999999", "", HALF)
PATHS = (LONG, "", " ", "名" * 300, HALF)
TEXTS = (LONG, "", "a=99999999999999999999", "%s{0}{x}\n\x1b[2J'; --=,=", HALF)
#: One of so many hostile values is given to an option.
STRIDE = every(3)
#: What each kind of argument must refuse; other texts may mean something.
REFUSED = {parsing.path_argument: PATHS, parsing.data_argument: PATHS, parsing.day_argument: DAYS, None: (LONG, HALF)}

posix_only = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and sockets of Linux")


def verbs() -> dict[str, argparse.ArgumentParser]:
    (found,) = [each for each in parser()._actions if isinstance(each, argparse._SubParsersAction)]
    return dict(found.choices)


def taking(verb: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a verb takes that has a value."""
    return [each for each in verb._actions if each.nargs != 0]


def refused(action: argparse.Action) -> tuple[str, ...]:
    return REFUSED.get(action.type, NUMBERS)  # type: ignore[arg-type]


def command(verb: argparse.ArgumentParser, hostile: argparse.Action, value: str, usual: dict[str, str]) -> list[str]:
    """The arguments: what the verb must have, and the hostile one."""
    found: list[str] = []
    before = True  # a word that may be left out stands in the place of the one behind it
    for action in taking(verb):
        before = before and action is not hostile
        text = usual.get(action.dest, next(iter(action.choices)) if action.choices else "x")
        values = [value if action is hostile else text] * (action.nargs if isinstance(action.nargs, int) else 1)
        if not action.option_strings:
            needed = action.choices or action.nargs not in {"?", "*"} or (before and not hostile.option_strings)
            found += values if action is hostile or needed else []
        elif action is hostile and len(values) == 1:
            found.append(f"{action.option_strings[0]}={value}")
        elif action is hostile or action.required:
            found += [action.option_strings[0], *values]
    return found


@pytest.fixture
def run(tmp_path: Path, run: Commands, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands that are given in an empty folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return run


@pytest.mark.parametrize("name", verbs())
def test_whatever_an_option_is_given_is_done_or_refused_in_a_sentence(run: Commands, name: str, tmp_path: Path) -> None:
    verb = verbs()[name]
    usual = {"files": str(tmp_path / "none.xlsx"), "since": "2026-01-01", "out": str(tmp_path / "o.xlsx"), "batch": "1"}
    for place, action in enumerate(taking(verb), len(name)):  # what one option is not given, others of its kind are
        for value in list(dict.fromkeys((*refused(action), *(TEXTS if action.type is None else ()))))[place % STRIDE :: STRIDE]:
            code, _out, err = run(name, *command(verb, action, value, usual))
            said = f"{name} {action.dest} {value[:30]!r}: {err[-500:]}"
            assert (code in {0, 1}, "Traceback" in err, len(err) < 3_000) == (True, False, True), said
            if value in refused(action) or action.choices:
                assert code == 1, said
                assert (action.option_strings or [str(action.metavar)])[0] in err.splitlines()[-1], said


def test_a_number_out_of_range_is_told_with_its_argument_and_its_range(run: Commands) -> None:
    for arguments, said in (
        (("undo", "99999999999999999999999"), "BATCH：要写 1 到 999999999 的整数"),
        (("ledger", "--year", "99999999999999999999"), "--year：要写 1901 到 2100 的整数"),
        (("due", "--days", "9999999999"), "--days：要写 0 到 36500 的整数"),
        (("report", "attendance", "--out", "a.pdf", "--blank", "100000"), "--blank：要写 0 到 300 的整数"),
        (("figures", "--as-of", "9999-12-31"), "--as-of：“****-**-**”不是日期，请写成 2026-06-30，年份从 1901 到 2100"),
        (("targets", "set", "new_members", "9" * 3_000), "可以是 0 到 10000000000"),
        (("list", "workers", "--where", "age=" + "9" * 3_000), "请写成 25-99、25- 或 -24"),
        (("list", "workers", "--where", "birth_date=99999999999999"), "请写成 2026-01-01..2026-06-30"),
        (("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-01-01", "--quantity", "9" * 3_000), "数量：看不懂的数量"),
        (("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-01-01", "--amount", "9" * 3_000), "金额："),
    ):
        assert said in run.refused(*arguments)


def test_days_at_both_ends_of_the_calendar_are_answered(run: Commands) -> None:
    for day in ("1901-01-01", "2100-12-31"):
        for verb in ("figures", "drive", "due", "terms", "rules", "targets"):
            run.told(verb, "--as-of", day)
    run.told("due", "--as-of", "2100-12-31", "--days", 36_500)
    run.told("moved", "--since", "1901-01-01", "--until", "2100-12-31")


def test_a_folder_that_cannot_be_one_is_told_and_nothing_is_made(run: Commands, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    for folder, said in ((file, "不是文件夹"), (file / "x", "文件夹"), ("", "--data：是空的"), ("z" * 5_000, "--data：太长了")):
        for verb in (("list", "workers"), ("restore", "a.jhbak"), ("check",)):
            assert said in run.refused("--data", folder, *verb)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "data", "here"]


@posix_only
def test_what_is_no_file_is_not_read(run: Commands, tmp_path: Path) -> None:
    pipe, socket_ = tmp_path / "管.xlsx", tmp_path / "s.xlsx"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(socket_))
        for path in (pipe, socket_, Path("/dev/zero"), Path("/dev/tty"), Path("/dev/stdin")):
            code, _out, err = run("import", path)
            assert (code, "不是普通文件" in err) == (1, True), path
        for path in (pipe, socket_, Path("/dev/zero"), tmp_path):
            assert "不是普通文件" in run.refused("restore", path)
            assert "不是普通文件" in run.refused("import", "a.xlsx", "--decisions", path)


HOSTILE_DECISIONS = (
    "[" * 100_000, "null", "[]", '{"sheets":null}', '{"sheets":[null]}', '{"sheets":{"a":1}}',
    '{"sheets":[{"file":' + "9" * 5_000 + ',"sheet":"x"}]}', '{"sheets":[{"file":"\\ud800","sheet":"x","kinds":"workers"}]}',
    *(
        f'{{"sheets":[{{"file":"a.xlsx","sheet":"名单",{part}}}]}}'
        for part in (
            '"headers":[99999999999999999999]', '"headers":[-1]', '"headers":"abc"', '"headers":[[1]]', '"headers":[true]',
            '"mappings":{"99999999999999999999":"name"}', '"mappings":{"0":"nothing"}', '"mappings":{"0":5}',
            '"mappings":{"0":"chair"}', '"mappings":[1]', '"mappings":{"٣":"name"}', '"cells":{"3":5}',
            '"cells":{"3":{"name":{"a":1}}}', '"cells":{"0":{"name":"x"}}', '"rows":{"3":["new"]}', '"rows":{"3":"up"}',
            '"kinds":["workers"]', '"kinds":{}', '"defaults":5', '"defaults":{"union":["a"]}', '"choices":{"sex":5}',
            '"choices":5', '"blanks":{"name":[]}', '"full":{"u":{}}', '"confirmed":5', '"confirmed":[{}]',
        )
    ),
)  # fmt: skip


def test_decisions_that_are_none_are_told_and_nothing_is_imported(run: Commands, tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", {"名单": [["会员花名册"], ["姓名", "身份证号"], ["王五", WANG]]})
    path = tmp_path / "d.json"
    for text in HOSTILE_DECISIONS:
        path.write_text(text, "utf-8")
        said = run.refused("import", source, "--decisions", path)
        assert ("决定文件看不懂" in said or "不能对应" in said, len(said) < 400) == (True, True), text[:80]
    assert run.told("list", "workers") == {"workers": []}
