"""Things that stand (阵地): their kinds, and what is entered of them by hand."""
