"""Records that may be the same: found, merged, told apart."""
