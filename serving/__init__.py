"""Releases of the warehouse, and short ways to read the current one."""
