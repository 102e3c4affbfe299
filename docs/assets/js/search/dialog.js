/** The search dialog: a field, and below it the sections that fit what is typed. */

import { Engine } from "./engine.js";

const site = new URL("../../../", import.meta.url); // the root of the site, wherever it lies
const KEPT = "search-query";
const LATER = 120; // a count is read out when the typing pauses
const SEEN = 6; // results whose text is fetched at once; that of the others, when the typing pauses

let engine;
let fetching;
const parts = new Map();

function make(tag, attributes = {}, ...children) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.append(...children);
  return one;
}

async function read(path, options) {
  const answer = await fetch(new URL(path, site), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Fetch the index, once. */
export function prepare() {
  fetching ??= read("search/index.json", { cache: "no-cache" }).then(
    (index) => {
      engine = new Engine(index);
    },
    (error) => {
      fetching = undefined;
      throw error;
    },
  );
  return fetching;
}

function textPart(number) {
  if (!parts.has(number)) {
    const asked = read(`search/text-${number}.json?${engine.version}`);
    parts.set(number, asked);
    asked.then((texts) => parts.set(number, texts), () => parts.delete(number));
  }
  return parts.get(number);
}

const field = make("input", {
  id: "search-field", type: "text", role: "combobox", "aria-label": "Search", placeholder: "Search",
  "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list",
  autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go",
});
const close = make("button", { type: "button", class: "search-close" }, "Close");
const list = make("div", { id: "search-list", role: "listbox", "aria-label": "Results", tabindex: "-1" });
const note = make("p", { class: "search-note" });
const status = make("p", { class: "said", role: "status", "aria-live": "polite" });
const keys = make("p", { class: "search-keys", "aria-hidden": "true" });
for (const [key, does] of [["↑ ↓", "choose"], ["Enter", "open"], ["Esc", "close"]]) {
  keys.append(make("span", {}, make("kbd", {}, key), ` ${does}`));
}
const dialog = make(
  "dialog",
  { class: "search-dialog", "aria-label": "Search" },
  make("form", { role: "search", class: "search-bar" }, field, close),
  make("div", { class: "search-found" }, note, list),
  keys,
  status,
);
document.body.append(dialog);

let chosen = -1;
let turn = 0;
let telling;

function say(text) {
  clearTimeout(telling);
  telling = setTimeout(() => {
    status.textContent = text;
  }, LATER);
}

function choose(which) {
  const options = list.children;
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = options.length ? (which + options.length) % options.length : -1;
  const option = options[chosen];
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", option.id);
  return option.scrollIntoView({ block: "nearest" });
}

function written(pieces) {
  return pieces.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
}

function fill(excerpt, result, groups) {
  const { part, place } = engine.part(result.id);
  const put = (texts) => excerpt.replaceChildren(...written(engine.marked(engine.excerpt(texts[place], groups), groups)));
  const texts = textPart(part);
  if (Array.isArray(texts)) put(texts);
  else texts.then(put, () => {});
}

function option(result, groups, place) {
  const excerpt = make("span", { class: "search-excerpt" });
  const one = make(
    "a",
    { role: "option", id: `search-option-${place}`, "aria-selected": "false", tabindex: "-1", href: new URL(result.address, site).href },
    make("span", { class: "search-heading" }, ...written(engine.marked(result.heading, groups))),
    excerpt,
  );
  if (result.under.length) one.firstChild.after(make("span", { class: "search-under" }, result.under.join(" › ")));
  const mine = turn;
  if (place < SEEN) fill(excerpt, result, groups);
  else setTimeout(() => mine === turn && fill(excerpt, result, groups), LATER);
  return one;
}

function nothing(query) {
  const link = (to, text) => make("a", { href: new URL(to, site).href }, text);
  note.replaceChildren(
    `Nothing fits “${query}”. Fewer or more common words may help; or look through the `,
    link("roadmap/", "roadmap of all topics"), ", the ", link("reference/cheat-sheets/", "cheat sheets"),
    " or the ", link("reference/notation/", "notation"), ".",
  );
  say(`Nothing fits “${query}”.`);
}

async function show() {
  const query = field.value.trim();
  const mine = ++turn;
  if (query) sessionStorage.setItem(KEPT, query);
  else sessionStorage.removeItem(KEPT);
  if (!engine) {
    note.textContent = "Fetching the index …";
    try {
      await prepare();
    } catch {
      if (mine === turn) note.textContent = "The index did not arrive. Is there a connection? Typing on tries again.";
      return;
    }
    if (mine !== turn) return;
  }
  const { results, groups } = query ? engine.search(query) : { results: [] };
  list.replaceChildren(...results.map((result, place) => option(result, groups, place)));
  list.parentElement.scrollTop = 0;
  chosen = -1;
  choose(0);
  field.setAttribute("aria-expanded", String(results.length > 0));
  note.replaceChildren();
  if (!query) {
    note.textContent = "Pages, sections and questions. A few letters are enough, and a slip is forgiven.";
    say("");
  } else if (!results.length) nothing(query);
  else say(results.length === 1 ? "1 result" : `${results.length} results`);
  dialog.dataset.shown = query;
}

field.addEventListener("input", show);
field.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !event.altKey) {
    event.preventDefault();
    choose(chosen + step);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    const { ctrlKey, metaKey, shiftKey } = event;
    list.children[chosen]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  }
});
dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // beside the box
  else if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
});
list.addEventListener("pointermove", (event) => {
  const at = [...list.children].indexOf(event.target.closest("[role=option]"));
  if (at >= 0 && at !== chosen && (event.movementX || event.movementY)) choose(at);
});
dialog.addEventListener("close", () => document.documentElement.classList.remove("search-is-open"));

/** Open the dialog with what was looked for last. */
export function open() {
  if (dialog.open) return;
  document.documentElement.classList.add("search-is-open");
  dialog.showModal();
  field.value = sessionStorage.getItem(KEPT) ?? "";
  field.focus();
  field.select();
  show();
}
