/**
 * The log replayed into what the pages show. Pure: same events, same views.
 */

import { applyReview, newCard, recallOn, RETENTION } from './cards.js';
import { studyDay } from './dates.js';

/** @typedef {import('./types.js').StudyEvent} StudyEvent */

export const MARKS = ['read', 'assessed', 'practised', 'cheat', 'mock'];

/** The ids of events that were taken back. An undo can itself be undone. */
export function undone(events) {
  const gone = new Set();
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (event.type === 'undo' && !gone.has(event.id)) gone.add(event.data.of);
  }
  return gone;
}

/** Follow retired ids to their successors. */
export function resolver(redirects = {}) {
  const table = new Map(Object.entries(redirects));
  return (id) => {
    let current = id;
    for (let hops = 0; table.has(current) && hops < 20; hops += 1) current = table.get(current);
    return current;
  };
}

/** What the answers to cards make: the most of a log, and of no use to most pages. */
function deck(id) {
  const made = {
    cards: new Map(), // card -> CardView
    answers: new Map(), // study day -> answers given
    times: [], // milliseconds of each answer, where known
  };
  const waiting = []; // events that are replayed when somebody asks
  return {
    later: (event) => waiting.push(event),
    get made() {
      for (const event of waiting.splice(0)) APPLY_TO_DECK[event.type](made, event, id);
      return made;
    },
  };
}

const decks = new WeakMap(); // view -> its deck

function empty(id) {
  const own = deck(id);
  const view = {
    ...blank(),
    get cards() { return own.made.cards; },
    get answers() { return own.made.answers; },
    get times() { return own.made.times; },
  };
  decks.set(view, own);
  return view;
}

const blank = () => ({
  marks: new Map(), // topic -> {read, assessed, practised, cheat, mock}
  sections: new Map(), // section -> {state, topic, at}
  assessments: [], // oldest first: {id, at, day, levels, total}
  probes: new Map(), // question -> {topic, level, passed, at}
  plan: null, // {fragment, at}
  planDone: new Map(), // item -> minutes
  mocks: new Map(), // mock -> its acts, with their moments
  ladders: new Map(), // derivation -> its acts
  settings: new Map(),
});

function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

const noMarks = () => Object.fromEntries(MARKS.map((mark) => [mark, false]));

const APPLY = {
  'mark.set'(view, { data }, id) {
    entry(view.marks, id(data.topic), noMarks)[data.mark] = data.on;
  },
  'section.set'(view, { data, at }, id) {
    const topic = data.topic ? id(data.topic) : null;
    if (data.state === 'none') view.sections.delete(id(data.section));
    else view.sections.set(id(data.section), { state: data.state, topic, at });
  },
  'assessment.done'(view, event, id) {
    const { id: of, at, zone, data } = event;
    const levels = Object.fromEntries(
      Object.entries(data.levels).map(([slug, level]) => [id(slug), level]),
    );
    const total = Object.values(levels).reduce((sum, level) => sum + level, 0);
    view.assessments.push({ id: of, at, day: studyDay(Date.parse(at), zone), levels, total });
    for (const slug of Object.keys(levels)) entry(view.marks, slug, noMarks).assessed = true;
  },
  'probe.answered'(view, { data, at }, id) {
    const { level, passed } = data;
    view.probes.set(id(data.question), { topic: id(data.topic), level, passed, at });
  },
  'plan.set'(view, { data, at }) {
    view.plan = { fragment: data.fragment, at };
  },
  'plan.done'(view, { data }) {
    if (data.on) view.planDone.set(data.item, (view.planDone.get(data.item) ?? 0) + data.minutes);
    else view.planDone.delete(data.item);
  },
  'mock.act'(view, { data, at }) {
    entry(view.mocks, data.mock, () => []).push({ ...data.act, at: Date.parse(at) });
  },
  'ladder.act'(view, { data, at }, id) {
    entry(view.ladders, id(data.derivation), () => []).push({ ...data.act, at: Date.parse(at) });
  },
  'setting.set'(view, { data }) {
    view.settings.set(data.key, data.value);
  },
  reset(view, { data }, id) {
    const topic = id(data.topic);
    view.marks.delete(topic);
    for (const [key, section] of view.sections) {
      if (section.topic === topic) view.sections.delete(key);
    }
    for (const [key, probe] of view.probes) if (probe.topic === topic) view.probes.delete(key);
  },
};

const APPLY_TO_DECK = {
  'card.review'(made, event, id) {
    const key = id(event.data.card);
    applyReview(entry(made.cards, key, () => newCard(key)), event);
    const day = studyDay(Date.parse(event.at), event.zone);
    made.answers.set(day, (made.answers.get(day) ?? 0) + 1);
    if (event.data.ms) made.times.push(event.data.ms);
  },
  'card.suspend'(made, { data }, id) {
    const key = id(data.card);
    entry(made.cards, key, () => newCard(key)).suspended = data.on;
  },
  'card.report'(made, { data }, id) {
    const key = id(data.card);
    entry(made.cards, key, () => newCard(key)).reports.push(data.text);
  },
  reset(made, { data }, id) {
    for (const card of data.cards ?? []) made.cards.delete(id(card));
  },
};

function apply(view, event, id) {
  APPLY[event.type]?.(view, event, id);
  if (Object.hasOwn(APPLY_TO_DECK, event.type)) decks.get(view).later(event);
}

/**
 * Everything the pages show.
 * @param {StudyEvent[]} events  in the order of their ids
 * @param {Object<string, string>} [redirects]  retired id -> successor
 */
export function replay(events, redirects = {}) {
  const gone = undone(events);
  const id = resolver(redirects);
  const view = empty(id);
  for (const event of events) {
    if (!gone.has(event.id)) apply(view, event, id);
  }
  return view;
}

/**
 * A view brought up to date with events that came after it; it is changed in place. Not for an
 * undo, which reaches back: that needs a replay.
 */
export function extend(view, events, redirects = {}) {
  const id = resolver(redirects);
  for (const event of events) apply(view, event, id);
  return view;
}

/** The last event that can be taken back: what an undo button undoes. */
export function lastUndoable(events, types = Object.keys({ ...APPLY, ...APPLY_TO_DECK })) {
  const gone = undone(events);
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (types.includes(event.type) && !gone.has(event.id)) return event;
  }
  return null;
}

/** What is kept of things that the site no longer has. They stay in the log and in copies. */
export const retired = (map, known) => [...map.keys()].filter((id) => !known.has(id));

/**
 * A topic is mastered when every card of it will be recalled on the day with 90% and a mock item
 * of it was passed. Both lists are returned, so that each number can be opened.
 */
export function mastery(view, topic, cardIds, day) {
  const weak = cardIds.filter(
    (id) => recallOn(view.cards.get(id)?.memory ?? null, day) < RETENTION,
  );
  const mock = view.marks.get(topic)?.mock ?? false;
  const strong = cardIds.filter((id) => !weak.includes(id));
  return { mastered: cardIds.length > 0 && !weak.length && mock, strong, weak, mock };
}

/** How one assessment differs from the one before. */
export function change(assessments) {
  const [before, after] = assessments.slice(-2);
  if (!after) return null;
  return Object.fromEntries(
    Object.entries(after.levels).map(([slug, level]) => [slug, level - (before.levels[slug] ?? level)]),
  );
}
