"""What is kept of the register between two writes is what it holds: whoever wrote, and whatever was taken back."""

from concurrent.futures import ThreadPoolExecutor

from models.engine import database
from models.engine.kept_reads import kept
from models.engine.one_state import one_state
from models.records.region import Region, load_index
from models.register import register as room
from models.register.register import Register
from tests.aids import engines
from tests.aids.speaking import TODAY

XIAOLONGKAN = "小龙坎街道"


class Names:
    """Reads the name of one region, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0
        self.uid = Region.get(Region.name == XIAOLONGKAN).uid

    def __call__(self) -> str:
        self.asked += 1
        return str(Region.get(Region.uid == self.uid).name)

    def rename(self, name: str) -> None:
        Region.update(name=name).where(Region.uid == self.uid).execute()


def test_what_nobody_wrote_over_is_read_once(register: Register) -> None:
    names = Names()
    assert [kept(names) for _time in range(3)] == [XIAOLONGKAN] * 3
    assert names.asked == 1


def test_an_own_write_is_seen(register: Register) -> None:
    names = Names()
    kept(names)
    names.rename("甲街道")
    assert kept(names) == "甲街道"
    with database.transaction():
        names.rename("乙街道")
        assert kept(names) == "乙街道"
    assert kept(names) == "乙街道"


def test_what_was_taken_back_is_not_remembered(register: Register) -> None:
    names = Names()
    with database.db.atomic() as taking_back:
        names.rename("甲街道")
        assert kept(names) == "甲街道"
        taking_back.rollback()
    assert kept(names) == XIAOLONGKAN


def test_what_another_connection_wrote_is_seen_and_in_one_state_only_afterwards(register: Register) -> None:
    def elsewhere(name: str) -> None:
        with database.connection():
            names.rename(name)

    names = Names()
    kept(names)
    with ThreadPoolExecutor(1) as other:
        other.submit(elsewhere, "甲街道").result()
        assert kept(names) == "甲街道"
        with one_state():
            assert kept(names) == "甲街道"
            other.submit(elsewhere, "乙街道").result()
            assert kept(names) == "甲街道"
        assert kept(names) == "乙街道"


def test_another_register_keeps_its_own(register: Register, empty_register: Register) -> None:
    names = Names()
    names.rename("甲街道")
    assert kept(names) == "甲街道"
    room.close_register()
    engines.opened(empty_register)
    assert kept(names) == XIAOLONGKAN


def test_the_index_of_regions_follows_each_write(register: Register) -> None:
    names = Names()
    assert load_index(TODAY).name(names.uid) == XIAOLONGKAN
    names.rename("甲街道")
    assert load_index(TODAY).name(names.uid) == "甲街道"
