"""Laptops that meet (交换): packages given and taken, what came with them, and what a person must decide."""
