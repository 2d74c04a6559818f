"""From the rows of a sheet to rows of values, with all that is wrong with them. Nothing here asks the register."""
