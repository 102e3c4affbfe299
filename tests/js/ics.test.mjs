import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digest, escapeText, fold, toIcs } from '../../docs/assets/js/study/ics.js';
import { encodeInput, makePlan } from '../../docs/assets/js/study/plan.js';
import { facts } from './fixtures/facts.mjs';
import { randomInput } from './plan-inputs.mjs';
import { seeded } from './fakes.mjs';

const octets = (text) => Buffer.byteLength(text, 'utf8');
const unfold = (text) => text.replaceAll('\r\n ', '');
const now = Date.parse('2026-03-02T23:30:00Z');

test('lines of at most 75 octets, characters whole, and unfolding gives the line back', () => {
  for (const line of [
    'x'.repeat(75), 'x'.repeat(76), 'x'.repeat(1000), 'SUMMARY:' + 'é'.repeat(200),
    '日本語の長い見出し'.repeat(30), '👩‍🔬🧪'.repeat(40), ' '.repeat(200), '',
  ]) {
    const folded = fold(line);
    assert.equal(unfold(folded), line);
    for (const part of folded.split('\r\n')) {
      assert.ok(octets(part) <= 75);
      assert.ok(part.isWellFormed());
    }
  }
});

test('text is escaped, control characters dropped', () => {
  assert.equal(escapeText('a\\b;c,d\ne\r\nf\rg'), 'a\\\\b\\;c\\,d\\ne\\nf\\ng');
  assert.equal(escapeText('a\u0000b\tc\u007f'), 'a b c ');
  assert.ok(escapeText('\ud800').isWellFormed());
});

test('the properties of an event', () => {
  const plan = { days: [{ date: '2026-12-31', items: [{ id: 'mock.1', title: 'Mock; 20, or so', minutes: 30, url: 'mock/' }] }] };
  const text = toIcs(plan, { fragment: 'v=1', now, site: 'https://example.org/gt/' });
  const lines = unfold(text).split('\r\n');
  for (const line of [
    'VERSION:2.0', 'DTSTAMP:20260302T233000Z', 'DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270101',
    'SUMMARY:Mock\\; 20\\, or so (30 min)', 'TRANSP:TRANSPARENT', 'URL:https://example.org/gt/mock/',
    'DESCRIPTION:30 minutes\\nhttps://example.org/gt/mock/',
  ]) assert.ok(lines.includes(line), line);
  assert.doesNotMatch(text, /METHOD|VALARM|[^\r]\n/);
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
});

test('UIDs: unique in a plan, the same for the same plan, different between plans', () => {
  const random = seeded(4);
  const all = new Set();
  let count = 0;
  for (let round = 0; round < 20; round += 1) {
    const input = randomInput(random);
    const plan = makePlan(facts, input);
    const options = { fragment: encodeInput(input), now };
    const uids = (text) => [...unfold(text).matchAll(/^UID:(.*)\r$/gm)].map((match) => match[1]);
    const found = uids(toIcs(plan, options));
    assert.deepEqual(uids(toIcs(plan, { ...options, now: now + 9e9 })), found);
    found.forEach((uid) => all.add(uid));
    count += found.length;
  }
  assert.ok(count > 500);
  assert.equal(all.size, count);
});

test('digests differ where texts differ', () => {
  const found = new Set(Array.from({ length: 20_000 }, (_, index) => digest(`v=1&hours=${index}`)));
  assert.equal(found.size, 20_000);
});
