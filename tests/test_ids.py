"""Ids of questions are permanent: what a release held is still there, or says where it went."""

from tools import anki, facts, questions, study_data


def vanished(released: set[str], present: set[str], moved: dict[str, str | None]) -> set[str]:
    """Return the ids that a release held and that lead nowhere now."""
    return {
        one
        for one in released - present
        if one not in moved or not (moved[one] is None or moved[one] in present)
    }


def test_no_id_vanishes() -> None:
    released = {one for one, entry in anki.ledger().items() if not entry.get("retired")}
    present = {one.id for one in questions.collect()}
    assert released, "no release has been written: python -m tools.release"
    assert vanished(released, present, study_data.redirects()) == set()


def test_no_page_of_a_topic_vanishes() -> None:
    """Readers' states hang on these: a renamed page keeps its `id`, a removed one is redirected."""
    present = study_data.page_ids(facts.read())
    assert vanished(study_data.released_pages(), present, study_data.redirects()) == set()


def test_a_vanished_id_is_noticed() -> None:
    assert vanished({"a", "b"}, {"b"}, {}) == {"a"}
    assert vanished({"a", "b"}, {"b"}, {"a": "c"}) == {"a"}
    assert vanished({"a", "b"}, {"b"}, {"a": "b"}) == set()
    assert vanished({"a"}, set(), {"a": None}) == set()


def test_an_id_is_never_used_again() -> None:
    present = {one.id for one in questions.collect()}
    assert present & set(study_data.redirects()) == set()
