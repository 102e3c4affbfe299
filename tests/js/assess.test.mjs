import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BANDS, band, gaps, path, total } from '../../docs/assets/js/study/assess.js';
import { facts } from './fixtures/facts.mjs';
import { between, seeded } from './fakes.mjs';

const slugs = facts.topics.map((topic) => topic.slug);
const profile = (random) => Object.fromEntries(slugs.map((slug) => [slug, between(random, 1, 5)]));
const order = (levels, probes) => path(facts, levels, probes).map((step) => step.slug);

test('bands are disjoint and cover every possible total; 50 is in the third', () => {
  for (let sum = 12; sum <= 60; sum += 1) {
    assert.equal(BANDS.filter(({ min, max }) => sum >= min && sum <= max).length, 1, `${sum}`);
  }
  assert.deepEqual([19, 20, 35, 36, 50, 51].map((sum) => band(sum).id), [
    'sequential', 'targeted', 'targeted', 'practice', 'practice', 'review',
  ]);
  for (const sum of [11, 61, NaN, undefined]) assert.equal(band(sum), null);
});

test('the total counts what is rated', () => {
  assert.deepEqual(total(facts, { [slugs[0]]: 3, [slugs[1]]: 9, nowhere: 5 }), { sum: 3, rated: 1, of: 12 });
});

test('a failed probe shows as a gap and lowers the level that the path uses', () => {
  const levels = Object.fromEntries(slugs.map((slug) => [slug, 4]));
  const probe = `${slugs[5]}-derive-1`;
  const found = gaps(facts, levels, new Map([[probe, { passed: false }]]));
  assert.deepEqual(found[5], { slug: slugs[5], claim: 4, probe, result: 'failed', level: 3 });
  assert.equal(found[0].result, 'open');
  assert.equal(order(levels, new Map([[probe, { passed: false }]]))[0], slugs[5]);
  assert.equal(gaps(facts, { [slugs[0]]: 1 })[0].result, 'none');
});

test('two profiles with the same total have different paths', () => {
  const flat = Object.fromEntries(slugs.map((slug) => [slug, 3]));
  const early = { ...flat, [slugs[0]]: 1, [slugs[7]]: 5 };
  const late = { ...flat, [slugs[0]]: 5, [slugs[7]]: 1 };
  assert.equal(total(facts, early).sum, total(facts, late).sum);
  assert.notDeepEqual(order(early), order(late));
  assert.equal(order(early)[0], slugs[0]);
});

test('1,000 pairs of profiles with equal totals differ in their paths', () => {
  const random = seeded(5);
  let sameOrder = 0;
  for (let round = 0; round < 1000; round += 1) {
    const a = profile(random);
    const values = Object.values(a);
    const shift = between(random, 1, 11);
    const b = Object.fromEntries(slugs.map((slug, at) => [slug, values[(at + shift) % 12]]));
    if (slugs.every((slug) => a[slug] === b[slug])) continue;
    assert.equal(total(facts, a).sum, total(facts, b).sum);
    assert.notDeepEqual(path(facts, a), path(facts, b));
    if (order(a).join() === order(b).join()) sameOrder += 1;
  }
  assert.ok(sameOrder <= 10, `${sameOrder} of 1,000 kept the order of topics`);
});

test('every total and 10,000 random profiles: complete, prerequisites first, live links', () => {
  const random = seeded(11);
  const known = new Map(facts.topics.map((topic) => [topic.slug, topic]));
  const sums = new Set();
  const profiles = Array.from({ length: 10_000 }, () => profile(random));
  for (let sum = 12; sum <= 60; sum += 1) {
    profiles.push(Object.fromEntries(slugs.map((slug, at) => [slug, Math.floor((sum + at) / 12)])));
  }
  for (const levels of profiles) {
    const steps = path(facts, levels);
    sums.add(total(facts, levels).sum);
    assert.equal(new Set(steps.map((step) => step.slug)).size, 12);
    const place = new Map(steps.map((step, at) => [step.slug, at]));
    for (const step of steps) {
      assert.equal(step.url, known.get(step.slug).url);
      assert.ok(step.minutes > 0 && step.why);
      if (step.kind === 'review') continue;
      for (const need of known.get(step.slug).needs) {
        if (levels[need] < 4) assert.ok(place.get(need) < place.get(step.slug));
      }
    }
  }
  assert.equal(sums.size, 49);
});

test('unknown topics, no levels, a circle of needs: still a path', () => {
  assert.equal(path(facts, {}).length, 12);
  assert.equal(path(facts, { nowhere: 3 }).length, 12);
  const circle = structuredClone(facts);
  circle.topics[0].needs = [slugs[11], 'gone', slugs[0]];
  assert.equal(path(circle, {}).length, 12);
  assert.deepEqual(path({ topics: [], questions: [] }, {}), []);
});
