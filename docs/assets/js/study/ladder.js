/**
 * Practice of a derivation, line by line, as a reducer whose acts are stored as events.
 *
 * On each line the reader may ask for two hints, choose a move (the right one or a typical wrong
 * one), or have the line shown. A line that was shown, or where a wrong move was chosen, is a
 * failed step and comes back as a card. Answers to variants stand among the acts and change no line.
 */

export const HINTS = 2;

const blank = () => ({ hints: 0, revealed: false, wrong: [], done: false });

/** @param {{name: string, steps: number}} derivation  line 0 is given */
export const initial = ({ name, steps }) => ({
  name,
  at: 1,
  lines: Array.from({ length: steps }, (_, index) => ({ ...blank(), done: index === 0 })),
});

function change(state, values) {
  const lines = state.lines.map((line, index) => (index === state.at ? { ...line, ...values } : line));
  return { ...state, lines };
}

const ACTS = {
  hint(state, line) {
    return change(state, { hints: Math.min(HINTS, line.hints + 1) });
  },
  reveal(state) {
    return change(state, { revealed: true, done: true });
  },
  /** {move: 'right' | number of the wrong move} */
  choose(state, line, act) {
    if (act.move === 'right') return change(state, { done: true });
    if (!Number.isInteger(act.move) || act.move < 0 || line.wrong.includes(act.move)) return state;
    return change(state, { wrong: [...line.wrong, act.move] });
  },
  next(state, line) {
    return line.done ? { ...state, at: state.at + 1 } : state;
  },
};

/** Acts on a finished line, unknown acts and acts after the end change nothing. */
export function reduce(state, act) {
  if (act?.type === 'restart') return initial({ name: state.name, steps: state.lines.length });
  const line = state.lines[state.at];
  if (!line || !Object.hasOwn(ACTS, act?.type) || (line.done && act.type !== 'next')) return state;
  return ACTS[act.type](state, line, act);
}

/** The state after a list of acts: how a reload resumes. */
export const resume = (derivation, acts) => acts.reduce(reduce, initial(derivation));

export const finished = (state) => state.at >= state.lines.length;

/** How a line went: `open`, `clean`, `hinted` or `failed`. */
export function outcome(line) {
  if (line.revealed || line.wrong.length) return 'failed';
  if (!line.done) return 'open';
  return line.hints ? 'hinted' : 'clean';
}

export function summary(state) {
  const counts = { open: 0, clean: 0, hinted: 0, failed: 0 };
  for (const line of state.lines.slice(1)) counts[outcome(line)] += 1;
  return counts;
}

/** The permanent id of the card of a step. */
export const stepCard = (name, line) => `step.${name}.${line + 1}`;

/**
 * The failed steps as answers to cards, with what such a card shows.
 * @param {{url: string, topic: string, goals: string[]}} page  goals as HTML
 */
export function cardFailures(state, page) {
  return state.lines.flatMap((line, index) =>
    index && outcome(line) === 'failed'
      ? [{
          card: stepCard(state.name, index),
          rating: 1,
          source: 'ladder',
          made: { front: page.goals[index] ?? '', url: page.url, topic: page.topic },
        }]
      : [],
  );
}
