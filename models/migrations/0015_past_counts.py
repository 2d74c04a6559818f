"""How many people each union held at the ends of half-years past, and how that changed from day to day. Frozen: never edit it."""

from typing import Any

_COUNTS = '"people" INTEGER NOT NULL, "women" INTEGER NOT NULL, "undated" INTEGER NOT NULL'

_OLD, _NEW = 'OLD."union"', 'NEW."union"'
_DECIDING = ("worker", "union", "type", "date", "effective", "ended")


def _marked(union: str) -> str:
    return f'INSERT OR IGNORE INTO "past_stale" SELECT {union} WHERE {union} IS NOT NULL;'


def _differs(*names: str) -> str:
    return " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)


def up(migrator: Any, db: Any) -> None:
    """Create the tables, empty, and what marks a union whose past has to be counted anew: so far all of them."""
    keys = '"union" TEXT NOT NULL, "state" TEXT NOT NULL, "occupation_group" TEXT NOT NULL, "migrant_worker" INTEGER NOT NULL'
    unique = 'UNIQUE ("union", "state", "occupation_group", "migrant_worker")'
    place, day = '"half" INTEGER NOT NULL, "count_key" INTEGER NOT NULL', '"day" INTEGER NOT NULL'
    db.execute_sql(f'CREATE TABLE "count_key" ("id" INTEGER NOT NULL PRIMARY KEY, {keys}, {unique})')
    db.execute_sql('CREATE TABLE "past_half" ("half" INTEGER NOT NULL PRIMARY KEY)')
    for told in (
        f'"past_count" ({place}, {_COUNTS}, PRIMARY KEY ("half", "count_key"))',
        f'"past_change" ({place}, {day}, {_COUNTS}, PRIMARY KEY ("half", "count_key", "day"))',
        '"past_stale" ("union" TEXT NOT NULL PRIMARY KEY)',
    ):
        db.execute_sql(f"CREATE TABLE {told} WITHOUT ROWID")
    db.execute_sql('INSERT INTO "past_stale" SELECT DISTINCT "union" FROM "membership_event" WHERE "union" IS NOT NULL')
    parts = ("ended", "type", "union", "worker", "date")
    name, columns = "membership_event_" + "_".join(parts), ", ".join(f'"{each}"' for each in parts)
    db.execute_sql(f'CREATE INDEX "{name}" ON "membership_event" ({columns}) WHERE ("ended" IS NOT NULL)')
    traits = ("occupation_group", "migrant_worker", "sex")
    theirs = 'SELECT "union" FROM "membership_event" WHERE "worker" = NEW."uid" AND "union" IS NOT NULL'
    of_worker = f'UPDATE OF {", ".join(traits)} ON "worker" WHEN {_differs(*traits)}'
    triggers = {
        "insert": ('INSERT ON "membership_event"', _marked(_NEW)),
        "delete": ('DELETE ON "membership_event"', _marked(_OLD)),
        "update": (f'UPDATE ON "membership_event" WHEN {_differs(*_DECIDING)}', f"{_marked(_OLD)} {_marked(_NEW)}"),
        "worker": (of_worker, f'INSERT OR IGNORE INTO "past_stale" {theirs};'),
    }
    for name, (after, done) in triggers.items():
        db.execute_sql(f'CREATE TRIGGER "past_stale_{name}" AFTER {after} BEGIN {done} END')
