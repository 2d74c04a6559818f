"""Things that stand."""
