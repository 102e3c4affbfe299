"""Probabilistic ML: the snippets, runs, figures and derivations of the topic."""
