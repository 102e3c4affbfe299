"""The mock interview in Chromium: rubric, ladder, clock, report, and what it does to the cards."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.practice import (
    BLOCKED,
    MINUTE,
    Processor,
    Visit,
    events,
    fault_free,
    focused,
    heavy_year,
    tab_to,
    write_log,
)
from tools import questions

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.practice_fixtures"]

MOCK = "practice/mock-interview/"
QUESTIONS = {one.id: one for one in questions.collect()}


def begin(page: Page, preset: str = "Full exam", time: str = "as given") -> list[str]:
    """Start an interview; returns its questions."""
    page.get_by_label(re.compile(preset)).check()
    page.get_by_label("Time").select_option(label=time)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("[data-key=aloud]")
    return list([act["questions"] for act in acts(page) if act["type"] == "start"][-1])


def acts(page: Page) -> list[dict[str, Any]]:
    return [one["data"]["act"] for one in events(page, "mock.act")]


def tick(page: Page, *keys: str) -> None:
    for key in keys:
        page.locator(f'[data-key="{key}"]').check()


def score(page: Page, *keys: str) -> str:
    """Answer aloud, tick, score; returns the result."""
    page.locator("[data-key=aloud]").click()
    tick(page, *keys)
    page.locator("[data-key=score]").click()
    return page.locator(".mock-result").inner_text()


def every_check(identifier: str) -> list[str]:
    return [f"check.{index}" for index in range(len(QUESTIONS[identifier].checks))]


def test_an_interview_with_the_mouse(visit: Visit) -> None:
    page = visit.to(MOCK)
    expect(page.get_by_label(re.compile("Full exam"))).to_be_checked()
    expect(page.get_by_text("20 questions, 30 minutes.")).to_be_visible()
    fault_free(page)
    asked = begin(page)
    assert len(asked) == len(set(asked)) == 20
    assert {QUESTIONS[one].level for one in asked} == {"know", "explain", "derive", "design"}
    expect(page.locator(".mock-clock")).to_have_text("30:00")

    # Nothing of the rubric is in the page before an answer is committed.
    expect(page.get_by_role("button", name="Commit my answer")).to_be_disabled()
    assert page.locator(".mock-rubric, .mock-samples").count() == 0
    first = QUESTIONS[asked[0]]
    fault_free(page)
    page.get_by_label("Answer aloud, or in writing").fill("It is the scatter of the fits.")
    page.get_by_role("button", name="Commit my answer").click()
    expect(page.locator(".mock-rubric legend").first).to_be_focused()
    assert page.locator('[data-key^="check."]').count() == len(first.checks)
    assert page.locator('[data-key^="fatal."]').count() == len(first.fatal)
    assert page.locator(".mock-samples").count() == 0
    fault_free(page)

    # Every check: full score, the hardest follow-up; not had: one down; then the page.
    tick(page, *every_check(asked[0]))
    page.get_by_role("button", name="This is my score").click()
    expect(page.locator(".mock-result")).to_contain_text("100%")
    if first.mock:
        assert page.locator(".mock-samples summary").all_inner_texts() == [
            "A weak answer",
            "A solid answer",
            "A strong answer",
        ]
    ladder = [re.findall(r"\*\*(.+?)\*\*", text)[0] for text in first.follow_ups]
    plain = [re.sub(r"[$`\\{}]", "", text)[:12] for text in ladder]
    expect(page.locator(".mock-asked")).to_contain_text(plain[-1])
    expect(page.get_by_role("button", name="I had it")).to_be_hidden()
    page.get_by_role("button", name="Show the answer").click()
    fault_free(page)
    page.get_by_role("button", name="I did not").click()
    expect(page.locator(".mock-asked")).to_contain_text(plain[-2])
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="I had it").click()
    expect(page.locator(".mock-next")).to_have_text("1 follow-up of 2 held.")
    end = page.get_by_role("link", name="The whole answer, on its page")
    assert f"#{asked[0]}" in str(end.get_attribute("href"))
    assert page.request.get(str(end.get_attribute("href"))).ok

    # A fatal error caps the score and leads to the counterexample.
    page.get_by_role("button", name="Next question").click()
    page.wait_for_selector("[data-key=aloud]")
    assert "capped by a fatal error" in score(page, *every_check(asked[1]), "fatal.0")
    expect(page.locator(".mock-result")).to_contain_text("40%")
    expect(page.get_by_role("heading", name="Are you sure?")).to_be_visible()
    expect(page.locator(".mock-wrong")).not_to_be_empty()
    fault_free(page)
    page.get_by_role("button", name="I see what breaks it").click()
    expect(page.get_by_role("heading", name="Are you sure?")).to_have_count(0)

    # Nothing ticked; one left open; one committed and not scored; the rest unseen.
    page.get_by_role("button", name="Next question").click()
    page.wait_for_selector("[data-key=aloud]")
    assert "0%" in score(page)
    page.get_by_role("button", name="Next question").click()
    page.wait_for_selector("[data-key=aloud]")
    page.get_by_role("button", name="Leave it open").click()
    page.wait_for_selector("[data-key=aloud]")
    page.locator("[data-key=aloud]").click()
    page.get_by_text("All 20 questions").click()
    fault_free(page)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("16 questions without an answer will count nowhere")).to_be_visible()
    page.get_by_role("button", name="Not yet").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Finish now").click()

    # The report, and what it did.
    expect(page.get_by_role("heading", name="Your report")).to_be_focused()
    expect(page.locator(".mock-total")).to_contain_text("3 questions of 20 scored")
    expect(page.get_by_text("15 not seen, 1 not answered, 1 not scored")).to_be_visible()
    heads = page.locator(".mock-table thead th:first-child").all_inner_texts()
    assert heads == ["Topic", "Level", "Round"]
    pages = page.locator(".mock-pages a").evaluate_all("all => all.map(a => a.href)")
    assert len(pages) == 3
    assert [url.split("#")[1] for url in pages][:2] == [asked[2], asked[1]]
    reviews = events(page, "card.review")
    assert [(one["data"]["card"], one["data"]["rating"]) for one in reviews] == [
        (asked[1], 1),
        (asked[2], 1),
    ]
    assert {one["data"]["source"] for one in reviews} == {"mock"}
    passed = {one["data"]["topic"] for one in events(page, "mark.set")}
    topics = {QUESTIONS[one].folder for one in asked[:3]}
    failed = {QUESTIONS[one].folder for one in asked[1:3]}
    assert passed == topics - failed
    fault_free(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    text = download.value.path().read_text("utf-8")
    assert "It is the scatter of the fits." in text
    assert "## Level" in text
    page.evaluate("window.print = () => { window.printed = document.body.dataset.printOnly; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == "study"
    page.emulate_media(media="print")
    assert page.locator("article > h2").first.is_hidden()
    assert page.get_by_role("heading", name="Your report").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Another interview").click()
    expect(page.get_by_text("2026-03-02, 3 of 20 questions scored")).to_be_visible()
    visit.reload()
    page.locator(".mock-earlier button").click()
    expect(page.locator(".mock-total")).to_contain_text("3 questions of 20 scored")
    assert len(events(page, "card.review")) == 2  # looking again changes nothing


def test_the_clock_jumps_and_a_reload_goes_on(visit: Visit) -> None:
    page = visit.to(MOCK)
    begin(page, "Warm-up")
    clock, said = page.locator(".mock-clock"), page.locator(".study-said").first
    expect(clock).to_have_text("10:00")
    visit.later(5 * MINUTE)  # the lid was closed for five minutes
    expect(clock).to_have_text("5:00")
    expect(said).to_have_text("5 minutes left.")
    page.get_by_label("Answer aloud, or in writing").fill("half an answer")
    page.reload()
    page.wait_for_selector("[data-key=aloud]")
    expect(clock).to_have_text("5:00")
    expect(page.get_by_label("Answer aloud, or in writing")).to_have_value("half an answer")
    visit.later(4 * MINUTE)
    expect(clock).to_have_text("1:00")
    expect(said).to_have_text("1 minute left.")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. The question is covered")).to_be_visible()
    assert page.locator("textarea:visible").count() == 0
    fault_free(page)
    visit.later(30 * MINUTE)
    expect(clock).to_have_text("1:00")
    page.get_by_role("button", name="Go on").click()
    visit.later(2 * MINUTE)
    expect(clock).to_have_text("over by 1:00")
    expect(said).to_contain_text("Nothing was submitted")
    expect(page.locator(".mock-over")).to_be_visible()
    fault_free(page)
    assert not {act["type"] for act in acts(page)} & {"finish", "commit"}
    expect(page.get_by_label("Answer aloud, or in writing")).to_have_value("half an answer")
    page.get_by_role("button", name="5 more minutes").click()
    expect(clock).to_have_text("5:00")
    expect(page.locator(".mock-over")).to_be_hidden()
    page.get_by_role("button", name="+5 min").click()
    expect(clock).to_have_text("10:00")
    visit.later(-60 * MINUTE)  # a clock that was set back grants nothing
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    minutes = int(clock.inner_text().split(":")[0])
    assert minutes <= 20
    page.get_by_role("button", name="No clock").click()
    expect(clock).to_have_text("no clock")
    assert "half an answer" in page.get_by_label("Answer aloud, or in writing").input_value()


def test_time_can_be_stretched_or_left_out_before_the_start(visit: Visit) -> None:
    page = visit.to(MOCK)
    times = page.get_by_label("Time").locator("option").all_inner_texts()
    assert times == [
        "as given", "half as much again", "twice", "three times", "five times", "ten times",
        "no clock",
    ]  # fmt: skip
    begin(page, "Warm-up", "ten times")
    expect(page.locator(".mock-clock")).to_have_text("100:00")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Finish now").click()
    expect(page.locator(".mock-total")).to_contain_text("Nothing was scored")
    assert events(page, "card.review") == []
    assert page.locator(".mock-pages a").count() == 3
    page.get_by_role("button", name="Another interview").click()
    begin(page, "Phone", "no clock")
    expect(page.locator(".mock-clock")).to_have_text("no clock")
    visit.later(500 * MINUTE)
    expect(page.locator(".mock-over")).to_be_hidden()


def test_an_interview_by_keyboard_alone(visit: Visit) -> None:
    page = visit.to(MOCK)
    tab_to(page, "preset.capstone")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label(re.compile("Warm-up"))).to_be_checked()
    tab_to(page, "begin")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-key=aloud]")
    for key in ("n", "p", "s", "f", ".", ",", "/"):  # the theme's keys would leave the interview
        page.keyboard.press(key)
    assert page.url.endswith(MOCK)
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of 5")).to_be_visible()
        if number == 1:
            page.keyboard.press("Tab")
            assert focused(page).startswith("text.")
            page.keyboard.type("n p s: an answer")
            tab_to(page, "commit")
        else:
            tab_to(page, "aloud")
        page.keyboard.press("Enter")
        expect(page.locator(".mock-rubric legend").first).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page.locator('[data-key="check.0"]')).to_be_checked()
        tab_to(page, "score")
        page.keyboard.press("Enter")
        expect(page.locator(".mock-result")).to_be_focused()
        tab_to(page, "follow")
        page.keyboard.press("Enter")
        tab_to(page, "had")
        page.keyboard.press("Enter")
        tab_to(page, "next" if number < 5 else "finish")
        page.keyboard.press("Enter")
        if number < 5:
            page.wait_for_selector("[data-key=aloud]")
    expect(page.get_by_role("heading", name="Your report")).to_be_focused()
    expect(page.locator(".mock-total")).to_contain_text("5 questions of 5 scored")


def test_the_clock_covers_nothing_that_has_the_focus(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.to(MOCK)
    begin(page, "Warm-up")
    expect(page.locator(".mock-bar button").last).to_have_text("Finish")
    heights = page.locator(".mock-bar button").evaluate_all(
        "all => all.map(b => Math.round(b.getBoundingClientRect().top))"
    )
    assert len(set(heights)) == 1  # one row
    score(page, "check.0")
    page.get_by_role("button", name="Show the answer").click()
    page.evaluate(
        """() => {  // the place of the heading lies under the clock
          scrollBy(0, document.querySelector('.mock-next').getBoundingClientRect().top - 60);
          document.querySelector('[data-key=had]').click();
        }"""
    )
    expect(page.locator(".mock-next")).to_be_focused()
    top = page.locator(".mock-next").evaluate("e => e.getBoundingClientRect().top")
    bar = page.locator(".mock-bar").evaluate("e => e.getBoundingClientRect().bottom")
    assert top >= bar


def test_one_topic_one_round(visit: Visit) -> None:
    page = visit.to(MOCK)
    page.locator("[data-key=topic]").select_option(index=1)
    page.locator("[data-key=round]").select_option("phone")
    asked = begin(page, "Phone")
    assert len({QUESTIONS[one].folder for one in asked}) == 1
    assert all("phone" in QUESTIONS[one].rounds for one in asked)
    mocks = [QUESTIONS[one].mock for one in asked]
    assert any(mocks)


def test_a_question_that_has_gone_and_a_rubric_that_does_not_load(visit: Visit) -> None:
    page = visit.to(MOCK)
    known = next(iter(QUESTIONS))
    script = """append('mock.act', { mock: 'mock-old', act: { type: 'start',
      questions: ['a-question-that-has-gone', given.known], minutes: 30 } }, given.at);"""
    write_log(page, script, {"known": known, "at": visit.now.timestamp() * 1000})
    visit.reload()
    expect(page.get_by_text("This question has left the site.")).to_be_visible()
    page.get_by_role("button", name="Next question").click()
    page.locator("[data-key=aloud]").click()
    tick(page, "check.0")
    page.locator("[data-key=score]").click()
    page.get_by_role("button", name="To an open question").click()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Finish now").click()
    expect(page.locator(".mock-total")).to_contain_text("1 question of 2 scored")


def test_blocked_storage_and_no_network(context: BrowserContext, base: str) -> None:
    visit = Visit(context, base)
    visit.page.add_init_script(BLOCKED)
    page = visit.to(MOCK)
    expect(page.locator(".study-banner")).to_contain_text("keeps nothing for this site")
    page.route("**/deck/*.json", lambda route: route.abort())
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("The rubric could not be loaded")).to_be_visible()
    page.unroute("**/deck/*.json")
    page.get_by_role("button", name="Try again").click()
    page.locator("[data-key=aloud]").click()
    page.locator("[data-key=score]").click()
    expect(page.locator(".mock-result")).to_contain_text("0%")


def test_two_tabs_share_an_interview(context: BrowserContext, base: str) -> None:
    one, two = Visit(context, base), Visit(context, base)
    one.to(MOCK)
    begin(one.page, "Warm-up")
    two.to(MOCK)
    two.page.bring_to_front()
    two.page.wait_for_selector("[data-key=aloud]")
    assert "%" in score(two.page, "check.0")
    one.page.bring_to_front()
    expect(one.page.locator(".mock-result")).to_be_visible()
    assert len(acts(one.page)) == 4
    one.clean()
    two.clean()


def test_without_javascript_there_is_a_script_for_a_friend(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + MOCK)
    script = page.locator("article .to-tick > ol > li")
    assert script.count() == min(20, sum(one.mock for one in QUESTIONS.values()))
    for item in script.all():
        text = item.inner_text()
        assert text.count("☐") >= 5
        assert "☐ fatal:" in text
        assert "Then ask, easy to hard:" in text
        assert item.locator("a[href*='#']").count() == 1
    expect(page.get_by_role("columnheader", name="Points")).to_be_visible()
    context.close()


def test_quick_to_start_and_at_hand_after_a_year(visit: Visit) -> None:
    page = visit.to(MOCK)
    heavy_year(page, list(QUESTIONS))
    processor = Processor(page)
    assert processor.start(visit.base + MOCK) < 200
    begin(page)
    page.locator("[data-key=aloud]").click()
    assert processor.press('[data-key="check.0"]') < 50
    assert processor.press("[data-key=pause]") < 50
