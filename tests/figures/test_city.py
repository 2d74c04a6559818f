"""A city: a register for each district in one database, and one on another server, looked at together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engine.addresses import Address
from models.errors import UserError
from models.figures.city import schema_of
from tests.aids.engines import PostgresServer, programs
from tests.aids.speaking import workbook
from tests.aids.terminal import Commands

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

#: Who is in which district; 王示例 is in two.
_PEOPLE = {
    "沙坪坝区": [("张示例", "500106198503079012"), ("王示例", "500103199002289025")],
    "九龙坡区": [("王示例", "500103199002289025"), ("赵示例", "500107197811045510"), ("钱示例", "500107199001011211")],
}


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[PostgresServer, PostgresServer]]:
    """The city's server, and that of a district which has one of its own."""
    both = PostgresServer(), PostgresServer(port=5433)
    yield both
    for each in both:
        each.remove()


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands over whatever --data names."""
    return Commands(tmp_path, capfd)


def filled(terminal: Commands, city: Address, district: str, people: list[tuple[str, str]], folder: Path) -> str:
    """The register of a district in the city's database, with some members of one union; its address."""
    made = terminal.told("office", "init", "--district", district, "--data", str(city))
    union = f"重庆{district}示例有限公司工会"
    rows = [["姓名", "证件号码", "所属工会", "入会日期"], *([name, number, union, "2026-03-01"] for name, number in people)]
    unions = [["工会名称", "工会类型", "建会日期"], [union, "单独基层工会", "2026-02-01"]]
    terminal.told("import", workbook(folder / f"{district}.xlsx", {"工会": unions, "会员": rows}), "--data", made["address"])
    address: str = made["address"]
    return address


def test_districts_in_one_database_are_registers_of_their_own_and_are_counted_together(
    terminal: Commands, servers: tuple[PostgresServer, PostgresServer], tmp_path: Path
) -> None:
    servers[0].say('CREATE DATABASE "city"')
    city = servers[0].address("city")
    assert "还没有区县的登记册" in terminal.refused("office", "city", "--data", str(city))
    addresses = [filled(terminal, city, name, people, tmp_path) for name, people in _PEOPLE.items()]
    assert [address.rpartition("district=")[2].partition("&")[0] for address in addresses] == ["d500106", "d500107"]
    for address, people in zip(addresses, _PEOPLE.values(), strict=True):
        assert len(terminal.told("list", "workers", "--data", address)["workers"]) == len(people)
        assert terminal.told("check", "--data", address)["sound"]
    told = terminal.told("office", "city", "--data", str(city))
    assert [(each["district"], each["figures"]["members"]["value"]) for each in told["districts"]] == [("沙坪坝区", 2), ("九龙坡区", 3)]
    assert told["figures"]["members"]["value"] == 5
    assert told["in_several"] == 1
    assert [(each["id_number"], [held["district"] for held in each["in"]]) for each in told["people"]] == [
        ("500***********9025", ["沙坪坝区", "九龙坡区"])
    ]
    assert told["not_compared"] == []
    assert "500103199002289025" not in str(told)


def test_what_others_have_called_their_schemas_is_no_more_than_a_name(
    terminal: Commands, servers: tuple[PostgresServer, PostgresServer], tmp_path: Path
) -> None:
    server = servers[0]
    server.say('CREATE DATABASE "shared"')
    city = server.address("shared")
    filled(terminal, city, "沙坪坝区", _PEOPLE["沙坪坝区"], tmp_path)
    filled(terminal, city, "九龙坡区", _PEOPLE["九龙坡区"], tmp_path)
    before = terminal.told("office", "city", "--data", str(city))
    for schema in ("another_program", "x' UNION SELECT ''--", "Upper case"):
        server.say(f'CREATE SCHEMA "{schema}"', "shared")
        server.say(f'CREATE TABLE "{schema}".schema_migration (name text)', "shared")
        server.say(f'INSERT INTO "{schema}".schema_migration VALUES (\'first\')', "shared")
    for table in ("worker", "batch", "region_parent"):
        server.say(f'CREATE TABLE "x\' UNION SELECT \'\'--".{table} (uid text, name text, id_number text)', "shared")
    assert terminal.told("office", "city", "--data", str(city)) == before


def test_where_a_server_would_shard_the_districts_none_is_made(
    terminal: Commands, servers: tuple[PostgresServer, PostgresServer]
) -> None:
    server = servers[0]
    server.say('CREATE DATABASE "sharded"')
    server.say("ALTER DATABASE sharded SET citus.enable_schema_based_sharding = on")
    city = str(server.address("sharded"))
    assert "Citus" in terminal.refused("office", "init", "--district", "沙坪坝区", "--data", city)
    assert server.say("SELECT nspname FROM pg_namespace WHERE nspname = 'd500106'", "sharded") == []
    server.say("ALTER DATABASE sharded SET citus.enable_schema_based_sharding = off")
    made = terminal.told("office", "init", "--district", "沙坪坝区", "--data", city)
    server.say("ALTER DATABASE sharded SET citus.enable_schema_based_sharding = on")
    assert terminal.told("office", "init", "--district", "沙坪坝区", "--data", city)["before"] == made["schema"]


def test_what_is_no_district_is_told() -> None:
    assert [schema_of(name) for name in ("沙坪坝区", "沙坪坝", "500106")] == ["d500106"] * 3
    for name in ("小龙坎街道", "重庆市", "x; DROP SCHEMA", ""):
        with pytest.raises(UserError, match="不是区县"):
            schema_of(name)


def imported_as_the_guide_says(city: PostgresServer, other: Address) -> None:
    """Let the city's database see a district on another server, by the statements of the guide for whoever keeps the servers."""
    page = (Path(__file__).parents[2] / "docs" / "城市规模.md").read_text("utf-8")
    block = page.partition("```sql\n")[2].partition("```")[0]
    names = {
        "host '区县的服务器'": f"host '{other.host}'", "port '5432'": f"port '{other.port}'",
        "dbname 'jianhui'": f"dbname '{other.database}'",
        "user '区县给市里的用户'": f"user '{other.user}'",
    }  # fmt: skip
    for written, meant in names.items():
        assert written in block
        block = block.replace(written, meant)
    for statement in filter(str.strip, block.split(";")):
        city.say(statement, "city_of_two")


def test_a_district_on_another_server_is_counted_with_the_others(
    terminal: Commands, servers: tuple[PostgresServer, PostgresServer], tmp_path: Path
) -> None:
    here, there = servers
    here.say('CREATE DATABASE "city_of_two"')
    there.say('CREATE DATABASE "jiangjin"')
    filled(terminal, here.address("city_of_two"), "沙坪坝区", _PEOPLE["沙坪坝区"], tmp_path)
    filled(terminal, there.address("jiangjin"), "江津区", _PEOPLE["九龙坡区"], tmp_path)
    imported_as_the_guide_says(here, there.address("jiangjin"))
    told = terminal.told("office", "city", "--data", str(here.address("city_of_two")))
    assert [(each["district"], each["elsewhere"], each["figures"]["members"]["value"]) for each in told["districts"]] == [
        ("沙坪坝区", False, 2), ("江津区", True, 3)
    ]  # fmt: skip
    assert told["figures"]["members"]["value"] == 5
    assert [[held["district"] for held in each["in"]] for each in told["people"]] == [["沙坪坝区", "江津区"]]
    there.stop("fast")
    code, out, _err = terminal("office", "city", "--data", str(here.address("city_of_two")))
    there.start()
    assert code == 1
    assert "“江津区”没有算进来" in out


def test_whoever_reads_only_a_part_of_a_district_is_told_that_it_was_not_compared(
    terminal: Commands, servers: tuple[PostgresServer, PostgresServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = servers[0]
    server.say('CREATE DATABASE "city_of_users"')
    city = server.address("city_of_users")
    addresses = [filled(terminal, city, name, people, tmp_path) for name, people in _PEOPLE.items()]
    monkeypatch.setenv("JIANHUI_NEW_PASSWORD", "secret-of-the-city")
    for address in addresses:
        terminal.told("office", "users", "add", "shi", "--role", "区县", "--name", "市示例", "--data", address, *(
            ["--known"] if address != addresses[0] else []
        ))  # fmt: skip
    terminal.told("office", "users", "add", "kan", "--role", "查看", "--name", "看示例", "--data", addresses[1])
    all_read = terminal.told("office", "city", "--data", str(server.address("city_of_users", "shi")))
    assert (all_read["in_several"], all_read["not_compared"]) == (1, [])
    looked = terminal.told("office", "city", "--data", str(server.address("city_of_users", "kan")))
    assert [each["district"] for each in looked["districts"]] == ["九龙坡区"]
    assert (looked["in_several"], looked["not_compared"]) == (0, ["九龙坡区"])
    shown = terminal.told("list", "workers", "--data", addresses[1].replace("jianhui@", "kan@"))
    assert "500103199002289025" not in str(shown)
    assert len(shown["workers"]) == 3
