"""The first page: the year's numbers, what is to be done, charts."""
