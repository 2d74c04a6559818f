"""One module per container: bytes in, plain rows out. Runs in the reading child, never in the window's process."""
