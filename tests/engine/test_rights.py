"""Who may what in an office: tried with real connections of each role, past the program and through it."""

from pathlib import Path

import pytest
from peewee import DatabaseError

from models.editing.regions import add_region
from models.engine.belonging import TABLES, Sight, placed
from models.errors import NotYours, UserError
from models.journal.writer import batch
from models.opening.office import prepare
from models.records.employer import Employer
from models.records.region import Region, load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.office import note_address
from tests.aids.engines import PostgresServer, programs
from tests.aids.office_world import HERE, NUMBERS, PHONES, THERE, USERS, Office, copied, make_office, region
from tests.aids.speaking import TODAY, made

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")


@pytest.fixture(scope="module")
def kept(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that is only looked at."""
    return make_office(server, "kept", tmp_path_factory.mktemp("kept"))


@pytest.fixture
def office(kept: Office, tmp_path: Path, request: pytest.FixtureRequest) -> Office:
    """An office of the test's own."""
    return copied(kept, f"own_{abs(hash(request.node.name))}", tmp_path)


def test_every_table_says_where_it_belongs(kept: Office) -> None:
    found = {name for (name,) in kept.asked("guan", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert found == set(TABLES)


def test_each_sees_their_own(kept: Office) -> None:
    seen = {login: [name for (name,) in kept.asked(login, 'SELECT name FROM "employer" ORDER BY name')] for login, *_ in USERS}
    both = [f"{HERE}有限公司", f"{THERE}有限公司"]
    assert seen == {"guan": both, "qu": both, "li": both[:1], "wang": both[1:], "kan": both}


def readable(office: Office, login: str) -> dict[str, list[str]]:
    """All that a user's connection reads, as texts, by the table or view that it is read from."""
    names = office.asked(
        login,
        "SELECT quote_ident(nspname) || '.' || quote_ident(relname) FROM pg_class"
        " JOIN pg_namespace AS held ON held.oid = relnamespace"
        " WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
        " AND has_schema_privilege(held.oid, 'USAGE') AND has_any_column_privilege(pg_class.oid, 'SELECT')",
    )
    return {name: [str(row) for row in office.asked(login, f"SELECT told::text FROM {name} AS told")] for (name,) in names}


def test_past_the_program_an_organizer_reads_nothing_of_other_towns(kept: Office) -> None:
    found = readable(kept, "li")
    told = {name for name, rows in found.items() if any(NUMBERS[HERE] in row or f"秘密{HERE}" in row for row in rows)}
    assert {"public.worker", "public.change", "public.site", "public.worklist_entry"} <= told
    numbers = (NUMBERS[THERE], PHONES[THERE], NUMBERS[THERE][::-1].lower(), PHONES[THERE][::-1])
    assert any(NUMBERS[THERE] in source for (source,) in kept.asked("qu", 'SELECT source FROM "batch"'))
    foreign = (*numbers, f"赵{THERE}", f"秘密{THERE}", f"{THERE}工会")
    shared = {"public.target", "public.worklist"}  # what is aimed at, and the names of working lists, everybody reads
    looked = {name: rows for name, rows in found.items() if name not in shared}
    leaks = {name: [each for each in foreign if any(each in row for row in rows)] for name, rows in looked.items()}
    assert {name: each for name, each in leaks.items() if each} == {}
    assert not {"public.office_key", "public.office_user", "public.office_town"} & found.keys()
    assert found["public.bundle"] == found["public.erasure"] == []


def test_each_row_that_is_read_lies_in_the_own_towns(kept: Office) -> None:
    own = {region_of(kept, HERE), "@li", ""}
    for name, each in placed().items():
        if each.read in (Sight.TOWN, Sight.WHOLE):
            seen = {town for (town,) in kept.asked("li", f'SELECT DISTINCT town FROM "{name}"')}
            assert seen <= own, name
            empty = name.endswith(("_search", "_count", "_key")) or name in ("fork", "submission")
            assert empty or region_of(kept, HERE) in seen, name


def region_of(office: Office, code: str) -> str:
    """The uid of a region by its code."""
    return str(office.asked("qu", f"SELECT uid FROM region WHERE code = '{code}'")[0][0])


def test_who_looks_only_reads_no_full_number_and_writes_nothing(kept: Office) -> None:
    found = readable(kept, "kan")
    assert any("500106" in row for row in found["public_covered.employer"])
    whole = [*NUMBERS.values(), *PHONES.values(), *(each[::-1] for each in [*NUMBERS.values(), *PHONES.values()])]
    assert {name for name, rows in found.items() for row in rows if any(each.lower() in row.lower() for each in whole)} == set()
    assert sorted(row for row in found["public_covered.worker"] if "440524************" in row) != []
    for name in TABLES:
        for text in (f'INSERT INTO public."{name}" DEFAULT VALUES', f'DELETE FROM public."{name}"'):
            if name == "trail" and text.startswith("INSERT"):
                continue  # that they opened it is noted by themselves
            with pytest.raises(DatabaseError, match="permission denied"):
                kept.asked("kan", text)


@pytest.mark.parametrize("login", ["li", "qu", "kan"])
def test_nobody_but_administrators_reaches_users_and_the_offices_key(kept: Office, login: str) -> None:
    for name in ("office_user", "office_town", "office_place", "office_device", "office_batch", "office_key"):
        for begun, ended in (("SELECT * FROM", ""), ("DELETE FROM", ""), ("INSERT INTO", " DEFAULT VALUES")):
            text = f'{begun} public."{name}"{ended}'
            with pytest.raises(DatabaseError, match="permission denied"):
                kept.asked(login, text)


def test_a_stranger_is_let_into_nothing(kept: Office) -> None:
    kept.server.say("CREATE ROLE stranger LOGIN")
    with pytest.raises(DatabaseError, match="permission denied"):
        kept.asked("stranger", "SELECT 1")


#: What an organizer tries on the other town's rows, past the program, and what comes of it: how many rows, or a refusal.
TRIES = (
    ("UPDATE \"worker\" SET name = 'x' WHERE uid = '{worker}' RETURNING 1", 0),
    ("DELETE FROM \"employer\" WHERE uid = '{employer}' RETURNING 1", 0),
    ('DELETE FROM "change" RETURNING 1', "permission denied"),
    ("UPDATE \"change\" SET before = 'x' RETURNING 1", "permission denied"),
    ("UPDATE \"trail\" SET person = 'x' RETURNING 1", "permission denied"),
    ("INSERT INTO \"employer\" (uid, name, region) VALUES ('e', 'x', '{region}')", "row-level security"),
    ("INSERT INTO \"worker\" (uid, name, \"union\") VALUES ('w', 'x', '{union}')", "row-level security"),
    ("INSERT INTO \"membership_event\" (uid, worker) VALUES ('m', '{worker}')", "row-level security"),
    ("INSERT INTO \"setting\" (uid, key, value) VALUES ('s', 'threshold', '1')", "row-level security"),
    ("INSERT INTO \"ledger_kind\" (uid, name) VALUES ('k', 'x')", "permission denied"),
    ("INSERT INTO \"erasure\" (uid, person) VALUES ('k', 'x')", "permission denied"),
    ("UPDATE \"employer\" SET region = '{region}' WHERE true", "row-level security"),
    ("UPDATE \"employer\" SET town = '{region}' WHERE true RETURNING 1", 1),  # a trigger says where it belongs, and nobody else
    ('UPDATE "held_count" SET people = 0', "permission denied"),
    ("SELECT office_spread()", "permission denied"),
    ('SET ROLE "jianhui/kept/public/district"', "permission denied"),
    ('INSERT INTO "region_parent" (uid, region, parent) VALUES (\'r\', \'{region}\', \'{own}\')', "row-level security"),
    ('SET row_security = off; SELECT name FROM "worker"', "row-level security"),
    ("SET SESSION AUTHORIZATION guan", "permission denied"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "comes"), TRIES)
def test_past_the_program_an_organizer_writes_nothing_of_other_towns(office: Office, text: str, comes: int | str) -> None:
    asked = text.format(**office.uids[THERE], own=office.uids[HERE]["region"])
    if isinstance(comes, int):
        assert len(office.asked("li", asked)) == comes
    else:
        with pytest.raises(DatabaseError, match=comes):
            office.asked("li", asked)
    assert office.asked("wang", 'SELECT name FROM "employer"') == [(f"{THERE}有限公司",)]
    assert office.asked("li", 'SELECT name FROM "employer"') == [(f"{HERE}有限公司",)]


def test_a_change_that_the_server_hides_is_an_error_and_not_in_the_log(office: Office) -> None:
    uids = office.uids[THERE]

    def told() -> int:
        return int(str(office.asked("guan", 'SELECT count(*) FROM "change"')[0][0]))

    before = told()
    with office.opened("li") as li:
        with pytest.raises(NotYours, match="别的镇街"), batch("edit", li) as writer:
            writer.update(Worker, uids["worker"], {"name": (f"赵{THERE}", "钱示例")})
        with pytest.raises(NotYours, match="别的镇街"), batch("edit", li) as writer:
            writer.remove([(Employer, {"uid": uids["employer"], "name": f"{THERE}有限公司"})])
        with pytest.raises(NotYours, match="别的镇街"), batch("edit", li) as writer:
            writer.update(Union, office.uids[HERE]["union"], {"region": (region(HERE), region(THERE))})
        with pytest.raises(NotYours, match="别的镇街"):
            made(li, Employer, name="别处的公司", region=region(THERE))
        assert made(li, Employer, name="这里的公司", region=region(HERE))
    assert told() == before + 1
    assert office.asked("guan", 'SELECT count(*) FROM "employer"') == [(3,)]


def test_who_wrote_is_said_by_the_server(office: Office) -> None:
    with office.opened("li") as li:
        made(li, Employer, name="这里的公司", region=region(HERE))
    assert office.asked("guan", 'SELECT person, login FROM "batch" ORDER BY id DESC LIMIT 1') == [("Li", "li")]
    forged = "lililililililili"
    with office.opened("wang") as wang, pytest.raises(UserError, match="没有这项权限"):
        made(type(wang)(forged, "Li"), Employer, name="那里的公司", region=region(THERE))
    values = "'b', '{device}', 'Li', 'edit', '', '', 'li'"
    told = 'INSERT INTO "batch" (uid, device, person, kind, at, source, login) VALUES ({values})'
    with pytest.raises(DatabaseError, match="another login"):
        office.asked("wang", told.format(values=values.format(device=forged)))
    office.asked("wang", told.format(values=values.format(device="own")))
    assert office.asked("guan", "SELECT person, login FROM \"batch\" WHERE device = 'own'") == [("Wang", "wang")]


def test_whoever_moves_a_firm_moves_what_hangs_on_it_and_its_history(office: Office) -> None:
    uids = office.uids[HERE]
    with office.opened("qu") as qu, batch("edit", qu) as writer:
        for record in (Employer, Union):
            kind = "employer" if record is Employer else "union"
            writer.update(record, uids[kind], {"region": (region(HERE), region(THERE))})
    asked = "SELECT count(*) FROM \"{}\" WHERE town NOT IN ('', '@li')"
    own = [name for name, each in placed().items() if each.read is Sight.TOWN]
    left = {name for name in own if office.asked("li", asked.format(name)) != [(0,)]}
    assert left == {"site"}  # it lies in a town by itself
    assert office.asked("li", 'SELECT count(*) FROM "worker"') == [(0,)]
    assert office.asked("li", "SELECT count(*) FROM \"change\" WHERE kind IN ('worker', 'employer', 'union')") == [(0,)]
    assert office.asked("wang", 'SELECT count(*) FROM "worker"') == [(2,)]
    assert office.asked("wang", "SELECT count(*) FROM \"change\" WHERE kind = 'worker'") == [(2,)]
    assert office.asked("wang", 'SELECT count(*) FROM "worker_search"') == [(2,)]


def test_what_was_carried_in_with_its_log_first_is_placed_when_the_office_is_prepared(office: Office) -> None:
    row = "9999, 'b', 'd', 1, 'employer', 'late', '*', '[]'"
    office.asked("guan", f'INSERT INTO "change" (id, batch, device, number, kind, record, field, replaces) VALUES ({row})')
    office.asked("guan", f"INSERT INTO \"employer\" (uid, name, region) VALUES ('late', '后来的公司', '{region_of(office, HERE)}')")
    asked = "SELECT count(*) FROM \"change\" WHERE record = 'late'"
    assert office.asked("li", asked) == [(0,)]
    folder = office.folder / "guan"
    folder.mkdir(parents=True)
    note_address(folder, office.address("guan"))
    prepare(folder, "")
    assert office.asked("li", asked) == [(1,)]
    assert office.asked("wang", asked) == [(0,)]


def test_an_organizer_adds_places_to_the_own_towns_alone(office: Office) -> None:
    with office.opened("li") as li:
        index = load_index(TODAY)
        add_region("示例社区", "community", region(HERE), li, index)
        uid = Region.get(Region.name == "示例社区").uid
        made(li, Employer, name="社区里的公司", region=uid)
        with pytest.raises(NotYours):
            add_region("那边社区", "community", region(THERE), li, index)
    assert office.asked("li", "SELECT count(*) FROM \"employer\" WHERE name = '社区里的公司'") == [(1,)]
    assert office.asked("wang", "SELECT count(*) FROM \"employer\" WHERE name = '社区里的公司'") == [(0,)]
    assert office.asked("guan", "SELECT town FROM region WHERE name = '示例社区'") == [(region_of(office, HERE),)]
