/** Question cards: open or close all, show one level, and open the one that the address names. */

const LEVELS = ["know", "explain", "derive", "design"];

function button(text, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "md-button";
  made.textContent = text;
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  return made;
}

/** Between two headings: what belongs to a section, so that an emptied section hides as a whole. */
function sections(cards) {
  const found = new Map();
  for (const card of cards) {
    let heading = card.previousElementSibling;
    while (heading && !/^H[12]$/.test(heading.tagName)) heading = heading.previousElementSibling;
    if (heading?.tagName !== "H2") continue;
    if (!found.has(heading)) found.set(heading, []);
    found.get(heading).push(card);
  }
  return found;
}

function sectionParts(heading) {
  const parts = [heading];
  let next = heading.nextElementSibling;
  while (next && !/^H[12]$/.test(next.tagName) && !next.matches(".page-foot, .question-card")) {
    parts.push(next);
    next = next.nextElementSibling;
  }
  return parts;
}

function show(cards, level) {
  for (const card of cards) card.hidden = Boolean(level) && card.dataset.level !== level;
  for (const [heading, inside] of sections(cards)) {
    const empty = inside.every((card) => card.hidden);
    for (const part of sectionParts(heading)) part.hidden = empty;
  }
}

function controls(cards, bar) {
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Questions");
  const said = document.createElement("span");
  said.className = "said";
  said.setAttribute("role", "status");

  const filters = ["", ...LEVELS.filter((level) => cards.some((card) => card.dataset.level === level))];
  const buttons = filters.map((level) => {
    const count = level ? cards.filter((card) => card.dataset.level === level).length : cards.length;
    const made = button(`${level || "all"} ${count}`, level === "");
    made.addEventListener("click", () => choose(level));
    return made;
  });
  const openAll = button("Open all");
  openAll.classList.add("open-all");
  const answers = () => cards.filter((card) => !card.hidden).map((card) => card.querySelector("details.answer"));
  const label = () => {
    openAll.textContent = answers().every((one) => one.open) ? "Close all" : "Open all";
  };

  function choose(level, quiet = false) {
    show(cards, level);
    buttons.forEach((one, index) => one.setAttribute("aria-pressed", String(filters[index] === level)));
    label();
    if (quiet) return;
    const count = cards.filter((card) => !card.hidden).length;
    said.textContent = `${count} questions shown`;
    const address = new URL(location.href);
    if (level) address.searchParams.set("level", level);
    else address.searchParams.delete("level");
    history.replaceState(history.state, "", address);
  }

  openAll.addEventListener("click", () => {
    const open = openAll.textContent === "Open all";
    for (const one of answers()) one.open = open;
    label();
  });
  for (const card of cards) card.querySelector("details.answer").addEventListener("toggle", label);
  bar.append(...buttons, openAll, said);
  const asked = new URL(location.href).searchParams.get("level");
  if (asked && filters.includes(asked)) choose(asked, true);
  return { showAll: () => choose("") };
}

/** @param {HTMLElement[]} cards */
export function start(cards) {
  const place = document.querySelector(".question-controls");
  const bar = place && controls(cards, place);

  function openNamed() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const card = target && target.closest(".question-card");
    if (!card) return;
    if (card.hidden) bar?.showAll();
    card.querySelector("details.answer").open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", openNamed);
  openNamed();
}
