"""Bias and variance: the snippets, runs, figures and derivations of the topic."""
