"""Who is meant at a terminal: a person by uid, or by the number of a document."""

from models.engine import database
from models.errors import UserError
from models.language import _
from models.people.traces import one_person
from models.records.worker import Worker
from models.values.ids import clean_number

#: Namesakes of a number that a sentence mentions.
_MENTIONED = 5


def find_person(uid: str, number: str) -> str:
    """The uid of a person given by uid, or by the whole number. UserError for nobody, several, neither or both."""
    if bool(uid) == bool(number):
        raise UserError(_("请写记录标识，或者用 --id 写证件号码（两样写一样）。"))
    if uid:
        return one_person(uid)[0]
    found = [each for (each,) in database.fetch_in(Worker, "id_number", [clean_number(number)], ["uid"])]
    if not found:
        raise UserError(_("登记册里没有这个证件号码的人。"))
    if len(found) > 1:
        shown = _("、").join(found[:_MENTIONED])
        raise UserError(_("有 {count} 条记录是这个证件号码：{uids}。请写其中一个记录标识，或者先合并。").format(count=len(found), uids=shown))
    return str(found[0])
