"""The shape of a sheet: its kind, its headers and the fields they go to, so that the same form is known when it comes again."""

import hashlib
import json

from importers.columns.mapping import Mapping
from models.records.forms import SheetKind

#: So many columns need a header, or any sheet of numbers would be like any other.
_ENOUGH = 2


def shape_of(kind: SheetKind | None, mapping: Mapping | None) -> str:
    """A digest (SHA-256) of what the columns are called and where they go; "" for a sheet that is left out or has no headers.

    Neither names nor places of sheets and files take part, nor anything below the header.
    """
    if kind is None or mapping is None:
        return ""
    columns = [[*each.key, each.field or "", each.label] for each in mapping.matches if each.header or each.field]
    if sum(bool(each.header) for each in mapping.matches) < _ENOUGH:
        return ""
    return hashlib.sha256(json.dumps([kind, columns], ensure_ascii=False).encode()).hexdigest()
