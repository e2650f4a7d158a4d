"""Trains what evidence is worth when two articles are compared (docs/decisions/0015)."""
