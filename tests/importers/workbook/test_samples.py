"""The sample workbooks beside their script: up to date, invented through and through, faulty only where meant."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from models.journal.writer import Author
from models.records.region import load_index
from models.rules.rules import findings
from models.standing.terms import term_counts, terms
from samples.companies import COMPANIES
from samples.invented import AREAS, credit_code, id_number
from samples.make_samples import make_all
from tests.aids.speaking import TODAY, imported

COMMITTED = Path(__file__).resolve().parent.parent.parent.parent / "samples"
NUMBER = re.compile(r"(?<![0-9A-Z])[1-9]\d{16}[\dX](?![0-9A-Z])")
CODE = re.compile(r"(?<![0-9A-Z])(?:91|81|12)\d{6}M[0-9A-Z]{9}(?![0-9A-Z])")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All samples, made anew."""
    return make_all(tmp_path_factory.mktemp("samples"))


def cells(path: Path) -> Mapping[str, Sequence[Sequence[object]]]:
    """Every sheet's rows, hidden ones too; a text file is one sheet of lines."""
    if path.suffix in (".csv", ".txt"):
        return {"": [[line] for line in path.read_bytes().decode("gb18030").split("\r\n")]}
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def words(path: Path) -> str:
    """All of a sample's texts and numbers in one text, upper case and half width."""
    values = (value for rows in cells(path).values() for row in rows for value in row)
    plain = (str(int(value)) if isinstance(value, float) and value < 1e16 else str(value) for value in values)
    return "|".join(plain).translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}).upper()


def right_check_digit(number: str) -> bool:
    """GB 11643: weighted sum of all 18 places leaves 1 modulo 11."""
    places = [10 if sign == "X" else int(sign) for sign in number]
    return sum(place * pow(2, 17 - at, 11) for at, place in enumerate(places)) % 11 == 1


def test_the_committed_samples_hold_what_the_script_makes(made: list[Path]) -> None:
    assert len(made) >= 8
    for path in made:
        assert cells(COMMITTED / path.name) == cells(path), path.name


def test_no_sample_lies_beside_the_script_that_it_does_not_make(made: list[Path]) -> None:
    kinds = {path.suffix for path in made}
    assert {path.name for path in COMMITTED.iterdir() if path.suffix in kinds} == {path.name for path in made}


def test_making_the_samples_again_gives_the_same_bytes(made: list[Path], tmp_path: Path) -> None:
    again = make_all(tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made]


def test_each_sample_is_small_and_explained_in_the_readme(made: list[Path]) -> None:
    readme = (COMMITTED / "README.md").read_text(encoding="utf-8")
    for path in made:
        assert 15 <= sum(len(rows) for rows in cells(path).values()) <= 90, path.name
        assert f"| {path.name} |" in readme


def test_every_identity_number_has_an_invented_area_and_sequence(made: list[Path]) -> None:
    numbers = [number for path in made for number in NUMBER.findall(words(path))]
    assert len(numbers) > 150
    assert {number[:6] for number in numbers} <= {*AREAS, "810000"}
    assert {number[14] for number in numbers} == {"9"}


def test_check_digits_are_wrong_only_where_meant(made: list[Path]) -> None:
    numbers = [(path.name[:2], number) for path in made for number in NUMBER.findall(words(path))]
    wrong = Counter(file for file, number in numbers if not right_check_digit(number))
    assert wrong == {"05": 1, "07": 1, "08": 1, "09": 1}


def test_a_number_stands_twice_in_a_file_only_where_meant(made: list[Path]) -> None:
    times = Counter((path.name[:2], number) for path in made for number in NUMBER.findall(words(path)))
    assert Counter(file for (file, _), count in times.items() if count > 1) == {"05": 1, "07": 1, "08": 1, "09": 1}


def test_every_phone_is_one_that_nobody_has(made: list[Path]) -> None:
    phones = [phone for path in made for phone in re.findall(r"(?<![0-9A-Z])1[3-9]\d{8,9}(?![0-9A-Z.])", words(path))]
    assert len(phones) > 200
    assert {phone[:6] for phone in phones} == {"199000"}
    assert len([phone for phone in phones if len(phone) == 10]) == 5


def test_credit_codes_have_their_check_character_but_for_one(made: list[Path]) -> None:
    codes = [code for path in made for code in CODE.findall(words(path))]
    assert len(codes) > 80
    assert len({code for code in codes if credit_code(code[:17]) != code}) == 1


def test_the_companies_tell_the_whole_story_of_the_drive() -> None:
    at_least_25 = [each for each in COMPANIES if each.staff and each.staff >= 25]
    standings = Counter(each.standing for each in at_least_25)
    assert standings["none"] + standings["preparing"] >= 25
    assert all(standings[word] for word in ("own", "mall", "tower", "state", "closed"))
    assert any(each.staff is None for each in COMPANIES)
    assert any(each.staff and each.staff < 25 and not each.union for each in COMPANIES)


def test_the_generators_agree_with_published_examples() -> None:
    assert id_number("110105", dt.date(1949, 12, 31), 2) == "11010519491231002X"
    assert credit_code("91350100M000100Y4") == "91350100M000100Y43"


def test_the_samples_have_terms_in_every_state_and_something_for_the_rules(author: Author, made: list[Path]) -> None:
    imported(author, *(path for path in made if path.name[:2] in ("01", "03", "04")))
    index = load_index(TODAY)
    assert term_counts(terms(TODAY, index)) == {
        "overdue": 3, "due30": 1, "due90": 2, "due180": 1, "running": 4, "unknown": 2,
    }  # fmt: skip
    told = {(each.rule, each.name.removeprefix("重庆")): each.unknown for each in findings(TODAY, index)}
    assert told["R04", "沐杉岭物业服务有限公司工会"] is False
    assert told["R04", "苇渡建筑劳务有限公司工会"] is True
    assert told["R08", "拾穗里幼教服务有限公司工会"] is False
    assert told["R09", "禾榉食品有限公司工会"] is False
    assert told["R10", "棠枝酒店管理有限公司工会"] is False
    assert told["R14", "禾榉食品有限公司工会"] is False
    assert ("R04", "翎栈供应链管理有限公司工会") not in told
