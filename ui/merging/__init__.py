"""Records that may be the same, merged field by field."""
