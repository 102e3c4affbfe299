/** Random wishes for a plan. */

import { addDays } from '../../docs/assets/js/study/dates.js';
import { facts } from './fixtures/facts.mjs';
import { between, pick } from './fakes.mjs';

const slugs = facts.topics.map((topic) => topic.slug);

export function randomInput(random) {
  const start = addDays('2026-01-01', between(random, 0, 700));
  const weekdays = Array.from({ length: 7 }, () => random() < 0.7);
  weekdays[between(random, 0, 6)] = true;
  return {
    role: pick(random, ['ml-engineer', 'data-scientist', 'mlops', 'nobody']),
    company: pick(random, ['google', 'startup', 'any', 'nowhere']),
    hours: pick(random, [0.25, 0.5, 1, 1.5, 2, 3, 8, 16, 0.3, 1.99]),
    weekdays,
    start,
    interview: addDays(start, pick(random, [1, 2, 3, 7, 14, 30, 56, 120, 365])),
    today: addDays(start, pick(random, [-20, 0, 0, 1, 5])),
    levels: Object.fromEntries(slugs.map((slug) => [slug, between(random, 1, 5)])),
  };
}
