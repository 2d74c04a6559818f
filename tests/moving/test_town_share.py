"""A town's share of an office's register on a laptop: what is in it, and that both exchange what is of the town alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from models.duplicates.merge import merge
from models.engine.addresses import Address
from models.errors import UserError
from models.exchange import giving, taking
from models.exchange.sealed import Lock, Opener
from models.exchange.taking import TakenPackage
from models.journal.log import Bundle, Change
from models.journal.shares import share
from models.journal.writer import Author, batch
from models.moving import laptop_copy, moving_in, office_check
from models.moving.share import part_for
from models.opening import check_up
from models.opening.opening import open_register
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import laptop
from models.register.register import Register, close_register
from models.uid import new_uid
from tests.aids.engines import ON_SERVER, copied, folder_of, opened, programs
from tests.aids.speaking import PASSPHRASE, TODAY, made
from tests.aids.terminal import Commands

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(ON_SERVER, reason="it begins with a file that moves in"),
    pytest.mark.usefixtures("small_bundles"),
]

HERE, THERE = "沙坪坝区小龙坎街道", "沙坪坝区磁器口街道"
SECRET = "交换用的 passphrase"


@dataclass
class Office:
    """An office with two towns, and a laptop that has the share of one of them; ``uids`` by what each is called."""

    folder: Path
    laptop: Path
    packages: Path
    uids: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def at(self, place: Path) -> Iterator[Author]:
        """Inside, the register of a folder is open."""
        open_register(place, PASSPHRASE if place == self.laptop else "")
        try:
            yield laptop.author(place)
        finally:
            close_register()

    def give(self, place: Path, *, whole: bool = False) -> Path:
        """A package from there: of the town where it comes from the office, unless the ``whole`` is wanted."""
        path = self.packages / f"{new_uid()}.jhx"
        with self.at(place) as author:
            index = load_index(TODAY)
            part = part_for([HERE], index) if place == self.folder and not whole else None
            return giving.give(path, author, Lock(SECRET), everything=whole, part=part).path

    def take(self, place: Path, package: Path) -> TakenPackage:
        """Take a package there."""
        with self.at(place) as author:
            return taking.take(package, Opener(SECRET), author, TODAY, place)

    def names(self, place: Path, record: Any) -> set[str]:
        """What the records of a kind are called there."""
        with self.at(place):
            return {row.name for row in record.select()}


def member(author: Author, union: str, name: str, employer: str | None = None) -> str:
    """A new member of a union."""
    uid = new_uid()
    event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会", "date": "2026-01-01"}
    return made(author, Worker, [(MembershipEvent, event)], uid=uid, name=name, employer=employer)


def move(author: Author, worker: str, union: str) -> None:
    """Let somebody go to another union."""
    with batch("edit", author) as writer:
        event = {"uid": new_uid(), "worker": worker, "union": union, "type": "转入", "date": "2026-06-01"}
        writer.create(MembershipEvent, event)


@pytest.fixture
def office(database_of: Callable[[str], Address], empty_register: Register, tmp_path: Path) -> Office:
    """The office, and the laptop with the share of :data:`HERE`."""
    held = opened(copied(empty_register, tmp_path / "file"))
    author, index = laptop.author(held.folder), load_index(TODAY)
    here, there = (index.resolve(name).uid for name in (HERE, THERE))
    of = Office(folder_of(database_of("office"), tmp_path / "office"), tmp_path / "laptop", tmp_path)
    above = made(author, Union, name="区总工会")
    firm = made(author, Employer, name="别处登记的单位", region=there)
    of.uids["union here"] = made(author, Union, name="这里的工会", region=here, parent=above)
    of.uids["union there"] = made(author, Union, name="那里的工会", region=there, parent=above)
    of.uids["firm"] = made(author, Employer, name="这里的单位", region=here)
    with batch("edit", author) as writer:  # many at once: a bundle of the log
        for number in range(4):
            union = of.uids["union here" if number < 2 else "union there"]
            uid = of.uids[f"member {number}"] = new_uid()
            event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会", "date": "2026-01-01"}
            writer.create(Worker, {"uid": uid, "name": f"会员{number}"}, [(MembershipEvent, event)])
    of.uids["guest"] = member(author, of.uids["union here"], "在别处单位的会员", firm)
    of.uids["gone"] = member(author, of.uids["union here"], "转走的会员")
    move(author, of.uids["gone"], of.uids["union there"])
    made(author, Officer, union=of.uids["union here"], name="赵示例", post="主席")
    made(author, Officer, union=of.uids["union there"], name="李示例", post="主席")
    assert Bundle.select().count() > 0
    close_register()
    moving_in.move_in(of.folder, "", held.folder, PASSPHRASE)
    made_copy = laptop_copy.export(of.folder, "", of.laptop, PASSPHRASE, [HERE], "小龙坎街道总工会")
    assert made_copy.towns == (HERE,)
    return of


def test_a_share_holds_the_town_and_what_it_refers_to_and_nothing_else(office: Office) -> None:
    assert office.names(office.laptop, Worker) == {"会员0", "会员1", "在别处单位的会员", "转走的会员"}
    assert office.names(office.laptop, Union) == {"区总工会", "这里的工会", "那里的工会"}
    assert office.names(office.laptop, Employer) == {"这里的单位", "别处登记的单位"}
    assert office.names(office.laptop, Officer) == {"赵示例"}
    with office.at(office.laptop):
        text = " ".join(f"{row.before} {row.after}" for row in Change.select())
        assert "会员2" not in text
        assert "李示例" not in text
        assert Bundle.select().count() == 0
        assert check_up.log_faults() == []
        assert check_up.count_faults() == []
        assert office_check.check().tables == []
        gone = Worker.get(Worker.uid == office.uids["gone"])
        assert (gone.union, gone.membership_state) == (office.uids["union there"], "在册")
        of = share()
        assert of is not None
        assert load_index(TODAY).path(next(iter(of.towns))) == HERE


def test_what_is_written_on_the_laptop_comes_to_the_office(office: Office) -> None:
    with office.at(office.laptop) as author:
        new = member(author, office.uids["union here"], "新会员")
        with batch("edit", author) as writer:
            writer.update(Union, office.uids["union here"], {"note": (None, "改过")})
    package = office.give(office.laptop)
    taken = office.take(office.folder, package)
    assert (taken.conflicts, taken.refused, taken.new) == ([], [], 2)
    with office.at(office.folder):
        assert Worker.get(Worker.uid == new).union == office.uids["union here"]
        assert Union.get(Union.uid == office.uids["union here"]).note == "改过"
        found = office_check.check()
        assert found.sound, found
    assert office.take(office.folder, package).batch is None


def test_what_is_written_in_the_office_comes_to_the_laptop_as_far_as_it_is_of_the_town(office: Office) -> None:
    with office.at(office.folder) as author:
        member(author, office.uids["union here"], "办公室登记的会员")
        member(author, office.uids["union there"], "那里的新会员")
        move(author, office.uids["member 2"], office.uids["union here"])  # who was never in the share
        move(author, office.uids["member 1"], office.uids["union there"])
        with batch("edit", author) as writer:
            writer.update(Worker, office.uids["member 0"], {"note": (None, "从办公室")})
    taken = office.take(office.laptop, office.give(office.folder))
    assert taken.conflicts == []
    wanted = {"会员0", "会员1", "会员2", "在别处单位的会员", "转走的会员", "办公室登记的会员"}
    assert office.names(office.laptop, Worker) == wanted
    with office.at(office.laptop):
        rows = {row.name: row for row in Worker.select()}
        assert rows["会员0"].note == "从办公室"
        assert rows["会员1"].union == office.uids["union there"]
        assert rows["会员2"].union == office.uids["union here"]
        assert check_up.log_faults() == []
        assert office_check.check().tables == []
    again = office.take(office.laptop, office.give(office.folder))
    assert (again.batch, again.entries) == (None, 0)
    assert office.take(office.folder, office.give(office.laptop)).entries == 0


def test_what_is_removed_or_merged_in_the_office_goes_from_the_share(office: Office) -> None:
    with office.at(office.folder) as author:
        values = {"uid": office.uids["firm"], "name": "这里的单位", "region": load_index(TODAY).resolve(HERE).uid}
        with batch("edit", author) as writer:
            writer.remove([(Employer, values)])
        merge(office.uids["member 0"], office.uids["member 1"], {}, author, load_index(TODAY), TODAY)
    taken = office.take(office.laptop, office.give(office.folder))
    assert taken.conflicts == []
    assert office.names(office.laptop, Employer) == {"别处登记的单位"}
    assert office.names(office.laptop, Worker) == {"会员0", "在别处单位的会员", "转走的会员"}


def test_both_change_one_field_and_a_person_decides(office: Office) -> None:
    for place, note in ((office.laptop, "电脑上"), (office.folder, "办公室里")):
        with office.at(place) as author, batch("edit", author) as writer:
            writer.update(Union, office.uids["union here"], {"note": (None, note)})
    taken = office.take(office.folder, office.give(office.laptop))
    assert [(each.uid, each.field) for each in taken.conflicts] == [(office.uids["union here"], "note")]


def test_packages_that_do_not_fit_a_share_are_refused(
    office: Office, empty_register: Register, tmp_path: Path, terminal: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="本登记册只有一部分镇街"):
        office.take(office.laptop, office.give(office.folder, whole=True))
    other = copied(empty_register, tmp_path / "other").folder
    for package in (office.give(office.folder), office.give(office.laptop)):
        opened(Register(other, empty_register.key_hex))
        with pytest.raises(UserError, match="中间缺了"):
            taking.take(package, Opener(SECRET), laptop.author(other), TODAY, other)
        close_register()
    monkeypatch.setenv("JIANHUI_EXCHANGE_PASSPHRASE", SECRET)
    give = ("exchange", "give", tmp_path / "x.jhx", "--town")
    assert "分出来的一部分" in terminal.refused(*give, HERE, "--data", office.laptop)
    assert "不知道“月球街道”是哪个镇街" in terminal.refused(*give, "月球街道", "--data", office.folder)
    export = ("office", "export", "--out", tmp_path / "x", "--data", office.folder)
    assert "不知道“月球街道”" in terminal.refused(*export, "--town", "月球街道")
    assert not (tmp_path / "x").exists()
    assert "已经有登记册" in terminal.refused("office", "export", "--out", office.laptop, "--data", office.folder)
    given = terminal.told(*give, HERE, "--data", office.folder)
    assert given["entries"] > 0
    assert "用 exchange give --town" not in str(terminal.told("exchange", "take", given["file"], "--data", office.laptop))
