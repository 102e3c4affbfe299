"""Interview questions: the snippets, runs, figures and derivations of the topic."""
