"""What people change by hand: fields, many at once, places, coverage, mistakes, the register's own words."""
