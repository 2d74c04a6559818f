"""A register from a laptop's file to an office's server and back, whole or a town's share; an office's backups and check-up."""
