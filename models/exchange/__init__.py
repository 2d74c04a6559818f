"""Laptops that meet: what one gives to another in a package, what it takes, and what a person must decide then."""
