"""Working lists and their entries. Frozen: never edit it."""

from typing import Any

from peewee import SQL, AutoField, IntegerField, Model, TextField


def _references(table: str) -> list[SQL]:
    return [SQL(f'REFERENCES "{table}"(uid) DEFERRABLE INITIALLY DEFERRED')]


def up(migrator: Any, db: Any) -> None:
    """Create the tables, empty."""

    class Frozen(Model):
        id = AutoField()
        uid = TextField(unique=True)

        class Meta:
            database = db
            legacy_table_names = False

    class Worklist(Frozen):
        name = TextField(null=True, index=True, collation="NOCASE")
        kind = TextField(null=True)
        rows = TextField(null=True)
        date = TextField(null=True)
        boxes = TextField(null=True)
        days = TextField(null=True)
        note = TextField(null=True)
        closed = IntegerField(null=True)

    class WorklistEntry(Frozen):
        worklist = TextField(null=True, index=True, constraints=_references("worklist"))
        worker = TextField(null=True, index=True, constraints=_references("worker"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        ticked_1 = IntegerField(null=True)
        ticked_2 = IntegerField(null=True)
        ticked_3 = IntegerField(null=True)
        day_1 = TextField(null=True)
        day_2 = TextField(null=True)
        list_note = TextField(null=True)

    db.create_tables([Worklist, WorklistEntry])
