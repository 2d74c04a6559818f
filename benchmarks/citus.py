"""What of an office works on Citus: ``python benchmarks/citus.py``. Says in a sentence so where Citus is not installed.

A coordinator and two workers on the loopback. First the program as it is, beside Citus, with sharding by schema switched on and
off; then the same register handed to Citus for sharding, and what its tables are made of, one thing after the other, each with
what the server says. Nothing is timed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peewee import DatabaseError

from benchmarks.made_rosters import write_roster
from models.engine.addresses import Address
from tests.aids.engines import PostgresServer, programs

_ROOT = Path(__file__).resolve().parent.parent
_PORTS = (9700, 9701, 9702)
_SETTINGS = (
    "shared_preload_libraries=citus", "wal_level=logical", "listen_addresses=127.0.0.1", "max_prepared_transactions=100",
    "citus.enable_unsafe_triggers=on", "max_locks_per_transaction=512",
)  # fmt: skip
_SHARDING = "ALTER DATABASE city SET citus.enable_schema_based_sharding = {}"
_PEOPLE = 2_000
#: What a register is made of, on sharded tables: what it is, and the statements, of which the last one counts.
_MINIATURES = (
    ("a row, a reference, an index of its small letters", (
        "CREATE TABLE tried.employer (uid text PRIMARY KEY, name text)",
        "CREATE TABLE tried.worker (uid text PRIMARY KEY, employer text REFERENCES tried.employer, town text)",
        "CREATE INDEX ON tried.employer (lower(name))",
        "INSERT INTO tried.employer VALUES ('e', '示例'); INSERT INTO tried.worker VALUES ('w', 'e', 't')",
    )),
    ("a trigger that asks another table for each row (places)", (
        ("CREATE FUNCTION tried.placed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.town :="
        " (SELECT name FROM tried.employer WHERE uid = NEW.employer); RETURN NEW; END $$"),
        "CREATE TRIGGER placed BEFORE INSERT ON tried.worker FOR EACH ROW EXECUTE FUNCTION tried.placed()",
        "INSERT INTO tried.worker VALUES ('v', 'e')",
    )),
    ("a trigger that counts all new rows at once (counts, log)", (
        "CREATE TABLE tried.held (town text PRIMARY KEY, people bigint)",
        ("CREATE FUNCTION tried.counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " INSERT INTO tried.held SELECT town, count(*) FROM added GROUP BY town; RETURN NULL; END $$"),
        ("CREATE TRIGGER counted AFTER INSERT ON tried.worker REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
        " EXECUTE FUNCTION tried.counted()"),
        "INSERT INTO tried.worker VALUES ('u', 'e')",
    )),
    ("a function that asks a table, asked once for a query (rights)", (
        "CREATE FUNCTION tried.towns() RETURNS text[] LANGUAGE sql STABLE AS 'SELECT array_agg(name) FROM tried.employer'",
        "SELECT count(*) FROM tried.worker WHERE town = ANY ((SELECT tried.towns())::text[])",
    )),
    ("a policy that asks it (rights)", (
        "CREATE POLICY p ON tried.worker USING (town = ANY ((SELECT tried.towns())::text[]))",
    )),
    ("rows made of a query with today's date (regions of users)", (
        ("INSERT INTO tried.held SELECT town, 1 FROM (SELECT town FROM tried.worker UNION ALL SELECT name FROM tried.employer)"
        " AS told WHERE current_date > '2020-01-01' GROUP BY town"),
    )),
)  # fmt: skip
_MOVE = (
    "SELECT citus_schema_move('tried', (SELECT nodeid FROM pg_dist_node WHERE shouldhaveshards AND nodeport NOT IN"
    " (SELECT nodeport FROM citus_shards WHERE table_name = 'tried.worker'::regclass)), shard_transfer_mode => 'block_writes')"
)


def installed() -> bool:
    """True where the server's programs find the extension."""
    found = programs()
    if found is None:
        return False
    told = subprocess.run([found / "pg_config", "--sharedir"], capture_output=True, text=True, check=False).stdout.strip()
    return (Path(told) / "extension" / "citus.control").exists()


def tried(server: PostgresServer, what: str, *texts: str) -> None:
    """Run statements and print what came of them."""
    try:
        for text in texts:
            server.say(text, "city")
    except DatabaseError as error:
        print(f"  no   {what}: {str(error).splitlines()[0]}")
    else:
        print(f"  yes  {what}")


def command(what: str, *words: str) -> None:
    """Run a command of the program and print what came of it, its last line where it fails."""
    done = subprocess.run([sys.executable, "main.py", *words], cwd=_ROOT, capture_output=True, text=True, check=False)
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    print(f"  {'no ' if done.returncode else 'yes'}  {what}" + (f": {said[-1]}" if done.returncode and said else ""))


def beside_citus(city: Address, folder: Path) -> None:
    """The program in a database that has Citus but shards nothing."""
    roster = folder / "roster.xlsx"
    write_roster(roster, _PEOPLE)
    here = [str(city).replace("?", f"?district={schema}&") for schema in ("d500106", "d500107")]
    for address, district in zip(here, ("沙坪坝区", "九龙坡区"), strict=True):
        command(f"office init, {district}", "office", "init", "--district", district, "--data", str(city))
        command(f"import of {_PEOPLE:,}, {district}", "import", str(roster), "--data", address)
    command("undo", "undo", "1", "--data", here[1])
    command("undo of the undo", "undo", "2", "--data", here[1])
    command("office users add", "office", "users", "add", "zu", "--role", "组织员", "--towns", "小龙坎街道", "--name", "组示例",
            "--data", here[0])  # fmt: skip
    command("an organizer's list", "list", "workers", "--data", here[0].replace("jianhui@", "zu@"))
    for district, address in zip(("沙坪坝区", "九龙坡区"), here, strict=True):
        command(f"office check, {district}", "office", "check", "--data", address)
    command("office backup", "office", "backup", str(folder / "b.jhoffice"), "--data", here[0])
    command("office restore --district", "office", "restore", str(folder / "b.jhoffice"), "--district", "渝中区",
            "--data", str(city))  # fmt: skip
    command("office city", "office", "city", "--data", str(city))


def main() -> None:
    """Start the three servers and try all of it."""
    if not installed():
        print("Citus is not installed beside PostgreSQL on this machine: nothing was tried.")
        return
    os.environ["JIANHUI_NEW_PASSWORD"] = "gu-shan-liu-shui"  # noqa: S105  of a server that is thrown away
    os.environ["JIANHUI_PASSPHRASE"] = "只用于测量的口令"  # noqa: S105
    nodes = [PostgresServer(*_SETTINGS, port=port) for port in _PORTS]
    try:
        for each in nodes:
            each.say("CREATE DATABASE city")
            each.say("CREATE EXTENSION citus", "city")
        first = nodes[0]
        first.say(f"SELECT citus_set_coordinator_host('127.0.0.1', {_PORTS[0]})", "city")
        for port in _PORTS[1:]:
            first.say(f"SELECT citus_add_node('127.0.0.1', {port})", "city")
        print(*first.say("SELECT citus_version()", "city")[0], sep="\n")
        city = Address("jianhui", "127.0.0.1", _PORTS[0], "city", {"sslmode": "disable"})
        with tempfile.TemporaryDirectory() as name:
            os.environ["JIANHUI_LAPTOP"] = f"{name}/laptop.json"
            print("sharding by schema switched on:")
            first.say(_SHARDING.format("on"))
            command("office init", "office", "init", "--district", "沙坪坝区", "--data", str(city))
            first.say(_SHARDING.format("off"))
            print("Citus in the database, nothing sharded:")
            beside_citus(city, Path(name))
        print("these registers handed to Citus:")
        for schema, what in (("d500106", "with users"), ("d500107", "without users")):
            tried(first, f"citus_schema_distribute, {what}", f"SELECT citus_schema_distribute('{schema}')")
        print("what a register is made of, in a sharded schema:")
        first.say(_SHARDING.format("on"))
        first.say("CREATE SCHEMA tried", "city")
        for what, texts in _MINIATURES:
            tried(first, what, *texts)
        tried(first, "the schema on the other worker", _MOVE)
    finally:
        for each in nodes:
            each.remove()


if __name__ == "__main__":
    main()
