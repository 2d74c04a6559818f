"""The hash that chains the entries of the trail: what it is made of."""

import hashlib
import json
from collections.abc import Sequence

#: Begins the text that is hashed: another text, should the fields ever become others, begins otherwise.
_BEGINS = "jianhui-trail-1"


def fingerprint(values: Sequence[str | int | None]) -> str:
    """The SHA-256, as 64 hex digits, of an entry's values in the order of ``entry.FIELDS``: the previous hash is one of them.

    Their canonical text is compact JSON in UTF-8: a list that begins with the name of the text's form.
    """
    plain = [int(value) if isinstance(value, bool) else value for value in values]
    text = json.dumps([_BEGINS, *plain], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
