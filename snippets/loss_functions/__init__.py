"""Loss functions: what each one's best prediction is, its gradient, and how it fails."""
