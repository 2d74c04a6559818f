"""What is still readable of a damaged register, written into a new one."""
