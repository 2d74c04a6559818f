"""What the harms are done to: a small register of invented people, an older one, and the workbooks that come next."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playhouse.migrations import Runner

from models.engine import database, marking
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.opening import opening
from models.records.region import load_index
from models.register import keys, register, traces
from samples.invented import Crowd, Person
from tests.aids.speaking import PASSPHRASE, TODAY, imported, listed, workbook
from tests.faults.looking import quick_keys
from tests.faults.place import Place

NEW_PASSPHRASE = "新的口令 2027 更长"
UNIONS = ("沙坪坝区小龙坎街道商贸服务业联合工会", "重庆砚屿软件技术有限公司工会委员会")
EMPLOYER = "重庆砚屿软件技术有限公司"
TITLES: list[str | None] = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"]
#: A work ledger's entry, its title to be added.
ENTRY = ("ledger", "add", "--kind", "劳动争议调解", "--date", "2024-01-05", "--title")
#: People in the register, in the roster that comes next, and in the register of the first version.
HELD, COMING, OLDER = 60, 400, 500


@dataclass(frozen=True)
class World:
    """A laptop with a register, and what is known of it."""

    place: Place
    #: The register's recovery code
    code: str
    #: In ``received``: a backup of an earlier state than the register's, a roster that is not imported yet
    backup: str
    roster: str
    #: The person to edit, and the two to merge
    person: str
    twins: tuple[str, str]
    #: The names of two people whose rows are pasted
    pair: tuple[str, str]
    #: Names, identity numbers and phones of everybody in the register and in the roster
    secrets: tuple[str, ...]


def rows_of(people: Iterable[Person]) -> list[list[str]]:
    """Rows of a roster."""
    return [
        [each.name, each.number, each.phone, UNIONS[number % 2], EMPLOYER, "2024-05-06"]
        for number, each in enumerate(people)
    ]


def roster(path: Path, people: Iterable[Person]) -> Path:
    """A roster of such people."""
    return workbook(path, {"名单": [["会员花名册"], TITLES, *rows_of(people)]})


def laptop() -> Place:
    """An empty one, which goes when this program does."""
    root = Path(tempfile.mkdtemp(prefix="jianhui-faults-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return Place(root).made()


@functools.cache
def empty() -> Place:
    """A laptop without a register; made once."""
    return laptop()


@functools.cache
def world() -> World:
    """The laptop that every harm begins with a copy of; made once. Batch 1 is the import that an undo takes back."""
    place = laptop()
    crowd = Crowd(seed=41)
    held, coming = crowd.many(HELD), crowd.many(COMING)
    twins = [["姓名", "手机"], ["赵砚舟", "19911111111"], ["赵砚州", "19911111112"]]
    with quick_keys():
        _made, code = register.create(place.data, PASSPHRASE)
    author = Author("0123456789abcdef", "测试")
    imported(author, roster(place.received / "first.xlsx", held))
    register.close_register()
    place.told("backup", place.received / "earlier.jhbak")
    opening.open_register(place.data, PASSPHRASE)
    imported(author, workbook(place.received / "twins.xlsx", {"名单": twins}))
    entry = ledger_entries.read(
        {"ledger_kind": "劳动争议调解", "date": "2026-01-05", "title": "第一件"}, load_index(TODAY)
    )
    ledger_entries.add(entry, author)
    uids = dict(listed("workers", "name", "uid"))
    register.close_register()
    secrets = [text for each in (*held, *coming) for text in (each.name, each.number, each.phone) if len(text) > 2]
    return World(
        place, code, "earlier.jhbak", roster(place.received / "coming.xlsx", coming).name, uids[held[0].name],
        (uids["赵砚舟"], uids["赵砚州"]), ("赵砚舟", "赵砚州"), (*secrets, "赵砚舟", "赵砚州", "19911111111", "19911111112"),
    )  # fmt: skip


@functools.cache
def older() -> Place:
    """A laptop with a register as the first version of the program made it, with people in it; made once."""
    place = laptop()
    place.data.mkdir()
    first = place.root / "migrations"
    first.mkdir()
    (first / "0001_first.py").write_bytes((register.MIGRATIONS / "0001_first.py").read_bytes())
    key = keys.new_key()
    with quick_keys():
        wrapped = keys.wrap(key, PASSPHRASE, keys.new_recovery_code())
    (place.data / traces.KEY).write_text(wrapped, "utf-8")
    database.connect(place.data / traces.FILE, key.hex())
    Runner(database.db.obj, str(first)).up()
    with database.transaction():
        marking.set_mark(1)
        _people_of_the_first_version()
    register.close_register()
    return place


def _people_of_the_first_version() -> None:
    ask = database.db.connection().executemany
    numbers = range(OLDER)
    ask("INSERT INTO worker (uid, name) VALUES (?, ?)", ((f"w{number}", f"某{number}") for number in numbers))
    ask(
        "INSERT INTO membership_event (uid, worker, type, date) VALUES (?, ?, '入会', '2020-05')",
        ((f"e{number}", f"w{number}") for number in numbers),
    )
