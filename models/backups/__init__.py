"""Backups of the register: made and read back, listed, thinned, taken to a second place, and restored all or nothing."""
