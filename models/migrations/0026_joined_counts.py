"""How many people joined each union on each day, beside how many came and went. Frozen: never edit it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Add the counters and have the past of all unions counted anew; until then their events are counted, as before."""
    for name in ("joined", "joined_undated"):
        db.execute_sql(f'ALTER TABLE "past_change" ADD COLUMN "{name}" INTEGER NOT NULL DEFAULT 0')
    db.execute_sql(
        'INSERT OR IGNORE INTO "past_stale" SELECT DISTINCT "union" FROM "membership_event" WHERE "union" IS NOT NULL'
    )
