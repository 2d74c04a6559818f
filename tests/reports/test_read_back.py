"""What leaves the register comes back as the same: every list as it is exported, every layout of a list, every roster."""

from pathlib import Path

import pytest

from models.editing.moving import enter
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.lists.print_forms import plain_form, ready_forms
from models.records.forms import FORMS
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.register.register import Register
from reports import handout
from reports.choices import ReportChoices
from reports.list_file import write_listing
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import kind_of_list
from reports.roster import compose
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import LI, TODAY, ZHAO, imported, made
from tests.aids.whole_window import made_once, own_copy
from tests.handins.test_handins import WHOLE, person, place

#: Lists whose sheets the importer reads; the others (changes of membership, regions) are no forms of its own.
KINDS = ("workers", "employers", "unions", "headcounts")


def fill(author: Author, _folder: Path) -> None:
    """Members with and without employers, rare names, several unions, a range for a count."""
    of = union(author, name="重庆霁蓝虚构印务有限公司工会", region=place())
    firm = employer(author, of=of, region=place(), address="示例路1号", economy="私营经济", industry="制造业")
    joint = union(author, name="渝中区大坪街道商圈联合工会", union_type="联合基层工会", region=place("渝中区大坪街道"))
    person(author, "王五", of, firm)
    person(author, "张𫖯", of, firm, id_number=LI, sex="女", birth_date="1990-02-28", phone="19900000002")
    values = WHOLE | {"id_number": ZHAO, "birth_date": "1978-11-11", "phone": "19900000003"}
    unknown = member(author, "买买提·艾合买提江", **values)  # where they work nobody knows
    enter("入会", [unknown], "2024-05-06", author, union=joint)
    made(author, HeadCount, subject=firm, subject_kind="单位", as_of="2026-06-30", source="社保", staff_count=33)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def author(filled: Register, tmp_path: Path) -> "Author":
    with own_copy(filled, tmp_path / "own"):
        yield Author("tests", "陈示例")


def read_back(author: Author, path: Path) -> dict[str, int]:
    """How many rows of a file are new, updated, the same …; nothing is written."""
    return dict(imported(author, path, apply=False).counts)


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind in KINDS])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("masked", [True, False])
def test_a_list_that_was_exported_comes_back_as_the_same(
    author: Author, tmp_path: Path, kind: str, ending: str, masked: bool
) -> None:
    path = tmp_path / f"名单{ending}"
    written = write_listing(
        Selection(kind, today=TODAY), selection.listed_columns(kind), masked, load_index(TODAY), path
    )
    assert (written.rows or 0) > 0
    counts = read_back(author, path)
    if masked and ending == ".csv" and kind == "workers":
        # without the uid and with covered numbers a person may not be known again: that is said, and nobody is made twice
        assert set(counts) <= {"same", "refused"}
        assert sum(counts.values()) == written.rows
    else:
        assert counts == {"same": written.rows}


@pytest.mark.parametrize("form", [*ready_forms(), *map(plain_form, KINDS)], ids=lambda form: f"{form.kind} {form.name}")
def test_a_layout_of_a_list_comes_back_as_the_same_or_is_no_form_of_ours(author: Author, tmp_path: Path, form: object) -> None:
    """A sheet to post or to sign has no numbers, or half a name: it says nothing new of anybody, whatever is made of it."""
    report = list_report(
        Selection(kind_of_list(form), today=TODAY), form, ListPaper("某区总工会", TODAY.isoformat(), masked=False), load_index(TODAY)
    )
    handout.write(report, tmp_path / "名单.xlsx", "xlsx")
    counts = read_back(author, tmp_path / "名单.xlsx")
    assert not counts.get("updated"), counts
    assert not counts.get("new"), counts


def test_a_roster_comes_back_as_the_same(author: Author, tmp_path: Path) -> None:
    index, seen = load_index(TODAY), 0
    for each in Union.select().order_by(Union.id):
        report = compose(index, ReportChoices(TODAY, TODAY, union=each.uid, masked=False))
        handout.write(report, tmp_path / "名册.xlsx", "xlsx")
        assert read_back(author, tmp_path / "名册.xlsx") == {"same": report.records}
        seen += report.records
    assert seen == 3
