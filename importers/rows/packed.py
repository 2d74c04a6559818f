"""Values by field name in little room: a tuple of them, beside a tuple of names that all values of the same shape share.

A dict takes three times the room, and an import keeps several for each of its rows until it is applied.
"""

from collections.abc import Mapping
from typing import Any

#: (names, values in their order)
Packed = tuple[tuple[str, ...], tuple[Any, ...]]

_shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
#: Shapes that are shared at most; a sheet whose rows each lack other cells must not fill the memory with them for ever.
_MOST_SHAPES = 10_000


def pack(values: Mapping[str, Any]) -> Packed:
    """The values in little room."""
    names = tuple(values)
    shape = _shapes.get(names)
    if shape is None:
        shape = names
        if len(_shapes) < _MOST_SHAPES:
            _shapes[names] = names
    return shape, tuple(values.values())


def unpack(packed: Packed) -> dict[str, Any]:
    """The values as they were packed: a new dict each time."""
    return dict(zip(*packed, strict=True))
