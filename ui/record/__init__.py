"""One record beside its list: form, ties, history."""
