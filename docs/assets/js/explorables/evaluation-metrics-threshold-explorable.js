/** Moving a threshold over real scores: counts, rates, cost, and the point on the curves. */

import { axes, explorable, svg, twoPanels } from "./parts.js";

/** The confusion matrix when scores of at least the threshold are flagged. */
export function counts(labels, scores, threshold) {
  const found = { TP: 0, FP: 0, FN: 0, TN: 0 };
  labels.forEach((label, index) => {
    const flagged = scores[index] >= threshold;
    found[label ? (flagged ? "TP" : "FN") : (flagged ? "FP" : "TN")] += 1;
  });
  return found;
}

/** Recall, precision (null when nothing is flagged), false-positive rate and F1. */
export function rates({ TP, FP, FN, TN }) {
  return {
    recall: TP / (TP + FN),
    precision: TP + FP ? TP / (TP + FP) : null,
    fpr: FP / (FP + TN),
    f1: (2 * TP) / (2 * TP + FP + FN),
  };
}

export const cost = ({ FP, FN }, miss, alarm) => miss * FN + alarm * FP;

/** The threshold of least cost among the scores; the highest where several agree. */
export function cheapest(labels, scores, miss, alarm) {
  let best = { threshold: Infinity, cost: cost(counts(labels, scores, Infinity), miss, alarm) };
  for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
    const here = cost(counts(labels, scores, threshold), miss, alarm);
    if (here < best.cost) best = { threshold, cost: here };
  }
  return best;
}

/** Where calibrated probabilities would put it. */
export const bayes = (miss, alarm) => alarm / (alarm + miss);

const STEPS = Array.from({ length: 101 }, (_, index) => index / 100);
const BIN = 0.04;
const two = (value) => (value === null ? "none flagged" : value.toFixed(2));

function histogram({ labels, scores }, threshold) {
  const bins = Array.from({ length: Math.round(1 / BIN) }, () => ({ TP: 0, FP: 0, FN: 0, TN: 0 }));
  labels.forEach((label, index) => {
    const bin = bins[Math.min(bins.length - 1, Math.floor(scores[index] / BIN + 1e-9))];
    const flagged = scores[index] >= threshold;
    bin[label ? (flagged ? "TP" : "FN") : (flagged ? "FP" : "TN")] += 1;
  });
  return bins;
}

function drawScores(data, { t }, place) {
  const bins = histogram(data, t);
  const tall = (parts) => Math.max(...bins.map((bin) => parts.reduce((sum, part) => sum + bin[part], 0)));
  const [up, down] = [tall(["TP", "FN"]), tall(["FP", "TN"])];
  const at = axes({
    ...place,
    x: { range: [0, 1], ticks: [0, 0.5, 1], label: "score" },
    y: { range: [-down * 1.1, up * 1.6], ticks: [0], label: "patients: positive above, negative below", text: () => "" },
  });
  const bar = (index, from, to, kind) => {
    if (from === to) return [];
    const x = at.px(index * BIN) + 0.6;
    return [svg("rect", {
      class: `bar ${kind}`, x, width: at.px((index + 1) * BIN) - x - 0.6, y: at.py(Math.max(from, to)), height: Math.abs(at.py(from) - at.py(to)),
    })];
  };
  at.inside(bins.flatMap((bin, index) => [
    ...bar(index, 0, bin.TP, "positive"), ...bar(index, bin.TP, bin.TP + bin.FN, "positive error"),
    ...bar(index, 0, -bin.TN, "negative"), ...bar(index, -bin.TN, -bin.TN - bin.FP, "negative error"),
  ]));
  at.inside(svg("path", { class: "spine", d: `M${at.px(0)} ${at.py(0)}H${at.px(1)}` }),
    svg("path", { class: "here strong", d: `M${at.px(t)} ${place.top}V${place.top + place.height}` }));
  const now = counts(data.labels, data.scores, t);
  const [high, low] = [place.top + 12, place.top + place.height - 6];
  const near = (side) => ({ x: at.px(t) + (side === "left" ? -7 : 7), "text-anchor": side === "left" ? "end" : "start" });
  const say = (side, y, text, kind) => {
    const room = side === "left" ? at.px(t) - place.left : place.left + place.width - at.px(t);
    return room > 88 ? [svg("text", { class: `name ${kind}`, y, ...near(side) }, text)] : [];
  };
  at.over(say("left", high, `${now.FN} missed`, "error"), say("right", high, `${now.TP} found`, "truth"),
    say("left", low, `${now.TN} let pass`, "data"), say("right", low, `${now.FP} false alarms`, "error"));
  return at.node;
}

const CURVES = {
  cost: {
    x: { range: [0, 1], ticks: [0, 0.5, 1], label: "threshold" }, name: "cost of all errors",
    point: (data, state, t) => [t, cost(counts(data.labels, data.scores, t), state.miss, data.alarm)],
  },
  ROC: {
    x: { range: [0, 1], ticks: [0, 0.5, 1], label: "false-positive rate" }, name: "recall",
    point: (data, _, t) => { const now = rates(counts(data.labels, data.scores, t)); return [now.fpr, now.recall]; },
  },
  PR: {
    x: { range: [0, 1], ticks: [0, 0.5, 1], label: "recall" }, name: "precision",
    point: (data, _, t) => { const now = rates(counts(data.labels, data.scores, t)); return [now.recall, now.precision ?? NaN]; },
  },
};

function drawCurve(data, state, place) {
  const { x, name, point } = CURVES[state.curve];
  const points = STEPS.map((t) => point(data, state, t));
  const high = state.curve === "cost" ? Math.max(...points.map(([, y]) => y)) * 1.05 : 1;
  const step = [50, 100, 200, 500].find((one) => high / one < 5) ?? 1000;
  const ticks = state.curve === "cost" ? [0, 1, 2, 3, 4].map((k) => k * step).filter((y) => y <= high) : [0, 0.5, 1];
  const at = axes({ ...place, x, y: { range: [0, high], ticks, label: name } });
  if (state.curve === "ROC") at.inside(at.line([[0, 0], [1, 1]], "noise"));
  if (state.curve === "PR") at.inside(at.line([[0, data.positives / data.labels.length], [1, data.positives / data.labels.length]], "noise"));
  at.inside(at.line(points, "error"));
  if (state.curve === "cost") {
    const ideal = bayes(state.miss, data.alarm);
    at.inside(at.line([[ideal, 0], [ideal, high]], "noise"));
    at.over(svg("text", { class: "name noise", x: at.px(ideal) + 6, y: at.py(0) - 8 }, `1/(1 + ${state.miss})`));
  }
  const [a, b] = point(data, state, state.t);
  if (Number.isFinite(b)) at.over(at.dot(a, b, "error full", 5));
  return at.node;
}

export function build(place, data) {
  const { labels, scores, alarm } = data;
  const best = cheapest(labels, scores, data.miss, alarm);
  const reply = `On these patients the least cost, ${best.cost}, is at ${best.threshold.toFixed(2)}. Calibrated probabilities would put it at 1/(1 + ${data.miss}) = ${bayes(data.miss, alarm).toFixed(2)}: flag when the expected cost of a miss exceeds that of an alarm.`;
  explorable(place, {
    title: `Where to put the threshold, on ${labels.length} held-out patients`,
    picture: "Left, the scores of positive and negative patients on either side of the threshold. Right, the chosen curve with the threshold's point. The counts and rates stand below.",
    question: {
      text: `A missed patient costs ${data.miss}, a false alarm costs ${alarm}. Where is the cheapest threshold?`,
      choices: [
        { text: "near 0.17", right: true, reply },
        { text: "near 0.5", right: false, reply },
        { text: "near 0.83", right: false, reply },
      ],
    },
    controls: [
      { kind: "range", key: "t", label: "Threshold", values: STEPS, start: 0.5, show: (value) => value.toFixed(2) },
      { kind: "range", key: "miss", label: "Cost of a miss, in false alarms", values: Array.from({ length: 20 }, (_, index) => index + 1), start: data.miss, unit: "false alarms" },
      { kind: "choice", key: "curve", label: "Curve", start: "cost", options: [{ value: "cost", text: "cost" }, { value: "ROC", text: "ROC" }, { value: "PR", text: "precision and recall" }] },
    ],
    draw(state, width, waiting) {
      const { first, second, height } = twoPanels(width, { height: 200 });
      return { height, nodes: [drawScores(data, state, first), waiting ? null : drawCurve(data, state, second)] };
    },
    values(state) {
      const now = counts(labels, scores, state.t);
      const { recall, precision, fpr, f1 } = rates(now);
      return [
        ["found (TP)", now.TP], ["missed (FN)", now.FN, "error"], ["false alarms (FP)", now.FP, "error"], ["let pass (TN)", now.TN],
        ["recall", two(recall)], ["precision", two(precision)], ["false-positive rate", two(fpr)], ["F1", two(f1)],
        ["cost", cost(now, state.miss, alarm)],
      ];
    },
    say(state, waiting) {
      const now = counts(labels, scores, state.t);
      const low = cheapest(labels, scores, state.miss, alarm);
      return `At ${state.t.toFixed(2)}, ${now.FN} of ${now.TP + now.FN} positives are missed and ${now.FP} of ${now.FP + now.TN} negatives raise an alarm: cost ${cost(now, state.miss, alarm)}. `
        + (waiting ? "" : `The least possible is ${low.cost}${Number.isFinite(low.threshold) ? `, at ${low.threshold.toFixed(2)}` : ""}.`);
    },
  });
}
