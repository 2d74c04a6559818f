"""Choosing which people a list shows, by their membership."""

from typing import NamedTuple

from PySide6.QtCore import Signal

from models.language import _
from ui.kit.list_box import ListBox


class People(NamedTuple):
    """A part of all people: its name, what is said of it, and the parts of a ``models.lists.Choice`` that list it."""

    name: str
    label: str
    states: frozenset[str] = frozenset()
    new_form: bool = False
    without_application: bool = False


def parts() -> tuple[People, ...]:
    """The parts of all people, everybody first; members are counted as the first page's figures count them."""
    return (
        People("", _("全部人员")),
        People("members", _("在册会员"), frozenset({"在册"})),
        People("new_form", _("新就业形态会员"), frozenset({"在册"}), new_form=True),
        People("new_form_outside", _("新就业形态未入会"), frozenset({"未入会", "待落会籍", "申请中"}), new_form=True),
        People("no_application", _("没有申请书的会员"), frozenset({"在册"}), without_application=True),
        People("retained", _("保留会籍"), frozenset({"保留"})),
        People("outside", _("未入会和待落会籍"), frozenset({"未入会", "待落会籍", "申请中"})),
        People("left", _("已离开的人"), frozenset({"转出", "退会", "除名", "去世"})),
    )


class PeopleBox(ListBox):
    """The parts of all people. ``chosen()`` when a person chose another one."""

    chosen = Signal()

    def __init__(self) -> None:
        """Everybody."""
        super().__init__()
        self.setAccessibleName(_("会籍"))
        self.setToolTip(_("按会籍筛选"))
        self.parts = parts()
        for part in self.parts:
            self.addItem(part.label, part.name)
        self.activated.connect(self._tell)

    @property
    def part(self) -> People:
        """The part that is chosen."""
        return self.parts[self.currentIndex()]

    def choose(self, name: str) -> None:
        """Choose a part by its name without telling. KeyError for an unknown name."""
        place = self.findData(name)
        if place < 0:
            raise KeyError(name)
        self.setCurrentIndex(place)

    def _tell(self) -> None:
        self.chosen.emit()
