"""Handling imbalance: costs, priors and resampling, and how to repair what they change."""
