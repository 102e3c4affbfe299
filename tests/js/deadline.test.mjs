import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { forecast, readiness, simulate } from '../../docs/assets/js/study/cards.js';

const ids = Array.from({ length: 300 }, (_, index) => `card-${index}`);
const now = Date.parse('2026-01-05T12:00:00Z');
const interview = '2026-02-04';
const SEEDS = ['a', 'b', 'c', 'd', 'e'];
const open = { newPerDay: 12, capMinutes: 1000 };

/** 300 cards, 30 days, 12 new ones a day; the model judges itself. Means over five seeds. */
function run(settings) {
  const found = SEEDS.map((seed) => {
    const { days, cards } = simulate({
      ids, cards: new Map(), now, zone: 0, days: 30, seed, settings: { ...open, ...settings },
    });
    return {
      days: days.map((day) => day.answers),
      answers: days.reduce((sum, day) => sum + day.answers, 0),
      recall: readiness(ids, cards, interview).mean,
      worst: Math.max(...days.map((day) => day.answers)),
    };
  });
  const mean = (key) => found.reduce((sum, one) => sum + one[key], 0) / found.length;
  return { answers: mean('answers'), recall: mean('recall'), peak: mean('worst'), found };
}

test('deadline mode is as ready as a flat 0.95, with clearly fewer answers', (t) => {
  const flat90 = run({ retention: 0.9 });
  const flat95 = run({ retention: 0.95 });
  const deadline = run({ retention: 0.9, interview });
  for (const [name, one] of Object.entries({ flat90, flat95, deadline })) {
    t.diagnostic(`${name}: ${one.answers.toFixed(0)} answers, recall ${one.recall.toFixed(3)}, peak ${one.peak.toFixed(0)}`);
  }
  assert.ok(deadline.recall >= flat95.recall - 0.002, `${deadline.recall} ${flat95.recall}`);
  assert.ok(deadline.recall >= flat90.recall + 0.015);
  assert.ok(deadline.answers <= 0.9 * flat95.answers);
  assert.ok(deadline.answers <= 1.08 * flat90.answers);
  assert.ok(deadline.peak <= flat95.peak);

  // What the page says of it is what was measured.
  const page = readFileSync(new URL('../../docs/practice/flash-cards.md', import.meta.url), 'utf8');
  const answers = (one) => Math.round(one.answers).toLocaleString('en-US');
  const more = (one) => `${Math.round(100 * (one.answers / flat90.answers - 1))}%`;
  for (const said of [
    `costs ${answers(flat90)} answers and leaves a mean predicted recall of ${flat90.recall.toFixed(3)}`,
    `costs ${answers(flat95)} answers for ${flat95.recall.toFixed(3)}`,
    `costs ${answers(deadline)} for ${deadline.recall.toFixed(3)}`,
    `for ${more(deadline)} more work in place of ${more(flat95)}`,
  ]) assert.ok(page.includes(said), said);
});

test('the forecast of day one says what the thirty days then cost', (t) => {
  const settings = { ...open, interview };
  const said = forecast({ ids, cards: new Map(), now, zone: 0, settings });
  const cost = run({ interview }).answers / 3; // 20 seconds each, in minutes
  const total = said.reduce((sum, day) => sum + day.minutes, 0);
  t.diagnostic(`forecast ${total.toFixed(0)} min, mean of five runs ${cost.toFixed(0)} min`);
  assert.ok(Math.abs(total - cost) <= 0.1 * cost);
});
