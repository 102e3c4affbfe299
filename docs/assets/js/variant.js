/**
 * The variants behind a derivation: a formula is typed, and held against the right values.
 *
 * On its element a variant tells `variant-answered` {number, right}, number from 1.
 */

const REASON = ":scope > :not(summary, p:has(> code:only-child))";

class Variant {
  constructor(root, number) {
    this.root = root;
    this.number = number;
    this.points = JSON.parse(root.dataset.points);
    const id = `${root.closest(".derivation").id}-variant-${number}`;
    this.form = document.createElement("form");
    this.form.className = "variant-form";
    this.form.innerHTML = `
      <label for="${id}">Your formula</label>
      <input id="${id}" type="text" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false">
      <button type="submit" class="md-button">Check</button>
      <div class="variant-said" role="status"></div>`;
    this.said = this.form.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer(this.form.querySelector("input").value);
    });
    root.querySelector(".variant-symbols").after(this.form);
  }

  async answer(text) {
    if (!text.trim()) {
      this.say("", "Type a formula first.");
      return;
    }
    const { check, evaluate } = await import("./study/expression.js");
    const { ok, message } = check(text, this.points);
    const values = ({ dataset }) =>
      this.points.map(({ names }) => ({ names, value: evaluate(dataset.formula, names) }));
    const known = [...this.root.querySelectorAll("details.wrong-answer")]
      .find((one) => !ok && check(text, values(one)).ok);
    const why = known?.cloneNode(true).querySelectorAll(REASON) ?? [];
    this.say(ok ? "Right. " : "Not yet. ", message, ...why);
    if (ok) this.root.querySelector("details.variant-answer").open = true;
    const detail = { number: this.number, right: ok };
    this.root.dispatchEvent(new CustomEvent("variant-answered", { bubbles: true, detail }));
  }

  say(verdict, text, ...more) {
    const line = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = verdict;
    line.append(strong, text);
    this.said.replaceChildren(line, ...more);
  }
}

/** @param {HTMLElement[]} variants  of all derivations of the page */
export function start(variants) {
  for (const variant of variants) {
    const among = [...variant.closest(".derivation").querySelectorAll(".variant")];
    new Variant(variant, among.indexOf(variant) + 1);
  }
}
