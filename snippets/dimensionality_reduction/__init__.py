"""Dimensionality reduction: the snippets, runs, figures and derivations of the topic."""
