"""What is due from unions: rules, unions they name, what was handed in; things that stand are searched. Frozen: never edit it."""

from typing import Any

from peewee import SQL, AutoField, IntegerField, Model, TextField


def _references(table: str) -> list[SQL]:
    return [SQL(f'REFERENCES "{table}"(uid) DEFERRABLE INITIALLY DEFERRED')]


def up(migrator: Any, db: Any) -> None:
    """Create the tables, empty; where things stand already, the whole index is filled anew."""

    class Frozen(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class DueRule(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True)
        sheet = TextField(null=True)
        every = TextField(null=True)
        days = IntegerField(null=True)
        classes = TextField(null=True)
        region = TextField(null=True, index=True, constraints=_references("region"))
        ledger_kind = TextField(null=True, index=True, constraints=_references("ledger_kind"))
        since = TextField(null=True)
        active = IntegerField(null=True)
        note = TextField(null=True)

    class DueUnion(Frozen):
        uid = TextField(unique=True)
        due_rule = TextField(null=True, index=True, constraints=_references("due_rule"))
        union = TextField(null=True, index=True, constraints=_references("union"))

    class HandIn(Frozen):
        uid = TextField(unique=True)
        due_rule = TextField(null=True, index=True, constraints=_references("due_rule"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        period = TextField(null=True)
        state = TextField(null=True)
        date = TextField(null=True)
        rows = IntegerField(null=True)
        reason = TextField(null=True)

    db.create_tables([DueRule, DueUnion, HandIn])
    db.execute_sql(
        'CREATE VIRTUAL TABLE "site_search" USING fts5('
        "name, pinyin, other, initials, digits, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\")"
    )
    if db.execute_sql('SELECT 1 FROM "site" LIMIT 1').fetchone():
        db.execute_sql("DELETE FROM search_progress")
