"""Ensemble methods: averaging, boosting and stacking, each part small enough to check."""
