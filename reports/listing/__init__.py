"""Lists of the register on paper as a person wishes them: any list, any choice of it, in any layout."""
