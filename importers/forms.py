"""The forms, for the importer's modules."""

from models.forms import EMPLOYERS, FORMS, HEADCOUNTS, LEDGER, UNIONS, WORKERS, Form, FormField, SheetKind

__all__ = ["EMPLOYERS", "FORMS", "HEADCOUNTS", "LEDGER", "UNIONS", "WORKERS", "Form", "FormField", "SheetKind"]
