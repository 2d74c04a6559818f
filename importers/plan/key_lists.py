"""Which lists of key employers (重点企业) a row puts its employer on: its columns say so, or the title of the sheet."""

import re

from importers.plan.context import SheetContext
from importers.plan.steps import Create, Step, Update
from importers.plan.world import World
from models.engine.record import Values
from models.records.key_employer import KeyEmployer
from models.uid import new_uid
from models.values.problems import problem

#: Not every list of 重点…企业 is one of these: 重点税源企业 are those that pay most tax.
_KEY = re.compile("重点(?:非公(?:有制)?|民营|建会|未建会)?企业|建会重点")
_YEARS = re.compile(r"(20\d\d)\s*年?\s*(?:[-—–~～至到]+\s*(20\d\d))?")


def stand_on_list(made: Step, employer: str, world: World, context: SheetContext) -> None:
    """Put the employer on the list; the same year and source again completes what is known of it."""
    values = made.row.values
    wanted: Values = {
        "year": values.get("key_year"), "last_year": values.get("key_last_year"), "source": values.get("key_source"),
    }  # fmt: skip
    title = next((text for text in context.called if _KEY.search(text)), "")
    if title and wanted["year"] is None and (years := _YEARS.search(title)):
        wanted |= {"year": int(years[1]), "last_year": wanted["last_year"] or (int(years[2]) if years[2] else None)}
        made.problems.append(problem("key-of-title", "key_year", year=wanted["year"]))
    if wanted["year"] is None and wanted["source"] is None:
        return
    if title and wanted["source"] is None:
        wanted["source"] = title
    held = world.keys[employer]
    known = next((each for each in held if all(each.get(name) == wanted[name] for name in ("year", "source"))), None)
    if known is None:
        listed: Values = {"uid": new_uid(), "employer": employer, **wanted}
        made.writes.append(Create(KeyEmployer, dict(listed)))
        held.append(listed)
    elif wanted["last_year"] is not None and known.get("last_year") != wanted["last_year"]:
        made.writes.append(Update(KeyEmployer, known["uid"], {"last_year": (known.get("last_year"), wanted["last_year"])}))
        known["last_year"] = wanted["last_year"]
