"""The indexes of the few people of whom something is said that is said of hardly anyone. Frozen: never edit it."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Create them; they hold these people alone."""
    for name in ("id_doubtful", "delegate"):
        db.execute_sql(f'CREATE INDEX "worker_{name}" ON "worker" ("{name}") WHERE ("{name}" = 1)')
