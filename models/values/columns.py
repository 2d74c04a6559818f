"""How a field is declared, and what a kind of value must be able to do.

Each record module declares each of its fields once with :func:`declare`; import, form, table, roster, export, template,
search and command line iterate :func:`columns_of`. The kinds themselves are in ``models/values/kinds.py`` and beside it.
"""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from peewee import SQL, Field, Model

from models.engine import sql
from models.language import _
from models.own_names import is_own
from models.values.problems import Problem
from models.values.taught import taught

#: What a spreadsheet cell or a form can hold, once the container's accidents are undone.
Plain = str | int | float | bool | dt.date | dt.datetime | None
#: What the register holds: text, whole number, or nothing.
Stored = str | int | None
Align = Literal["left", "center", "right"]


class Parsed(NamedTuple):
    """The outcome of reading a value: what would be stored, and what must be told about it.

    With a problem of level "error" the row is refused, and ``value`` is what a person may still choose to accept.
    """

    value: Stored
    problem: Problem | None = None

    @property
    def unread(self) -> bool:
        """True when something was written that is no value.

        An import leaves the cell out and goes on; whoever writes by hand is asked to put it right.
        """
        return self.problem is not None and self.value is None


#: Texts that mean "nothing written here" in the sheets people fill in.
BLANKS = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "／",
        "无",
        "无。",
        "空",
        "暂无",
        "不详",
        "N/A",
        "n/a",
        "NULL",
        "null",
        "None",
    }
)


class Kind:
    """A kind of value: owns every conversion between what people write, what is stored, and what is shown."""

    #: the column type in the register
    storage: ClassVar[Literal["TEXT", "INTEGER"]] = "TEXT"
    align: Align = "left"
    #: True when values of this kind are personal and masked unless a person unmasks them
    private: bool = False

    def covers(self, value: Stored) -> bool:
        """True when a part of this value is covered until a person unmasks it."""
        return self.private and value is not None

    def parse(self, plain: Plain) -> Parsed:
        """Read what a person or a sheet wrote. Blank values give ``Parsed(None)``; never raises on any input."""
        if plain is None or (isinstance(plain, str) and plain.strip() in BLANKS):
            return Parsed(None)
        return self.read(plain)

    def all_sound(self, texts: Sequence[str]) -> bool:
        """True when a look at all of these texts together shows that each of them is its own value, and nothing is to be told.

        False says nothing: each is to be parsed. For kinds whose values are nearly all different: the others are parsed once.
        """
        return False

    def read(self, plain: Plain) -> Parsed:
        """Read a value that is not blank; the part of :meth:`parse` that each kind supplies."""
        raise NotImplementedError

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """Text for a screen or a paper; "" for nothing. ``beside_birth``: the birth date stands next to it."""
        return "" if value is None else str(value)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """The value for a sheet cell or JSON; private kinds mask it when asked."""
        return value


@dataclass(frozen=True)
class Column:
    """The one declaration of a field.

    ``synonyms`` are header texts seen in the wild, besides the label. ``width`` is in Chinese characters. ``required``
    refuses a form row without it. ``derived`` fields are computed by the register and never typed or journaled.
    ``example`` is an invented value for templates. ``retired``: an own field that is no longer offered; what it holds stays.
    """

    label: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    required: bool = False
    derived: bool = False
    width: int = 8
    example: str = ""
    name: str = ""
    retired: bool = False

    @property
    def title(self) -> str:
        """The label in the language of the person."""
        return _(self.label)

    @property
    def private(self) -> bool:
        """True when its values are masked unless a person unmasks them."""
        return self.kind.private


if TYPE_CHECKING:
    _Field = Field[Any]
else:
    _Field = Field  # generic only in the stubs


class DeclaredField(_Field):
    """A peewee field made from a declaration; the declaration is at ``.declared``."""

    def __init__(self, declared: Column, **options: Any) -> None:
        super().__init__(null=True, **options)
        self.declared = declared
        self.field_type = declared.kind.storage  # type: ignore[misc]  # peewee reads it per instance as well

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Called by peewee with the attribute's name, which becomes the declaration's name."""
        super().bind(model, name, set_attribute)
        self.declared = replace(self.declared, name=name)


def declare(
    kind: Kind,
    label: str,
    *synonyms: str,
    required: bool = False,
    derived: bool = False,
    width: int = 8,
    example: str = "",
    references: str = "",
    index: bool = False,
    begins_index: bool = False,
) -> Any:
    """Declare a field of a record: returns the peewee field. ``references`` names the table whose ``uid`` it holds.

    ``begins_index``: an index over several fields begins with it, so that it needs none of its own.
    """
    column = Column(label, kind, synonyms, required, derived, width, example)
    constraints = [SQL(f'REFERENCES "{references}"(uid) DEFERRABLE INITIALLY DEFERRED')] if references else []
    collation = sql.WITHOUT_CASE if (index or begins_index) and kind.storage == "TEXT" and not references else None
    return DeclaredField(column, index=index, constraints=constraints, collation=collation)


def own_columns(record: type[Model]) -> tuple[Column, ...]:
    """The own fields of a record class in their order, those that are no longer offered too."""
    return taught().own.get(record._meta.table_name, ())


def own_turn() -> Hashable:
    """Something that is another whenever the own fields are: for whoever keeps what follows from the declarations."""
    return taught().own_told


def columns_of(record: type[Model]) -> tuple[Column, ...]:
    """The declared columns of a record class, in declared order, the register's own fields last."""
    declared = (field.declared for field in record._meta.sorted_fields if isinstance(field, DeclaredField))
    return (*declared, *own_columns(record))


def column_of(record: type[Model], name: str) -> Column:
    """The declaration of one field; KeyError when the record declares no such field."""
    if is_own(name):
        return {column.name: column for column in own_columns(record)}[name]
    field = record._meta.fields[name]
    if not isinstance(field, DeclaredField):
        raise KeyError(name)
    return field.declared
