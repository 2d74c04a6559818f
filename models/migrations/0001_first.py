"""The first schema: regions, employers, unions, workers, their facts, the journal, settings. Frozen: never edit it."""

from typing import Any

from peewee import SQL, AutoField, IntegerField, Model, TextField


def _references(table: str) -> list[SQL]:
    return [SQL(f'REFERENCES "{table}"(uid) DEFERRABLE INITIALLY DEFERRED')]


def up(migrator: Any, db: Any) -> None:
    """Create the tables as they were in version 0.1."""

    class Frozen(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class Region(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        level = TextField(null=True)
        code = TextField(null=True)
        aliases = TextField(null=True)

    class RegionParent(Frozen):
        uid = TextField(unique=True)
        region = TextField(null=True, index=True, constraints=_references("region"))
        parent = TextField(null=True, constraints=_references("region"))
        since = TextField(null=True)
        until = TextField(null=True)

    class Employer(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        credit_code = TextField(null=True, index=True, collation="NOCASE")
        nature = TextField(null=True)
        economy = TextField(null=True)
        industry = TextField(null=True)
        region = TextField(null=True, index=True, constraints=_references("region"))
        address = TextField(null=True)
        legal_representative = TextField(null=True)
        contact = TextField(null=True)
        phone = TextField(null=True)
        founding_date = TextField(null=True)
        non_public = IntegerField(null=True)
        operating = IntegerField(null=True)
        above_scale = IntegerField(null=True)
        former_names = TextField(null=True)
        verified = IntegerField(null=True)
        note = TextField(null=True)

    class Union(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        credit_code = TextField(null=True, index=True, collation="NOCASE")
        parent = TextField(null=True, index=True, constraints=_references("union"))
        union_type = TextField(null=True)
        region = TextField(null=True, index=True, constraints=_references("region"))
        founding_date = TextField(null=True)
        approval_number = TextField(null=True)
        state = TextField(null=True)
        chair = TextField(null=True)
        chair_vacant_since = TextField(null=True)
        phone = TextField(null=True)
        term_start = TextField(null=True)
        term_years = IntegerField(null=True)
        legal_person = IntegerField(null=True)
        full_time_staff = IntegerField(null=True)
        audit_committee = IntegerField(null=True)
        women_committee = IntegerField(null=True)
        committee_size = IntegerField(null=True)
        meeting_form = TextField(null=True)
        congress = IntegerField(null=True)
        open_affairs = IntegerField(null=True)
        new_form = IntegerField(null=True)
        new_form_groups = TextField(null=True)
        former_names = TextField(null=True)
        verified = IntegerField(null=True)
        note = TextField(null=True)

    class Coverage(Frozen):
        uid = TextField(unique=True)
        union = TextField(null=True, index=True, constraints=_references("union"))
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        since = TextField(null=True)
        until = TextField(null=True)
        reason = TextField(null=True)

    class Worker(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        sex = TextField(null=True)
        birth_date = TextField(null=True)
        ethnicity = TextField(null=True)
        id_type = TextField(null=True)
        id_number = TextField(null=True, index=True, collation="NOCASE")
        id_doubtful = IntegerField(null=True)
        phone = TextField(null=True, index=True, collation="NOCASE")
        education = TextField(null=True)
        political_status = TextField(null=True)
        household_type = TextField(null=True)
        household_place = TextField(null=True)
        native_place = TextField(null=True)
        residence_address = TextField(null=True)
        residence_region = TextField(null=True, index=True, constraints=_references("region"))
        migrant_worker = IntegerField(null=True)
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        union_group = TextField(null=True)
        occupation_group = TextField(null=True)
        platform = TextField(null=True)
        join_date = TextField(null=True)
        join_way = TextField(null=True)
        join_basis = TextField(null=True)
        member_number = TextField(null=True)
        membership_state = TextField(null=True, index=True, collation="NOCASE")
        change_type = TextField(null=True)
        change_date = TextField(null=True)
        change_reason = TextField(null=True)
        skill_level = TextField(null=True)
        employment_state = TextField(null=True)
        note = TextField(null=True)

    class MembershipEvent(Frozen):
        uid = TextField(unique=True)
        worker = TextField(null=True, index=True, constraints=_references("worker"))
        union = TextField(null=True, index=True, constraints=_references("union"))
        type = TextField(null=True)
        date = TextField(null=True)
        reason = TextField(null=True)

    class HeadCount(Frozen):
        uid = TextField(unique=True)
        subject = TextField(null=True, index=True, collation="NOCASE")
        subject_kind = TextField(null=True)
        as_of = TextField(null=True)
        source = TextField(null=True)
        staff_count = IntegerField(null=True)
        women_staff_count = IntegerField(null=True)
        member_count = IntegerField(null=True)
        women_member_count = IntegerField(null=True)
        migrant_member_count = IntegerField(null=True)
        new_form_member_count = IntegerField(null=True)
        approximate = IntegerField(null=True)

    class DriveCase(Frozen):
        uid = TextField(unique=True)
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        stage = TextField(null=True)
        next_action = TextField(null=True)
        next_action_date = TextField(null=True)

    class Setting(Frozen):
        uid = TextField(unique=True)
        key = TextField(null=True, index=True, collation="NOCASE")
        value = TextField(null=True)

    class RememberedMapping(Frozen):
        uid = TextField(unique=True)
        form = TextField(null=True, index=True, collation="NOCASE")
        group = TextField(null=True)
        header = TextField(null=True)
        field = TextField(null=True)

    class RememberedValue(Frozen):
        uid = TextField(unique=True)
        form = TextField(null=True, index=True, collation="NOCASE")
        field = TextField(null=True)
        written = TextField(null=True)
        label = TextField(null=True)

    class Batch(Frozen):
        uid = TextField(unique=True)
        device = TextField()
        person = TextField()
        kind = TextField()
        at = TextField()
        source = TextField()
        undoes = TextField(null=True, index=True)

    class Change(Frozen):
        batch = TextField(index=True)
        device = TextField()
        number = IntegerField()
        kind = TextField()
        record = TextField(index=True)
        field = TextField()
        before = TextField(null=True)
        after = TextField(null=True)
        replaces = TextField()

        class Meta:
            indexes = ((("device", "number"), True),)

    db.create_tables(
        [
            Region,
            RegionParent,
            Employer,
            Union,
            Coverage,
            Worker,
            MembershipEvent,
            HeadCount,
            DriveCase,
            Setting,
            RememberedMapping,
            RememberedValue,
            Batch,
            Change,
        ]
    )
