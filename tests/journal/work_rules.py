"""The rules of the walk that are about the year's work: cases, contacts, founding, the ledger, targets, settings.

What each must leave behind is said once more here, over all that the register holds and without asking the program.
"""

import json
from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from models.drive import cases, contacts, founding
from models.errors import UserError
from models.figures.facts import Scope
from models.figures.targets import remove_target, set_target
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.ledger import entries
from models.ledger.kinds import find_kind
from models.records.catalogue import RECORDS, stored_names
from models.records.region import load_index
from tests.aids.speaking import TODAY
from tests.aids.state_model import Contents, contents, differences

AUTHORS = (Author("laptop-one", "甲"), Author("laptop-two", "乙"))
NEW_UNIONS = ("重庆霁蓝虚构印务有限公司工会", "某虚构产业园联合工会", "某虚构新建工会")
#: What a setting may be; the first is what it is without having been set.
SETTINGS: dict[str, tuple[Any, ...]] = {"threshold": (25, 35), "organization": ("", "某虚构总工会", "某虚构区总工会")}

_AUTHOR = st.sampled_from(AUTHORS)
_WHICH = st.integers(0, 3)
_DAY = st.sampled_from(["2024-05-06", "2025-01", "2026-11-20", "2026-11-22"])

#: The acts, and what they are given.
ACTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "contact": {"which": _WHICH, "day": _DAY, "attitude": st.sampled_from([None, "观望", "同意"]), "planned": st.sampled_from([
    "", "再去一次"])},
    "take_contact_back": {"which": _WHICH},
    "found": {"which": _WHICH, "name": st.sampled_from(NEW_UNIONS), "day": _DAY},
    "reconcile": {},
    "enter": {"kind": st.sampled_from(["劳动争议调解", "工会驿站"]), "day": _DAY, "quantity": st.sampled_from([None, 3, 5]),
    "which": _WHICH},
    "correct": {"which": _WHICH, "quantity": st.sampled_from([None, 3, 8]), "away": st.booleans()},
    "aim": {"indicator": st.sampled_from(["new_members", "new_unions"]), "value": st.sampled_from([0, 12, 500]),
    "region": st.sampled_from([None, "沙坪坝区"])},
    "give_up": {"which": _WHICH},
    "choose": {"given": st.sampled_from([(key, value) for key, values in SETTINGS.items() for value in values])},
}  # fmt: skip


class Remembered(RuleBasedStateMachine):
    """What every walk over the open register remembers; ``acts`` says how often each kind of act wrote something."""

    acts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.index = load_index(TODAY)
        self.before: dict[int, Contents] = {}  # batch → what the register held before it

    def written(self, number: int | None, held: Contents, act: str) -> None:
        """Remember what the register held before a batch; without one it must hold the same."""
        if number is None:
            assert contents() == held
        else:
            self.before[number] = held
            self.acts[act] += 1

    def left(self, held: Contents, will: Contents, act: str) -> None:
        """The register holds what it must, and the one batch in which that was written is remembered."""
        assert differences(contents(), will) == []
        new = [row.id for row in Batch.select(Batch.id) if row.id not in self.before]
        assert len(new) == (held != will)
        self.written(new[0] if new else None, held, act)


class Work(Remembered):
    """The rules of the year's work; a walk of imports, edits, merges and undoes mixes them with its own."""

    def reconcile(self, author: Author) -> None:
        """Bring the cases in line: who is on the list has an open one, who is covered or too small has none."""
        held = contents()
        self.written(cases.reconcile(TODAY, author, self.index).batch, held, "reconcile")
        now = contents()
        assert {kind for kind, *_rest in differences(now, held)} <= {"drive_case", "case_step"}
        for employer in now["employer"]:
            case, listed = _open_case(now, employer), _listed(now, employer)
            assert bool(case) is (bool(_open_case(held, employer)) if listed is None else listed)
        assert cases.reconcile(TODAY, author, self.index).batch is None

    @rule(
        given=st.lists(st.one_of(*(st.tuples(st.just(name), st.fixed_dictionaries(given)) for name, given in ACTS.items())),
        min_size=3),
        author=_AUTHOR,
    )  # fmt: skip
    def work(self, given: list[tuple[str, dict[str, Any]]], author: Author) -> None:
        """Some acts, a batch each."""
        for name, values in given:
            getattr(self, name)(**values, author=author)

    def contact(self, which: int, day: str, attitude: str | None, planned: str, author: Author) -> None:
        """Keep a contact: the case has the attitude of its newest contact that knows one, and what is to be done next."""
        held = contents()
        if not held["drive_case"]:
            return
        case = _one(held, "drive_case", which)["uid"]
        given = {"date": day, "way": "电话", "attitude": attitude}
        following = {"next_action": planned} if planned else {}
        uid = contacts.add_contact(case, given, author, following).uid
        will = _copied(held)
        will["contact"][uid] = _record("contact", uid=uid, drive_case=case, **given)
        will["drive_case"][case] |= following | _attitude(will, case, None)
        self.left(held, will, "contact")

    def take_contact_back(self, which: int, author: Author) -> None:
        """Remove a contact: what was said before counts again."""
        held = contents()
        if not held["contact"]:
            return
        gone = _one(held, "contact", which)
        contacts.remove_contact(gone["uid"], author)
        will = _copied(held)
        del will["contact"][gone["uid"]]
        will["drive_case"][gone["drive_case"]] |= _attitude(will, gone["drive_case"], gone["attitude"])
        self.left(held, will, "remove a contact")

    def found(self, which: int, name: str, day: str, author: Author) -> None:
        """Found a union: it is there, it alone covers the employer from that day on, and the case ends as built."""
        held = contents()
        if not held["drive_case"]:
            return
        case = _one(held, "drive_case", which)
        try:
            made = founding.found_union(case["uid"], {"name": name, "founding_date": day}, author, TODAY)
        except UserError:
            assert contents() == held  # of the same name there is one, or the employer has its own
            return
        now = contents()
        region = now["employer"][case["employer"]]["region"]
        assert now["union"][made.union] == _record(
            "union", uid=made.union, name=name, founding_date=day, term_start=day, union_type="单独基层工会", state="正常",
            verified=1, region=region,
        )  # fmt: skip
        covering = [each for each in now["coverage"].values() if each["employer"] == case["employer"] and not each["until"]]
        assert [(each["union"], each["since"]) for each in covering] == [(made.union, day)]
        ended = now["drive_case"][case["uid"]]
        assert (ended["stage"], ended["closed_because"], bool(ended["closed_on"])) == ("已建会", "已建会", True)
        steps = [each for each in now["case_step"].values() if each["drive_case"] == case["uid"]]
        if case["stage"] != "已建会":
            assert (steps[-1]["stage"], steps[-1]["date"], steps[-1]["skipped"]) == ("已建会", day, None)
        of_it = {uid for kind in ("coverage", "case_step") for uid, each in now[kind].items() if _concerns(each, case)}
        changed = {uid for _kind, uid, *_rest in differences(now, held)}
        assert changed <= {made.union, case["uid"]} | of_it
        self.written(made.batch, held, "found")

    def enter(self, kind: str, day: str, quantity: int | None, which: int, author: Author) -> None:
        """Enter work in the ledger, of a union if there is one."""
        held = contents()
        union = _one(held, "union", which)["uid"] if held["union"] else None
        values = {"ledger_kind": find_kind(kind).uid, "date": day, "quantity": quantity, "union": union}
        uid = entries.add(values, author)
        will = _copied(held)
        will["ledger_entry"][uid] = _record("ledger_entry", uid=uid, **values)
        self.left(held, will, "enter")

    def correct(self, which: int, quantity: int | None, away: bool, author: Author) -> None:
        """Correct an entry of the ledger, or take it away."""
        held = contents()
        if not held["ledger_entry"]:
            return
        uid, will = _one(held, "ledger_entry", which)["uid"], _copied(held)
        if away:
            entries.remove(uid, author)
            del will["ledger_entry"][uid]
        else:
            entries.change(uid, {"quantity": quantity}, author)
            will["ledger_entry"][uid]["quantity"] = quantity
        self.left(held, will, "remove an entry" if away else "correct an entry")

    def aim(self, indicator: str, value: int, region: str | None, author: Author) -> None:
        """Set a target: of a year, an indicator and a region there is one."""
        held = contents()
        place = self.index.resolve(region).uid if region else None
        uid = set_target(2026, indicator, value, author, self.index, Scope(region=place))
        will = _copied(held)
        known = {"year": 2026, "indicator": indicator, "region": place, "union": None}
        same = [each for each in held["target"].values() if known.items() <= each.items()]
        assert [each["uid"] for each in same] in ([], [uid])
        will["target"][uid] = _record("target", uid=uid, **known, value=value)
        self.left(held, will, "aim")

    def give_up(self, which: int, author: Author) -> None:
        """Remove a target."""
        held = contents()
        if not held["target"]:
            return
        uid, will = _one(held, "target", which)["uid"], _copied(held)
        remove_target(uid, author)
        del will["target"][uid]
        self.left(held, will, "remove a target")

    def choose(self, given: tuple[str, Any], author: Author) -> None:
        """Change a setting; one that is held already, or was never changed, is not written."""
        held, (key, value) = contents(), given
        change_setting(key, value, author)
        will = _copied(held)
        found = [each for each in will["setting"].values() if each["key"] == key]
        for each in found:
            each["value"] = json.dumps(value, ensure_ascii=False)
        if not found and value != SETTINGS[key][0]:
            (new,) = contents()["setting"].keys() - held["setting"].keys()
            will["setting"][new] = _record("setting", uid=new, key=key, value=json.dumps(value, ensure_ascii=False))
        self.left(held, will, "change a setting")


def _copied(held: Contents) -> Contents:
    return {kind: {uid: dict(values) for uid, values in records.items()} for kind, records in held.items()}


def _record(kind: str, **values: Any) -> dict[str, Any]:
    """A record with these values and no others."""
    return dict.fromkeys(["uid", *stored_names(RECORDS[kind])]) | values


def _one(held: Contents, kind: str, which: int) -> dict[str, Any]:
    """One of the records of a kind."""
    return list(held[kind].values())[which % len(held[kind])]


def _concerns(values: dict[str, Any], case: dict[str, Any]) -> bool:
    return case["uid"] == values.get("drive_case") or bool(case["employer"] == values.get("employer"))


def _attitude(held: Contents, case: str, gone: str | None) -> dict[str, Any]:
    """What a case's attitude must be; ``gone`` is what a contact said that is no longer there."""
    said = [each for each in held["contact"].values() if each["drive_case"] == case and each["attitude"]]
    if said:
        return {"attitude": max(said, key=lambda each: (each["date"], each["uid"]))["attitude"]}
    return {"attitude": None} if gone and held["drive_case"][case]["attitude"] == gone else {}


def _open_case(held: Contents, employer: str) -> dict[str, Any] | None:
    ours = [each for each in held["drive_case"].values() if each["employer"] == employer]
    return next((each for each in ours if each["opened_on"] and not each["closed_on"]), None)


def _listed(held: Contents, employer: str) -> bool | None:
    """Whether an employer is to have a union and has none; None where nobody knows how many people it has."""
    for each in held["coverage"].values():
        union = held["union"][each["union"]]
        if each["employer"] == employer and (each["until"] or "9") > TODAY.isoformat() and union["verified"] != 0:
            return False
    counted = [each for each in held["head_count"].values() if each["subject"] == employer and each["staff_count"] is not None]
    if not counted:
        return None
    newest = max(counted, key=lambda each: (f"{each['as_of'] or '0000'}-01-01"[:10], each["uid"]))
    line = next((json.loads(each["value"]) for each in held["setting"].values() if each["key"] == "threshold"), 25)
    return bool(newest["staff_count"] >= line)
