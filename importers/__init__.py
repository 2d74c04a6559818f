"""What we are given: from the bytes of a workbook to a plan, and from the plan to the register. Knows neither Qt nor reports."""
