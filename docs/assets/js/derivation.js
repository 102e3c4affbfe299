/** Practice a derivation: every line hidden until it is asked for, one at a time. */

function practise(derivation, on) {
  derivation.classList.toggle("practising", on);
  const steps = [...derivation.querySelectorAll("li.step")];
  steps.forEach((step, index) => {
    step.classList.toggle("ahead", on && index > 0);
    step.classList.toggle("hidden-line", on && index > 0);
    for (const one of step.querySelectorAll("details")) one.open = false;
  });
}

function revealButton(derivation, step) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal md-button";
  button.textContent = "Show the line";
  button.addEventListener("click", () => {
    step.classList.remove("hidden-line");
    const next = step.nextElementSibling;
    next?.classList.remove("ahead");
    const line = step.querySelector(".step-line");
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    derivation.dispatchEvent(new CustomEvent("line-shown", { bubbles: true }));
  });
  return button;
}

/** @param {HTMLElement[]} derivations */
export function start(derivations) {
  for (const derivation of derivations) {
    for (const step of derivation.querySelectorAll("li.step")) {
      step.querySelector(".step-line").before(revealButton(derivation, step));
    }
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "practise md-button";
    toggle.setAttribute("aria-pressed", "false");
    toggle.textContent = "Practice line by line";
    toggle.addEventListener("click", () => {
      const on = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(on));
      toggle.textContent = on ? "Show it whole" : "Practice line by line";
      practise(derivation, on);
    });
    derivation.querySelector("ol.steps").before(toggle);
  }
}
