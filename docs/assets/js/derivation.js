/**
 * Practice a derivation: every line hidden until it is asked for, with two hints before it.
 *
 * On its element a derivation tells `line-shown` {line, hints} and, after the last line,
 * `derivation-finished` {name, shown}, where shown is a list of such lines.
 */

const LABELS = ["A hint", "A stronger hint"];

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "md-button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

class Practice {
  constructor(derivation) {
    this.root = derivation;
    this.steps = [...derivation.querySelectorAll("li.step")];
    this.shown = [];
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.toggle = button("Practice line by line", () => this.practice(!this.on));
    this.again = button("Start over", () => this.practice(true));
    this.again.hidden = true;
    this.on = false;
    const bar = document.createElement("div");
    bar.className = "practice-bar";
    bar.append(this.toggle, this.again, this.status);
    derivation.querySelector("ol.steps").before(bar);
    this.steps.forEach((step, index) => this.prepare(step, index));
  }

  prepare(step, index) {
    const acts = document.createElement("div");
    acts.className = "step-acts";
    const hint = button(LABELS[0], () => this.giveHint(step, hint));
    hint.dataset.act = "hint";
    acts.append(hint, button("Show the line", () => this.showLine(index)));
    step.querySelector(".step-line").before(acts);
  }

  practice(on) {
    this.on = on;
    this.shown = [];
    this.root.classList.toggle("practising", on);
    this.toggle.textContent = on ? "Show it whole" : "Practice line by line";
    this.again.hidden = !on;
    this.status.textContent = on ? `Line 1 of ${this.steps.length} is given.` : "";
    this.steps.forEach((step, index) => {
      step.classList.toggle("ahead", on && index > 1);
      step.classList.toggle("hidden-line", on && index > 0);
      for (const one of step.querySelectorAll("details")) {
        one.open = false;
        one.classList.remove("given");
      }
      const hint = step.querySelector("[data-act=hint]");
      hint.textContent = LABELS[0];
      hint.disabled = false;
    });
  }

  giveHint(step, control) {
    const hints = [...step.querySelectorAll("details.step-hint")];
    const next = hints.find((one) => !one.classList.contains("given"));
    if (!next) return;
    next.classList.add("given");
    next.open = true;
    const left = hints.filter((one) => !one.classList.contains("given")).length;
    control.textContent = left ? LABELS[1] : "No more hints";
    this.status.textContent = `Hint ${hints.length - left} of ${hints.length} is shown.`;
    if (!left) {
      control.disabled = true;
      focusOn(next);
    }
  }

  showLine(index) {
    const step = this.steps[index];
    const hints = step.querySelectorAll("details.step-hint.given").length;
    step.classList.remove("hidden-line");
    this.steps[index + 1]?.classList.remove("ahead");
    focusOn(step.querySelector(".step-line"));
    const detail = { line: index + 1, hints };
    this.shown.push(detail);
    const count = this.steps.length;
    const last = index + 1 === count;
    this.status.textContent = last ? `All ${count} lines are shown.` : `Line ${index + 1} of ${count} is shown.`;
    this.tell("line-shown", detail);
    if (last) this.tell("derivation-finished", { name: this.root.dataset.derivation, shown: this.shown });
  }

  tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

/** @param {HTMLElement[]} derivations */
export function start(derivations) {
  for (const derivation of derivations) {
    const practice = new Practice(derivation);
    if (derivation.hasAttribute("data-practice")) practice.practice(true);
  }
}
