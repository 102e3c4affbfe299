/**
 * What the explorables share: controls, a question before them, axes, the state in the address.
 *
 * An explorable says what it is (`question`, `controls`, `draw`, `values`, `say`); `explorable`
 * builds it. Its arithmetic lives in its own module as pure functions.
 */

const SVG = "http://www.w3.org/2000/svg";
const REST = 700; // ms without a change before the result is announced and the address written

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return element;
}

export const html = (tag, attributes, ...children) => make(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

// --- Drawing -----------------------------------------------------------------------------------

const round = (value) => Math.round(value * 100) / 100;

/** The path of a line through points; what is not finite interrupts it. */
export function path(points) {
  let open = false;
  return points.map(([x, y]) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      return "";
    }
    const step = `${open ? "L" : "M"}${round(x)} ${round(y)}`;
    open = true;
    return step;
  }).join("");
}

let clips = 0;

/**
 * Axes at a place of the picture. `x` and `y` are {range, ticks, label, log, text}.
 * @returns {{node: SVGElement, px: Function, py: Function, inside: Function, over: Function}}
 */
export function axes({ left, top, width, height, x, y }) {
  const scale = ({ range: [low, high], log }, from, to) => {
    const at = log ? Math.log : (value) => value;
    return (value) => from + ((at(value) - at(low)) / (at(high) - at(low))) * (to - from);
  };
  const px = scale(x, left, left + width);
  const py = scale(y, top + height, top);
  const clip = `clip-${(clips += 1)}`;
  const body = svg("g", { "clip-path": `url(#${clip})` });
  const above = svg("g", {});
  const text = (axis, value) => (axis.text ? axis.text(value) : String(value).replace("-", "−"));
  const node = svg("g", { class: "axes" },
    svg("clipPath", { id: clip }, svg("rect", { x: left, y: top - 3, width: width + 3, height: height + 6 })),
    svg("path", { class: "spine", d: `M${left} ${top}V${top + height}H${left + width}` }),
    x.ticks.map((value) => svg("g", {},
      svg("path", { class: "spine", d: `M${round(px(value))} ${top + height}v4` }),
      svg("text", { x: round(px(value)), y: top + height + 18, "text-anchor": "middle" }, text(x, value)))),
    y.ticks.map((value) => svg("g", {},
      svg("path", { class: "spine", d: `M${left} ${round(py(value))}h-4` }),
      svg("text", { x: left - 7, y: round(py(value)) + 4.5, "text-anchor": "end" }, text(y, value)))),
    svg("text", { class: "axis-name", x: left + width, y: top + height + 36, "text-anchor": "end" }, x.label),
    svg("text", { class: "axis-name", x: left - 30, y: top - 12 }, y.label),
    body, above);
  return {
    node, px, py,
    inside: (...nodes) => body.append(...nodes.flat()),
    over: (...nodes) => above.append(...nodes.flat()),
    line: (points, kind, more = {}) => svg("path", { class: `line ${kind}`, d: path(points.map(([a, b]) => [px(a), py(b)])), ...more }),
    dot: (a, b, kind, r = 4) => svg("circle", { class: `dot ${kind}`, cx: round(px(a)), cy: round(py(b)), r }),
  };
}

/** Names of lines beside their ends, moved apart where they would overlap. */
export function names(list, x, low, high, gap = 15) {
  const placed = [...list].sort((a, b) => a.y - b.y);
  placed.forEach((one, index) => {
    const before = placed[index - 1];
    one.at = Math.max(one.y, low, before ? before.at + gap : low);
  });
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const limit = index === placed.length - 1 ? high : placed[index + 1].at - gap;
    placed[index].at = Math.min(placed[index].at, limit);
  }
  return placed.map(({ at, text, kind }) => svg("text", { class: `name ${kind}`, x, y: round(at) + 4.5 }, text));
}

/** Two panels: side by side where there is room, else one below the other. */
export function twoPanels(width, { right = 14, height = 210 } = {}) {
  const beside = width >= 560;
  const left = 40;
  const each = beside ? (width - 2 * left - 2 * right - 6) / 2 : width - left - right;
  const first = { left, top: 26, width: each, height };
  const second = beside
    ? { left: 2 * left + each + right + 6, top: 26, width: each, height }
    : { left, top: 26 + height + 74, width: each, height };
  return { first, second, height: second.top + height + 44 };
}

// --- Controls ----------------------------------------------------------------------------------

const nearest = (values, wanted) =>
  values.reduce((best, _, index) => (Math.abs(values[index] - wanted) < Math.abs(values[best] - wanted) ? index : best), 0);

/** A range with a number field and buttons; it moves over the listed values. */
function range({ key, label, values, show = String, unit = "" }, id, set) {
  const slider = html("input", { type: "range", id, min: 0, max: values.length - 1, step: 1 });
  const field = html("input", {
    type: "number", "aria-label": `${label}, as a number`, min: Math.min(...values), max: Math.max(...values), step: "any", inputmode: "decimal",
  });
  const less = html("button", { type: "button", class: "md-button", "aria-label": `Less: ${label}` }, "−");
  const more = html("button", { type: "button", class: "md-button", "aria-label": `More: ${label}` }, "+");
  const move = (index) => set(key, values[Math.max(0, Math.min(values.length - 1, index))]);
  slider.addEventListener("input", () => move(Number(slider.value)));
  field.addEventListener("change", () =>
    move(Number.isFinite(field.valueAsNumber) ? nearest(values, field.valueAsNumber) : Number(slider.value)));
  less.addEventListener("click", () => move(Number(slider.value) - 1));
  more.addEventListener("click", () => move(Number(slider.value) + 1));
  const node = html("div", { class: "control" }, html("label", { for: id }, label),
    html("div", { class: "range" }, less, slider, more, field));
  return {
    node,
    update(value) {
      const index = nearest(values, value);
      slider.value = String(index);
      slider.setAttribute("aria-valuetext", `${show(values[index])}${unit ? ` ${unit}` : ""}`);
      field.value = show(values[index]);
      less.disabled = index === 0;
      more.disabled = index === values.length - 1;
    },
  };
}

/** One of a few. */
function choice({ key, label, options }, id, set) {
  const inputs = options.map(({ value }, index) => {
    const input = html("input", { type: "radio", name: id, id: `${id}-${index}`, value });
    input.addEventListener("change", () => set(key, value));
    return input;
  });
  const node = html("fieldset", { class: "control choice" }, html("legend", {}, label),
    inputs.map((input, index) => html("span", {}, input, html("label", { for: input.id }, options[index].text))));
  return {
    node,
    update(value) {
      inputs.forEach((input, index) => { input.checked = options[index].value === value; });
    },
  };
}

const KINDS = { range, choice };
const allowed = (control) => control.values ?? control.options.map((option) => option.value);

/** The state that the address names, where it names one that exists. */
function fromAddress(controls) {
  const given = new URL(location.href).searchParams;
  const state = {};
  for (const control of controls) {
    const text = given.get(control.key);
    const found = allowed(control).find((value) => String(value) === text);
    if (found !== undefined) state[control.key] = found;
  }
  return state;
}

function toAddress(controls, state) {
  const address = new URL(location.href);
  for (const { key, start } of controls) {
    if (state[key] === start) address.searchParams.delete(key);
    else address.searchParams.set(key, state[key]);
  }
  history.replaceState(history.state, "", address);
}

/** A question to answer before the controls can be moved; it can be skipped. */
function predict({ text, choices }, name, done) {
  const answer = html("p", { class: "reply", role: "status", tabindex: "-1" });
  const buttons = choices.map((one) => html("button", { type: "button", class: "md-button" }, one.text));
  const skip = html("button", { type: "button", class: "md-button" }, "Skip");
  const finish = (reply) => {
    for (const one of [...buttons, skip]) one.disabled = true;
    skip.hidden = true;
    answer.textContent = reply;
    if (reply) answer.focus({ preventScroll: true });
    done(reply);
  };
  buttons.forEach((one, index) => one.addEventListener("click", () => {
    one.setAttribute("aria-pressed", "true");
    finish(`${choices[index].right ? "Right." : "No."} ${choices[index].reply}`);
  }));
  skip.addEventListener("click", () => finish(""));
  return html("div", { class: "predict", role: "group", "aria-labelledby": `${name}-predict` },
    html("p", { id: `${name}-predict`, class: "asked" }, text),
    html("div", { class: "choices" }, buttons, skip), answer);
}

/**
 * Build an explorable in its place.
 * @param {HTMLElement} place
 * @param {{title: string, picture: string, question: object, controls: object[],
 *   draw: Function, values: Function, say: Function}} parts  draw and say are told whether the
 *   question still waits, so that they do not give the answer away
 */
export function explorable(place, parts) {
  const { controls } = parts;
  const given = fromAddress(controls);
  const state = Object.fromEntries(controls.map(({ key, start }) => [key, given[key] ?? start]));
  const name = place.id || "explorable";
  const picture = html("div", { class: "picture" });
  const sentence = html("p", { class: "sentence" });
  const said = html("p", { class: "said", role: "status" });
  const list = html("dl", { class: "values" });
  const reset = html("button", { type: "button", class: "md-button" }, "Reset");
  const built = controls.map((control) => KINDS[control.kind](control, `${name}-${control.key}`, set));
  const inner = html("fieldset", { class: "controls" }, html("legend", { class: "said" }, "Controls"),
    built.map((one) => one.node), reset);
  let rest = 0;
  let waiting = false;

  function show() {
    waiting = false;
    const width = Math.max(280, Math.min(700, picture.clientWidth || 340));
    const { height, nodes } = parts.draw(state, width, inner.disabled);
    picture.replaceChildren(svg("svg", {
      viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": parts.picture,
    }, nodes));
    sentence.textContent = parts.say(state, inner.disabled);
    list.replaceChildren(...parts.values(state).map(([term, value, kind]) =>
      html("div", {}, html("dt", { class: kind ? `name ${kind}` : null }, term), html("dd", {}, value))));
    controls.forEach((control, index) => {
      built[index].node.hidden = Boolean(control.when && !control.when(state));
      built[index].update(state[control.key]);
    });
  }

  function soon() {
    if (!waiting) requestAnimationFrame(show);
    waiting = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      said.textContent = parts.say(state);
      toAddress(controls, state);
    }, REST);
  }

  function set(key, value) {
    state[key] = value;
    soon();
  }

  reset.addEventListener("click", () => {
    for (const { key, start } of controls) state[key] = start;
    soon();
  });

  place.setAttribute("role", "group");
  place.setAttribute("aria-label", parts.title);
  const first = [];
  if (!Object.keys(given).length) {
    inner.disabled = true;
    first.push(predict(parts.question, name, (reply) => {
      inner.disabled = false;
      show();
      const inputs = [...inner.querySelectorAll("input")];
      if (!reply) inputs.find((input) => input.getClientRects().length).focus({ preventScroll: true });
    }));
  }
  place.replaceChildren(html("p", { class: "explorable-title" }, parts.title), ...first, inner, picture, sentence, list, said);
  place.classList.add("built");
  show();
  let width = picture.clientWidth;
  new ResizeObserver(() => {
    if (picture.clientWidth === width) return;
    width = picture.clientWidth;
    show();
  }).observe(picture);
}
