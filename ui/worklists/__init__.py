"""Working lists: which there are, who is on one, ticking, printing, reading back."""
