/**
 * The self-assessment: a level from 1 to 5 for each topic, bands of the total, and the path.
 *
 * Levels: 1 recognizes, 2 knows, 3 explains, 4 derives, 5 designs and teaches. The total only
 * names a band; the path is made from the profile, because two people with the same total need
 * different things.
 */

/** @typedef {import('./types.js').Facts} Facts @typedef {import('./types.js').Topic} Topic */

export const TARGET = 4;

/**
 * The bands, made disjoint: exactly 50 belongs to the third. Twelve topics at level 1 are 12, so
 * no total is lower.
 */
export const BANDS = [
  { id: 'sequential', min: 12, max: 19, path: 'a', time: '4 to 6 weeks' },
  { id: 'targeted', min: 20, max: 35, path: 'b', time: '2 to 3 weeks' },
  { id: 'practice', min: 36, max: 50, path: 'b', time: '1 to 2 weeks' },
  { id: 'review', min: 51, max: 60, path: 'c', time: '3 to 5 days' },
];

const isLevel = (level) => [1, 2, 3, 4, 5].includes(level);

/** Sum of the levels and how many topics have one. */
export function total(facts, levels) {
  const given = facts.topics.map((topic) => levels[topic.slug]).filter(isLevel);
  return {
    sum: given.reduce((sum, level) => sum + level, 0),
    rated: given.length,
    of: facts.topics.length,
  };
}

/** The band of a total; null for a total that cannot be (or is not complete). */
export const band = (sum) => BANDS.find(({ min, max }) => sum >= min && sum <= max) ?? null;

/**
 * What is claimed and what the probe question showed.
 * @param {Map<string, {passed: boolean}>} probes  question id -> result
 * @returns {{slug: string, claim: number, probe: string|null,
 *   result: 'passed'|'failed'|'open'|'none', level: number}[]}
 *   `level` is what the path uses: a failed probe takes one off the claim
 */
export function gaps(facts, levels, probes = new Map()) {
  return facts.topics.map((topic) => {
    const claim = isLevel(levels[topic.slug]) ? levels[topic.slug] : 1;
    const probe = topic.probes?.[claim] ?? null;
    const found = probe ? probes.get(probe) : undefined;
    const result = !probe ? 'none' : !found ? 'open' : found.passed ? 'passed' : 'failed';
    return { slug: topic.slug, claim, probe, result, level: result === 'failed' ? claim - 1 : claim };
  });
}

/** How much of a topic's pages one still reads, by level. An assumption, and shown as one. */
export const READS = { 1: 1, 2: 0.8, 3: 0.5, 4: 0.25, 5: 0.1 };

/** Prerequisites that exist, so that a topic that has gone blocks nothing. */
function needsOf(topic, topics) {
  return (topic.needs ?? []).filter((slug) => topics.has(slug) && slug !== topic.slug);
}

/** How many weak topics wait, directly or not, for this one. */
function unlocks(slug, weak, topics) {
  const waiting = new Set();
  let grew = true;
  while (grew) {
    grew = false;
    for (const other of weak) {
      const needs = needsOf(topics.get(other), topics);
      const waits = needs.some((need) => need === slug || waiting.has(need));
      if (waits && !waiting.has(other)) grew = Boolean(waiting.add(other));
    }
  }
  waiting.delete(slug);
  return waiting.size;
}

/**
 * The order of work: weak topics with their weak prerequisites first, then the rest as review.
 * Never empty while there are topics.
 * @param {Facts} facts
 * @param {Object<string, number>} levels
 * @returns {{slug: string, title: string, url: string, kind: 'study'|'review', level: number,
 *   target: number, minutes: number, after: string[], unlocks: number, why: string}[]}
 */
export function path(facts, levels, probes = new Map(), target = TARGET) {
  const topics = new Map(facts.topics.map((topic) => [topic.slug, topic]));
  const level = new Map(gaps(facts, levels, probes).map((gap) => [gap.slug, gap.level]));
  const order = (slug) => topics.get(slug).order;
  const weak = new Set([...topics.keys()].filter((slug) => level.get(slug) < target));
  const freed = new Map([...weak].map((slug) => [slug, unlocks(slug, weak, topics)]));
  const steps = [];

  const open = new Set(weak);
  while (open.size) {
    const blocked = (slug) => needsOf(topics.get(slug), topics).some((need) => open.has(need));
    const free = [...open].filter((slug) => !blocked(slug));
    const candidates = free.length ? free : [...open]; // a circle in `needs` must not stop us
    candidates.sort(
      (a, b) => level.get(a) - level.get(b) || freed.get(b) - freed.get(a) || order(a) - order(b),
    );
    steps.push(candidates[0]);
    open.delete(candidates[0]);
  }
  const strong = [...topics.keys()].filter((slug) => !weak.has(slug));
  strong.sort((a, b) => level.get(a) - level.get(b) || order(a) - order(b));

  return [...steps, ...strong].map((slug) => {
    const topic = topics.get(slug);
    const now = level.get(slug);
    const study = weak.has(slug);
    const after = needsOf(topic, topics).filter((need) => weak.has(need));
    const opens = freed.get(slug) ?? 0;
    const why = !study
      ? `level ${now}: review only`
      : `level ${now}, ${target} is the aim` + (opens ? `; ${opens} weak topics build on it` : '');
    return {
      slug,
      title: topic.title,
      url: topic.url,
      kind: study ? 'study' : 'review',
      level: now,
      target: Math.max(now, target),
      minutes: Math.ceil((topic.minutes ?? 0) * READS[now]),
      after,
      unlocks: opens,
      why: why.replace('; 1 weak topics build', '; 1 weak topic builds'),
    };
  });
}
