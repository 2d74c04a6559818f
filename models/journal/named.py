"""Uids of what people add by name: two laptops that add the same thing speak of one record."""

from models.journal import entries
from models.uid import keyed_uid, new_uid, uid_beside


def named_uid(*words: str) -> str:
    """The uid of what is called so, the same on every laptop; another one where the log has spoken of that already."""
    return _unless_used(keyed_uid(*words))


def uid_for(uid: str, what: str) -> str:
    """The uid of what there is once for a record, the same on every laptop; it sorts as the record's own. As above."""
    return _unless_used(uid_beside(uid, what))


def _unless_used(uid: str) -> str:
    return uid if next(iter(entries.of_records([uid], ("field",))), None) is None else new_uid()
