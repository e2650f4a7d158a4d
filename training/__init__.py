"""Trains the models that nights use; runs in an environment of its own."""
