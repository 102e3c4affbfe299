"""Write the ledger of the deck, once for each release: `python -m tools.release`."""

from tools import anki, questions


def main() -> None:
    """Record the hash and the time of every card as it is now."""
    anki.release(questions.collect())


if __name__ == "__main__":
    main()
