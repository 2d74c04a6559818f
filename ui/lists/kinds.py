"""What the page of each kind of record says and shows first."""

from typing import NamedTuple

from models.editing.cell_rules import CellKind
from models.editing.editing import Kind
from models.language import _
from models.records.forms import SheetKind

#: The kind of record that a list's rows open as; counts are changed where they belong, at the unit.
OPENS: dict[str, Kind] = {"workers": "worker", "employers": "employer", "unions": "union"}
#: Of what the rows of a list are, whose cells are changed in place.
CELLS: dict[str, CellKind] = {**OPENS, "headcounts": "head_count"}


#: What every list of records shows besides: names of places, own fields, and numbers of persons as the settings have
#: them covered.
_AROUND = frozenset({"region", "setting", "own_field"})


class Listing(NamedTuple):
    """What one kind's page says: form kind, title, the kinds of record it shows, the fields that come first.

    ``part``: the part of all people that the page begins with, see ``ui.kit.people_box``. ``hint`` stands in the field that
    searches the list, ``empty`` on the page of an empty register.
    """

    kind: SheetKind
    title: str
    shows: frozenset[str]
    leading: tuple[str, ...]
    hint: str
    empty: str
    part: str = ""

    @property
    def name(self) -> str:
        """Under which name the list's columns and filters are kept."""
        return self.part or self.kind


def listings() -> dict[str, Listing]:
    """The pages of records, by form kind, in the order of the side bar."""
    told = (
        Listing(
            "unions", _("工会"), frozenset({"union", "coverage", "employer", "head_count"}) | _AROUND,
            ("name", "union_type", "region", "member_count", "staff_count", "chair", "phone", "parent", "employer", "term_start"),
            _("搜索工会名称、代码、主席、上级工会"), _("还没有工会。先导入一份工会组织信息采集表或工会名单，也可以按“新增”一个一个登记。"),
        ),
        Listing(
            "workers", _("会员与职工"), frozenset({"worker", "membership_event", "employer", "union", "occupation_group"}) | _AROUND,
            ("name", "sex", "id_number", "phone", "membership_state", "employer", "union", "join_date", "occupation_group"),
            _("搜索姓名、证件号、电话、单位、工会"), _("还没有会员。先导入一份会员或职工花名册，把文件直接拖到窗口里也可以；或者按“新增”一个一个登记。"),
        ),
        Listing(
            "employers", _("用人单位"), frozenset({"employer", "coverage", "union", "head_count", "drive_case"}) | _AROUND,
            ("name", "staff_count", "region", "nature", "union", "stage", "contact", "phone", "credit_code"),
            _("搜索单位名称、信用代码、联系人、工会"), _("还没有用人单位。先导入一份企业名单，例如税务代收名单或摸排清单，也可以按“新增”一家一家登记。"),
        ),
        Listing(
            "headcounts", _("人数台账"), frozenset({"head_count", "employer", "union"}), (),
            _("搜索单位或工会名称、数据来源"), _("还没有人数记录。先导入带“职工人数”的名单，或人数月报，也可以按“新增”一次一次登记。"),
        ),
    )  # fmt: skip
    return {listing.kind: listing for listing in told}


def new_form_listing() -> Listing:
    """The page of the members in new forms of employment: the same list of people, begun with them, with their platforms."""
    leading = (
        "name",
        "occupation_group",
        "phone",
        "platform",
        "residence_region",
        "union",
        "join_date",
        "join_way",
        "join_basis",
    )
    empty = _("还没有新就业形态会员。导入会员花名册时写明“职业类别”，例如外卖配送员、货车司机。")
    return listings()["workers"]._replace(title=_("新就业形态"), leading=leading, empty=empty, part="new_form")
