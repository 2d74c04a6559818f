"""Rules and terms that can be checked."""
