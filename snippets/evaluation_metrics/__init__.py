"""Evaluation metrics: what each number counts, what it hides, and how sure it is."""
