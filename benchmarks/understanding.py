"""How much of a list is understood, and what is understood wrongly without a word.

``python benchmarks/understanding.py [--lists 300] [--seed 1]`` makes lists with a known truth: headers drawn from the wordings
that we know and from those that are not ours, decorated as people decorate them, in any order, under titles, side by side,
in sections. It prints the share of columns, rows and values that are right, and every one that is wrong and not told.
Then the samples: how many of their columns are used, asked, or not used, and what becomes of their rows. Exit 1 for anything
that is wrong and not told.
"""

import argparse
import datetime as dt
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import PASSPHRASE
from importers.columns.foreign import FOREIGN
from importers.columns.header_text import normal
from importers.columns.tables import tables
from importers.columns.text import by_text
from importers.columns.vocabulary import words
from importers.reader import process as reader_process
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView, view
from importers.workbook.sheet import Sheet, SheetHead, SheetRow
from models.records.forms import FORMS, FormField
from models.register import register
from models.values.columns import Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.ids import birth_and_sex, check_digit
from models.values.kinds import Choice, Choices, Count, Day, OrganizationName, PersonName, Place, YesNo

TODAY = dt.date(2026, 11, 22)
#: Fields of which the rows' checks make something else, or that need others beside them; they have tests of their own.
_LEFT_OUT = frozenset(
    """
    change_type change_date change_reason membership_state employment_state id_type id_doubtful join_date application_date
    union employer employer_credit_code union_credit_code term_years term_start registered_staff_count as_of stage attitude
    next_action next_action_date women_staff_count member_count women_member_count migrant_member_count new_form_member_count
    closed_on dissolved_on state operating verified parent chair_vacant_since region residence_region
    """.split()
)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "砚屿峻岭渝生柏青晴绮秋禾澄宁远舟"


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


DECORATIONS: tuple[Callable[[str], str], ...] = (
    lambda text: text, lambda text: f"{text}（必填）", lambda text: f"*{text}", lambda text: f"★{text}：", lambda text: f"1、{text}",
    lambda text: f"12.{text}", lambda text: f"③{text}", lambda text: f"Q3：{text}",
    lambda text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}", "\u3000".join, _wide, lambda text: f"【{text}】",
    lambda text: f"“{text}”", lambda text: f"请填写{text}",
)  # fmt: skip


@dataclass
class Score:
    """What was counted over all lists of one shape."""

    columns: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """A list and its truth: the sheet's rows, the first of which is the header; the field of each column, "" for none of ours."""

    kind: str
    header: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]


def _number(chance: random.Random) -> str:
    born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(15_000))
    body = f"500106{born:%Y%m%d}{chance.randrange(1000):03}"
    return body + check_digit(body)


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))


def _firm(chance: random.Random, union: bool) -> str:
    return f"重庆{''.join(chance.sample(_GIVEN, 4))}有限公司" + ("工会" if union else "")


def _cell(each: FormField, kind: str, chance: random.Random) -> Plain:
    """An invented value of a field, as a person would write it."""
    of = each.column.kind
    if isinstance(of, Choice | YesNo):
        return chance.choice(of.codes.labels) if isinstance(of, Choice) else chance.choice(("是", "否"))
    if isinstance(of, Day):
        return (dt.date(2000, 1, 1) + dt.timedelta(days=chance.randrange(9_000))).isoformat()
    if isinstance(of, Count):
        return chance.randrange(1, 40)
    if isinstance(of, Phone):
        return f"199{chance.randrange(10**8):08}"
    if isinstance(of, IdNumber):
        return _number(chance)
    if isinstance(of, CreditCode):
        return each.column.example or None
    if isinstance(of, PersonName):
        return _person(chance)
    if isinstance(of, OrganizationName) and not isinstance(of, Place):
        return _firm(chance, union=kind == "unions")
    if isinstance(of, Choices):
        return each.column.example or None
    return "".join(chance.sample(_GIVEN, 5))


def _strange(chance: random.Random) -> Callable[[], Plain]:
    """What stands in a column that is not ours: days, numbers, words, persons, phones."""
    return chance.choice(
        (
            lambda: chance.randrange(100), lambda: "".join(chance.sample(_GIVEN, 3)),
            lambda: f"20{chance.randrange(10, 27)}-05-06",
            lambda: chance.choice(("是", "否")), lambda: _person(chance), lambda: f"198{chance.randrange(10**8):08}",
        )
    )  # fmt: skip


def make(kind: str, chance: random.Random, plainly: bool = False) -> Made:
    """A list of a kind with some of our fields and some columns of others. ``plainly``: nothing stands around its headers."""
    known = words(kind)
    declared = [each for each in FORMS[kind].declared if each.name not in _LEFT_OUT]
    must = [each for each in declared if each.column.required or each.name in ("id_number", "staff_count")]
    others = [each for each in declared if each not in must]
    chosen = must + chance.sample(others, min(len(others), chance.randrange(2, 9)))
    strangers = [text for text in FOREIGN if normal(text) not in known and text not in ("户籍", "地点")]
    columns: list[tuple[str, str, Callable[[], Plain]]] = []
    for each in chosen:
        texts = [text for text in (each.column.label, *each.column.synonyms) if known[normal(text)][0] == each.name]
        columns.append((chance.choice(texts), each.name, lambda each=each: _cell(each, kind, chance)))  # type: ignore[misc]
    columns += [(text, "", _strange(chance)) for text in chance.sample(strangers, chance.randrange(0, 6))]
    chance.shuffle(columns)
    decorated = [text if plainly else chance.choice(DECORATIONS)(text) for text, _field, _made in columns]
    names = tuple(name for _text, name, _made in columns)
    rows = [_agreeing(names, [made() for _text, _field, made in columns]) for _row in range(chance.randrange(5, 14))]
    return Made(kind, tuple(decorated), names, tuple(rows))


def _agreeing(names: Sequence[str], cells: list[Plain]) -> tuple[Plain, ...]:
    """A person's row whose day of birth and sex are those of the number."""
    if "id_number" in names and (found := birth_and_sex(str(cells[names.index("id_number")]))):
        for name, value in zip(("birth_date", "sex"), found, strict=True):
            if name in names:
                cells[names.index(name)] = value
    return tuple(cells)


def shapes(chance: random.Random) -> Iterator[tuple[str, list[list[Plain]], list[tuple[Made, int]]]]:
    """One sheet of each shape: its name, its rows, and the lists in it, each with the column that it begins in."""
    for kind in ("workers", "employers", "unions"):
        made = make(kind, chance)
        yield "一张表", [list(made.header), *map(list, made.rows)], [(made, 0)]
        made = make(kind, chance)
        title: list[Plain] = [f"2026年{FORMS[kind].label}"]
        yield "有标题和落款", [title, ["填报单位：重庆市砚屿总工会"], list(made.header), *map(list, made.rows), [], ["填表人：赵砚屿"]], [(made, 0)]
    one, other = make("workers", chance), make("workers", chance)
    height = max(len(one.rows), len(other.rows))
    left = [list(one.header), *map(list, one.rows), *[[None] * len(one.header)] * (height - len(one.rows))]
    right = [list(other.header), *map(list, other.rows), *[[None] * len(other.header)] * (height - len(other.rows))]
    beside = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    yield "左右并排", beside, [(one, 0), (other, len(one.header) + 1)]
    made = make("workers", chance)
    half = len(made.rows) // 2
    parts = [[f"一、{_firm(chance, True)}"], *map(list, made.rows[:half]), [f"二、{_firm(chance, True)}"], *map(list, made.rows[
        half:])]
    yield "分段", [list(made.header), *parts], [(made, 0)]


def _understood(rows: Sequence[Sequence[Plain]]) -> list[SheetView]:
    held = [SheetRow(number, list(values)) for number, values in enumerate(rows, 1)]
    held = [row for row in held if any(value is not None for value in row.values)]
    sheet = Sheet(SheetHead("表.xlsx", "Sheet1", 0, False, "xlsx", ()), held)
    return [view(each, Decisions(), None, TODAY) for each in tables(sheet)]


def judge(shape: str, rows: list[list[Plain]], truth: list[tuple[Made, int]], score: Score) -> None:
    """Compare what was understood with the truth, and count it."""
    views = _understood(rows)
    for made, begins in truth:
        seen = next((each for each in views if _begins(each, made, begins)), None)
        told = [note for each in views for note in each.notes]
        score.columns["all"] += len(made.fields)
        score.rows["all"] += len(made.rows)
        if seen is None or seen.mapping is None or seen.kind != made.kind:
            score.columns["lost"] += len(made.fields)
            score.rows["lost"] += len(made.rows)
            if seen is not None and seen.kind not in (None, made.kind):
                score.wrong.append(f"{shape}: {made.header} 当作了 {seen.kind}")
            elif not told:
                score.wrong.append(f"{shape}: {made.header} 没有读到，也没有说")
            else:
                score.lost.append(f"{shape}: {made.header}：{told[:1]}")
            continue
        _columns(shape, made, seen, begins, score)
        _values(shape, made, seen, begins, rows, score)


def _begins(seen: SheetView, made: Made, begins: int) -> bool:
    """True for the view whose header has this list's texts in its columns."""
    texts = [normal(text) for text in (seen.header.texts if seen.header is not None else ())]
    wanted = [normal(text) for text in made.header]
    return any(texts[at : at + len(wanted)] == wanted for at in (begins, 0))


def _offset(seen: SheetView, made: Made, begins: int) -> int:
    texts = [normal(text) for text in (seen.header.texts if seen.header else ())]
    first = normal(made.header[0])
    return texts.index(first) if first in texts and (begins >= len(texts) or texts[begins] != first) else begins


def _columns(shape: str, made: Made, seen: SheetView, begins: int, score: Score) -> None:
    assert seen.mapping is not None
    found = {match.index: match for match in seen.mapping.matches}
    offset = _offset(seen, made, begins)
    for place, (text, name) in enumerate(zip(made.header, made.fields, strict=True)):
        match = found.get(place + offset)
        got = (match.field or "") if match is not None else ""
        if got == name:
            score.columns["right"] += 1
        elif match is not None and match.maybe:
            score.columns["asked"] += 1
        elif not got:
            score.columns["unused"] += 1
        else:
            score.columns["wrong"] += 1
            score.wrong.append(f"{shape}（{made.kind}）：“{text}”对应了 {got}，应当是 {name or '不导入'}")


def _values(shape: str, made: Made, seen: SheetView, begins: int, rows: list[list[Plain]], score: Score) -> None:
    """The values of the rows that are there, by what their first cells say."""
    assert seen.mapping is not None
    form = FORMS[made.kind]
    used = {match.field for match in seen.mapping.matches if match.field}
    by_number = {row.number: row for row in seen.rows}
    numbers = [number for number, values in enumerate(rows, 1) if tuple(values[begins : begins + len(made.fields)]) in made.rows]
    for number, cells in zip(numbers, made.rows, strict=False):
        row = by_number.get(number)
        score.rows["right" if row is not None else "lost"] += 1
        if row is None:
            continue
        for name, cell in zip(made.fields, cells, strict=True):
            if not name:
                continue
            score.values["all"] += 1
            want, got = form.by_name[name].column.kind.parse(cell).value, row.value(name)
            told = any(problem.column == name for problem in row.problems) or name not in used
            if want == got:
                score.values["right"] += 1
            elif told:
                score.values["told"] += 1
            else:
                score.values["wrong"] += 1
                score.wrong.append(f"{shape}（{made.kind}）：{name} 写着 {cell}，读成 {got}")


def decorated_strangers() -> list[str]:
    """Every header that is not ours, in every form, with everything around it: those that become a field of ours."""
    found = []
    for kind in FORMS:
        for text in FOREIGN:
            if normal(text) not in words(kind):
                for decorate in DECORATIONS:
                    reading = by_text(kind, decorate(text), "")
                    if reading.candidates:
                        found.append(f"{kind}：“{decorate(text)}”对应了 {reading.candidates[0].field}")
    return found


def samples(folder: Path) -> None:
    """What becomes of the columns and rows of the samples."""
    print("| 样表 | 列 | 用了 | 要问 | 没有用 | 行 | 退回 |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for path in sorted(each for each in folder.iterdir() if each.name[:2].isdigit()):
        columns, rows = Counter[str](), Counter[str]()
        for sheet in reader_process.read_all(path):
            for each in tables(sheet):
                seen = view(each, Decisions(), None, TODAY)
                for match in seen.mapping.matches if seen.mapping is not None and seen.kind else ():
                    columns["used" if match.field else "asked" if match.maybe else "unused"] += 1
                rows.update("refused" if row.refused else "read" for row in seen.rows)
        told = (columns.total(), columns["used"], columns["asked"], columns["unused"], rows.total(), rows["refused"])
        print(f"| {path.name} | " + " | ".join(map(str, told)) + " |")


def _share(count: Counter[str], name: str = "right") -> str:
    return f"{count[name] / count['all']:.2%}" if count["all"] else "—"


def main() -> int:
    """Make, understand, compare, print. 1 when anything is wrong that nobody was told of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=int, default=300, help="sheets of each shape")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder) / "data", PASSPHRASE)
        for _list in range(given.lists):
            for shape, rows, truth in shapes(chance):
                judge(shape, rows, truth, scores.setdefault(shape, Score()))
        strangers = decorated_strangers()
        print("| 样子 | 列 | 对 | 要问 | 没有用 | 行对 | 值对 | 错而不说 |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for shape, score in scores.items():
            shares = " | ".join([_share(score.columns), *(_share(score.columns, of) for of in ("asked", "unused"))])
            columns = f"{score.columns['all']} | {shares}"
            print(f"| {shape} | {columns} | {_share(score.rows)} | {_share(score.values)} | {len(score.wrong)} |")
        print(f"\n别家的表头 {len(FOREIGN)} 个 × {len(DECORATIONS)} 种写法 × {len(FORMS)} 种表：错而不说 {len(strangers)}\n")
        samples(Path(__file__).resolve().parent.parent / "samples")
        register.close_register()
    wrong = [*(each for score in scores.values() for each in score.wrong), *strangers]
    for each in (*wrong[:60], *(each for score in scores.values() for each in score.lost[:10])):
        print(each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
