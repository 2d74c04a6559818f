"""Importing, step by step."""
