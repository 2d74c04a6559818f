"""The drive's records: steps, papers, contacts, the work ledger, targets, groups; more fields of units. Frozen: never edit it."""

from typing import Any

from peewee import SQL, AutoField, IntegerField, Model, TextField

#: Added columns: table → (name, type).
_ADDED = {
    "employer": [("closed_on", "TEXT")],
    "union": [
        ("org_form", "TEXT"), ("chair_conflict", "INTEGER"), ("term_number", "TEXT"), ("extension_number", "TEXT"),
        ("audit_commissioner", "INTEGER"), ("women_commissioner", "INTEGER"), ("dissolved_on", "TEXT"),
    ],
    "worker": [
        ("employment_relation", "TEXT"), ("join_model", "TEXT"), ("application_basis", "TEXT"), ("application_date", "TEXT"),
        ("application_place", "TEXT"), ("delegate", "INTEGER"),
    ],
    "region": [("dense", "INTEGER")],
    "membership_event": [("effective", "TEXT COLLATE NOCASE"), ("ended", "TEXT")],
    "drive_case": [
        ("attitude", "TEXT"), ("organizer", "TEXT"), ("model", "TEXT"), ("opened_on", "TEXT"), ("opened_with", "INTEGER"),
        ("preparation_start", "TEXT"), ("preparation_number", "TEXT"), ("closed_on", "TEXT"), ("closed_because", "TEXT"),
        ("note", "TEXT"),
    ],
}  # fmt: skip


def _references(table: str) -> list[SQL]:
    return [SQL(f'REFERENCES "{table}"(uid) DEFERRABLE INITIALLY DEFERRED')]


def up(migrator: Any, db: Any) -> None:
    """Create and widen the tables as they were in version 0.2."""
    for table, columns in _ADDED.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}')
    db.execute_sql('CREATE INDEX "membership_event_effective" ON "membership_event" ("effective")')
    db.execute_sql('CREATE INDEX "drive_case_next_action_date" ON "drive_case" ("next_action_date" COLLATE NOCASE)')

    class Frozen(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class OccupationGroup(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        parent = TextField(null=True)
        aliases = TextField(null=True)
        new_form = IntegerField(null=True)
        active = IntegerField(null=True)
        place = IntegerField(null=True)

    class LedgerKind(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        unit = TextField(null=True)
        measures = TextField(null=True)
        aliases = TextField(null=True)
        place = IntegerField(null=True)
        active = IntegerField(null=True)

    class CaseStep(Frozen):
        uid = TextField(unique=True)
        drive_case = TextField(null=True, index=True, constraints=_references("drive_case"))
        stage = TextField(null=True)
        date = TextField(null=True)
        skipped = IntegerField(null=True)
        note = TextField(null=True)

    class CasePaper(Frozen):
        uid = TextField(unique=True)
        drive_case = TextField(null=True, index=True, constraints=_references("drive_case"))
        stage = TextField(null=True)
        name = TextField(null=True)
        number = TextField(null=True)
        date = TextField(null=True)
        place = TextField(null=True)

    class Contact(Frozen):
        uid = TextField(unique=True)
        drive_case = TextField(null=True, index=True, constraints=_references("drive_case"))
        date = TextField(null=True, index=True, collation="NOCASE")
        way = TextField(null=True)
        person_met = TextField(null=True)
        post = TextField(null=True)
        attitude = TextField(null=True)
        outcome = TextField(null=True)
        promise_date = TextField(null=True)
        paper = TextField(null=True)
        paper_number = TextField(null=True)
        receipt = IntegerField(null=True)
        organizer = TextField(null=True)

    class LedgerEntry(Frozen):
        uid = TextField(unique=True)
        ledger_kind = TextField(null=True, index=True, constraints=_references("ledger_kind"))
        date = TextField(null=True, index=True, collation="NOCASE")
        title = TextField(null=True)
        quantity = IntegerField(null=True)
        done = IntegerField(null=True)
        people = IntegerField(null=True)
        amount = IntegerField(null=True)
        union = TextField(null=True, index=True, constraints=_references("union"))
        region = TextField(null=True, index=True, constraints=_references("region"))
        organization = TextField(null=True)
        person = TextField(null=True)
        note = TextField(null=True)

    class Target(Frozen):
        uid = TextField(unique=True)
        year = IntegerField(null=True)
        indicator = TextField(null=True, index=True, collation="NOCASE")
        region = TextField(null=True, index=True, constraints=_references("region"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        value = IntegerField(null=True)
        source = TextField(null=True)

    class DistinctPair(Frozen):
        uid = TextField(unique=True)
        kind = TextField(null=True, index=True, collation="NOCASE")
        left = TextField(null=True, index=True, collation="NOCASE")
        right = TextField(null=True, index=True, collation="NOCASE")
        reason = TextField(null=True)

    class SavedFilter(Frozen):
        uid = TextField(unique=True)
        page = TextField(null=True, index=True, collation="NOCASE")
        name = TextField(null=True)
        choice = TextField(null=True)

    db.create_tables(
        [OccupationGroup, LedgerKind, CaseStep, CasePaper, Contact, LedgerEntry, Target, DistinctPair, SavedFilter]
    )
