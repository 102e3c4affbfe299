"""Optimization: how far to step, in which direction, and what goes wrong on the way."""
