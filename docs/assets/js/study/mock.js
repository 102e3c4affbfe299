/**
 * A mock interview as a reducer: state + act -> state. Acts are stored as events, so a reload
 * replays them and goes on.
 *
 * The clock is one absolute end time. When it is over nothing is submitted or thrown away. A
 * question that was not answered is never failed: it counts in no score and makes no card.
 *
 * @typedef {Object} MockQuestion
 * @property {string} id
 * @property {string} topic
 * @property {'know'|'explain'|'derive'|'design'} level
 * @property {string[]} rounds
 * @property {string} url
 * @property {{text: string, weight: number}[]} checks
 * @property {string[]} fatal
 * @property {string[]} followups   questions, easy to hard
 */

const MINUTE = 60_000;
export const PASSED = 0.7;
export const FAILED = 0.5;
export const FATAL_CAP = 0.4;
export const ANNOUNCE_MINUTES = [5, 1, 0];

/** The presets of the page. The last is the capstone. */
export const PRESETS = [
  { id: 'warm-up', questions: 5, minutes: 10, levels: ['know', 'explain'] },
  { id: 'phone', questions: 10, minutes: 20, levels: ['know', 'explain', 'derive'] },
  { id: 'capstone', questions: 20, minutes: 30, levels: ['know', 'explain', 'derive', 'design'] },
];

/** A card of the deck as a question. @param {import('./types.js').DeckCard} card */
export const mockQuestion = ({ id, topic, level, rounds, url, checks = [], fatal = [], next = [] }) => ({
  id, topic, level, rounds, url, fatal, followups: next,
  checks: checks.map(([text, weight]) => ({ text, weight })),
});

const blank = () => ({
  status: 'unseen', // -> seen -> answered (committed) -> scored
  text: '',
  checks: [],
  fatal: [],
  followups: [], // {rung, ok} in the order they were asked
  seenAt: null,
  answeredAt: null,
});

/** Before the start. */
export const initial = () => ({
  status: 'setup',
  questions: [],
  index: 0,
  answers: {},
  timed: false,
  factor: 1,
  endsAt: null, // while running
  left: null, // while paused: milliseconds
  granted: 0,
  startedAt: null,
  finishedAt: null,
});

const MAX_FACTOR = 10;
const finite = (value) => typeof value === 'number' && Number.isFinite(value);
const current = (state) => state.questions[state.index];

function change(state, id, values) {
  if (!Object.hasOwn(state.answers, id)) return state;
  const answers = { ...state.answers, [id]: { ...state.answers[id], ...values } };
  return { ...state, answers };
}

const toggle = (list, value, on) =>
  on ? [...new Set([...list, value])].sort((a, b) => a - b) : list.filter((one) => one !== value);

function see(state, at) {
  const id = current(state);
  return id && state.answers[id].status === 'unseen'
    ? change(state, id, { status: 'seen', seenAt: at })
    : state;
}

const ACTS = {
  /** {questions: ids, minutes|null, factor} */
  start(state, act) {
    if (state.status !== 'setup' || !Array.isArray(act.questions) || !act.questions.length) {
      return state;
    }
    const questions = [...new Set(act.questions)];
    const timed = finite(act.minutes) && act.minutes > 0;
    const factor = Math.min(MAX_FACTOR, Math.max(1, finite(act.factor) ? act.factor : 1));
    const granted = timed ? act.minutes * factor * MINUTE : 0;
    const answers = Object.fromEntries(questions.map((id) => [id, blank()]));
    return see({
      ...state,
      status: 'running',
      questions,
      answers,
      timed,
      factor,
      granted,
      startedAt: act.at,
      endsAt: timed ? act.at + granted : null,
    }, act.at);
  },
  goto(state, act) {
    if (state.status !== 'running' || !state.questions[act.index]) return state;
    return see({ ...state, index: act.index }, act.at);
  },
  /** The answer is given; from now on the rubric shows. */
  commit(state, act) {
    const id = current(state);
    if (state.status !== 'running' || state.answers[id].status !== 'seen') return state;
    return change(state, id, {
      status: 'answered', text: String(act.text ?? ''), answeredAt: act.at,
    });
  },
  check: (state, act) => rate(state, act, 'checks'),
  fatal: (state, act) => rate(state, act, 'fatal'),
  /** The reader has gone through the rubric: the score counts, also when it is zero. */
  score(state, act) {
    const id = act.question ?? current(state);
    return committed(state, id) ? change(state, id, { status: 'scored' }) : state;
  },
  /** {rung, ok} */
  followup(state, act) {
    const id = act.question ?? current(state);
    if (!committed(state, id) || !Number.isInteger(act.rung)) return state;
    const { followups } = state.answers[id];
    if (followups.some(({ rung }) => rung === act.rung)) return state;
    return change(state, id, { followups: [...followups, { rung: act.rung, ok: act.ok === true }] });
  },
  pause(state, act) {
    if (state.status !== 'running') return state;
    return { ...state, status: 'paused', left: remaining(state, act.at), endsAt: null };
  },
  resume(state, act) {
    if (state.status !== 'paused') return state;
    return { ...state, status: 'running', left: null, endsAt: state.timed ? act.at + state.left : null };
  },
  /** {minutes}: more time, also after the end; {minutes: null}: no clock any more */
  extend(state, act) {
    if (!state.timed || !['running', 'paused'].includes(state.status)) return state;
    if (act.minutes === null) return { ...state, timed: false, endsAt: null, left: null };
    if (!finite(act.minutes) || act.minutes <= 0) return state;
    const left = Math.max(0, remaining(state, act.at)) + act.minutes * MINUTE;
    const granted = state.granted + act.minutes * MINUTE;
    return state.status === 'paused'
      ? { ...state, granted, left }
      : { ...state, granted, endsAt: act.at + left };
  },
  finish(state, act) {
    if (!['running', 'paused'].includes(state.status)) return state;
    return { ...state, status: 'done', finishedAt: act.at, endsAt: null, left: null };
  },
};

const committed = (state, id) =>
  state.status !== 'setup' && ['answered', 'scored'].includes(state.answers[id]?.status);

function rate(state, act, list) {
  const id = act.question ?? current(state);
  if (!committed(state, id) || !Number.isInteger(act.index) || act.index < 0) return state;
  return change(state, id, { [list]: toggle(state.answers[id][list], act.index, act.on === true) });
}

/** @param {{type: string, at: number}} act  unknown or untimely acts change nothing */
export const reduce = (state, act) =>
  Object.hasOwn(ACTS, act?.type) && finite(act.at) ? ACTS[act.type](state, act) : state;

/** The state after a list of acts: how a reload resumes. */
export const resume = (acts) => acts.reduce(reduce, initial());

/**
 * Milliseconds left, null without a clock; negative after the end. A clock that was set back
 * grants no more than was given.
 */
export function remaining(state, now) {
  if (!state.timed) return null;
  if (state.status === 'paused') return state.left;
  return state.endsAt === null ? 0 : Math.min(state.granted, state.endsAt - now);
}

/** The minute marks (5, 1, 0) that were passed between two looks at the clock; the last counts. */
export function announcement(before, after) {
  if (before === null || after === null) return null;
  const passed = ANNOUNCE_MINUTES.filter((mark) => before > mark * MINUTE && after <= mark * MINUTE);
  return passed.length ? passed.at(-1) : null;
}

/* ---- rubric and ladder ---- */

/** Share of the rubric's weight, 0 to 1; a fatal error caps it. Null while it is not scored. */
export function score(question, answer) {
  if (answer?.status !== 'scored') return null;
  const all = question.checks.reduce((sum, { weight }) => sum + weight, 0);
  const got = question.checks.reduce(
    (sum, { weight }, index) => sum + (answer.checks.includes(index) ? weight : 0), 0,
  );
  const share = all ? got / all : 0;
  return answer.fatal.length ? Math.min(share, FATAL_CAP) : share;
}

/**
 * What the interviewer asks next. A fatal error: the wrong answer and its counterexample. Else a
 * follow-up whose difficulty fits the ticked checks; one up after a good answer, one down after a
 * poor one, none twice. Every way ends at the question's page.
 * @returns {{kind: 'wrong'|'followup'|'page', rung?: number, text?: string, url: string}}
 */
export function nextRung(question, answer) {
  const end = { kind: 'page', url: question.url };
  const share = score(question, answer);
  if (share === null || !question.followups.length) return end;
  const asked = answer.followups;
  if (answer.fatal.length) {
    return asked.length ? end : { kind: 'wrong', rung: -1, url: question.url };
  }
  const top = question.followups.length - 1;
  let rung = Math.min(top, Math.floor(share * question.followups.length));
  if (asked.length) rung = asked.at(-1).rung + (asked.at(-1).ok ? 1 : -1);
  if (rung < 0 || rung > top || asked.some((one) => one.rung === rung)) return end;
  return { kind: 'followup', rung, text: question.followups[rung], url: question.url };
}

/* ---- report ---- */

const DIMENSIONS = {
  level: (question) => [question.level],
  topic: (question) => [question.topic],
  round: (question) => question.rounds,
};

/**
 * @param {Object} state
 * @param {Map<string, MockQuestion>} questions
 */
export function report(state, questions) {
  const rows = state.questions.map((id) => {
    const question = questions.get(id) ?? null; // null: the question has gone
    const answer = state.answers[id];
    const value = question ? score(question, answer) : null;
    const { status, fatal, seenAt, answeredAt } = answer;
    const minutes = answeredAt && seenAt ? Math.max(0, answeredAt - seenAt) / MINUTE : null;
    return { id, question, status, score: value, fatal: fatal.length, minutes };
  });
  const scored = rows.filter((row) => row.score !== null);
  const mean = (list) =>
    list.length ? list.reduce((sum, row) => sum + row.score, 0) / list.length : null;

  const dimensions = {};
  for (const [name, of] of Object.entries(DIMENSIONS)) {
    const groups = new Map();
    for (const row of scored) {
      for (const key of of(row.question)) groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    dimensions[name] = [...groups].map(([key, list]) => ({
      key, score: mean(list), count: list.length, fatal: list.filter((row) => row.fatal).length,
    }));
  }
  const next = [...scored]
    .filter((row) => row.score < PASSED || row.fatal)
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ id, question, score: value }) => ({ id, url: question.url, score: value }));
  const passedTopics = dimensions.topic
    .filter((topic) => topic.score >= PASSED && !topic.fatal)
    .map((topic) => topic.key);
  return {
    rows,
    total: mean(scored),
    scored: scored.length,
    unscored: rows.filter((row) => row.status === 'answered').map((row) => row.id),
    unseen: rows.filter((row) => row.status === 'unseen').map((row) => row.id),
    unanswered: rows.filter((row) => row.status === 'seen').map((row) => row.id),
    dimensions,
    next,
    passedTopics,
  };
}

/** The cards that were missed: only questions that were answered and scored. */
export function cardFailures(state, questions) {
  return report(state, questions)
    .rows.filter((row) => row.score !== null && (row.score < FAILED || row.fatal))
    .map(({ id }) => ({ card: id, rating: 1, source: 'mock' }));
}

/**
 * Questions for a preset: levels in turn, topics in turn, shuffled by the seed alone.
 * @param {import('./types.js').Question[]} questions
 */
export function draw(questions, { questions: count, levels }, seed) {
  let value = 2166136261;
  for (const sign of String(seed)) value = Math.imul(value ^ sign.codePointAt(0), 16777619);
  const random = () => {
    value = (value + 0x6d2b79f5) | 0;
    let mixed = Math.imul(value ^ (value >>> 15), value | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pool = questions
    .filter((question) => levels.includes(question.level))
    .map((question) => ({ question, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ question }) => question);
  const used = new Map();
  const uses = (key) => used.get(key) ?? 0;
  const chosen = [];
  while (chosen.length < count && pool.length) {
    const rank = (one) => 100 * uses(one.topic) + uses(one.level);
    const best = pool.reduce((a, b, at) => (rank(b) < rank(pool[a]) ? at : a), 0);
    const [question] = pool.splice(best, 1);
    chosen.push(question);
    for (const key of [question.topic, question.level]) used.set(key, uses(key) + 1);
  }
  return chosen.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)).map(({ id }) => id);
}
