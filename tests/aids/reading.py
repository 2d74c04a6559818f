"""How the tests of kinds speak of what was read."""

from models.values.columns import Kind, Plain


def read(kind: Kind, plain: Plain) -> tuple[object, str]:
    """The value and the problem's code."""
    value, problem = kind.parse(plain)
    return value, problem.code if problem else ""
