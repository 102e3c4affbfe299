"""The practice of derivations in Chromium: kept line by line, wrong moves, and lines as cards."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.practice import BLOCKED, MINUTE, Visit, events, fault_free, tab_to
from tools import deck, evaluate
from tools.markdown_site import site_address
from tools.references import Reference

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.practice_fixtures"]

SHOWN = deck.derivations()
LIST = "practice/derivations/"


def moves(one: Reference) -> list[int]:
    """The lines, from 1, that have a typical wrong move."""
    return [move["line"] for move in evaluate.derivation(one.name)["wrong_moves"]]


# Four lines or more, and a wrong move, but none at line 2.
CHOSEN = next(
    one
    for one in SHOWN
    if one.page.startswith("topics/")
    and "questions" not in one.page
    and len(evaluate.derivation(one.name)["steps"]) >= 4
    and any(line > 2 for line in moves(one))
    and 2 not in moves(one)
)
STEPS = len(evaluate.derivation(CHOSEN.name)["steps"])
PAGE = site_address(f"/{CHOSEN.page}", CHOSEN.page)
HERE = f'.derivation[data-derivation="{CHOSEN.name}"]'

VARIED_PAGE = "topics/bias-variance/decomposition/"
VARIED = '.derivation[data-derivation="bias_variance/decomposition"]'
HERE_ID = "derivation-" + re.sub("[/_]", "-", CHOSEN.name)


def practice(visit: Visit) -> Page:
    page = visit.to(PAGE)
    page.locator(f"{HERE} .practice-bar button").first.click()
    page.wait_for_selector(f"{HERE}.study")
    return page


def step(line: int) -> str:
    return f'{HERE} li.step[data-line="{line}"]'


def show(page: Page, line: int, had: bool | None) -> None:
    """Show a line, and say whether one had it."""
    if line in moves(CHOSEN):
        right = page.locator(f"{step(line)} .line-option", has=right_formula(page, line))
        right.first.click()
        return
    page.locator(f"{step(line)} .step-acts button", has_text="Show the line").click()
    if had is not None:
        name = "I had it" if had else "I did not"
        page.locator(f"{step(line)} .line-judged button", has_text=name).click()


def right_formula(page: Page, line: int):
    """The right option is the one that shows the line itself."""
    text = page.locator(f"{step(line)} .step-line .math-block").first.text_content() or ""
    return page.locator(".math-block", has_text=text)


def acts(page: Page) -> list[str]:
    return [one["data"]["act"]["type"] for one in events(page, "ladder.act")]


def test_a_derivation_is_kept_line_by_line(visit: Visit) -> None:
    page = practice(visit)
    page.locator(f"{step(2)} [data-act=hint]").click()
    page.locator(f"{step(2)} .step-acts button", has_text="Show the line").click()
    fault_free(page, HERE)
    page.get_by_role("button", name="I had it").click()
    expect(page.locator(f"{step(2)} .line-judged")).to_have_text("Kept: you had it.")
    assert acts(page) == ["hint", "choose", "next"]
    assert events(page, "card.review") == []

    # A reload goes on behind what was done.
    page.reload()
    again = page.locator(HERE).get_by_role("button", name="Go on at line 3")
    again.click()
    expect(page.locator(f"{step(2)} .step-line")).to_be_visible()
    expect(page.locator(f"{step(3)} .step-line")).to_be_hidden()
    assert acts(page) == ["hint", "choose", "next"]  # showing it again records nothing

    # To the end: what was not had comes back.
    failed = []
    for line in range(3, STEPS + 1):
        had = line % 2 == 0
        show(page, line, had)
        if not had and line not in moves(CHOSEN):
            failed.append(line)
    reviews = events(page, "card.review")
    assert [one["data"]["card"] for one in reviews] == [f"step.{CHOSEN.name}.{n}" for n in failed]
    assert {one["data"]["rating"] for one in reviews} <= {1}
    status = page.locator(f"{HERE} .practice-bar [role=status]")
    expect(status).to_contain_text(f"{STEPS - 1} lines:")
    expect(status).to_contain_text(f"1 with hints, {len(failed)} to come back")
    fault_free(page, HERE)
    page.reload()
    expect(status).to_contain_text(f"1 with hints, {len(failed)} to come back")

    # The list knows it.
    visit.to(LIST)
    expect(page.locator("[data-tool]")).to_contain_text(f"finished 1 of {len(SHOWN)} derivations")
    note = page.locator(".derivation-state:not(:empty)")
    expect(note).to_have_count(1)
    expect(note).to_contain_text(f"{len(failed)} to come back")
    fault_free(page)

    # Practicing again starts anew.
    visit.to(PAGE)
    page.locator(f"{HERE} .practice-bar button").first.click()
    page.wait_for_selector(f"{HERE}.study")
    expect(page.locator(f"{step(2)} .step-acts")).to_be_visible()
    assert acts(page)[-1] == "restart"


def test_a_wrong_move_says_where_it_breaks_and_becomes_a_card(visit: Visit) -> None:
    line = next(one for one in moves(CHOSEN) if one > 2)
    page = practice(visit)
    for number in range(2, line):
        show(page, number, True)
    choice = page.locator(f"{step(line)} .line-choice")
    expect(choice).to_be_visible()
    options = choice.locator(".line-option")
    assert options.count() == 1 + moves(CHOSEN).count(line)
    assert options.locator("math").count() == options.count()
    fault_free(page, HERE)
    text = page.locator(f"{step(line)} .step-line .math-block").first.text_content()
    wrong = next(one for one in options.all() if one.text_content() != text)
    wrong.click()
    expect(choice.locator("[role=status]")).to_contain_text("This breaks:")
    expect(wrong).to_be_disabled()
    fault_free(page, HERE)
    assert acts(page)[-1] == "choose"
    show(page, line, None)
    expect(page.locator(f"{step(line)} .line-judged")).to_contain_text("flash card")
    (review,) = events(page, "card.review")
    assert review["data"]["card"] == f"step.{CHOSEN.name}.{line}"
    assert review["data"]["source"] == "ladder"
    assert "<" not in review["data"]["made"]["front"]  # text, since copies are read from files

    # The card asks for the line, with its mathematics.
    visit.later(2 * MINUTE)
    page = visit.to("practice/flash-cards/")
    expect(page.locator(".cards-count")).to_contain_text("1 due")
    page.get_by_role("button", name="Start").click()
    page.wait_for_selector(".cards-reveal:enabled")
    expect(page.locator(".cards-question")).to_have_text("What is the next line?")
    assert page.locator(".cards-card > div math").count() > 0
    page.locator(".cards-reveal").click()
    assert page.locator(".cards-answer math").count() > 0
    link = page.get_by_role("link", name="The whole derivation").get_attribute("href")
    assert str(link).endswith(f"{PAGE}#{HERE_ID}")
    fault_free(page)

    # It can be taken back on the page.
    page = practice(visit)
    show(page, 2, had=False)
    page.get_by_role("button", name="No card").click()
    assert events(page)[-1]["type"] == "undo"


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.to(PAGE)
    page.locator(f"{HERE} .practice-bar button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{HERE}.study")
    tab_to(page, "A hint")
    page.keyboard.press("Enter")
    tab_to(page, "Show the line")
    page.keyboard.press("Enter")
    tab_to(page, "I had it")
    page.keyboard.press("Enter")
    assert acts(page) == ["hint", "choose", "next"]
    # The focus went on to line 3.
    assert page.evaluate("s => document.querySelector(s).contains(document.activeElement)", step(3))


def test_lines_passed_without_a_word_make_no_card(visit: Visit) -> None:
    page = practice(visit)
    for line in range(2, STEPS + 1):
        show(page, line, None)
    assert events(page, "card.review") == []
    assert "reveal" in acts(page)


def test_blocked_storage(context: BrowserContext, base: str) -> None:
    visit = Visit(context, base)
    visit.page.add_init_script(BLOCKED)
    page = practice(visit)
    expect(page.locator(f"{HERE} .study-banner")).to_contain_text("keeps nothing for this site")
    show(page, 2, True)
    assert set(visit.notes.errors) <= {"no", "SecurityError: no"}  # the theme's own storage


def test_a_variant_takes_any_equivalent_form_and_is_kept(visit: Visit) -> None:
    page = visit.to(VARIED_PAGE)
    variant = page.locator(f"{VARIED} .variant").first
    field = variant.get_by_role("textbox", name="Your formula")
    said = variant.locator("[role=status]")

    field.fill("")
    field.press("Enter")
    expect(said).to_have_text("Type a formula first.")
    field.fill("b + nonsense")
    field.press("Enter")
    expect(said).to_contain_text('Not yet. "nonsense" is not a name here')
    wrong = variant.locator("details.wrong-answer").first
    field.fill(f"1*({wrong.get_attribute('data-formula')})")
    variant.get_by_role("button", name="Check").click()
    expect(said).to_contain_text("it gives")
    reason = wrong.locator("p").last.text_content() or ""
    expect(said).to_contain_text(reason)
    fault_free(page, VARIED)
    assert variant.get_attribute("data-had") is None

    answer = variant.locator("details.variant-answer code").first.text_content()
    field.fill(f"({answer})·4/4 + 0.5 - 1/2")
    field.press("Enter")
    expect(said).to_contain_text("Right. The values agree")
    expect(variant.locator("details.variant-answer")).to_have_attribute("open", "")
    expect(variant).to_have_attribute("data-had", "")
    fault_free(page, VARIED)
    kept = [one["data"]["act"] for one in events(page, "ladder.act")]
    assert [(act["type"], act["number"], act["right"]) for act in kept] == [
        ("variant", 1, False), ("variant", 1, False), ("variant", 1, True),
    ]  # fmt: skip

    page.reload()
    expect(page.locator(f"{VARIED} .variant").first).to_have_attribute("data-had", "")
    expect(page.locator(f"{VARIED} .variant").nth(1)).not_to_have_attribute("data-had", "")
    visit.to(LIST)  # a variant alone does not begin a derivation
    expect(page.locator("[data-tool]")).to_contain_text("finished 0 of")
    expect(page.locator(".derivation-state:not(:empty)")).to_have_count(0)


def test_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + LIST)
    links = page.locator("article li a[href*='#derivation-']")
    assert links.count() == len(SHOWN)
    for address in links.evaluate_all("all => all.map(a => a.href)")[:3]:
        page.goto(address)
        target = page.locator(f"#{address.split('#')[1]}")
        assert target.locator("li.step .step-line").first.is_visible()
        assert target.locator("details.step-hint").first.is_visible()
    page.goto(base + VARIED_PAGE)
    assert page.locator(f"{VARIED} .variant details.variant-answer").first.is_visible()
    context.close()


def test_every_line_of_every_derivation_is_in_the_deck(site: Path) -> None:
    steps = {}
    for path in (site / "assets" / "deck").glob("*.json"):
        steps |= json.loads(path.read_text("utf-8"))["steps"]
    wanted = {
        f"step.{one.name}.{line}"
        for one in SHOWN
        for line in range(2, len(evaluate.derivation(one.name)["steps"]) + 1)
    }
    assert set(steps) == wanted
    for step_card in steps.values():
        assert "<math" in step_card["before"]
        assert "<math" in step_card["back"]
