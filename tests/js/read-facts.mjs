/** Reads the site's own facts from standard input and prints paths and plans made of them. */

import { readFileSync } from 'node:fs';
import { path } from '../../docs/assets/js/study/assess.js';
import { makePlan } from '../../docs/assets/js/study/plan.js';
import { between, seeded } from './fakes.mjs';

const facts = JSON.parse(readFileSync(0, 'utf8'));
const random = seeded(1);
const urls = new Set();
let [shortest, longest] = [Infinity, 0];
for (let round = 0; round < 200; round += 1) {
  const levels = Object.fromEntries(facts.topics.map(({ slug }) => [slug, between(random, 1, 5)]));
  const steps = path(facts, levels);
  shortest = Math.min(shortest, steps.length);
  for (const step of steps) urls.add(step.url);
  const plan = makePlan(facts, {
    role: 'ml-engineer', company: 'google', hours: 1.5, weekdays: Array(7).fill(true), levels,
    start: '2026-03-02', today: '2026-03-02', interview: '2026-03-30',
  });
  for (const day of plan.days) {
    longest = Math.max(longest, day.minutes);
    for (const item of day.items) if (item.kind === 'read') urls.add(item.url);
  }
}
process.stdout.write(JSON.stringify({ shortest, longest, urls: [...urls].sort() }));
