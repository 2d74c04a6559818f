"""Papers that are drawn: the tree of the unions, the page of a town."""
