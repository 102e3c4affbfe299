/**
 * The dated plan: a pure function of facts and wishes. Same input, same plan; no day over budget.
 *
 * The weights of companies and roles are our assumption, kept in two small tables that the page
 * shows.
 */

import { path, READS } from './assess.js';
import { daysBetween, daysUntil, isDay, weekday } from './dates.js';

/** @typedef {import('./types.js').Facts} Facts @typedef {import('./types.js').Day} Day */

/**
 * @typedef {Object} PlanInput
 * @property {string} role        a role of the facts
 * @property {string} company     a kind of company of the facts, or "any"
 * @property {number} hours       on a study day
 * @property {boolean[]} weekdays Monday first
 * @property {Day} start
 * @property {Day} interview
 * @property {Day} today          nothing is planned before it
 * @property {Object<string, number>} levels
 * @property {Object<string, number>} [done]  base id -> minutes already worked on it
 *
 * @typedef {Object} Item
 * @property {string} id      base id, with `.n` for the part
 * @property {string} base    what `done` counts
 * @property {'read'|'practise'|'cards'|'mock'|'checkpoint'|'catch-up'|'cheat'} kind
 * @property {string} title
 * @property {string|null} topic
 * @property {string} url
 * @property {number} minutes
 */

export const FREQUENCY = { 'very high': 3, high: 2, medium: 1 };
export const DEPTH = { extend: 4, design: 4, derive: 3, apply: 2, explain: 1 };
export const SHARES = {
  cards: 0.2, // of a day, at most 30 minutes
  catchUp: 0.5, // of the last study day of a week
  lastDay: 0.5, // the day before the interview
  roomy: 1.15, // how much faster than evenly the work is done when there is time
};
/** Pages that items lead to, from the root of the site. */
export const PAGES = {
  cards: 'practice/flash-cards/',
  mock: 'practice/mock-interview/',
  checkpoint: 'roadmap/checkpoints/',
  cheat: 'reference/cheat-sheets/',
};
/**
 * Within a topic each further item counts this much of the one before: three weeks should reach
 * all topics before they exhaust one.
 */
export const FURTHER = 0.8;
/** Questions in sets, and after how many pages a set is worth as much as a page. */
const SETS = [
  { id: 'talk', levels: ['know', 'explain'], name: 'know and explain', place: 1 },
  { id: 'derive', levels: ['derive'], name: 'derive', place: 3 },
  { id: 'design', levels: ['design'], name: 'design', place: 4 },
];
/** To answer one question aloud and compare, where it was not measured. */
export const QUESTION_MINUTES = { know: 3, explain: 4, derive: 8, design: 12 };
const MOCK = { minutes: 30, title: 'Mock interview: 20 questions' };
const MOCK_SHORT = { minutes: 15, title: 'Mock interview: 5 questions and their report' };
const CHECKPOINT = 20;
const CHECKPOINT_DAYS = [3, 7, 14, 21];
export const STRETCH = 40; // minutes of a topic on one page that are weighed like a page
const PART = 10; // no item is begun at the end of a day for less
export const SCRAP = 5; // no item, and no rest of one, is shorter
export const MAX_DAYS = 366;

const problem = (text) => ({ ok: false, message: text, days: [], cut: [], notes: [], work: 0 });

/* ---- what there is to do ---- */

/** How much a topic counts for this role and company; higher is kept longer. */
export function weight(topic, level, { role, company }) {
  const asked = FREQUENCY[topic.companies?.[company]?.frequency] ?? (company === 'any' ? 1.5 : 0.5);
  const words = String(topic.roles?.[role] ?? 'explain').split(/[^a-z]+/);
  const depth = Math.max(1, ...words.map((word) => DEPTH[word] ?? 0));
  const base = topic.tier === 'foundation' ? 1.5 : 1;
  return base * asked * depth * (6 - level);
}

/** Derivations are asked of roles that derive, designs of roles that apply. */
function isAsked(question, topic, role) {
  const depth = topic.roles?.[role];
  if (!depth || ['know', 'explain'].includes(question.level)) return true;
  return (question.level === 'derive' ? /derive|extend/ : /apply|design|extend/).test(depth);
}

/** The idea pages of a topic with their minutes; names alone share the topic's minutes. */
function pagesOf({ pages = [], title, url, minutes }) {
  if (!pages.length) return [{ id: 'pages', title, url, minutes, stretch: STRETCH }];
  return pages.map((page) => {
    if (typeof page !== 'string') return page;
    const words = page.replaceAll('-', ' ').replace(/^./, (sign) => sign.toUpperCase());
    return { id: page, title: words, url: `${url}${page}/`, minutes: minutes / pages.length };
  });
}

/** Items of the study path, in its order, each with the weight that decides what is cut. */
function workItems(facts, input) {
  const topics = new Map(facts.topics.map((topic) => [topic.slug, topic]));
  const items = [];
  path(facts, input.levels).forEach((step, place) => {
    const topic = topics.get(step.slug);
    const common = { topic: step.slug, place, level: step.level };
    const value = weight(topic, step.level, input);
    pagesOf(topic).forEach((page, index) => {
      const minutes = Math.ceil(page.minutes * READS[step.level]);
      const verb = step.kind === 'study' ? 'Read' : 'Review';
      const base = `read.${step.slug}.${page.id}`;
      const title = page.title === topic.title ? topic.title : `${topic.title}: ${page.title}`;
      items.push({
        ...common, base, kind: 'read', title: `${verb} ${title}`, url: page.url, minutes,
        stretch: page.stretch,
        value: value * FURTHER ** index,
      });
    });
    const asked = facts.questions.filter(
      (question) => question.topic === step.slug && isAsked(question, topic, input.role),
    );
    const time = ({ minutes, level }) => minutes ?? QUESTION_MINUTES[level] ?? 4;
    for (const set of SETS) {
      const inside = asked.filter((question) => set.levels.includes(question.level));
      if (!inside.length) continue;
      items.push({
        ...common,
        base: `practise.${step.slug}.${set.id}`,
        kind: 'practise',
        title: `Answer questions on ${topic.title}: ${set.name}`,
        url: `${topic.url}questions/`,
        minutes: Math.ceil(inside.reduce((sum, question) => sum + time(question), 0)),
        value: value * FURTHER ** set.place,
      });
    }
  });
  // A page that is only looked through still has to be opened; a rest of minutes counts as done.
  return items
    .map((item) => ({ ...item, minutes: Math.max(item.minutes, SCRAP) - (input.done?.[item.base] ?? 0) }))
    .filter((item) => item.minutes >= SCRAP);
}

/** How much of an item is taken where not all of it fits: what is left over is never a scrap. */
const portion = (minutes, room) => (minutes <= room ? minutes : Math.min(room, minutes - SCRAP));

/** A topic on one long page is weighed stretch by stretch, as another is page by page. */
function stretches(item) {
  const { stretch = Infinity } = item;
  const found = [];
  for (let left = item.minutes; left > 0; left -= found.at(-1).minutes) {
    const value = item.value * FURTHER ** found.length;
    found.push({ ...item, minutes: left < stretch + SCRAP ? left : stretch, value });
  }
  return found;
}

/** Keep what fits, the heaviest first; the last that is kept may be shortened. */
function keepWhatFits(items, capacity, input) {
  const byWeight = items.flatMap(stretches).sort((a, b) => b.value - a.value || a.place - b.place);
  const kept = new Map(); // base -> minutes
  const cut = new Map(); // base -> what is missing, and why
  let left = capacity;
  for (const { base, title, level, value, minutes } of byWeight) {
    const fits = portion(minutes, left);
    const enough = fits === minutes || fits >= PART;
    if (enough && fits > 0) kept.set(base, (kept.get(base) ?? 0) + fits);
    if (enough) left -= fits;
    const missing = minutes - (enough ? fits : 0);
    if (missing > 0) {
      const asked = input.company === 'any' ? '' : ` for ${input.company}`;
      const why = `weighs ${value.toFixed(1)}${asked} at level ${level}`;
      const before = cut.get(base);
      cut.set(base, { why, ...before, base, title, minutes: (before?.minutes ?? 0) + missing });
    }
  }
  const some = items.filter(({ base }) => kept.has(base));
  return { kept: some.map((item) => ({ ...item, minutes: kept.get(item.base) })), cut: [...cut.values()] };
}

/* ---- the days ---- */

function checked(input) {
  if (!isDay(input.start) || !isDay(input.interview) || !isDay(input.today)) {
    return 'Choose a first day and an interview day.';
  }
  if (!(input.hours > 0 && input.hours <= 16)) return 'Choose between 0.25 and 16 hours a day.';
  if (!Array.isArray(input.weekdays) || input.weekdays.length !== 7) return 'Choose your weekdays.';
  if (!input.weekdays.some(Boolean)) return 'Choose at least one weekday.';
  if (input.interview <= input.today) return 'The interview day must come after today.';
  if (input.interview <= input.start) return 'The interview day must come after the first day.';
  return '';
}

/** Reserve what belongs to the rhythm: cards, mocks, checkpoints, catch-up, the light last day. */
function frame(days, budget, input) {
  const last = days.length - 1;
  const frames = days.map((date) => ({ date, budget, items: [], room: budget }));
  const put = (day, item) => {
    const minutes = Math.floor(Math.min(item.minutes, day.room));
    if (minutes < Math.min(5, item.minutes)) return false;
    day.items.push({ topic: null, base: item.id, ...item, minutes });
    day.room -= minutes;
    return true;
  };

  // Weeks run from the first study day, not from Monday, so that every plan has the same rhythm.
  const sizes = new Map();
  for (const day of frames) {
    day.week = Math.floor(daysBetween(days[0], day.date) / 7);
    sizes.set(day.week, (sizes.get(day.week) ?? 0) + 1);
  }
  frames.forEach((day, index) => {
    const minutes = Math.max(5, Math.min(30, Math.floor(budget * SHARES.cards)));
    put(day, {
      id: `cards.${day.date}`, kind: 'cards', title: 'Flash cards: what is due', url: PAGES.cards, minutes,
    });
    const closes = index !== last && frames[index + 1].week !== day.week;
    day.endsWeek = closes && sizes.get(day.week) >= 3;
  });

  const mock = Math.floor(budget * 0.7) >= MOCK.minutes ? MOCK : MOCK_SHORT;
  if (budget >= MOCK_SHORT.minutes + 5) {
    let number = 0;
    frames.forEach((day, index) => {
      const weekly = day.endsWeek && day.week >= 1;
      if (index !== last && (weekly || index === last - 1)) {
        number += 1;
        put(day, { ...mock, id: `mock.${number}`, kind: 'mock', url: PAGES.mock });
      }
    });
  }
  for (const after of CHECKPOINT_DAYS) {
    const day = frames.find((one) => daysBetween(days[0], one.date) >= after);
    if (day && day !== frames[last] && budget >= 45) {
      put(day, {
        id: `checkpoint.${after}`,
        kind: 'checkpoint',
        title: `Checkpoint, day ${after}: from memory`,
        url: PAGES.checkpoint,
        minutes: CHECKPOINT,
      });
    }
  }
  for (const day of frames) {
    const minutes = Math.floor(Math.min(budget * SHARES.catchUp, day.room));
    if (day.endsWeek && minutes >= 5) {
      put(day, {
        id: `catch-up.${day.week + 1}`,
        kind: 'catch-up',
        title: 'Catch up, or rest if nothing is left',
        url: '',
        minutes,
      });
    }
  }
  if (last > 0 || budget >= 20) {
    const day = frames[last];
    const light = last > 0 ? Math.floor(budget * SHARES.lastDay) : Math.floor(budget * 0.6);
    const used = budget - day.room;
    if (light - used >= 5) {
      put(day, {
        id: 'cheat.last',
        kind: 'cheat',
        title: 'Cheat sheets and red flags, aloud; then stop',
        url: PAGES.cheat,
        minutes: Math.min(60, light - used),
      });
    }
    if (last > 0) day.room = 0; // the last day stays light
  }
  return frames;
}

/** Pour the items into the days, in order, `pace` minutes a day at most. */
function pour(frames, items, pace) {
  const parts = new Map();
  const most = Math.min(pace, Math.max(0, ...frames.map((day) => day.room)));
  const least = Math.max(SCRAP, Math.min(PART, most - SCRAP)); // a quarter of an hour takes a part too
  let index = 0;
  let filled = 0;
  for (const item of items) {
    let left = item.minutes;
    while (left > 0 && index < frames.length) {
      const day = frames[index];
      const minutes = portion(left, Math.min(day.room, pace - filled));
      if (minutes < left && minutes < least) {
        index += 1;
        filled = 0;
        continue;
      }
      const part = (parts.get(item.base) ?? 0) + 1;
      parts.set(item.base, part);
      const { base, kind, title, topic, url } = item;
      day.items.push({ id: `${base}.${part}`, base, kind, title, topic, url, minutes });
      day.room -= minutes;
      filled += minutes;
      left -= minutes;
    }
    if (left > 0) return { left, item };
  }
  return null;
}

/**
 * The plan.
 * @param {Facts} facts
 * @param {PlanInput} input
 */
export function makePlan(facts, input) {
  const wrong = checked(input);
  if (wrong) return problem(wrong);
  const notes = [];
  const start = input.start < input.today ? input.today : input.start;
  if (start !== input.start) notes.push(`The first day was past: the plan starts on ${start}.`);
  let days = daysUntil(start, input.interview).filter((day) => input.weekdays[weekday(day)]);
  if (!days.length) return problem('None of your weekdays lies before the interview.');
  if (days.length > MAX_DAYS) {
    days = days.slice(-MAX_DAYS);
    notes.push(`Only the last ${MAX_DAYS} study days are planned.`);
  }
  const budget = Math.floor(input.hours * 60);

  const items = workItems(facts, input);
  const work = items.reduce((sum, item) => sum + item.minutes, 0);
  // Splitting loses up to PART - 1 minutes a day, so what fits is found by trying.
  let capacity = frame(days, budget, input).reduce((sum, day) => sum + Math.max(0, day.room), 0);
  let chosen;
  let frames;
  for (;;) {
    chosen = keepWhatFits(items, Math.max(0, capacity), input);
    const minutes = chosen.kept.reduce((sum, item) => sum + item.minutes, 0);
    frames = frame(days, budget, input);
    const open = frames.filter((day) => day.room > 0);
    const even = open.length ? Math.ceil((minutes / open.length) * SHARES.roomy) : 0;
    const paces = [Math.max(even, Math.min(30, budget)), budget];
    let over = null;
    for (const pace of paces) {
      frames = frame(days, budget, input);
      over = pour(frames, chosen.kept, pace);
      if (!over) break;
    }
    if (!over) break;
    capacity = Math.min(capacity - 1, minutes - over.left);
  }

  const parts = new Map();
  const all = frames.flatMap((day) => day.items);
  for (const { base } of all) parts.set(base, (parts.get(base) ?? 0) + 1);
  for (const item of all) {
    if (parts.get(item.base) > 1) {
      item.title += `, part ${item.id.slice(item.base.length + 1)} of ${parts.get(item.base)}`;
    }
  }
  if (chosen.cut.length) {
    const missing = chosen.cut.reduce((sum, item) => sum + item.minutes, 0);
    notes.push(`${missing} minutes of work do not fit; the list says what was left out and why.`);
  }
  return {
    ok: true,
    message: '',
    days: frames.map(({ date, items: list }) => ({
      date,
      budget,
      minutes: list.reduce((sum, item) => sum + item.minutes, 0),
      items: list,
    })),
    cut: chosen.cut,
    notes,
    work,
  };
}

/**
 * The plan from today on, after days were missed: what was done counts, the rest is spread over
 * the days that are left.
 */
export const replan = (facts, input, today, done) => makePlan(facts, { ...input, today, done });

/* ---- the input in the address ---- */

const SAFE = /^[a-z0-9-]{1,60}$/;

/** The input as a URL fragment, without `#`. A plan can be kept and sent without any storage. */
export function encodeInput(input) {
  const levels = Object.entries(input.levels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    'v=1',
    `role=${input.role}`,
    `company=${input.company}`,
    `hours=${input.hours}`,
    `days=${input.weekdays.map((on) => (on ? 1 : 0)).join('')}`,
    `start=${input.start}`,
    `interview=${input.interview}`,
    `levels=${levels.map(([slug, level]) => `${slug}.${level}`).join('_')}`,
  ].join('&');
}

/** The input of a fragment. What is not valid is left out and named. */
export function decodeInput(fragment) {
  const fields = new Map();
  for (const pair of String(fragment).replace(/^#/, '').split('&')) {
    const at = pair.indexOf('=');
    if (at > 0) fields.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const input = {};
  const problems = [];
  const read = (key, name, valid, value = (text) => text) => {
    const text = fields.get(key);
    if (text === undefined) return;
    if (valid(text)) input[name] = value(text);
    else problems.push(`${key} is not valid`);
  };
  if (fields.get('v') !== '1') problems.push('this address is not of a known version');
  read('role', 'role', (text) => SAFE.test(text));
  read('company', 'company', (text) => SAFE.test(text));
  read('hours', 'hours', (text) => Number(text) > 0 && Number(text) <= 16, Number);
  read('days', 'weekdays', (text) => /^[01]{7}$/.test(text), (text) => [...text].map((one) => one === '1'));
  read('start', 'start', isDay);
  read('interview', 'interview', isDay);
  read(
    'levels',
    'levels',
    (text) => /^([a-z0-9-]+\.[1-5](_[a-z0-9-]+\.[1-5])*)?$/.test(text),
    (text) => Object.fromEntries(
      text.split('_').filter(Boolean).map((one) => [one.slice(0, -2), Number(one.slice(-1))]),
    ),
  );
  return { input, problems };
}
