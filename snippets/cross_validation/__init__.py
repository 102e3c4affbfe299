"""Cross-validation: splits that imitate use, and what their scores are worth."""
