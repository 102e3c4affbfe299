/** Lasso, ridge and elastic net: the solution while the penalty grows, for two weights and for eight. */

import { axes, explorable, names, svg, twoPanels } from "./parts.js";

/** How far a weight moves toward zero, and that it stops there. */
export const soft = (value, by) => Math.sign(value) * Math.max(0, Math.abs(value) - by);

/** Minimize (w - c)'H(w - c)/2 + l1 |w|_1 + l2 |w|^2/2 for two weights, one at a time. */
export function solve(hessian, center, l1, l2) {
  const [[a, b], [, d]] = hessian;
  const pull = [a * center[0] + b * center[1], b * center[0] + d * center[1]];
  let w = [...center];
  for (let round = 0; round < 500; round += 1) {
    const first = soft(pull[0] - b * w[1], l1) / (a + l2);
    const second = soft(pull[1] - b * first, l1) / (d + l2);
    const moved = Math.abs(first - w[0]) + Math.abs(second - w[1]);
    w = [first, second];
    if (moved < 1e-12) break;
  }
  return w;
}

/** The penalty without its strength. */
export function penalty(w, ratio) {
  return ratio * (Math.abs(w[0]) + Math.abs(w[1])) + ((1 - ratio) / 2) * (w[0] ** 2 + w[1] ** 2);
}

/** How far out, in a direction, the penalty has a value. */
function reach(angle, ratio, value) {
  const length = Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle));
  if (ratio === 1) return value / length;
  const linear = ratio * length;
  return (-linear + Math.sqrt(linear ** 2 + 2 * (1 - ratio) * value)) / (1 - ratio);
}

const ANGLES = Array.from({ length: 121 }, (_, index) => (index * Math.PI) / 60);

function ball(ratio, value) {
  return ANGLES.map((angle) => {
    const r = reach(angle, ratio, value);
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

/** Where the squared error has a value above its least. */
function ellipse([[a, b], [, d]], center, level) {
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l22 = Math.sqrt(d - l21 ** 2);
  const r = Math.sqrt(2 * level);
  return ANGLES.map((angle) => {
    const y = (r * Math.sin(angle)) / l22;
    return [center[0] + (r * Math.cos(angle) - l21 * y) / l11, center[1] + y];
  });
}

export function loss(hessian, center, w) {
  const [x, y] = [w[0] - center[0], w[1] - center[1]];
  return (hessian[0][0] * x * x + 2 * hessian[0][1] * x * y + hessian[1][1] * y * y) / 2;
}

const solution = ({ hessian, center, l1_ratio }, kind, strength) =>
  solve(hessian, center, l1_ratio[kind] * strength, (1 - l1_ratio[kind]) * strength);

const signed = (value, digits = 2) => {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
};

function drawGeometry(geometry, { penalty: kind, lambda }, place) {
  const wide = 2.9;
  const tall = (wide * place.height) / place.width;
  const at = axes({
    ...place,
    x: { range: [-0.9, -0.9 + wide], ticks: [0, 1, 2], label: "first weight" },
    y: { range: [0.1 - tall / 2, 0.1 + tall / 2], ticks: [-1, 0, 1].filter((y) => Math.abs(y - 0.1) < tall / 2), label: "second weight" },
  });
  const { hessian, center } = geometry;
  const ratio = geometry.l1_ratio[kind];
  const w = solution(geometry, kind, lambda);
  at.inside(
    svg("path", { class: "spine", d: `M${at.px(-0.9)} ${at.py(0)}H${at.px(2)}M${at.px(0)} ${place.top}V${place.top + place.height}` }),
    [0.05, 0.25, 0.7, 1.4].map((level) => at.line(ellipse(hessian, center, level), "pale")),
    at.line(ball(ratio, Math.max(penalty(w, ratio), 1e-9)), "bias filled"),
    lambda > 0 ? at.line(ellipse(hessian, center, loss(hessian, center, w)), "error") : [],
    at.line(geometry.lambdas.map((one) => solution(geometry, kind, one)), "model"),
    at.dot(...center, "truth", 3.5),
  );
  at.over(at.dot(...w, "model full", 5.5),
    svg("text", { class: "name truth", x: at.px(center[0]) + 7, y: at.py(center[1]) - 7 }, "λ = 0"),
    svg("text", { class: "name bias", x: place.left + 6, y: place.top + place.height - 8 }, "equal penalty"),
    svg("text", { class: "name error", x: place.left + place.width, y: place.top + 8, "text-anchor": "end" }, "equal squared error"));
  return at.node;
}

function drawWeights(geometry, { penalty: kind, lambda }, place) {
  const at = axes({
    ...place, width: place.width - 44,
    x: { range: [0, 2], ticks: [0, 0.5, 1, 1.5, 2], label: "λ" },
    y: { range: [-0.1, 1.7], ticks: [0, 0.5, 1, 1.5], label: "weight" },
  });
  const all = geometry.lambdas.map((one) => [one, solution(geometry, kind, one)]);
  at.inside(svg("path", { class: "here", d: `M${at.px(lambda)} ${place.top}V${place.top + place.height}` }));
  [0, 1].forEach((which) => {
    at.inside(at.line(all.map(([one, w]) => [one, w[which]]), which ? "model dashed" : "model"));
    at.over(at.dot(lambda, solution(geometry, kind, lambda)[which], "model full", 4.5));
  });
  at.over(names([0, 1].map((which) => ({ text: which ? "second" : "first", kind: "model", y: at.py(all.at(-1)[1][which]) })),
    at.px(2) + 6, place.top, place.top + place.height - 2));
  return at.node;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function drawPath(data, index, kind, place) {
  const { lambdas, features } = data;
  const rows = data[kind].weights;
  const high = Math.max(...rows.flat().map(Math.abs)) * 1.05;
  const at = axes({
    ...place,
    x: { range: [0.02, 100], ticks: [0.1, 1, 10, 100], label: "λ", log: true },
    y: { range: [-high, high], ticks: [-20, 0, 20].filter((y) => Math.abs(y) < high), label: "weight of a standardized feature" },
  });
  at.inside(svg("path", { class: "here", d: `M${at.px(lambdas[index])} ${place.top}V${place.top + place.height}` }));
  features.forEach((_, which) => {
    at.inside(at.line(lambdas.map((one, row) => [one, rows[row][which]]), Math.abs(rows[index][which]) > 1e-9 ? "model fine" : "pale"));
    at.over(at.dot(lambdas[index], rows[index][which], "model full", 3));
  });
  const here = at.px(lambdas[index]);
  const late = here > place.left + place.width / 2;
  const used = features.map((text, which) => ({ text, kind: "model", weight: rows[index][which] })).filter(({ weight }) => Math.abs(weight) > 1e-9);
  const labels = names(used.map((one) => ({ ...one, y: at.py(one.weight) })), here + (late ? -7 : 7), place.top, place.top + place.height - 4, 13.5);
  for (const label of labels) label.setAttribute("text-anchor", late ? "end" : "start");
  at.over(labels);
  return at.node;
}

function drawError(data, index, kind, place) {
  const { lambdas } = data;
  const { error, standard_error: spread, best, one_standard_error: simple } = data[kind];
  const low = Math.min(...error) - 350;
  const at = axes({
    ...place,
    x: { range: [0.02, 100], ticks: [0.1, 1, 10, 100], label: "λ", log: true },
    y: { range: [low, 6250], ticks: [3000, 4000, 5000, 6000], label: "validation error, squared", text: (value) => `${value / 1000}k` },
  });
  const band = [...lambdas.map((one, row) => [one, error[row] + spread[row]]), ...lambdas.map((one, row) => [one, error[row] - spread[row]]).reverse()];
  at.inside(at.line(band, "validation band"),
    svg("path", { class: "here", d: `M${at.px(lambdas[index])} ${place.top}V${place.top + place.height}` }),
    at.line(lambdas.map((one, row) => [one, error[row]]), "validation"));
  const mark = (value, text, y) => {
    const late = at.px(value) > place.left + place.width * 0.55;
    return [
      svg("path", { class: "line noise", d: `M${at.px(value)} ${y + 4}V${place.top + place.height}` }),
      svg("text", { class: "name noise", x: at.px(value) + (late ? -5 : 5), y: y + 8, "text-anchor": late ? "end" : "start" }, text),
    ];
  };
  at.over(mark(best, "least", place.top + 4), mark(simple, "one standard error", place.top + 26),
    at.dot(lambdas[index], error[index], "validation full", 4.5));
  return at.node;
}

export function build(place, data) {
  const { geometry, path } = data;
  const rising = [...path.lambdas].sort((a, b) => a - b);
  const rowOf = (value) => path.lambdas.indexOf(value);
  const kinds = Object.keys(geometry.l1_ratio);
  const reply = "The penalty must have a kink at zero to hold a weight there: lasso and elastic net have one. Ridge's pull fades as the weight does, so it holds no weight at zero.";
  const show = (value) => String(Number(value.toPrecision(3)));
  explorable(place, {
    title: "What a growing penalty does to the weights",
    picture: "Left, the weights: for two, on the curves of equal error and equal penalty; for eight, against the strength. Right, the weights or the validation error against the strength. The values stand below.",
    question: {
      text: "Two correlated features, and the penalty grows. Which penalties set the smaller weight to exactly zero?",
      choices: [
        { text: "Lasso only", right: false, reply },
        { text: "Lasso and elastic net", right: true, reply },
        { text: "All three", right: false, reply },
      ],
    },
    controls: [
      { kind: "choice", key: "penalty", label: "Penalty", start: "lasso", options: kinds.map((value) => ({ value, text: value })) },
      { kind: "choice", key: "view", label: "Problem", start: "two", options: [{ value: "two", text: "two weights" }, { value: "eight", text: "diabetes data, eight weights" }] },
      { kind: "range", key: "lambda", label: "Strength λ, two weights", values: geometry.lambdas, start: 0.3, show: (value) => value.toFixed(2), when: (state) => state.view === "two" },
      { kind: "range", key: "strength", label: "Strength λ, eight weights", values: rising, start: rising[19], show, when: (state) => state.view === "eight" },
    ],
    draw(state, width) {
      const { first, second, height } = twoPanels(width, { height: 220 });
      const row = rowOf(state.strength);
      return state.view === "two"
        ? { height, nodes: [drawGeometry(geometry, state, first), drawWeights(geometry, state, second)] }
        : { height, nodes: [drawPath(path, row, state.penalty, first), drawError(path, row, state.penalty, second)] };
    },
    values(state) {
      if (state.view === "two") {
        const w = solution(geometry, state.penalty, state.lambda);
        return [["first weight", signed(w[0], 3), "model"], ["second weight", signed(w[1], 3), "model"],
          ["squared error above its least", loss(geometry.hessian, geometry.center, w).toFixed(3), "error"],
          ["penalty before λ", penalty(w, geometry.l1_ratio[state.penalty]).toFixed(3), "bias"]];
      }
      const row = rowOf(state.strength);
      const found = path[state.penalty];
      return [...path.features.map((name, which) => [name, signed(found.weights[row][which], 1), "model"]),
        ["validation error", Math.round(found.error[row]), "validation"]];
    },
    say(state) {
      if (state.view === "two") {
        const w = solution(geometry, state.penalty, state.lambda);
        const zero = w.filter((one) => one === 0).length;
        return `${capital(state.penalty)}, λ = ${state.lambda.toFixed(2)}: the weights are ${signed(w[0])} and ${signed(w[1])}. ${["Neither is zero.", "One is exactly zero.", "Both are exactly zero."][zero]}`;
      }
      const row = rowOf(state.strength);
      const found = path[state.penalty];
      return `${capital(state.penalty)}, λ = ${show(state.strength)}: ${found.nonzero[row]} of ${path.features.length} features are used, and the validation error is ${Math.round(found.error[row])}. The least is ${Math.round(Math.min(...found.error))}, at λ = ${show(found.best)}.`;
    },
  });
}
