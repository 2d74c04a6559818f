from pytestqt.qtbot import QtBot
from models.editing.officers import enter_officer
from tests.aids.case_world import union, employer
from tests.aids.speaking import TODAY
from tests.aids.waiting import wait_for_jobs
from tests.figures.test_indicators import person
from tests.standing.test_counts import WRITTEN, ranged
from models.editing.count_entry import counts_of, enter_count
from ui.record.counts import CountsView
from ui.drive.page import DrivePage
from tests.ui.record.test_officers import view_of, typed, fill
from ui.settings.page import SettingsPage
from ui.kit import theme
def test_shots(qtbot, context, author):
    uid = union(author, "甲公司工会")
    person(author, ("入会", uid, "2021-01-02"), name="赵示例")
    view = view_of(qtbot, context, uid)
    view.grab().save('/tmp/shots/off0.png')
    for name, body, post, until in (("赵示例","工会委员会","主席",""),("钱示例","工会委员会","副主席",""),("孙示例","经费审查委员会","主任",""),("李示例","女职工委员会","女职工主任","2026-02-01")):
        enter_officer(uid, {"name": name, "body": body, "post": post, "since": "2024-05-01", "until": until, "term": "第二届", "phone":"19900000003"}, author, TODAY)
    fill(view, uid); typed(view, name="赵示例")
    view.grab().save('/tmp/shots/off1.png')
    view.table.selectRow(0); view.correct.click(); view.grab().save('/tmp/shots/off2.png')
    for name, written in WRITTEN.items(): ranged(author, "重庆某某机械有限公司"+name, written)
    page = DrivePage(context); qtbot.addWidget(page); page.resize(1200,700); page.show(); wait_for_jobs(qtbot, context)
    page.grab().save('/tmp/shots/drive.png')
    page.funnel.choose("possible"); wait_for_jobs(qtbot, context); page.grab().save('/tmp/shots/drive2.png')
    e = employer(author, "乙", staff=None)
    for d,s,c in (("2026-06","税务","40"),("2026-06","社保","20-30"),("","单位申报","50")):
        enter_count("employer", e, {"as_of": d, "source": s, "staff_count": c}, author, TODAY)
    cv = CountsView(TODAY); qtbot.addWidget(cv); cv.resize(470,600); cv.show_counts(counts_of(e)); cv.show(); cv.grab().save('/tmp/shots/counts.png')
    sp = SettingsPage(context); qtbot.addWidget(sp); sp.resize(1100,700); sp.show(); sp.sections.open("人数来源"); sp.grab().save('/tmp/shots/settings.png')
