"""Grouping that does not chain: pure functions over scored pairs."""
