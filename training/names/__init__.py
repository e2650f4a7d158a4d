"""Trains the names model (`extract/models/names.npz`); see `python -m training.names --help`."""
