"""How fast the program is, measured on invented workbooks of any size."""
