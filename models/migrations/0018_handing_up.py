"""What was handed up, papers issued with a number, templates of papers of one's own. Frozen: never edit it."""

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

    class Submission(Frozen):
        template = TextField(null=True, index=True, collation="NOCASE")
        date = TextField(null=True)
        scope = TextField(null=True)
        rows = IntegerField(null=True)
        file = TextField(null=True)

    class SubmittedRow(Frozen):
        submission = TextField(null=True, index=True, constraints=_references("submission"))
        kind = TextField(null=True)
        record = TextField(null=True, index=True, collation="NOCASE")
        digest = TextField(null=True)
        result = TextField(null=True)
        reason = TextField(null=True)

    class IssuedPaper(Frozen):
        paper = TextField(null=True)
        number = TextField(null=True, index=True, collation="NOCASE")
        date = TextField(null=True)
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        worker = TextField(null=True, index=True, constraints=_references("worker"))

    class PaperTemplate(Frozen):
        paper = TextField(null=True, index=True, collation="NOCASE")
        file = TextField(null=True)
        content = TextField(null=True)

    db.create_tables([Submission, SubmittedRow, IssuedPaper, PaperTemplate])
