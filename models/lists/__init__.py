"""Lists and search: which records, in which order, by which conditions."""
