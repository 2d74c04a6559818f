"""The lists of records: filters, columns, bulk actions."""
