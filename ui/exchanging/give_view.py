"""Giving: to whom, sealed with what, what is in it; then the package is written where a person says."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFormLayout, QRadioButton, QWidget

from models.errors import UserError
from models.exchange.giving import GivenPackage, PackageToGive, what_to_give
from models.exchange.package import SUFFIX
from models.language import _
from models.register.laptop import read_laptop, write_laptop
from reports.saving import file_name
from ui.exchanging.jobs import ChosenLock, MetLaptop, PublicKey, give, read_key
from ui.exchanging.tables import batches_model
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import NONE, REST, across, down, line, one_of
from ui.kit.list_box import put_anew
from ui.kit.notices import Action
from ui.kit.plain import Label
from ui.kit.secret_fields import again, forget, hint_line, secret_field, show_box, wrong_line
from ui.kit.sorted_table import sorted_table

#: To whom: all others, by what they do not have; a device; or the whole log.
_ALL, _WHOLE = "", "*"
#: Where the folder stands among what this laptop keeps.
FOLDER = "exchange_folder"


def folder_kept() -> str:
    """The folder where a package was put or found last; the documents where there was none."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kept = str(read_laptop().get(FOLDER, ""))
    return kept if kept and Path(kept).is_dir() else documents


def keep_folder(path: Path) -> None:
    """Remember where a package was put or found."""
    write_laptop(read_laptop() | {FOLDER: str(path.parent)})


class GiveView(QWidget):
    """``left()``: the person has finished here."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        """Nothing asked yet; :meth:`start` does."""
        super().__init__()
        self._context = context
        self._office: Path | None = None
        self._written, self._asking = Path(), Asking(context.jobs)
        self.whom = choice_box(_("交给谁"), [(_("第一次交换：全部"), _WHOLE)], self._ask)
        self.by_secret, self.by_key = QRadioButton(_("交换口令")), QRadioButton(_("办公室的公钥"))
        self.by_secret.setChecked(True)
        self.by_secret.toggled.connect(self._fit)
        self.first, self.second = secret_field(), secret_field()
        self.shown = show_box(_("显示口令"), self.first, self.second)
        self.strength = hint_line(self.first, context.register.folder)
        self.wrong = wrong_line(self.first, self.second)
        self.key = push_button(_("选公钥文件…"), self._ask_key)
        self.mark = Label(role="secondary", wrap=True)
        self.inside = Label(wrap=True)
        self.batches = batches_model(self)
        self.table = sorted_table(_("里面的批次"), self.batches, 2)
        self.write_it = push_button(_("写交换包…"), self._ask_path, primary=True)
        self.back = push_button("", self.leave)
        act_by_each(self, "exchange", on=self.write_it, back=self.back)
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        for field, name in ((self.first, _("交换口令")), (self.second, _("再输一遍"))):
            field.setAccessibleName(name)
            field.setMaximumWidth(280)
            field.returnPressed.connect(self._ask_path)
        self.whom.setMaximumWidth(420)
        form = QFormLayout()
        form.setContentsMargins(*NONE)
        form.addRow(_("交给谁"), self.whom)
        form.addRow(_("用什么封"), one_of(self.by_secret, self.by_key, parent=self))
        self._secret = [_row(form, _("交换口令"), self.first), _row(form, "", self.strength), _row(form, _("再输一遍"), self.second)]
        self._secret.append(_row(form, "", self.shown))
        self._keys = [_row(form, _("公钥"), line(self.key)), _row(form, "", self.mark)]
        self._form = form
        form.addRow("", self.wrong)
        told = Label(
            _("交换口令当面约好，不要写在 U 盘上。包里是完整的姓名、证件号和电话，没有口令谁也打不开；对方收下以后请把它删掉。"),
            "secondary", wrap=True,
        )  # fmt: skip
        down(
            Label(_("交出一个交换包"), "heading"), form, told, self.inside, (self.table, 1),
            across(self.back, REST, self.write_it), on=self, gap=theme.GAP,
        )  # fmt: skip

    def start(self, laptops: list[MetLaptop]) -> None:
        """Offer the laptops that are known, and ask what they do not have."""
        before = self.whom.currentData()
        lacking = _("{person}（{device}）：还没有 {count:,} 条")
        choices = [(_("交来过的人都可以收：只写他们还没有的"), _ALL)] if laptops else []
        choices += [(lacking.format(person=each.person, device=each.device, count=each.lacks), each.device) for each in laptops]
        put_anew(self.whom, [*choices, (_("第一次交换的人：全部都写"), _WHOLE)])
        if before == _WHOLE:
            self.whom.setCurrentIndex(0)
        self._ask()
        (self.first if self.by_secret.isChecked() else self.key).setFocus()

    @property
    def _chosen(self) -> tuple[bool, str]:
        """Whether everything is to be given, and to whom alone."""
        whom = str(self.whom.currentData())
        return whom == _WHOLE, "" if whom == _WHOLE else whom

    def _ask(self, *_chosen: Any) -> None:
        self._asking.ask(what_to_give, self._context.author, *self._chosen, done=self._show)

    def _show(self, inside: PackageToGive) -> None:
        said = _("里面有 {batches:,} 个批次，{entries:,} 条：").format(batches=inside.batches, entries=inside.entries)
        if not inside.entries:
            said = _("没有对方还没有的。")
        elif inside.batches > len(inside.listed):
            said += _("（先列出最近的 {count} 个）").format(count=len(inside.listed))
        self.inside.setText(said)
        self.batches.show_items(inside.listed)

    def _fit(self, *_toggled: Any) -> None:
        secret = self.by_secret.isChecked()
        for place in self._secret:
            self._form.setRowVisible(place, secret)
        for place in self._keys:
            self._form.setRowVisible(place, not secret)
        self.wrong.clear()
        self.strength.setVisible(secret and bool(self.first.text()))

    def _ask_key(self) -> None:
        kinds = _("办公室的公钥 (*.jhkey)")
        asked, _kind = QFileDialog.getOpenFileName(self, _("选公钥文件"), folder_kept(), kinds)
        if asked:
            self.choose_key(Path(asked))

    def choose_key(self, path: Path) -> None:
        """Seal with the public key in a file, once it proved to be one."""
        self._office = None
        self.mark.clear()  # a fingerprint is of the key that is used, and of no other
        self._context.jobs.run(read_key, path, done=self._have_key, failed=self._refused)

    def _have_key(self, key: PublicKey) -> None:
        self._office = key.path
        self.wrong.clear()
        self.mark.setText(_("“{name}”，指纹 {mark}。请和办公室说的指纹对一对。").format(name=key.path.name, mark=key.mark))

    @property
    def ready(self) -> bool:
        """True when there is something to seal with; else it is said what is missing."""
        if not self.by_secret.isChecked():
            if self._office is None:
                self.wrong.setText(_("请先选办公室的公钥文件。"))
                self.key.setFocus()
            return self._office is not None
        if not self.first.text():
            self.wrong.setText(_("请填交换口令。"))
            again(self.first)
        elif self.first.text() != self.second.text():
            self.wrong.setText(_("两次输入的口令不一样。"))
            again(self.second)
        return bool(self.first.text()) and self.first.text() == self.second.text()

    def _ask_path(self) -> None:
        if not (self.write_it.isEnabled() and self._context.may_write() and self.ready):
            return
        name = file_name(_("交换_{person}_{day}").format(person=self._context.author.person, day=f"{self._context.today:%Y%m%d}"))
        proposed = str(Path(folder_kept()) / (name + SUFFIX))
        asked, _kind = QFileDialog.getSaveFileName(self, _("写到哪里（可以选 U 盘）"), proposed, _("交换包 (*.jhx)"))
        if asked:
            self.write_to(Path(asked))

    def write_to(self, path: Path) -> None:
        """Write the package."""
        self.write_it.setEnabled(False)
        lock = ChosenLock(self.first.text()) if self.by_secret.isChecked() else ChosenLock(office=self._office)
        args = (path, self._context.author, lock, *self._chosen, self._context.register.folder)
        self._context.jobs.run(give, *args, done=self._given, failed=self._refused, title=_("正在写交换包"))

    def _given(self, given: GivenPackage) -> None:
        self.write_it.setEnabled(True)
        keep_folder(given.path)
        self._written = given.path
        said = _("已交出并核对：《{name}》，{batches:,} 个批次，{entries:,} 条。").format(
            name=given.path.name, batches=given.contents.batches, entries=given.contents.entries
        )
        self._context.notices.tell(said, Action(_("打开文件夹"), self._open_folder))
        self.leave()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    def _refused(self, error: Exception) -> None:
        self.write_it.setEnabled(True)
        if isinstance(error, UserError):
            self.wrong.setText(str(error))
            if self.by_secret.isChecked():
                again(self.first)

    def leave(self) -> None:
        """Go back, and forget the passphrase."""
        forget(self.first, self.second)
        self.shown.setChecked(False)
        self.wrong.clear()
        self.left.emit()


def _row(form: QFormLayout, title: str, part: Any) -> int:
    form.addRow(title, part)
    return form.rowCount() - 1
