"""Kinds of value: how each is read, kept, shown and masked; names, numbers, days, code lists, pinyin."""
