"""The study tools in Chromium: self-assessment, plan, progress, marks, and the layer they share."""

import datetime
import gzip
import json
import re
import statistics
from pathlib import Path
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import axe, overflow
from tests.practice import (
    BLOCKED,
    DAY,
    NOON,
    PREFIX,
    Processor,
    Visit,
    events,
    focused,
    heavy_year,
    tab_to,
)
from tools import facts, questions

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.practice_fixtures"]

TOOLS = ("assessment", "plan", "progress")
TOPICS = facts.read()
QUESTIONS = questions.collect()
FIRST = TOPICS[0]

FULL = """window.full = true; const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, text) {
  if (window.full) throw new DOMException('no room', 'QuotaExceededError');
  return put.call(this, key, text); };"""


def fault_free(page: Page) -> None:
    """Axe finds nothing, nothing is too pale in the dark, and nothing is wider than a phone."""
    page.evaluate("document.querySelector('.md-top').style.display = 'none'")  # it fades
    assert axe(page) == []
    dark = page.evaluate(
        """async () => {
          document.body.setAttribute('data-md-color-scheme', 'slate');
          const found = await axe.run('.study', { runOnly: ['color-contrast'] });
          document.body.setAttribute('data-md-color-scheme', 'default');
          return found.violations.flatMap((one) => one.nodes.map((node) => node.html));
        }"""
    )
    assert dark == []
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 800})
    assert overflow(page) <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('.study :is(button, select, summary, .study-tick)')]"
        ".filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 40)"
        ".map(e => e.outerHTML.slice(0, 90))"
    )
    assert small == []
    assert size
    page.set_viewport_size(size)


def rate(page: Page, levels: list[int]) -> None:
    for topic, level in zip(TOPICS, levels, strict=True):
        page.locator(f'input[name="level-{topic.slug}"][value="{level}"]').check()


def tool(visit: Visit, name: str, fragment: str = "") -> Page:
    return visit.to(f"roadmap/{name}/{fragment}")


def mark(page: Page, topic: str, name: str) -> Locator:
    return page.locator(f'[data-key="{topic}.{name}"]')


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("name", ["", "assessment/", "rounds/", "roles/", "progress/"])
def test_tables_of_topics_fit_and_begin_with_the_topic(
    browser: Browser, base: str, name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{base}roadmap/{name}")
    table = page.locator("article > .md-typeset__scrollwrap:has(tbody tr:nth-child(12))")
    expect(table.first).to_be_attached()
    for one in table.all():
        assert one.evaluate("e => e.scrollWidth <= e.clientWidth")
        cells = one.locator("tbody td:first-child").all_inner_texts()
        assert cells == [topic.title for topic in TOPICS]
    context.close()


# ---- from the landing page to a plan ----


def test_two_clicks_from_the_landing_page_to_a_dated_plan(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.base)
    page.get_by_role("link", name=re.compile("An interview is coming")).click()
    visit.ready()
    plan = page.get_by_role("heading", name=re.compile(r"^Your plan to "))
    expect(plan).to_have_text("Your plan to Mon, 23 March 2026")  # before anything is chosen
    page.get_by_label("Interview day").fill("2026-03-16")
    expect(plan).to_have_text("Your plan to Mon, 16 March 2026")
    expect(page.get_by_role("heading", name=re.compile("today"))).to_be_visible()
    expect(page.locator(".study-day li a").first).to_have_attribute("href", re.compile(visit.base))


# ---- self-assessment ----


def test_assessment_with_the_mouse(visit: Visit) -> None:
    page = tool(visit, "assessment")
    assert page.locator("fieldset.study-topic input").count() == 5 * len(TOPICS)
    show = page.get_by_role("button", name="Show my path")
    expect(show).to_be_disabled()
    fault_free(page)

    levels = [1 + index % 5 for index in range(len(TOPICS))]
    rate(page, levels)
    total = f"Total {sum(levels)} of {5 * len(TOPICS)}"
    expect(page.locator(".study-bar")).to_contain_text(total)
    expect(page.locator("p.study-total[role=status]")).to_contain_text(total)  # said politely
    visit.reload()
    expect(page.locator(".study-bar")).to_contain_text(total)  # an unfinished one is kept

    second = page.locator("fieldset.study-topic").nth(1)
    second.locator("summary").click()
    expect(second.get_by_text("A good answer:")).to_be_visible()
    assert second.locator("details li").count() >= 4
    fault_free(page)
    second.get_by_role("button", name="I did not").click()
    expect(second.get_by_role("button", name="I did not")).to_have_attribute("aria-pressed", "true")

    show.click()
    rows = page.locator(".study-table tbody tr")
    assert rows.count() == len(TOPICS)
    expect(rows.nth(1)).to_contain_text("not shown: counts as 1")
    expect(rows.nth(2)).to_contain_text("not tried")
    assert page.locator(".study-path a").count() == len(TOPICS)
    fault_free(page)
    assert len(events(page, "assessment.done")) == 1

    rate(page, [min(5, level + 1) for level in levels])
    show.click()
    expect(page.locator(".study-result")).to_contain_text("Since 2026-03-02: +")
    expect(page.locator(".study-result")).to_contain_text(f"{FIRST.title}: up 1, now 2")
    page.get_by_role("link", name="Make my plan").click()
    visit.ready()
    assert f"{FIRST.slug}.2" in page.url
    expect(page.get_by_label("What you know")).to_have_value("own")
    assert page.locator(".study-note").inner_text() == ""  # it is the reader's own plan


def test_the_path_goes_by_the_profile(visit: Visit) -> None:
    """Equal totals, different paths; weak prerequisites first; every link is a page."""
    found = []
    for levels in ([2, 4], [4, 2]):
        page = tool(visit, "assessment")
        rate(page, [levels[index % 2] for index in range(len(TOPICS))])
        page.get_by_role("button", name="Show my path").click()
        links = page.locator(".study-path a").evaluate_all("all => all.map(a => a.href)")
        for link in links:
            assert visit.page.request.get(link).ok
        found.append(links)
        needs = {topic.title: set(topic.needs) for topic in TOPICS}
        weak = page.locator("ol.study-path a").all_inner_texts()
        slug = {topic.title: topic.slug for topic in TOPICS}
        seen: set[str] = set()
        for title in weak:
            assert not (needs[title] & {slug[one] for one in weak}) - seen
            seen.add(slug[title])
    assert sorted(found[0]) == sorted(found[1])
    assert found[0] != found[1]


def test_assessment_by_keyboard_alone(visit: Visit) -> None:
    page = tool(visit, "assessment")
    for topic in TOPICS:
        tab_to(page, f"{topic.slug}.1")  # a group of radio buttons is one stop
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f'input[name="level-{topic.slug}"][value="3"]')).to_be_checked()
    page.keyboard.press("Tab")  # the probe of the last topic
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="I had it")).to_be_visible()
    tab_to(page, "show")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your path")).to_be_focused()
    tab_to(page, "plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/roadmap/plan/#*")


# ---- plan ----


def days_of(page: Page) -> list[tuple[str, int, int]]:
    texts = page.locator(".study-day h3").all_text_contents()
    found = [re.search(r"^(\w+ \d+ \w+).*?(\d+) of (\d+) min$", text) for text in texts]
    return [(one[1], int(one[2]), int(one[3])) for one in found if one]


def open_all(page: Page) -> None:
    page.locator(".study-plan details").evaluate_all("all => all.forEach(d => { d.open = true; })")


def test_plan_with_the_mouse(visit: Visit, browser: Browser, base: str) -> None:
    page = tool(visit, "plan")
    page.get_by_label("Interview day").fill("2026-03-30")
    page.get_by_label("Hours a day").select_option("1")
    page.get_by_label("Role").select_option("research-engineer")
    page.get_by_label("Company").select_option("google")
    page.get_by_label("Sat").uncheck()
    days = days_of(page)
    assert len(days) == 20
    assert all(0 < minutes <= budget == 60 for _, minutes, budget in days)
    assert days[-1][1] <= 30  # the last day is light
    expect(page.get_by_role("heading", name="Left out")).to_be_visible()
    assert (
        page.locator(".study-plan li")
        .filter(has_text=re.compile(r"weighs \d+\.\d for Google at level \d"))
        .count()
        > 0
    )
    page.get_by_text("How the plan decides").click()
    expect(page.get_by_text("are our assumptions")).to_be_visible()
    open_all(page)
    fault_free(page)

    address, text = page.url, page.locator(".study-plan").inner_text()
    page.goto("about:blank")
    page.goto(address.split("#")[0])
    visit.ready()
    assert page.url == address.split("#")[0]
    open_all(page)
    assert days_of(page) == days  # kept
    other = browser.new_context(timezone_id="UTC", locale="en-US")
    stranger = Visit(other, base).at(NOON)
    stranger.page.add_init_script(BLOCKED)
    shown = stranger.to(address.removeprefix(base))
    open_all(shown)
    assert shown.locator(".study-plan").inner_text() == text  # same wishes, same plan, no storage
    other.close()


def test_a_set_of_one_level_opens_filtered(visit: Visit) -> None:
    page = tool(visit, "plan")
    page.get_by_role("link", name=": derive").first.click()
    expect(page.locator(".question-controls [aria-pressed=true]")).to_have_text(
        re.compile("^derive")
    )


def test_plan_as_a_calendar(visit: Visit) -> None:
    page = tool(visit, "plan")
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to calendar").click()
    assert download.value.suggested_filename.endswith(".ics")
    octets = download.value.path().read_bytes()
    found: list[Any] = icalendar.Calendar.from_ical(octets).walk("VEVENT")
    assert len(found) == page.locator(".study-day li").count()
    assert {one["DTEND"].dt - one["DTSTART"].dt for one in found} == {datetime.timedelta(days=1)}
    assert all(str(one["URL"]).startswith(visit.base) for one in found if "URL" in one)
    expect(page.get_by_text("Make a new, empty calendar first")).to_be_visible()


def test_plan_as_a_link_and_as_text(visit: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = tool(visit, "plan")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link is in the clipboard")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        f"{visit.base}roadmap/plan/#v=1&role=ml-engineer"
    )
    context.clear_permissions()
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    page.get_by_role("button", name="Copy as text").click()
    field = page.get_by_label("Text to copy")
    expect(field).to_be_focused()
    assert "Flash cards" in field.input_value()


def test_the_printed_plan_is_the_plan(visit: Visit) -> None:
    page = tool(visit, "plan")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Your plan to")).to_be_visible()
    expect(page.locator(".study-form")).to_be_hidden()
    expect(page.get_by_role("heading", name="Plans without JavaScript")).to_be_hidden()


def test_missed_days_are_spread(visit: Visit) -> None:
    page = tool(visit, "plan")
    page.get_by_label("Interview day").fill("2026-04-13")
    before = page.locator(".study-plan").inner_text()
    page.locator(".study-day li input").nth(1).check()
    (tick,) = events(page, "plan.done")
    base_id = tick["data"]["item"].split("@")[0]

    visit.at(NOON + 4 * DAY)
    visit.reload()
    assert page.locator(".study-plan h2").inner_text() in before  # time alone changes nothing
    expect(page.locator(".study-day li input").nth(1)).to_be_checked()
    assert page.locator('.study-day[data-when="past"]').count() == 4
    fault_free(page)
    page.get_by_role("button", name="I missed days").click()
    expect(page.get_by_role("heading", name="Your plan to")).to_be_focused()
    assert "start=2026-03-06" in page.url
    days = days_of(page)
    assert days[0][0] == "Fri, 6 March" or days[0][0].startswith("Fri")
    assert all(minutes <= budget for _, minutes, budget in days)
    expect(page.locator(".study-day li input:checked")).to_have_count(0)
    minutes = tick["data"]["minutes"]
    planned = page.evaluate(
        "async ([hash, done]) => { const p = await import('/assets/js/study/plan.js');"
        " const f = await (await fetch('/assets/facts.json')).json();"
        " const { input } = p.decodeInput(hash); const make = (given) => p.makePlan(f,"
        " { ...input, today: input.start, ...given }).work;"
        " return make({}) - make({ done }); }",
        [page.url.split("#")[1], {re.sub(r"\.\d+$", "", base_id): minutes}],
    )
    assert planned == minutes  # what was done is not planned again


def test_a_plan_that_was_only_ticked_is_kept(visit: Visit) -> None:
    """Who takes the plan as it stands finds the same one on the next day."""
    page = tool(visit, "plan")
    before = page.locator(".study-plan h2").inner_text()
    page.locator(".study-day li input").first.check()
    visit.later(DAY)  # the page stayed open
    expect(page.locator("#today")).to_contain_text("Tue 3 March")
    tool(visit, "plan")
    expect(page.locator(".study-plan h2")).to_have_text(before)
    expect(page.locator(".study-day li input").first).to_be_checked()
    expect(page.get_by_text("Days missed?")).to_be_visible()


def test_plan_by_keyboard_alone(visit: Visit) -> None:
    page = tool(visit, "plan")
    tab_to(page, "interview")
    page.keyboard.type("03252026")
    expect(page.get_by_role("heading", name="Your plan to Wed, 25 March 2026")).to_be_visible()
    assert focused(page) == "interview"  # typing into a date is not interrupted
    tab_to(page, "hours")
    page.keyboard.press("ArrowDown")
    assert "hours=2" in page.url
    tab_to(page, "weekday.0")
    page.keyboard.press("Space")
    assert "days=0111110" in page.url
    tab_to(page, "ics")
    with page.expect_download():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("#v=1&start=2026-01-05&interview=2026-02-02", "is past. Choose a new one"),
        ("#v=1&start=2026-03-10&interview=2026-03-02", "is not ahead of us"),
        ("#v=1&start=2026-03-02&interview=2026-03-03&days=0000000", "at least one weekday"),
        ("#v=1&start=2026-03-02&interview=2026-03-03&days=0000011", "None of your weekdays"),
        ("#v=1&hours=99&role=%00&levels=x.9", "hours is not valid; levels is not valid"),
        ("#v=7&hours=2", "not of a known version"),
    ],
)
def test_bad_wishes_are_told(visit: Visit, fragment: str, says: str) -> None:
    page = tool(visit, "plan", fragment)
    expect(page.locator(".study-body")).to_contain_text(says)
    if "is past" in says or "None of" in says:
        fault_free(page)


def test_a_plan_from_a_link_does_not_replace_my_own(visit: Visit) -> None:
    page = tool(visit, "plan")
    page.get_by_label("Hours a day").select_option("3")
    tool(visit, "plan", "#v=1&hours=0.5&start=2026-03-02&interview=2026-03-09")
    expect(page.locator(".study-note")).to_contain_text("your own is kept")
    fault_free(page)
    page.get_by_role("button", name="Back to mine").click()
    expect(page.get_by_label("Hours a day")).to_have_value("3")
    assert len(events(page, "plan.set")) == 1


def test_the_study_day_is_local(browser: Browser, base: str) -> None:
    """Half past one at night in India is still the day before, whatever UTC says."""
    made = browser.new_context(timezone_id="Asia/Kolkata", locale="en-US")
    page = tool(Visit(made, base).at(NOON + datetime.timedelta(hours=8)), "plan")
    expect(page.get_by_label("First day")).to_have_value("2026-03-02")
    made.close()


# ---- progress and marks ----


def test_progress_with_the_mouse(visit: Visit) -> None:
    page = tool(visit, "progress")
    read = mark(page, FIRST.slug, "read")
    expect(read).to_have_text(f"{FIRST.title}: ○ not read")
    read.click()
    expect(read).to_have_text(f"{FIRST.title}: ✓ read")
    expect(read).to_be_focused()
    mark(page, FIRST.slug, "mock").click()
    number = page.get_by_role("button", name=f"Read: 1 of {len(TOPICS)}")
    number.click()
    done = page.locator(".study-numbers li").first.locator(".study-opened")
    expect(done.get_by_role("link", name=FIRST.title)).to_be_visible()
    pages = mark(page, FIRST.slug, "pages")
    pages.click()
    state = page.locator(f'[data-key="{FIRST.slug}.{FIRST.pages[0]}.explain"]')
    state.click()
    expect(state).to_have_text("✓ can explain")
    expect(mark(page, FIRST.slug, "pages")).to_have_text(f"1 of {len(FIRST.pages)} pages begun")
    mark(page, FIRST.slug, "weak").click()
    assert page.locator(".study-topic-detail").first.locator(".study-opened a").count() > 5
    expect(page.get_by_text("A topic is mastered when every card")).to_be_visible()
    fault_free(page)

    page.get_by_role("button", name=f"Reset {FIRST.title}").click()
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    expect(page.get_by_role("button", name="Keep")).to_have_accessible_description(
        re.compile("card schedules start anew")
    )
    fault_free(page)
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(mark(page, FIRST.slug, "reset")).to_be_focused()  # not thrown back to the top
    expect(mark(page, FIRST.slug, "read")).to_have_text(f"{FIRST.title}: ○ not read")
    page.get_by_role("button", name=f"Undo: reset of {FIRST.title}").click()
    expect(mark(page, FIRST.slug, "read")).to_have_text(f"{FIRST.title}: ✓ read")
    expect(state).to_have_text("✓ can explain")
    visit.reload()
    expect(mark(page, FIRST.slug, "mock")).to_have_text(f"{FIRST.title}: ✓ passed")


def test_progress_by_keyboard_alone(visit: Visit) -> None:
    page = tool(visit, "progress")
    tab_to(page, f"{FIRST.slug}.cheat")
    page.keyboard.press("Space")
    expect(mark(page, FIRST.slug, "cheat")).to_have_text(f"{FIRST.title}: ✓ memorized")
    tab_to(page, "undo")
    page.keyboard.press("Enter")
    expect(mark(page, FIRST.slug, "cheat")).to_have_text(f"{FIRST.title}: ○ not memorized")
    tab_to(page, f"{FIRST.slug}.strong")
    page.keyboard.press("Enter")
    assert focused(page) == f"{FIRST.slug}.strong"


def test_mastered_needs_recall_on_the_day_and_a_passed_mock(visit: Visit) -> None:
    page = tool(visit, "progress")
    page.evaluate(
        """async (slug) => {
          const { openStudy } = await import('/assets/js/study-ui/open.js');
          const study = await openStudy(new URL('/assets/', location));
          const { reviewData } = await import('/assets/js/study/cards.js');
          const fresh = study.facts.questions.filter((one) => one.topic === slug);
          for (const { id } of fresh) {
            study.act('card.review', reviewData(id, undefined, 4, study.now(), 0, {}));
          }
        }""",
        FIRST.slug,
    )
    detail = page.locator(".study-topic-detail").first
    expect(detail).to_contain_text("☆ not mastered")
    expect(mark(page, FIRST.slug, "weak")).to_have_text("0 cards not ready")
    mark(page, FIRST.slug, "mock").click()
    expect(detail).to_contain_text("★ mastered")
    tool(visit, "plan").get_by_label("Interview day").fill("2026-09-01")
    tool(visit, "progress")
    expect(detail).to_contain_text("☆ not mastered")  # it will be forgotten by then


def test_marks_on_the_pages_of_a_topic(visit: Visit, site: Path) -> None:
    page = visit.page
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    idea = f"topics/{FIRST.slug}/{FIRST.pages[0]}/"
    visit.to(idea)
    page.wait_for_load_state("networkidle")
    scripts = {url for url in loaded if "/study" in url}
    assert any(url.endswith("/marks.js") for url in scripts)
    size = sum(
        len(gzip.compress((site / url.removeprefix(visit.base)).read_bytes())) for url in scripts
    )
    assert size <= 5_000

    row = page.locator(".study-marks")
    row.get_by_role("button", name="can explain").click()
    expect(row.get_by_role("button", name="can explain")).to_have_attribute("aria-pressed", "true")
    row.scroll_into_view_if_needed()
    assert axe(page) == []
    visit.reload()
    expect(row.get_by_role("button", name="can explain")).to_have_attribute("aria-pressed", "true")
    row.get_by_role("button", name="read", exact=False).first.click()
    expect(row.get_by_role("button", name="can explain")).to_have_attribute("aria-pressed", "false")

    visit.to(f"topics/{FIRST.slug}/")
    row.get_by_role("button", name="cheat sheet memorized").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("✓ cheat sheet memorized")
    tool(visit, "progress")
    expect(mark(page, FIRST.slug, "cheat")).to_contain_text("✓ memorized")
    mark(page, FIRST.slug, "pages").click()
    expect(page.locator(f'[data-key="{FIRST.slug}.{FIRST.pages[0]}.read"]')).to_have_text("✓ read")
    tool(visit, "plan")
    read = page.locator(f'.study-day li:has([data-key^="read.{FIRST.slug}.{FIRST.pages[0]}."])')
    expect(read.first).to_contain_text("page marked")
    assert not read.first.get_by_role("checkbox").is_checked()  # a tick is the reader's own


def test_marks_where_nothing_can_be_stored(visit: Visit) -> None:
    visit.page.add_init_script(BLOCKED)
    page = visit.to(f"topics/{FIRST.slug}/")
    row = page.locator(".study-marks")
    row.get_by_role("button", name="practiced").click()
    expect(row).to_contain_text("✓ practiced")
    expect(row).to_contain_text("keeps nothing for this site")
    visit.notes.clear()  # the theme itself asks for the storage, and complains


def test_a_renamed_page_keeps_its_marks(visit: Visit) -> None:
    """The state belongs to an id; title, address and order of the page do not matter."""
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "pages").click()
    page.locator(f'[data-key="{FIRST.slug}.{FIRST.pages[0]}.practised"]').click()

    def rename(route: Any) -> None:
        data = route.fetch().json()
        topic = data["topics"].pop(0)
        first = topic["pages"].pop(0)
        first |= {"title": "Another title", "url": "elsewhere/entirely/"}
        data["topics"].append({**topic, "title": "Moved", "pages": [*topic["pages"], first]})
        route.fulfill(json=data)

    page.route("**/facts.json", rename)
    tool(visit, "progress")
    mark(page, FIRST.slug, "pages").click()
    row = page.locator(".study-pages li").filter(has_text="Another title")
    expect(row.get_by_role("button", name="practiced")).to_have_attribute("aria-pressed", "true")


# ---- the shared layer ----


def test_two_tabs_lose_nothing(visit: Visit, context: BrowserContext, base: str) -> None:
    one = tool(visit, "progress")
    two = tool(Visit(context, base).at(NOON), "progress")
    for topic in TOPICS[:5]:
        mark(one, topic.slug, "read").click()
        mark(two, topic.slug, "practised").click()
    for page in (one, two):
        expect(page.get_by_role("button", name=f"Read: 5 of {len(TOPICS)}")).to_be_visible()
        expect(page.get_by_role("button", name=f"Practiced: 5 of {len(TOPICS)}")).to_be_visible()
    assert len(events(one, "mark.set")) == 10
    two.close()
    one.reload()
    visit.ready()
    assert len(events(one, "mark.set")) == 10


def test_a_clock_set_back_loses_nothing(visit: Visit) -> None:
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    visit.at(NOON - 400 * DAY)
    visit.reload()
    mark(page, FIRST.slug, "read").click()
    expect(mark(page, FIRST.slug, "read")).to_contain_text("○ not read")  # the later act counts
    visit.reload()
    expect(mark(page, FIRST.slug, "read")).to_contain_text("○ not read")


@pytest.mark.parametrize("name", TOOLS)
def test_blocked_storage(visit: Visit, name: str) -> None:
    visit.page.add_init_script(BLOCKED)
    page = tool(visit, name)
    banner = page.locator(".study-banner")
    expect(banner).to_be_visible()
    expect(banner).to_have_attribute("role", "status")
    expect(banner).to_contain_text("keeps nothing for this site")
    if name == "progress":
        mark(page, FIRST.slug, "read").click()
        expect(mark(page, FIRST.slug, "read")).to_contain_text("✓ read")  # the session goes on
        page.get_by_text("Save, move or delete").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save a copy").click()
        copy = json.loads(download.value.path().read_text("utf-8"))
        assert [one["type"] for one in copy["events"]] == ["mark.set", "backup.saved"]
        fault_free(page)
    visit.notes.clear()  # the theme itself asks for the storage, and complains


def test_full_storage(visit: Visit) -> None:
    visit.page.add_init_script(FULL)
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    banner = page.locator(".study-banner")
    expect(banner).to_contain_text("storage is full")
    fault_free(page)
    assert events(page) == []
    page.evaluate("window.full = false")
    page.get_by_role("button", name="Try to store it again").click()
    expect(banner).to_be_hidden()
    assert len(events(page)) == 1


def test_corrupt_storage(visit: Visit) -> None:
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    page.goto(f"{visit.base}roadmap/rounds/")  # no store is open there
    page.evaluate(f"localStorage.setItem('{PREFIX}log.aaaa.0', '[{{\"broken')")
    tool(visit, "progress")
    expect(page.locator(".study-banner")).to_contain_text("put aside, not deleted")
    expect(mark(page, FIRST.slug, "read")).to_contain_text("✓ read")
    aside = page.evaluate(f"localStorage.getItem('{PREFIX}corrupt.log.aaaa.0')")
    assert aside == '[{"broken'
    page.get_by_text("Save, move or delete").click()
    expect(page.get_by_text("this part is not readable")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy").click()
    copy = json.loads(download.value.path().read_text("utf-8"))
    assert copy["keys"]["corrupt.log.aaaa.0"] == '[{"broken'
    visit.reload()  # said once; what lies aside stays named
    expect(page.locator(".study-banner")).to_be_hidden()
    page.get_by_text("Save, move or delete").click()
    expect(page.get_by_text("was put aside earlier")).to_be_visible()
    fault_free(page)


def test_a_newer_store_is_only_read(visit: Visit) -> None:
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    page.evaluate(f"localStorage.setItem('{PREFIX}schema', '99')")
    visit.reload()
    expect(page.locator(".study-banner")).to_contain_text("newer version of this site")
    expect(page.get_by_role("button", name="Reload the page")).to_be_visible()
    before = page.evaluate("JSON.stringify(localStorage)")
    mark(page, FIRST.slug, "practised").click()
    assert page.evaluate("JSON.stringify(localStorage)") == before


def put(page: Page, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "copy.json", "mimeType": "application/json", "buffer": text.encode()}
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "This file is not JSON"),
        ('{"cards": []}', "not a copy of progress from this site"),
        ('{"format": "ground-truth-progress", "schema": 99, "events": []}', "newer version"),
        ('{"format": "ground-truth-progress", "events": []}', "does not say its version"),
    ],
)
def test_a_copy_that_is_not_ours(visit: Visit, text: str, says: str) -> None:
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    before = page.evaluate("JSON.stringify(localStorage)")
    page.get_by_text("Save, move or delete").click()
    put(page, text)
    expect(page.locator(".study-import")).to_contain_text(says)
    expect(page.get_by_role("button", name=re.compile("^Add "))).to_have_count(0)
    assert page.evaluate("JSON.stringify(localStorage)") == before


def test_export_wipe_import_gives_the_same_screens(visit: Visit) -> None:
    page = tool(visit, "assessment")
    rate(page, [1 + index % 4 for index in range(len(TOPICS))])
    page.get_by_role("button", name="Show my path").click()
    tool(visit, "plan").get_by_label("Hours a day").select_option("2")
    tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    page.get_by_text("Save, move or delete").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy").click()
    expect(page.locator(".study-copy-line")).to_have_text(
        "Last saved copy: 2026-03-02. Everything is in it."
    )
    text = download.value.path().read_text("utf-8")

    def screens() -> list[str]:
        return [tool(visit, name).locator(".study").inner_text() for name in TOOLS]

    before = screens()
    page.get_by_text("Save, move or delete").click()
    page.get_by_role("button", name="Delete all progress").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator(".study-copy-line")).to_have_text(re.compile("copy: none. Nothing to lose"))
    assert events(page) == []
    assert screens() != before

    page.get_by_text("Save, move or delete").click()
    broken = json.loads(text)
    bad = {**broken["events"][0], "id": "zzzzzzzzzzzzzz", "at": "yesterday"}
    put(page, json.dumps({**broken, "events": [bad, *broken["events"]]}))
    shown = page.locator(".study-import")
    expect(shown).to_contain_text("row 1")
    expect(shown).to_contain_text(f"{len(broken['events'])} new, 0 already here, 1 not readable")
    fault_free(page)
    assert events(page) == []  # only shown so far
    page.get_by_role("button", name=re.compile("^Add ")).click()
    expect(page.get_by_text("Nothing was overwritten")).to_be_visible()
    assert screens() == before
    page.get_by_text("Save, move or delete").click()
    page.get_by_label("or paste its text here").fill(text)
    page.get_by_role("button", name="Look at what it holds").click()
    expect(shown).to_contain_text("Everything in it is already here")


def test_an_old_copy_is_called_for(visit: Visit) -> None:
    page = tool(visit, "progress")
    mark(page, FIRST.slug, "read").click()
    line = page.locator(".study-copy-line")
    expect(line).to_have_text("Last saved copy: none. 1 change is in this browser only.")
    visit.at(NOON + 6 * DAY)
    visit.reload()
    expect(line).to_contain_text("The oldest is 6 days old: save a copy.")
    expect(page.locator(".study-seven")).to_be_hidden()
    page.add_init_script(
        "Object.defineProperty(navigator, 'vendor', {value: 'Apple Computer, Inc.'})"
    )
    visit.reload()
    expect(page.locator(".study-seven")).to_be_visible()


def test_keys_of_the_theme_are_off(visit: Visit) -> None:
    """Keys "n" and "p" would leave the page, "s" would open the search."""
    page = tool(visit, "progress")
    address = page.url
    mark(page, FIRST.slug, "read").focus()
    for key in ("n", "p", ".", ",", "s", "f", "/"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.url == address
    assert focused(page) == f"{FIRST.slug}.read"


def test_own_keys_work_inside_the_tool_and_can_be_switched_off(visit: Visit) -> None:
    page = tool(visit, "progress")
    page.evaluate(
        """async () => {
          const { openStudy } = await import('/assets/js/study-ui/open.js');
          const { ownKeys } = await import('/assets/js/study-ui/keys.js');
          const study = await openStudy(new URL('/assets/', location));
          window.pressed = 0;
          const root = document.querySelector('.study-body');
          const keys = ownKeys(root, study, { x: () => { window.pressed += 1; } }, 'x counts');
          root.before(keys.element);
        }"""
    )
    mark(page, FIRST.slug, "read").focus()
    page.keyboard.press("x")
    page.keyboard.press("Control+x")
    page.locator(".study-copies summary").focus()
    page.keyboard.press("x")  # outside of the tool
    assert page.evaluate("window.pressed") == 1
    page.get_by_label("Keys in this tool").uncheck()
    mark(page, FIRST.slug, "read").focus()
    page.keyboard.press("x")
    assert page.evaluate("window.pressed") == 1


def test_without_data_the_page_says_so(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.route("**/facts.json", lambda route: route.abort())
    page.goto(f"{base}roadmap/plan/")
    expect(page.get_by_role("alert")).to_contain_text("could not start")
    expect(page.get_by_role("heading", name="Plans without JavaScript")).to_be_visible()


@pytest.mark.parametrize("name", TOOLS)
def test_without_javascript(browser: Browser, base: str, name: str) -> None:
    made = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = made.new_page()
    page.goto(f"{base}roadmap/{name}/")
    text = page.locator("article").inner_text()
    assert page.locator("[data-tool]").bounding_box() in (None,) or (
        (page.locator("[data-tool]").bounding_box() or {}).get("height") == 0
    )
    if name == "assessment":
        assert page.locator("table").first.locator("tbody tr").count() == len(TOPICS)
        for task in ("1 never seen", "12-19", "20-35", "36-50", "51-60", "add up", *FIRST.tasks):
            assert task in text
    elif name == "plan":
        tables = page.locator("details table")
        assert tables.count() == 15  # five roles, two, four and eight weeks
        assert page.locator("details table").nth(2).locator("tbody tr").count() == 48
    else:
        for head in ("Read", "Self-assessed", "Practiced", "Cheat sheet", "Mock interview"):
            assert head in text
        assert page.locator("tbody tr").count() == len(TOPICS)
    made.close()


HOURS = """(choice => {
  choice.selectedIndex = (choice.selectedIndex + 1) % 4;
  choice.dispatchEvent(new Event('change'));
  document.body.getBoundingClientRect();
})(document.querySelector('[data-key=hours]'))"""


def test_a_heavy_year_stays_quick(visit: Visit) -> None:
    """600 cards and 5,000 events: a page is ready in 200 ms, an interaction takes 50 ms."""
    page = tool(visit, "progress")
    heavy_year(page, [one.id for one in QUESTIONS])
    processor = Processor(page)
    for name in TOOLS:
        assert processor.start(f"{visit.base}roadmap/{name}/") < 200, name
    tool(visit, "assessment")
    assert processor.press(".study-topic input:not(:checked)") < 50
    tool(visit, "plan")
    assert processor.press(".study-tick input") < 50
    changes = [processor.cost(lambda: page.evaluate(HOURS)) for _ in range(5)]
    assert statistics.median(changes) < 50
    tool(visit, "progress")
    assert processor.press(f'[data-key="{FIRST.slug}.read"]') < 50
    assert len(events(page, "card.review")) == 5000
