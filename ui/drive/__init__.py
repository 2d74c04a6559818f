"""The drive: lists, board, the file of an employer, visits, founding."""
