"""How unions stand to each other, and one union's sheet."""
