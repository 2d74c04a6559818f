"""What laws and the plan lay down as tables: sizes of committees, the stages of founding a union and their papers."""
