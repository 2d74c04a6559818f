"""How the fields of a record are grouped in its form: by what they are used for."""

from collections.abc import Sequence
from typing import NamedTuple

from models.editing.editing import Kind
from models.language import _
from models.own_names import is_own
from models.values.columns import Column


class FieldSection(NamedTuple):
    """A group of fields under a title."""

    title: str
    columns: list[Column]


def _grouped(kind: Kind) -> tuple[tuple[str, str], ...]:
    """(title, the names of its fields separated by spaces); what is named nowhere comes last."""
    return {
        "worker": (
            (_("身份"), "name id_type id_number sex birth_date ethnicity political_status education"),
            (_("联系"), "phone residence_region residence_address household_type household_place native_place migrant_worker"),
            (_("工作"), "employer occupation_group platform employment_relation employment_state skill_level"),
            (
                _("会籍"),
                ("union join_date union_group member_number join_way join_basis join_model application_basis application_date "
                "application_place delegate"),
            ),
        ),
        "employer": (
            (_("单位"), "name credit_code former_names region address nature economy industry staff_count union"),
            (_("联系"), "legal_representative contact phone"),
            (_("状态"), "non_public operating above_scale founding_date closed_on verified"),
        ),
        "union": (
            (_("工会"), "name credit_code former_names union_type org_form parent region employer member_count"),
            (_("成立与届期"), "founding_date approval_number state term_start term_years term_number extension_number dissolved_on"),
            (_("负责人"), "chair phone chair_vacant_since chair_conflict full_time_staff"),
            (
                _("组织"),
                ("committee_size meeting_form audit_committee audit_commissioner women_committee women_commissioner "
                "legal_person congress open_affairs"),
            ),
        ),
    }[kind]  # fmt: skip


def sections(kind: Kind, columns: Sequence[Column]) -> list[FieldSection]:
    """The columns of a kind in their groups, each column once; the register's own fields are a group before the last."""
    own = [column for column in columns if is_own(column.name)]
    left = {column.name: column for column in columns if not is_own(column.name)}
    found = []
    for title, names in _grouped(kind):
        held = [left.pop(name) for name in names.split() if name in left]
        if held:
            found.append(FieldSection(title, held))
    if own:
        found.append(FieldSection(_("自有字段"), own))
    return [*found, FieldSection(_("其他"), list(left.values()))] if left else found
