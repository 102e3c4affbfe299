/** Opens the search. Everything else about it is fetched when a reader first asks for it. */

const OWN = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox]";
let loaded;
const load = () => (loaded ??= import("./search/dialog.js").catch((error) => {
  loaded = undefined;
  throw error;
}));

async function open() {
  try {
    (await load()).open();
  } catch {
    location.href = new URL("../../roadmap/", import.meta.url).href;
  }
}

document.addEventListener("click", (event) => {
  const asked = event.target.closest?.("[data-open-search]");
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});

addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!(slash || k) || event.defaultPrevented || event.isComposing) return;
  if (event.target.closest?.(OWN) || document.querySelector("[data-own-keys], dialog[open]")) return;
  event.preventDefault();
  open();
});

// Whoever points at the button will probably press it.
for (const button of document.querySelectorAll(".search-open")) {
  button.addEventListener("pointerenter", () => load().then((it) => it.prepare(), () => {}), { once: true });
}
