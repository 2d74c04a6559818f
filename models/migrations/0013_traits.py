"""The index of what people are that new members are told apart by, without the rest of them. Frozen: never edit it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Create it."""
    db.execute_sql('CREATE INDEX "worker_traits" ON "worker" ("uid", "occupation_group", "migrant_worker")')
