"""The engine behind the register: the encrypted file, its transactions, and what a record is to it."""
