/** Polynomials of growing degree: what bias, variance and noise make of the expected error. */

import { axes, explorable, names, svg, twoPanels } from "./parts.js";

/** The parts of the expected error; variance is proportional to the noise's. */
export function terms(data, n, noise, degree) {
  const bias2 = data.bias2[n][degree];
  const variance = noise ** 2 * data.unit_variance[n][degree];
  return { bias2, variance, noise: noise ** 2, total: bias2 + variance + noise ** 2 };
}

/** The degree of least expected error; the lowest where several agree. */
export function bestDegree(data, n, noise) {
  const totals = data.degrees.map((degree) => terms(data, n, noise, degree).total);
  return data.degrees[totals.indexOf(Math.min(...totals))];
}

/** Fit j, on the grid. */
export function fit(data, n, noise, degree, j) {
  const mean = data.mean_fit[n][degree];
  return data.deviation[n][degree][j].map((part, index) => mean[index] + noise * part);
}

const three = (value) => value.toFixed(3);

function top(data, noise) {
  const all = data.sizes.flatMap((n) => data.degrees.map((degree) => terms(data, n, noise, degree).total));
  return Math.max(...all) * 1.04;
}

function drawFits(data, { n, noise, degree }, place) {
  const at = axes({
    ...place,
    x: { range: [-1, 1], ticks: [-1, 0, 1], label: "input" },
    y: { range: [-2.6, 2.6], ticks: [-2, 0, 2], label: "fits to twelve training sets" },
  });
  const over = (values) => data.grid.map((x, index) => [x, values[index]]);
  const label = (x) => Math.sin(4 * x + 1);
  at.inside(
    data.label_noise[n].map((unit, index) => {
      const x = -1 + (2 * index) / (n - 1);
      return at.dot(x, label(x) + noise * unit, "data", n > 100 ? 1.4 : 2.2);
    }),
    data.deviation[n][degree].map((_, j) => at.line(over(fit(data, n, noise, degree, j)), "model thin")),
    at.line(over(data.truth), "truth"),
    at.line(over(data.mean_fit[n][degree]), "model"),
  );
  at.over(
    svg("text", { class: "name truth", x: at.px(-0.98), y: at.py(-1.5) }, "truth"),
    svg("text", { class: "name model", x: at.px(0.98), y: at.py(2.2), "text-anchor": "end" }, "mean of all fits"),
  );
  return at.node;
}

function drawTerms(data, { n, noise, degree }, place) {
  const highest = top(data, noise);
  const step = [0.1, 0.2, 0.5].find((one) => highest / one < 6);
  const ticks = Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => Number((index * step).toFixed(1)));
  const room = 62;
  const at = axes({
    ...place, width: place.width - room,
    x: { range: [0, 12], ticks: [0, 2, 4, 6, 8, 10, 12], label: "degree of the polynomial" },
    y: { range: [0, highest], ticks, label: "squared error" },
  });
  const all = data.degrees.map((one) => terms(data, n, noise, one));
  const kinds = [["noise", "noise", "noise"], ["variance", "variance", "variance"], ["bias2", "bias", "bias²"], ["total", "error", "sum"]];
  at.inside(svg("path", { class: "here", d: `M${at.px(degree)} ${at.py(0)}V${at.py(highest)}` }));
  for (const [part, kind] of kinds) at.inside(at.line(all.map((one, index) => [data.degrees[index], one[part]]), kind));
  at.inside(data.measured[String(noise)]?.[n].map((error, index) =>
    svg("path", { class: "line cross error", d: `M${at.px(index) - 3} ${at.py(error)}h6m-3 -3v6` })) ?? []);
  for (const [part, kind] of kinds) at.over(at.dot(degree, all[degree][part], `${kind} full`, 4.2));
  at.over(names(
    kinds.map(([part, kind, text]) => ({ text, kind, y: at.py(all.at(-1)[part]) })),
    at.px(12) + 8, place.top + 8, place.top + place.height - 4,
  ));
  return at.node;
}

export function build(place, data) {
  const [n, noise] = [50, 0.5];
  const [before, after] = [bestDegree(data, n, noise), bestDegree(data, n, 1)];
  const right = Math.sign(after - before);
  const reply = `With ${n} examples the best degree is ${before} at noise 0.5 and ${after} at noise 1: variance grows with the noise, bias does not.`;
  explorable(place, {
    title: "Degree, sample size and noise against the expected error",
    picture: "Left, the fits to twelve training sets around their mean and the truth. Right, squared bias, variance, noise and their sum against the degree. The values at the chosen degree stand below.",
    question: {
      text: "Fifty examples, noise of standard deviation 0.5. When the noise doubles, where does the degree of least expected error go?",
      choices: [
        { text: "Lower", right: right < 0, reply },
        { text: "It stays", right: right === 0, reply },
        { text: "Higher", right: right > 0, reply },
      ],
    },
    controls: [
      { kind: "range", key: "degree", label: "Degree of the polynomial", values: data.degrees, start: 1 },
      { kind: "choice", key: "n", label: "Training examples", start: n, options: data.sizes.map((value) => ({ value, text: String(value) })) },
      { kind: "choice", key: "noise", label: "Noise, standard deviation", start: noise, options: data.noises.map((value) => ({ value, text: String(value) })) },
    ],
    draw(state, width) {
      const { first, second, height } = twoPanels(width);
      return { height, nodes: [drawFits(data, state, first), drawTerms(data, state, second)] };
    },
    values(state) {
      const now = terms(data, state.n, state.noise, state.degree);
      const measured = data.measured[String(state.noise)]?.[state.n]?.[state.degree];
      return [
        ["bias²", three(now.bias2), "bias"], ["variance", three(now.variance), "variance"],
        ["noise", three(now.noise), "noise"], ["sum", three(now.total), "error"],
        ...(measured === undefined ? [] : [["measured, 400 fits (+)", three(measured), "error"]]),
      ];
    },
    say(state) {
      const now = terms(data, state.n, state.noise, state.degree);
      const best = bestDegree(data, state.n, state.noise);
      const less = now.total - terms(data, state.n, state.noise, best).total;
      return `Degree ${state.degree}: squared bias ${three(now.bias2)} plus variance ${three(now.variance)} plus noise ${three(now.noise)} is ${three(now.total)}. `
        + (best === state.degree ? "No degree has a smaller sum here." : `Degree ${best} has the smallest sum here, by ${three(less)}.`);
    },
  });
}
