"""The work ledger: its kinds and its entries."""
