"""Targets of any period, and of a person: the period's key beside the year, who is to bring it. Frozen: never edit it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Add the columns, empty: what there is are targets of whole years, of nobody in particular."""
    for name in ("period", "person"):
        db.execute_sql(f'ALTER TABLE "target" ADD COLUMN "{name}" TEXT')
