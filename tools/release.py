"""Write what a release holds, once for each: `python -m tools.release`."""

import json

from tools import anki, facts, questions, study_data


def main() -> None:
    """Record the hash and the time of every card, and the ids of the pages, as they are now."""
    anki.release(questions.collect())
    ids = sorted(study_data.page_ids(facts.read()) | study_data.released_pages())
    study_data.PAGE_IDS.write_text(json.dumps(ids, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
