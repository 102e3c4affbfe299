"""Where things lie in the project."""

from snippets.fingerprint import ROOT

DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
TOPICS = DOCS / "topics"

__all__ = ["DOCS", "ROOT", "SNIPPETS", "TOPICS"]
