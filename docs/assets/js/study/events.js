/**
 * What may stand in the log: ids, the types of events with their checks, and the way from every
 * earlier schema to this one.
 */

import { isDay } from './dates.js';

/** @typedef {import('./types.js').StudyEvent} StudyEvent */

/** Raise it when the shape of an event changes; add a migration and a fixture in tests/js. */
export const SCHEMA = 1;

/** `MIGRATIONS[1]` turns an event of schema 1 into one of schema 2, and so on. */
export const MIGRATIONS = {};

/* ---- ids ---- */

const ID = /^[0-9a-z]{14}$/;
const LATEST = Date.UTC(2200, 0, 1);
const timeOf = (id) => parseInt(id.slice(0, 9), 36);

/**
 * A maker of ids that sort after every id it has seen, whatever the clock does meanwhile.
 * @param {() => number} random  a number in [0, 1)
 */
export function idMaker(random = Math.random) {
  let last = 0;
  return {
    saw(id) {
      last = Math.max(last, timeOf(id));
    },
    make(now) {
      last = Math.max(Math.floor(now) || 0, last + 1);
      const chance = Math.floor(random() * 36 ** 5);
      return last.toString(36).padStart(9, '0') + chance.toString(36).padStart(5, '0');
    },
  };
}

export const byId = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/* ---- checks: each returns nothing, or what is wrong ---- */

const NAME = /^[\w][\w.:/#@+-]{0,199}$/;
const finite = (value) => typeof value === 'number' && Number.isFinite(value);
const plain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const name = (value) => (typeof value === 'string' && NAME.test(value) ? '' : 'is not an id');
const flag = (value) => (typeof value === 'boolean' ? '' : 'is not true or false');
const text = (value) => (typeof value === 'string' && value.length <= 20_000 ? '' : 'is not a text');
const object = (value) => (plain(value) ? '' : 'is not an object');
const count = (value) => (Number.isInteger(value) && value >= 0 ? '' : 'is not a count');
const oneOf = (...values) => (value) =>
  values.includes(value) ? '' : `is not one of ${values.join(', ')}`;
const maybe = (check) => (value) => (value === undefined || value === null ? '' : check(value));
const any = () => '';
const listOf = (check) => (value) =>
  !Array.isArray(value) ? 'is not a list' : value.map(check).find(Boolean) || '';

function levels(value) {
  if (!plain(value) || !Object.keys(value).length) return 'holds no levels';
  for (const [slug, level] of Object.entries(value)) {
    if (name(slug)) return `names a topic "${slug}" that is not an id`;
    if (![1, 2, 3, 4, 5].includes(level)) return `has level ${level} for ${slug}, not 1 to 5`;
  }
  return '';
}

const sound = new WeakSet(); // memories that were found right: they never change

/** What is wrong with a stored memory (see `packMemory` in cards.js), or nothing. */
export function memoryProblem(packed) {
  if (sound.has(packed)) return '';
  if (!Array.isArray(packed) || packed.length !== 10) return 'is not a list of ten';
  const [state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last] = packed;
  if (![1, 2, 3].includes(state)) return `has an unknown state ${state}`;
  if (!finite(stability) || stability <= 0) return `has stability ${stability}`;
  if (!finite(difficulty) || difficulty < 1 || difficulty > 10) {
    return `has difficulty ${difficulty}`;
  }
  if (!isDay(due) || !isDay(last)) return `has a bad date ${isDay(due) ? last : due}`;
  if (dueAt !== null && !finite(dueAt)) return `has a bad time ${dueAt}`;
  const problem = count(step) || count(interval) || count(reps) || count(lapses);
  if (!problem) sound.add(packed);
  return problem;
}

/** Type of event -> field -> check. A field that is not named here is refused. */
export const EVENT_TYPES = {
  'mark.set': {
    topic: name,
    mark: oneOf('read', 'assessed', 'practised', 'cheat', 'mock'),
    on: flag,
  },
  'section.set': {
    section: name,
    topic: maybe(name),
    state: oneOf('none', 'read', 'practised', 'explain'),
  },
  'assessment.done': { levels },
  'probe.answered': { topic: name, level: oneOf(2, 3, 4, 5), question: name, passed: flag },
  'card.review': {
    card: name,
    rating: oneOf(1, 2, 3, 4),
    prev: maybe(name),
    after: memoryProblem,
    by: text,
    ms: maybe(count),
    source: maybe(oneOf('cards', 'mock', 'ladder')),
    made: maybe(object),
  },
  'card.suspend': { card: name, on: flag },
  'card.report': { card: name, text },
  'plan.set': { fragment: text },
  'plan.done': { item: name, minutes: count, on: flag },
  'mock.act': { mock: name, act: object },
  'ladder.act': { derivation: name, act: object },
  'setting.set': { key: name, value: any },
  'backup.saved': { events: count },
  reset: { topic: name, cards: maybe(listOf(name)) },
  undo: { of: name },
};

const AT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** What is wrong with a row, in words for its owner; the empty string if nothing. */
export function eventProblem(event, schema = SCHEMA) {
  if (!plain(event)) return 'is not an event';
  const { id, at, zone, type, v, data } = event;
  if (typeof id !== 'string' || !ID.test(id) || timeOf(id) > LATEST) return 'has no valid id';
  if (typeof at !== 'string' || !AT.test(at) || !isDay(at.slice(0, 10))) {
    return `has a bad date "${at}"`;
  }
  if (!Number.isInteger(zone) || Math.abs(zone) > 16 * 60) return `has a bad time zone "${zone}"`;
  if (!Number.isInteger(v) || v < 1) return `has a bad version "${v}"`;
  if (v > schema) return `comes from a newer version (${v})`;
  if (typeof type !== 'string' || !Object.hasOwn(EVENT_TYPES, type)) {
    return `has an unknown type "${type}"`;
  }
  if (!plain(data)) return 'holds no data';
  const checks = EVENT_TYPES[type];
  for (const key of Object.keys(data)) {
    if (!Object.hasOwn(checks, key)) return `holds an unknown field "${key}"`;
  }
  for (const [key, check] of Object.entries(checks)) {
    const problem = check(data[key]);
    if (problem) return `${type}: "${key}" ${problem}`;
  }
  return '';
}

/** The event in today's schema. Pure: what is stored stays as it was written. */
export function upcast(event, schema = SCHEMA, migrations = MIGRATIONS) {
  let current = event;
  while (plain(current) && Number.isInteger(current.v) && current.v >= 1 && current.v < schema) {
    const step = migrations[current.v];
    if (!step) return current;
    current = { ...step(current), id: event.id, v: current.v + 1 };
  }
  return current;
}
