"""What the law and the statutes ask for, as far as the register can tell."""
