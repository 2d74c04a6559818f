"""The year's targets, progress, what moved."""
