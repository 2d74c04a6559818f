"""Tombstones of people whose data was erased at their request. Frozen: never edit it."""

from typing import Any

from peewee import AutoField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    """Create the table, empty."""

    class Erasure(Model):
        id = AutoField()
        uid = TextField(unique=True)
        person = TextField(null=True, index=True, collation="NOCASE")
        erased_at = TextField(null=True)
        erased_by = TextField(null=True)
        reason = TextField(null=True)
        erased = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([Erasure])
