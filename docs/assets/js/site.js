/** What every page runs: names for what the theme leaves unnamed, and modules only where a page needs them. */

const base = new URL("..", import.meta.url); // .../assets/
const all = (selector) => [...document.querySelectorAll(selector)];

/** The theme builds one <nav> for each code block, without a name, and boxes in which wide tables scroll. */
function nameParts() {
  for (const nav of all("nav.md-code__nav:not([aria-label])")) {
    nav.setAttribute("aria-label", `Code block ${nav.closest("pre")?.id.replace(/\D+/g, "") ?? ""}`);
  }
  for (const box of all(".md-typeset__scrollwrap:not([tabindex])")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Table, scrolls sideways");
  }
  for (const table of all("table[data-stacks]:not([role])")) keepRoles(table);
}

/** Cells that are laid out as blocks on a phone remain cells for those who listen. */
function keepRoles(table) {
  table.setAttribute("role", "table");
  const roles = { tr: "row", td: "cell", th: "columnheader", "thead, tbody": "rowgroup" };
  for (const [part, role] of Object.entries(roles)) {
    for (const one of table.querySelectorAll(part)) one.setAttribute("role", role);
  }
}

/** The heading that the reader is at goes into the form that reports an error. */
function fillReport() {
  const link = document.querySelector("a.report");
  if (!link?.href.includes("/issues/new")) return;
  link.addEventListener("click", () => {
    const headings = all("article :is(h1, h2, h3)[id]");
    const at = headings.filter((one) => one.getBoundingClientRect().top < innerHeight / 2).pop();
    const address = new URL(link.href);
    if (at) address.searchParams.set("heading", at.textContent.replace("¶", "").trim());
    link.href = address.href;
  });
}

/** On paper everything is open, and closed again afterwards. */
function openForPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("article details:not([open], .step-hint)");
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
}

const WIDGETS = {
  ".question-card": "questions.js",
  ".derivation": "derivation.js",
  ".variant": "variant.js",
  ".explorable": "explorable.js",
  ".topic-maps": "topic-map.js",
  ".question-card details.answer": "study-ui/card-buttons.js",
  ".derivation[data-derivation]": "study-ui/derivation-practice.js",
  ".study-marks": "study-ui/marks.js",
  "[data-tool=assessment]": "study-ui/assessment.js",
  "[data-tool=plan]": "study-ui/plan.js",
  "[data-tool=progress]": "study-ui/progress.js",
  "[data-tool=cards]": "study-ui/cards.js",
  "[data-tool=mock]": "study-ui/mock.js",
  "[data-tool=derivation-practice]": "study-ui/derivation-practice.js",
};

async function load() {
  nameParts();
  const article = document.querySelector("article");
  if (article) new MutationObserver(nameParts).observe(article, { childList: true, subtree: true });
  fillReport();
  openForPrint();
  for (const [selector, module] of Object.entries(WIDGETS)) {
    const found = all(selector);
    if (found.length) (await import(`./${module}`)).start(found, base);
  }
}

load();
