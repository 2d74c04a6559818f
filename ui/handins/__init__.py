"""Handing up (上报): which sheet, of whom, what would be refused, what was handed up, what came back."""
