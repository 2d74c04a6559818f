"""Numbers: each indicator declared once, counted for places, periods and days; targets, progress, what moved."""
