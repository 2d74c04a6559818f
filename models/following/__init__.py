"""Everything that follows a write, gathered: above all packages that own some of it."""
