"""The work ledger."""
