"""Builds the table of known places and organisations from packages of the registries."""
