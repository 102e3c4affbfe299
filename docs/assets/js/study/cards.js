/**
 * The schedule of the flash cards, on FSRS.
 *
 * FSRS counts UTC days; it is given local study days instead. What it answers is stored with the
 * answer and never computed again, so an undo restores exactly what was, and a new version of the
 * scheduler changes no past.
 */

import { addDays, daysBetween, studyDay } from './dates.js';
import { memoryProblem } from './events.js';
import { computeDecayFactor, default_w, fsrs, FSRSVersion } from '../../vendor/ts-fsrs/ts-fsrs.min.js';

/** @typedef {import('./types.js').Memory} Memory @typedef {import('./types.js').CardView} CardView */

export const AGAIN = 1;
export const HARD = 2; // "I recalled it, with effort": not for forgotten cards
export const GOOD = 3;
export const EASY = 4;

export const RETENTION = 0.9;
export const SCHEDULER = `ts-fsrs ${FSRSVersion}`;
const MINUTE = 60_000;
const AHEAD = 20 * MINUTE;

const schedulers = new Map();
function scheduler(retention) {
  if (!schedulers.has(retention)) {
    schedulers.set(retention, fsrs({ request_retention: retention, enable_fuzz: false }));
  }
  return schedulers.get(retention);
}

const utc = (day) => new Date(`${day}T00:00:00Z`);
const later = (a, b) => (a > b ? a : b);

/* ---- one card ---- */

/** A memory as it is stored in an event: ten values. @param {Memory} m */
export const packMemory = (m) => [
  m.state, m.step, m.stability, m.difficulty, m.due, m.dueAt, m.interval, m.reps, m.lapses, m.last,
];

/** @returns {Memory|null} null if it holds a NaN, an unknown state or a bad date */
export function unpackMemory(packed) {
  if (memoryProblem(packed)) return null;
  const [state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last] = packed;
  return { state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last };
}

/**
 * The memory after an answer.
 * @param {Memory|null} memory  null for a card never answered
 * @returns {Memory}
 */
export function answer(memory, rating, now, zone, retention = RETENTION) {
  // A clock that was set back must not make time negative: then it is still the last day.
  const day = later(studyDay(now, zone), memory?.last ?? '');
  const card = {
    due: utc(memory?.due ?? day),
    stability: memory?.stability ?? 0,
    difficulty: memory?.difficulty ?? 0,
    elapsed_days: 0,
    scheduled_days: memory?.interval ?? 0,
    learning_steps: memory?.step ?? 0,
    reps: memory?.reps ?? 0,
    lapses: memory?.lapses ?? 0,
    state: memory?.state ?? 0,
    last_review: memory ? utc(memory.last) : undefined,
  };
  const next = scheduler(retention).next(card, utc(day), rating).card;
  const wait = next.due.getTime() - utc(day).getTime();
  const interval = next.scheduled_days;
  return {
    state: next.state,
    step: next.learning_steps,
    stability: next.stability,
    difficulty: next.difficulty,
    due: addDays(day, interval),
    dueAt: interval ? null : now + wait,
    interval,
    reps: next.reps,
    lapses: next.lapses,
    last: day,
  };
}

/** The memory that each button would store. What is shown is what is stored. */
export const choices = (memory, now, zone, retention = RETENTION) =>
  Object.fromEntries(
    [AGAIN, HARD, GOOD, EASY].map((rating) => [
      rating,
      answer(memory, rating, now, zone, retention),
    ]),
  );

/** The words on a button. @param {Memory} memory one of `choices` */
export function label(memory, now) {
  if (memory.interval) return `${memory.interval} ${memory.interval === 1 ? 'day' : 'days'}`;
  return `${Math.max(1, Math.round((memory.dueAt - now) / MINUTE))} min`;
}

/** The data of a `card.review` event. @param {CardView|undefined} view */
export function reviewData(id, view, rating, now, zone, extra = {}) {
  const { retention = RETENTION, ...rest } = extra;
  return {
    card: id,
    rating,
    prev: view?.lastReview ?? null,
    after: packMemory(answer(view?.memory ?? null, rating, now, zone, retention)),
    by: SCHEDULER,
    ...rest,
  };
}

/** @returns {CardView} */
export const newCard = (id) => ({
  id,
  memory: null,
  lastReview: null,
  first: null,
  suspended: false,
  reports: [],
  made: null,
});

/**
 * Replay one answer. The stored memory counts if the answer follows the one it was given after;
 * if the histories of two devices met, or an answer in between was undone, it is computed anew.
 */
export function applyReview(view, event) {
  const { rating, prev, after, made } = event.data;
  const now = Date.parse(event.at);
  const stored = (prev ?? null) === view.lastReview ? unpackMemory(after) : null;
  view.memory = stored ?? answer(view.memory, rating, now, event.zone);
  view.lastReview = event.id;
  view.first ??= studyDay(now, event.zone);
  if (made) view.made = made;
}

const CURVE = computeDecayFactor(default_w);

/** The predicted chance of recall on a day. @param {Memory|null} memory */
export function recallOn(memory, day) {
  if (!memory) return 0;
  const elapsed = Math.max(0, daysBetween(memory.last, day));
  return (1 + (CURVE.factor * elapsed) / memory.stability) ** CURVE.decay;
}

/* ---- the queue ---- */

export const DEFAULTS = {
  retention: RETENTION,
  newPerDay: 10, // null: as many as the interview day asks for
  capMinutes: 30,
  secondsPerAnswer: 20,
  interview: null, // a day: deadline mode
};
export const PASS_DAYS = 3;
export const PASS_BELOW = 0.93;

function hash(text) {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  }
  return (value ^ (value >>> 15)) >>> 0;
}

/** Whether a card of the learning steps waits, is ready, or is a matter of days. */
function dueState(memory, now, day) {
  if (memory.dueAt === null) return memory.due <= day ? 'due' : 'later';
  const sameDay = memory.last === day;
  return !sameDay || memory.dueAt <= now || memory.dueAt - now > 24 * 60 * MINUTE ? 'step' : 'wait';
}

/**
 * In the last three days before the interview every card whose predicted recall on the day is
 * below 0.93 gets one more look, a third of the cards on each day; who misses a day finds its
 * cards on the next.
 */
function inFinalPass(id, memory, day, interview) {
  if (!interview) return false;
  const left = daysBetween(day, interview);
  if (left < 1 || left > PASS_DAYS) return false;
  const turn = PASS_DAYS - left >= hash(id) % PASS_DAYS;
  return turn && memory.due >= interview && recallOn(memory, interview) < PASS_BELOW;
}

/** How many new cards today: in deadline mode all of them in time for the final pass. */
function newToday(freshCount, begunToday, day, { newPerDay, interview }) {
  const left = interview ? daysBetween(day, interview) : 0;
  if (left < 1) return Math.max(0, (newPerDay ?? DEFAULTS.newPerDay) - begunToday);
  const days = left > PASS_DAYS ? left - PASS_DAYS : left;
  const needed = Math.ceil((freshCount + begunToday) / days);
  return Math.max(0, Math.min(newPerDay ?? needed, needed) - begunToday);
}

/**
 * What to answer now, best first: steps that are ready, reviews with the lowest predicted recall
 * first, new cards, steps that still wait. Never more answers than the day's minutes allow; what
 * does not fit is counted in `held`, not piled up.
 * @param {{ids: string[], cards: Map<string, CardView>, now: number, zone: number,
 *   settings?: Object, answersToday?: number}} given  `ids` in deck order, already filtered
 */
export function buildQueue({ ids, cards, now, zone, settings = {}, answersToday = 0 }) {
  const options = { ...DEFAULTS, ...settings };
  const day = studyDay(now, zone);
  const aim = options.interview && options.interview > day ? options.interview : day;
  const found = { step: [], due: [], pass: [], fresh: [], wait: [] };
  let begunToday = 0;
  for (const id of ids) {
    const view = cards.get(id);
    if (view?.first === day) begunToday += 1;
    if (view?.suspended) continue;
    if (!view?.memory) {
      found.fresh.push(id);
      continue;
    }
    const state = dueState(view.memory, now, day);
    if (state !== 'later') found[state].push(id);
    else if (inFinalPass(id, view.memory, day, options.interview)) found.pass.push(id);
  }

  const memory = (id) => cards.get(id).memory;
  found.step.sort((a, b) => (memory(a).dueAt ?? 0) - (memory(b).dueAt ?? 0));
  found.wait.sort((a, b) => memory(a).dueAt - memory(b).dueAt);
  const reviews = [...found.due, ...found.pass]
    .map((id) => [recallOn(memory(id), aim), id])
    .sort((a, b) => a[0] - b[0])
    .map(([, id]) => id);

  const room = Math.floor((options.capMinutes * 60) / options.secondsPerAnswer) - answersToday;
  const started = found.step.length + found.wait.length; // in the middle: never held back
  const reviewsNow = reviews.slice(0, Math.max(0, room - started));
  const wanted = newToday(found.fresh.length, begunToday, day, options);
  const roomForNew = Math.floor((room - started - reviewsNow.length) / 2); // two answers each
  const freshNow = found.fresh.slice(0, Math.max(0, Math.min(wanted, roomForNew)));
  const held = reviews.length - reviewsNow.length;
  const waitNow = found.wait.filter((id) => memory(id).dueAt - now <= AHEAD);
  return {
    order: [...found.step, ...reviewsNow, ...freshNow, ...waitNow],
    counts: {
      step: found.step.length,
      due: found.due.length,
      pass: found.pass.length,
      fresh: freshNow.length,
      wait: found.wait.length,
    },
    held,
    heldNew: Math.min(wanted, found.fresh.length) - freshNow.length,
  };
}

/* ---- looking ahead ---- */

/**
 * Play the coming days, the model judging itself: a review succeeds with its predicted recall, a
 * new card is known with chance 0.8, a card inside its steps is answered right.
 * @param {{ids: string[], cards: Map<string, CardView>, now: number, zone: number,
 *   settings?: Object, days: number, answersToday?: number, seed?: string}} given
 */
export function simulate({ ids, cards, now, zone, settings = {}, days, answersToday = 0, seed = '' }) {
  const options = { ...DEFAULTS, ...settings };
  const mine = new Map(ids.map((id) => [id, { ...(cards.get(id) ?? newCard(id)) }]));
  const first = studyDay(now, zone);
  const result = [];
  for (let index = 0; index < days; index += 1) {
    const day = addDays(first, index);
    // Noon of the day, except for today, which has begun.
    let moment = index ? utc(day).getTime() + (12 * 60 - zone) * MINUTE : now;
    let answers = 0;
    const spent = index ? 0 : answersToday;
    const given = { ids, cards: mine, zone, settings: options };
    const { order, held } = buildQueue({ ...given, now: moment, answersToday: spent });
    const open = [...order];
    while (open.length) {
      const id = open.shift();
      const view = mine.get(id);
      const steps = view.memory && view.memory.dueAt !== null;
      const chance = !view.memory ? 0.8 : steps ? 1 : recallOn(view.memory, day);
      const draw = hash(`${seed}${id}:${view.memory?.reps ?? 0}:${day}`) / 2 ** 32;
      moment += options.secondsPerAnswer * 1000;
      view.memory = answer(
        view.memory, draw < chance ? GOOD : AGAIN, moment, zone, options.retention,
      );
      view.first ??= day;
      answers += 1;
      if (view.memory.dueAt !== null) open.push(id);
    }
    result.push({ day, answers, minutes: (answers * options.secondsPerAnswer) / 60, held });
  }
  return { days: result, cards: mine };
}

/** Minutes for each coming day: up to the interview, or two weeks. */
export function forecast(given) {
  const { interview } = { ...DEFAULTS, ...given.settings };
  const first = studyDay(given.now, given.zone);
  const days = interview && interview > first ? Math.min(90, daysBetween(first, interview)) : 14;
  return simulate({ ...given, days }).days;
}

/** How ready the cards are on a day: mean predicted recall, and the cards below the threshold. */
export function readiness(ids, cards, day, below = RETENTION) {
  const recalls = ids.map((id) => [id, recallOn(cards.get(id)?.memory ?? null, day)]);
  const total = recalls.reduce((sum, [, recall]) => sum + recall, 0);
  return {
    mean: ids.length ? total / ids.length : 0,
    below: recalls.filter(([, recall]) => recall < below).map(([id]) => id),
  };
}

/** The reader's own pace: the median time of the last hundred answers. */
export function secondsPerAnswer(times) {
  const recent = times.slice(-100).sort((a, b) => a - b);
  if (recent.length < 10) return DEFAULTS.secondsPerAnswer;
  return Math.min(120, Math.max(3, recent[Math.floor(recent.length / 2)] / 1000));
}
