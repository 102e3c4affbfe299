"""Feature engineering: what a model can see, what it must not see, and how each step fails."""
