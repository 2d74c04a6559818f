"""Users of an office by the command line, and the verbs as each of them gets them."""

import json
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from models.register.register import Register
from tests.aids.engines import PostgresServer, programs
from tests.aids.office_world import HERE, NUMBERS, PASSWORD, THERE, Office, copied, make_office
from tests.aids.speaking import WANG, workbook
from tests.aids.terminal import Commands

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")


@pytest.fixture(scope="module")
def kept(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that is only looked at."""
    return make_office(server, "kept", tmp_path_factory.mktemp("kept"))


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands over whatever --data names."""
    return Commands(tmp_path, capfd)


LOOKS = (
    ("list", "workers"), ("list", "employers"), ("list", "unions"), ("list", "workers", "--search", "赵"), ("drive",), ("due",),
    ("sources",), ("rules",), ("terms",), ("figures",), ("targets",), ("moved", "--since", "2026-01-01"), ("groups",),
    ("fields",),
    ("worklists",), ("ledger",), ("duplicates", "workers"), ("batches",), ("sites",), ("regions",), ("chase",), ("types",),
    ("trail",), ("prints",), ("undated", "unions"), ("exchange", "status"), ("exchange", "conflicts"), ("retention",), ("check",),
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
@pytest.mark.parametrize("login", ["guan", "qu", "li", "kan"])
def test_every_look_is_answered_to_everybody(kept: Office, terminal: Commands, login: str, look: tuple[str, ...]) -> None:
    told = json.dumps(terminal.told(*look, "--data", str(kept.address(login))), ensure_ascii=False)
    if login in ("li", "kan"):
        assert NUMBERS[THERE] not in told
    if login == "li":
        assert f"赵{THERE}" not in told


def test_rows_of_other_towns_are_refused_one_by_one_and_the_rest_is_written(
    kept: Office, terminal: Commands, tmp_path: Path
) -> None:
    office = copied(kept, "importing", tmp_path / "office")
    place = str(office.address("li"))
    people = [["姓名", "身份证号", "工作单位", "工会名称"], ["王五", WANG, f"{HERE}有限公司", f"{HERE}工会"]]
    people += [["钱示例", NUMBERS[THERE], f"{HERE}有限公司", f"{HERE}工会"], ["孙示例", "", f"{THERE}有限公司", f"{HERE}工会"]]
    firms = [["单位名称", "所在镇街"], ["新公司", HERE], ["别处公司", THERE], [f"{THERE}有限公司", ""]]
    book = workbook(tmp_path / "a.xlsx", {"会员名册": people, "单位名单": firms})
    planned = terminal.told("import", book, "--plan", "--data", place)
    told = terminal.told("import", book, "--data", place)
    counts = {each["sheet"]: (each["new"], each["refused"]) for each in told["files"][0]["sheets"]}
    assert counts == {"会员名册": (1, 2), "单位名单": (1, 2)}
    said = json.dumps(planned, ensure_ascii=False)
    for sentence in ("别的镇街登记", "不是你的镇街"):
        assert sentence in said
    assert {row["name"] for row in terminal.told("list", "workers", "--data", place)["workers"]} == {"王五", f"赵{HERE}"}
    assert f"赵{THERE}" in json.dumps(terminal.told("list", "workers", "--data", str(office.address("wang"))), ensure_ascii=False)
    assert terminal.told("undo", told["batch"], "--data", place)["removed"] >= 2


def _names(count: int) -> list[str]:
    """So many different names."""
    return ["".join(each) for each in islice(product("吴郑冯陈褚卫", "一二三四五六七八", "甲乙丙丁戊己庚"), count)]


def test_of_many_who_come_at_once_all_are_written_found_and_taken_back(kept: Office, terminal: Commands, tmp_path: Path) -> None:
    office = copied(kept, "many", tmp_path / "office")
    place = str(office.address("li"))
    rows = [["姓名", "手机号", "工会名称"], *([name, f"1380000{place:04}", f"{HERE}工会"] for place, name in enumerate(_names(300), 1000))]
    told = terminal.told("import", workbook(tmp_path / "a.xlsx", {"会员名册": rows}), "--data", place)
    assert told["files"][0]["sheets"][0]["new"] == 300, told
    assert len(terminal.told("list", "workers", "--data", place)["workers"]) == 301
    assert office.asked("wang", 'SELECT count(*) FROM "worker"') == [(1,)]
    assert office.asked("guan", 'SELECT count(*) FROM "bundle"') == [(0,)]
    assert terminal.told("check", "--data", str(office.address("guan")))["sound"]
    assert terminal.told("figures", "--data", place) != terminal.told("figures", "--data", str(office.address("wang")))
    assert terminal.told("undo", told["batch"], "--data", place)["removed"] == 300
    assert len(terminal.told("list", "workers", "--data", place)["workers"]) == 1


def test_of_a_batch_of_several_towns_nobody_takes_back_a_part(kept: Office, terminal: Commands, tmp_path: Path) -> None:
    office = copied(kept, "parts", tmp_path / "office")
    people = [["姓名", "身份证号", "工会名称"], ["王五", WANG, f"{HERE}工会"], ["周示例", "", f"{THERE}工会"]]
    told = terminal.told("import", workbook(tmp_path / "a.xlsx", {"会员名册": people}), "--data", str(office.address("qu")))
    assert "你看不到的 1 处" in terminal.refused("undo", told["batch"], "--data", str(office.address("li")))
    assert terminal.told("undo", told["batch"], "--data", str(office.address("qu")))["removed"] == 2


def test_users_are_let_in_changed_and_let_out(
    server: PostgresServer, terminal: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(server, "users", tmp_path / "office")
    place = str(office.address("guan"))
    monkeypatch.setenv("JIANHUI_NEW_PASSWORD", PASSWORD)

    def users(*arguments: str, data: str = place) -> Any:
        return terminal.told("office", "users", *arguments, "--data", data)

    made = users("add", "zhou", "--role", "组织员", "--towns", f"{HERE}，沙坪坝区渝碚路街道", "--name", "周示例")["user"]
    assert made["role"] == "organizer"
    assert [each["name"] for each in made["towns"]] == ["沙坪坝区小龙坎街道", "沙坪坝区渝碚路街道"]
    assert office.asked("zhou", 'SELECT name FROM "union"') == [(f"{HERE}工会",)]
    assert office.server.say("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'zhou'") == [(1,)]
    assert users("towns", "zhou", "--towns", THERE)["user"]["towns"][0]["name"].startswith("沙坪坝区")
    assert office.asked("zhou", 'SELECT name FROM "union"') == [(f"{THERE}工会",)]
    assert users("change", "zhou", "--role", "district")["user"]["role"] == "district"
    assert len(office.asked("zhou", 'SELECT name FROM "union"')) == 2
    assert users("change", "zhou", "--role", "查看")["user"]["role"] == "viewer"
    assert NUMBERS[HERE] not in str(office.asked("zhou", 'SELECT * FROM "worker"'))
    code, said, _err = terminal("office", "users", "remove", "zhou", "--data", place)
    assert (code, "office users add zhou --role 查看 --known" in said) == (0, True)
    assert "不让这个用户" in terminal.refused("list", "workers", "--data", str(office.address("zhou")))
    assert next(each["removed"] for each in users("list")["users"] if each["login"] == "zhou")
    assert not users("add", "zhou", "--role", "组织员", "--known", "--towns", HERE)["user"]["removed"]
    assert office.asked("zhou", 'SELECT name FROM "union"') == [(f"{HERE}工会",)]
    acts = [each["what"] for each in terminal.told("trail", "--data", place)["trail"] if " zhou（" in each["what"]]
    assert sorted(acts) == sorted([
        "加用户 zhou（组织员）", "改用户 zhou（组织员）的镇街", "改用户 zhou（区县）", "改用户 zhou（查看）", "去掉用户 zhou（查看）", "加用户 zhou（组织员）",
    ])  # fmt: skip


REFUSED = (
    (("add", "zhou", "--role", "组织员"), "要有镇街"), (("add", "zhou"), "要写身份"), (("add", "li", "--role", "区县"), "已经有用户"),
    (("add", "Zhou 1", "--role", "区县"), "用户名“Zhou 1”不行"), (("add", "zhou", "--role", "书记"), "没有“书记”这种用户"),
    (("add", "jianhui", "--role", "区县"), "在服务器上什么都能做"), (("remove", "nobody"), "没有用户"), (("remove", "guan"), "不能去掉自己"),
    (("change", "guan", "--role", "区县"), "不能改自己的身份"), (("towns", "li", "--towns", "月球镇"), "找不到区划"),
    (("fly", "li"), "office users 后面写"), (("remove",), "后面写一个用户名"), (("change", "qu", "--role", "组织员"), "要有镇街"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_what_is_no_user_is_told(
    kept: Office, terminal: Commands, monkeypatch: pytest.MonkeyPatch, said: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setenv("JIANHUI_NEW_PASSWORD", PASSWORD)
    before = terminal.told("office", "users", "list", "--data", str(kept.address("guan")))
    assert sentence in terminal.refused("office", "users", *said, "--data", str(kept.address("guan")))
    assert terminal.told("office", "users", "list", "--data", str(kept.address("guan"))) == before


@pytest.mark.parametrize("login", ["qu", "li", "kan"])
def test_only_administrators_say_who_may_what(kept: Office, terminal: Commands, login: str) -> None:
    assert "只有办公室的管理员" in terminal.refused("office", "users", "list", "--data", str(kept.address(login)))


def test_easily_guessed_passwords_and_none_are_refused(kept: Office, terminal: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("office", "users", "add", "zhou", "--role", "区县", "--data", str(kept.address("guan")))
    assert "没有口令" in terminal.refused(*asked)
    monkeypatch.setenv("JIANHUI_NEW_PASSWORD", "12345678")
    assert "口令" in terminal.refused(*asked)


def test_a_register_in_a_file_has_no_users(terminal: Commands, empty_register: Register) -> None:
    assert "要写办公室登记册的地址" in terminal.refused("office", "users", "list", "--data", empty_register.folder)


def test_an_administrator_prepares_the_office_anew_and_nobody_else_does(kept: Office, terminal: Commands) -> None:
    before = terminal.told("list", "workers", "--data", str(kept.address("li")))
    assert terminal.told("office", "init", "--data", str(kept.address("guan")))["schema"]
    assert terminal.told("list", "workers", "--data", str(kept.address("li"))) == before
    assert NUMBERS[HERE] not in json.dumps(terminal.told("list", "workers", "--data", str(kept.address("kan"))))
    for login in ("qu", "li", "kan"):
        assert "没有这项权限" in terminal.refused("office", "init", "--data", str(kept.address(login)))
    assert terminal.told("list", "workers", "--data", str(kept.address("li"))) == before
