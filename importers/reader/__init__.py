"""Workbooks are read by a child process with limits: the child, its parent, and what goes between them."""
