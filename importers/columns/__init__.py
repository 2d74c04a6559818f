"""What a sheet's columns are: its header, what each column is mapped to and why, which rows are data."""
