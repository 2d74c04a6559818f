"""What we know: records, their declarations, the journal, the rules. Knows neither Qt nor workbooks."""
