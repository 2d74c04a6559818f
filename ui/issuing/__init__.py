"""Papers of founding and joining: prefilled, changed before printing, issued."""
