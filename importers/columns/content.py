"""Which field a column may hold by what stands in its cells, where its header does not tell."""

import re
from collections import Counter
from collections.abc import Sequence

from importers.columns.text import FieldCandidate
from models.records.forms import Form, FormField
from models.values.columns import BLANKS, Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.kinds import Choice
from models.values.marks import FAMILY_NAMES
from models.values.names import is_union_name

_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,10}·[\u3400-\u9fff]{2,10}")
_ORGANIZATION = re.compile(
    r".{2,}(?:公司|厂|店|中心|学校|小学|中学|幼儿园|医院|事务所|研究所|经营部|营业部|合作社|工作室|集团|企业|商行|酒店|协会|超市|门诊部|诊所|分行|支行)"
    r"(?:[(（].{1,12}[)）])?$"
)
_COUNT = re.compile(r"\s*\d{1,7}(?:\.0)?\s*[人名]?\s*")
#: The field of each form that names unions, and that for other organizations.
_UNION_NAMES = {
    "workers": "union", "employers": "union", "unions": "name", "headcounts": "subject", "officers": "union", "ledger": "union",
    "sites": "union",
}  # fmt: skip
_UNIT_NAMES = {
    "workers": "employer", "employers": "name", "unions": "employer", "headcounts": "subject", "officers": "union",
    "ledger": "organization",
}  # fmt: skip
#: So many cells of which none is of a kind: the column is not.
_ENOUGH_TO_DOUBT = 12

def filled(values: Sequence[Plain]) -> list[Plain]:
    """The cells of a column that say something."""
    return [value for value in values if value is not None and not (isinstance(value, str) and value.strip() in BLANKS)]


def by_content(form: Form, values: Sequence[Plain], named: bool) -> FieldCandidate | None:
    """The field that a column's cells speak of, or None.

    ``named``: the column has a header, though an unknown one; then only what cannot be mistaken counts, and names of
    persons and units, which count once where no other column holds them.
    """
    cells = filled(values)[:200]
    if not cells:
        return None
    return _by_numbers(form, cells) or _by_lists(form, cells, named) or _by_names(form, cells)


def agrees(field: FormField, values: Sequence[Plain]) -> bool:
    """True when at least half of a column's cells can be read as the field; also of an empty column."""
    cells = filled(values)[:200]
    return not cells or _share(cells, field) >= 0.5


def are_counts(values: Sequence[Plain]) -> bool:
    """True for a column of whole numbers and nothing else."""
    cells = filled(values)[:200]
    return bool(cells) and all(_COUNT.fullmatch(str(cell)) for cell in cells)


def is_organization(text: str) -> bool:
    """True for the name of a company, a shop, a school or another organization that is no union."""
    return bool(_ORGANIZATION.match(text))


def _first(form: Form, kind: type) -> FormField | None:
    return next((field for field in form.fields if isinstance(field.column.kind, kind)), None)


def _share(cells: Sequence[Plain], field: FormField) -> float:
    """The share of cells that the field's kind reads without any problem."""
    parse = field.column.kind.parse
    read = fine = 0
    for cell, count in Counter(cells).items():
        parsed = parse(cell)
        read += count
        fine += count if parsed.problem is None and parsed.value is not None else 0
        if read >= _ENOUGH_TO_DOUBT and not fine:
            return 0
    return fine / read


def _by_numbers(form: Form, cells: Sequence[Plain]) -> FieldCandidate | None:
    """Identity numbers, credit codes, mobile phones."""
    code = code_field(form, cells)
    number = _first(form, IdNumber)
    # an all-digit credit code may pass the identity number's check digit, but seldom two of them
    if number and (share := _share(cells, number)) >= 0.6:
        return FieldCandidate(number.name, "content", round(0.9 * share, 2))
    if code:
        return FieldCandidate(code, "content", 0.85)
    phone = _first(form, Phone)
    mobile = [cell for cell in cells if re.fullmatch(r"\s*1[3-9]\d{9}\s*", str(cell).replace(".0", ""))]
    if phone and len(cells) > 1 and len(mobile) >= 0.8 * len(cells):
        return FieldCandidate(phone.name, "content", round(0.7 * len(mobile) / len(cells), 2))
    return None


def code_field(form: Form, values: Sequence[Plain]) -> str | None:
    """The field of a form for the credit codes of a column: a union's when most begin with 81; None for other cells."""
    cells = filled(values)
    any_code = CreditCode(of="any")
    codes = [value for cell in cells if isinstance(cell, str) and isinstance(value := any_code.parse(cell).value, str)]
    if not codes or len(codes) < 0.6 * len(cells):
        return None
    owner = "union" if 2 * sum(code.startswith("81") for code in codes) > len(codes) else "employer"
    fields = [field for field in form.fields if isinstance(field.column.kind, CreditCode)]
    return next((field.name for field in fields if getattr(field.column.kind, "of", "") in (owner, "any")), None)


def _by_lists(form: Form, cells: Sequence[Plain], named: bool) -> FieldCandidate | None:
    """Labels of one code list, and of no other list of the form."""
    if len(cells) < 3 or not all(isinstance(cell, str) for cell in cells[:3]):
        return None
    lists = [field for field in form.fields if isinstance(field.column.kind, Choice)]
    fitting = [field for field in lists if _share(cells, field) >= 0.9]
    if len(fitting) == 1 and (not named or fitting[0].name in ("sex", "ethnicity", "occupation_group")):
        return FieldCandidate(fitting[0].name, "content", 0.6)
    return None


def _by_names(form: Form, cells: Sequence[Plain]) -> FieldCandidate | None:
    """Names of unions, of other organizations, of persons."""
    texts = ["".join(cell.split()) for cell in cells if isinstance(cell, str)]
    if len(texts) < 0.8 * len(cells):
        return None
    if sum(map(is_union_name, texts)) >= 0.7 * len(texts):
        field = _UNION_NAMES[form.kind]
        return FieldCandidate(field, "content", 0.6)
    if sum(bool(_ORGANIZATION.match(text)) for text in texts) >= 0.7 * len(texts):
        field = _UNIT_NAMES.get(form.kind, "")
        return FieldCandidate(field, "content", 0.6) if field else None
    persons = [text for text in texts if _NAME.fullmatch(text) and text[0] in FAMILY_NAMES]
    several = len(texts) > 2 and len(persons) >= 0.8 * len(texts) and len(set(persons)) >= 0.6 * len(persons)
    return FieldCandidate("name", "content", 0.5) if several and form.kind == "workers" else None
