/** What every page runs: names for what the theme leaves unnamed, and modules only where a page needs them. */

const base = new URL("..", import.meta.url); // .../assets/

/** The theme builds one <nav> for each code block, without a name. */
function nameCodeMenus() {
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([aria-label])")) {
    nav.setAttribute("aria-label", `Code block ${nav.closest("pre")?.id.replace(/\D+/g, "") ?? ""}`);
  }
}

/** The heading that the reader is at goes into the form that reports an error. */
function fillReport() {
  const link = document.querySelector("a.report");
  if (!link?.href.includes("/issues/new")) return;
  link.addEventListener("click", () => {
    const headings = [...document.querySelectorAll("article :is(h1, h2, h3)[id]")];
    const at = headings.filter((one) => one.getBoundingClientRect().top < innerHeight / 2).pop();
    const address = new URL(link.href);
    if (at) address.searchParams.set("heading", at.firstChild.textContent.trim());
    link.href = address.href;
  });
}

const WIDGETS = {
  ".derivation": "derivation.js",
  ".explorable": "explorable.js",
};

async function load() {
  nameCodeMenus();
  const article = document.querySelector("article");
  if (article) new MutationObserver(nameCodeMenus).observe(article, { childList: true, subtree: true });
  fillReport();
  for (const [selector, module] of Object.entries(WIDGETS)) {
    const found = [...document.querySelectorAll(selector)];
    if (found.length) (await import(`./${module}`)).start(found, base);
  }
}

load();
