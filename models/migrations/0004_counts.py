"""How many people each union holds, kept by triggers; the index by which new members are counted. Frozen: never edit it."""

from typing import Any

_KEYS = ("union", "state", "occupation_group", "migrant_worker")
_WATCHED = '"union", membership_state, occupation_group, migrant_worker, sex, change_date'


def _counted(row: str, by: int) -> str:
    """The values that one worker adds to a count, or takes from it."""
    return (
        f"""{row}."union", {row}.membership_state, COALESCE({row}.occupation_group, ''), COALESCE({row}.migrant_worker, -1), """
        f"""{by}, {by} * COALESCE({row}.sex = '女', 0), {by} * ({row}.change_date IS NULL)"""
    )


def _add(row: str, by: int) -> str:
    return (
        f'INSERT INTO "held_count" SELECT {_counted(row, by)} WHERE {row}."union" IS NOT NULL'
        f" AND {row}.membership_state IS NOT NULL"
        f" ON CONFLICT ({', '.join(map(_quoted, _KEYS))}) DO UPDATE SET people = people + excluded.people,"
        " women = women + excluded.women, undated = undated + excluded.undated;"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def up(migrator: Any, db: Any) -> None:
    """Create the table with what the workers say now, and what keeps it so."""
    db.execute_sql(
        'CREATE TABLE "held_count" ("union" TEXT NOT NULL, "state" TEXT NOT NULL, "occupation_group" TEXT NOT NULL,'
        ' "migrant_worker" INTEGER NOT NULL, "people" INTEGER NOT NULL, "women" INTEGER NOT NULL, "undated" INTEGER NOT NULL,'
        f' PRIMARY KEY ({", ".join(map(_quoted, _KEYS))})) WITHOUT ROWID'
    )
    db.execute_sql(
        'INSERT INTO "held_count" SELECT "union", membership_state, COALESCE(occupation_group, \'\'),'
        " COALESCE(migrant_worker, -1), COUNT(*), COALESCE(SUM(sex = '女'), 0), SUM(change_date IS NULL)"
        ' FROM "worker" WHERE "union" IS NOT NULL AND membership_state IS NOT NULL GROUP BY 1, 2, 3, 4'
    )
    for what, rows in {
        "INSERT": (("NEW", 1),), "DELETE": (("OLD", -1),), f"UPDATE OF {_WATCHED}": (("OLD", -1), ("NEW", 1)),
    }.items():  # fmt: skip
        name = "held_count_" + what.split()[0].lower()
        body = " ".join(_add(row, by) for row, by in rows)
        db.execute_sql(f'CREATE TRIGGER "{name}" AFTER {what} ON "worker" BEGIN {body} END')
    db.execute_sql(
        'CREATE INDEX "membership_event_effective_type_union_worker_date"'
        ' ON "membership_event" ("effective", "type", "union", "worker", "date")'
    )
