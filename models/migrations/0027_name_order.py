"""Where the names of people, units and unions stand by pinyin, beside them and indexed. Frozen: never edit it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Add the columns, empty: they are filled once all tables are there (``models/editing/name_keys.py``)."""
    for table in ("employer", "union", "worker"):
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "name_order" TEXT NOT NULL DEFAULT \'\'')
        db.execute_sql(f'CREATE INDEX "{table}_name_order" ON "{table}" ("name_order")')
